"""Which claim events a subscription takes, and when it is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, get_args

from config.watch import Quiet, Subscription, Weekday
from pipeline.events import ClaimEvent, FactFields
from pipeline.language.folding import fold_text
from warehouse.digest.wording import CASABLANCA


def kind_of(fields: FactFields) -> str:
    """The kind of fact, as gold/GUIDE.md names it."""
    return str(type(fields).__struct_config__.tag)


CONFIRMING: Final = 2
"""Sources from which on a subscription wants to hear of confirmations."""
WEEKDAYS: Final = get_args(Weekday)


def takes(subscription: Subscription, event: ClaimEvent) -> bool:
    """True where the event is fresh, is a change that the subscription follows, and passes each of its filters.

    A filter passes where any of its values fits; an empty filter passes everything. A confirmation is news to those only
    who wait for several sources.
    """
    return (
        event.alert
        and _follows(subscription, event)
        and _sourced(subscription, event)
        and _passes(subscription.outlets, {report.outlet for report in event.reports})
        and _passes(subscription.languages, {report.language for report in event.reports})
        and _worded(subscription, event)
        and _passes(subscription.topics, event.topics)
        and _passes(subscription.sectors, event.sectors)
        and _passes(subscription.entities, event.entities)
        and _passes(subscription.kinds, {kind_of(report.fields) for report in event.reports})
    )


def is_due(subscription: Subscription, *, waiting_since: datetime, last: datetime | None, now: datetime) -> bool:
    """True where the subscription's hour (Casablanca) has struck since the oldest waiting news and the last issue, and
    this is neither a quiet hour nor a holiday of its."""
    local = now.astimezone(CASABLANCA)
    if is_day_off(subscription, local.date()) or is_quiet(subscription.quiet, local.time()):
        return False
    return subscription.every == "instant" or max(waiting_since, last or waiting_since) < last_slot(subscription, local)


def last_slot(subscription: Subscription, local: datetime) -> datetime:
    """The last time up to `local` at which the subscription's hour struck."""
    if subscription.every == "hourly":
        return local.replace(minute=0, second=0, microsecond=0)
    slot = local.replace(hour=subscription.at.hour, minute=subscription.at.minute, second=0, microsecond=0)
    if slot > local:
        slot -= timedelta(days=1)
    if subscription.every == "weekly":
        slot -= timedelta(days=(slot.weekday() - WEEKDAYS.index(subscription.weekday)) % 7)
    return slot


def is_day_off(subscription: Subscription, day: date) -> bool:
    """True on the subscription's holidays, and on Morocco's where it rests on them."""
    return day in subscription.holidays or (subscription.rest_on_holidays and day in public_holidays(day.year))


@lru_cache(maxsize=8)
def public_holidays(year: int) -> Collection[date]:
    """Morocco's public holidays, the moving ones too (as far as they can be known before the moon is seen)."""
    import holidays

    return frozenset(holidays.country_holidays("MA", years=year))


def is_quiet(quiet: Quiet | None, at: time) -> bool:
    """True within the quiet hours; those that end before they begin cross midnight."""
    if quiet is None:
        return False
    if quiet.since <= quiet.until:
        return quiet.since <= at < quiet.until
    return at >= quiet.since or at < quiet.until


def _follows(subscription: Subscription, event: ClaimEvent) -> bool:
    if subscription.disputes_only:
        return event.change in ("disputed", "settled")
    if subscription.updates == "none" and event.change not in ("new", "confirmed"):
        return False
    if event.change == "confirmed":
        return subscription.least_sources >= CONFIRMING and "new" in subscription.changes
    return event.change in subscription.changes


def _sourced(subscription: Subscription, event: ClaimEvent) -> bool:
    """True where enough independent sources report it; a withdrawal tells of what was sent, whoever is left to say it."""
    sources = sum(report.independent for report in event.reports)
    return sources >= subscription.least_sources or subscription.least_sources < CONFIRMING or event.change == "withdrawn"


def _worded(subscription: Subscription, event: ClaimEvent) -> bool:
    if not (subscription.words or subscription.without):
        return True
    said = [event.story_headline, *(report.headline for report in event.reports),
            *(report.evidence.sentence for report in event.reports),
            *(str(getattr(report.fields, "subject", None) or "") for report in event.reports)]
    text = fold_text("\n".join(said))
    return (not subscription.words or any(fold_text(word) in text for word in subscription.words)) and not any(
        fold_text(word) in text for word in subscription.without)


def _passes(wanted: Collection[str], present: Collection[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(present)
