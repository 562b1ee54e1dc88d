"""Which claim events a subscription takes, and when it is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from config.watch import Subscription
from pipeline.events import ClaimEvent, FactFields
from warehouse.digest.wording import CASABLANCA


def kind_of(fields: FactFields) -> str:
    """The kind of fact, as gold/GUIDE.md names it."""
    return str(type(fields).__struct_config__.tag)


def takes(subscription: Subscription, event: ClaimEvent) -> bool:
    """True where the event is fresh, is a change that the subscription follows, and passes each of its filters.

    A filter passes where any of its values fits; an empty filter passes everything. A confirmation is not news.
    """
    return (
        event.alert
        and event.change != "confirmed"
        and event.change in subscription.changes
        and _passes(subscription.topics, event.topics)
        and _passes(subscription.sectors, event.sectors)
        and _passes(subscription.entities, event.entities)
        and _passes(subscription.kinds, {kind_of(report.fields) for report in event.reports})
    )


def is_due(subscription: Subscription, *, waiting_since: datetime, last: datetime | None, now: datetime) -> bool:
    """True where the subscription's hour (Casablanca) has struck since the oldest waiting news and the last issue."""
    local = now.astimezone(CASABLANCA)
    slot = local.replace(hour=subscription.at.hour, minute=subscription.at.minute, second=0, microsecond=0)
    if slot > local:
        slot -= timedelta(days=1)
    return max(waiting_since, last or waiting_since) < slot


def _passes(wanted: Collection[str], present: Collection[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(present)
