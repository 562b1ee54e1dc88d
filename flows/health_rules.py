"""Figures of outlets in, their troubles with the probable cause out: pure. Thresholds are wide: a false alarm costs trust."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from crawlers.telling import meaning
from flows.alarms import Trouble

MISSED: Final = 3
"""Intervals without a crawl after which something is wrong (the scheduler coalesces, one may run long)."""
AT_LEAST: Final = timedelta(hours=1)
TOGETHER: Final = 0.5
"""Share of outlets from which the same trouble is one of ours, or of the country's calendar, not of each outlet."""
FEW: Final = 3
"""Outlets; of fewer, nothing is concluded from their being alike."""
ENOUGH: Final = 16.0
"""Articles expected before their absence means anything: news come in bursts, more than chance (Poisson) allows."""
SIGMAS: Final = 3.5
LONGEST: Final = 7 * 24
"""Hours looked back at the most for that many."""
PAGES: Final = 5
READ_BEFORE: Final = 10
IN_A_ROW: Final = 4
"""Newest pages, all unreadable, that mean a redesign of an outlet which nearly always could be read."""
RARELY: Final = 0.05


@dataclass(frozen=True)
class Reading:
    """How some pages of an outlet were read."""

    pages: int = 0
    bad: int = 0
    """Taken for no article, without headline, empty, too short."""
    blocked: int = 0
    dated: float = 1.0
    """Share of the articles with a publication time."""
    signed: float = 1.0
    words: float = 0.0
    """Median length."""
    bad_since: datetime | None = None
    bad_in_a_row: int = 0
    """How many of the newest could not be read, one after another."""

    @property
    def articles(self) -> int:
        """Those that were articles."""
        return self.pages - self.bad - self.blocked


@dataclass(frozen=True)
class OutletFigures:
    """One outlet, as the state and the snapshot know it."""

    outlet: str
    every: timedelta
    is_quiet: bool = False
    """Whether its quiet hours are now, or ended less than three intervals ago."""
    started_at: datetime | None = None
    """Its last crawl."""
    requests: int = 0
    """Within the last intervals."""
    failed: int = 0
    turned_away: int = 0
    """Requests answered 401, 403, 429 or 451."""
    not_modified: int = 0
    newest_requests: int = 0
    """Within its last two crawls."""
    newest_turned_away: int = 0
    newest_trouble: str | None = None
    turned_away_since: datetime | None = None
    unasked: int = 0
    """Requests not made because its robots.txt could not be had."""
    robots_status: int | None = None
    """With which error it answered for robots.txt."""
    last_trouble: str | None = None
    trouble_since: datetime | None = None
    latest: Reading = Reading()
    """Its newest pages."""
    before: Reading = Reading()
    """Those of the four weeks before."""
    hourly: Mapping[int, float] = field(default_factory=dict)
    """Articles published in each hour of the week (0 is Monday 0:00 UTC), on average; empty without three days of history."""
    came: Sequence[int] = ()
    """Articles published in each of the last hours, the current one first."""
    last_published: datetime | None = None


def outlet_troubles(figures: Sequence[OutletFigures], now: datetime, holiday: str | None = None) -> Iterator[Trouble]:
    """At most one trouble an outlet, the first cause that explains it. `holiday`: today's, where today is one."""
    crawled = [one for one in figures if one.started_at is not None]
    late = [one for one in crawled if is_late(one, now)]
    if len(crawled) >= FEW and len(late) > TOGETHER * len(crawled):
        last = max(one.started_at for one in crawled if one.started_at)
        yield Trouble("crawls", f"{len(late)} of {len(crawled)} outlets are not being crawled",
                      "nothing schedules them (`marsad schedule`, the worker or the machine stopped)",
                      "Start it again: each outlet then runs once for what it missed.", last)
        return
    asked = [one for one in figures if one.requests]
    mute = [one for one in asked if is_unreachable(one)]
    network = len(asked) >= FEW and len(mute) > TOGETHER * len(asked)
    if network:
        yield Trouble("network", f"{len(mute)} of {len(asked)} outlets cannot be reached",
                      f"our own network or name resolution ({mute[0].last_trouble})",
                      "Look at this machine's connection; nothing is lost, what waits is asked for later.",
                      min(one.trouble_since or now for one in mute))
    slack = _all_slack(figures, now)
    for one in figures:
        if trouble := _trouble(one, now, network=network, day=holiday or ("as most outlets today" if slack else None)):
            yield trouble


def _trouble(one: OutletFigures, now: datetime, *, network: bool, day: str | None) -> Trouble | None:
    name = one.outlet
    if is_late(one, now):
        return Trouble(f"late:{name}", f"{name} is not being crawled", "its deployment is paused, or its crawl hangs",
                       f"`marsad schedule` resumes it; `marsad crawl {name}` crawls it now; see data/logs/crawl-{name}.log.",
                       one.started_at or now)
    if is_blocked(one):
        return Trouble(f"blocked:{name}", f"{name} turns us away ({one.last_trouble or one.newest_trouble or 'challenge pages'})",
                       "blocked: too many requests for its taste, or it wants no crawlers",
                       f"Raise crawl_delay in {name}.yml or ask the outlet; Marsad backs off by itself meanwhile.",
                       one.trouble_since or one.turned_away_since or one.latest.bad_since or now)
    if one.unasked and not is_unreachable(one):
        said = f" with status {one.robots_status}" if one.robots_status else " with an error, or not at all"
        return Trouble(f"robots:{name}", f"nothing is asked of {name}: it answers for its robots.txt{said}",
                       "its robots.txt is broken; RFC 9309 wants nothing asked until it answers",
                       f"Tell the outlet; where it agrees, `robots: ignore` with a `robots_reason` in {name}.yml.",
                       one.trouble_since or now)
    if is_unreachable(one):
        return None if network else Trouble(
            f"unreachable:{name}", f"{name} does not answer ({meaning((one.last_trouble or '').removeprefix('failed:'))})",
            "its servers are down, or it moved",
            f"Open it in a browser; where it moved, change the addresses in {name}.yml (`marsad outlet draft URL`).",
            one.trouble_since or now)
    if changed := redesign_of(one):
        return Trouble(f"redesigned:{name}", f"{name} is read worse than before: {changed}", "redesigned",
                       f"`marsad outlet learn {name}`, `marsad replay --outlet {name} --since ...`; else rules in {name}.yml.",
                       one.latest.bad_since or now)
    return _silence(one, now, day)


def _silence(one: OutletFigures, now: datetime, day: str | None) -> Trouble | None:
    hours, wanted = window_of(one.hourly, now)
    got = sum(one.came[:hours])
    if not is_low(got, wanted):
        return None
    what = f"{one.outlet} published {got} articles in {hours} h, about {wanted:.0f} are usual"
    since = one.last_published or now - timedelta(hours=hours)
    if day:
        return Trouble(f"silent:{one.outlet}", what, f"holiday ({day})", "Nothing to do.", since, "note")
    cause = "its feed is frozen (it answers, always the same)" if one.requests else "its feed is dead"
    return Trouble(f"silent:{one.outlet}", what, cause + ", or moved",
                   f"`marsad outlet check {one.outlet}`; if the site has news, name another way to find them in its YAML.",
                   since)


def is_late(one: OutletFigures, now: datetime) -> bool:
    """Whether a crawl is overdue by three intervals."""
    return one.started_at is not None and not one.is_quiet and now - one.started_at > max(AT_LEAST, MISSED * one.every)


def is_blocked(one: OutletFigures) -> bool:
    """Whether most of what we ask for is refused to us, or all that its last two crawls asked for."""
    turned = one.turned_away >= 3 and one.turned_away >= 0.5 * one.requests
    turned |= one.newest_turned_away >= 2 and one.newest_turned_away == one.newest_requests
    return turned or (one.latest.pages >= PAGES and one.latest.blocked >= 0.6 * one.latest.pages)


def is_unreachable(one: OutletFigures) -> bool:
    """Whether hardly any request is answered."""
    return one.requests >= 2 and one.failed >= 0.8 * one.requests


def redesign_of(one: OutletFigures) -> str | None:
    """What of its pages is read worse than before; None where nothing is."""
    now, before = one.latest, one.before
    half = now.pages >= PAGES and before.pages >= READ_BEFORE and now.bad >= 0.5 * now.pages and before.bad <= 0.25 * before.pages
    all_of_late = now.bad_in_a_row >= IN_A_ROW and before.pages >= 2 * READ_BEFORE and before.bad <= RARELY * before.pages
    if half or all_of_late:
        return f"{now.bad} of the last {now.pages} pages are no articles (before: {before.bad} of {before.pages})"
    if now.articles < PAGES or before.articles < READ_BEFORE:
        return None
    if before.dated >= 0.9 and now.dated <= 0.5:
        return f"only {now.dated:.0%} of the articles have a date (before: {before.dated:.0%})"
    if before.signed >= 0.8 and now.signed <= 0.2:
        return f"only {now.signed:.0%} of the articles have an author (before: {before.signed:.0%})"
    if before.words >= 80 and now.words <= 0.35 * before.words:
        return f"articles have {now.words:.0f} words (before: {before.words:.0f})"
    return None


def window_of(hourly: Mapping[int, float], now: datetime) -> tuple[int, float]:
    """How many hours to look back for ENOUGH articles to be expected, and how many then are; (0, 0) without history."""
    expected = 0.0
    for hours in range(1, LONGEST + 1):
        at = now - timedelta(hours=hours)
        expected += hourly.get(at.weekday() * 24 + at.hour, 0.0)
        if expected >= ENOUGH:
            return hours, expected
    return 0, 0.0


def is_low(got: int, wanted: float) -> bool:
    """Whether so few is beyond chance."""
    return wanted >= ENOUGH and got < wanted - SIGMAS * math.sqrt(wanted) and got < 0.25 * wanted


def _all_slack(figures: Sequence[OutletFigures], now: datetime) -> bool:
    """Whether most outlets publish much less than usual: a day on which the country rests."""
    windows = [(one, *window_of(one.hourly, now)) for one in figures]
    usual = [(sum(one.came[:hours]), wanted) for one, hours, wanted in windows if hours]
    return len(usual) >= FEW and sum(got < 0.5 * wanted for got, wanted in usual) > TOGETHER * len(usual)
