"""Days of an outlet's past in, the addresses that its ways name for them in the frontier out: a backfill that can be resumed.

A backfill has rows of its own beside the outlet's ways: what of it was read is not read again, and the daily rhythm, validators
and "settled" of the ways are left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from config.outlet import Outlet, Section
from pipeline.state import State
from pipeline.state.frontier import Announced, Validators, announce
from pipeline.state.ways import Child, Way, Ways

MOST_PAGES: Final = 200
"""Pages of a list that are followed back."""
_IN_ADDRESS: Final = re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01])(?!\d))?(?=[/-])")
_IN_MAP: Final = re.compile(
    r"(?<=[-_/.=])(20\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?)?(?=[-_/.&]|$)"
    r"|\byyyy=(20\d\d)(?:&mm=(\d\d?)(?:&dd=(\d\d?))?)?(?!\d)")
"""Year, month and day of which a sitemap tells, as its address names them (`sitemap-2026-03.xml`, `?yyyy=2026&mm=03`)."""
MARGIN: Final = timedelta(days=1)
"""Addresses name local days."""
ENOUGH_DATES: Final = 3
"""Fewer dates on a page of a list say nothing of where in time it is."""


@dataclass(frozen=True)
class Past:
    """Days of publication (UTC), both included."""

    since: date
    until: date

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.since, time(), UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until + timedelta(days=1), time(), UTC)

    def holds(self, link: Announced) -> bool:
        """Whether the link may be of these days: by what is announced, else by its address; where neither says, it may."""
        if at := link.discovery.announced_at:
            return self.begin <= at < self.end
        if found := _IN_ADDRESS.search(link.url):
            year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
            return self.since <= date(year, month, day) <= self.until if day and _exists(year, month, day) else (
                (self.since.year, self.since.month) <= (year, month) <= (self.until.year, self.until.month))
        # Changed before these days, it was published before them too; changed later, it may still be of them.
        return link.modified is None or link.modified >= self.begin.timestamp()

    def may_lie_in(self, child: Child) -> bool:
        """Whether a sitemap may tell of these days, by when it was changed and by the days that its address names."""
        if _ends_before(child, self):
            return False
        parts = urlsplit(child.url)
        found = _IN_MAP.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if not found:
            return True
        year, month, day = (int(found[place] or found[place + 3] or 0) for place in (1, 2, 3))
        if not _exists(year, month or 1, day or 1):
            return True
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
        margin = MARGIN if day else timedelta(0)
        return first <= self.until + margin and last >= self.since - margin

    def is_over(self, links: Sequence[Announced], dates: Sequence[datetime]) -> bool:
        """Whether a page of a list, newest first, has come to before these days: by its links, else by the dates on it."""
        told = [at for link in links if (at := _told(link))] or list(dates)
        return len(told) >= ENOUGH_DATES and max(told) < self.begin - MARGIN

    def __str__(self) -> str:
        return f"{self.since}..{self.until}"


def going_back(outlet: Outlet) -> Outlet:
    """The outlet with its lists followed as far back as they go."""
    ways = tuple(way.model_copy(update={"pages": MOST_PAGES}) if isinstance(way, Section) else way for way in outlet.discover)
    return outlet.model_copy(update={"discover": ways})


class PastWays(Ways):
    """The ways of one outlet, read for what they say of its past."""

    def __init__(self, state: State, outlet: Outlet, past: Past) -> None:
        super().__init__(state, outlet.model_copy(update={"id": f"{outlet.id}@{past}"}))
        self._real, self._past = outlet.id, past

    def roots(self, now: float, *, all_of_them: bool) -> tuple[Way, ...]:  # noqa: ARG002 (a backfill has no rhythm)
        """What has not been read yet; all configured ones, where that is nothing."""
        unread = self.unread()
        return unread or super().roots(now, all_of_them=True)

    def children(self, root: str, named: Sequence[Child], depth: int, now: float) -> tuple[Way, ...]:
        """Those of the named that may tell of these days and were not read yet."""
        chosen = [child for child in named if child.kind != "sitemap" or self._past.may_lie_in(child)]
        known = {way.url for way in super().children(root, chosen, depth, now)}
        return tuple(way for way in self.unread() if way.url in known)

    def keep_reading(
        self, way: Way, links: Sequence[Announced], validators: Validators, now: float, there: float,
        listed_modified: str | None = None,
    ) -> int:
        """One transaction: the links of these days, as the outlet's past, and that it was read. How many links are new."""
        with self._state.writing() as connection:
            added = announce(connection, self._real, [link for link in links if self._past.holds(link)], "backfill", now, 0.0)
            connection.execute(self._change(
                way, read_there=there, failures=0, listed_modified=listed_modified, content_hash=validators.content_hash))
            return added

    def goes_on(self, way: Way, added: int, links: Sequence[Announced], dates: Sequence[datetime]) -> bool:  # noqa: ARG002
        """While the list has not come to before these days."""
        return not self._past.is_over(links, dates)

    def settle(self, root: str) -> None:
        """The past is never settled: its lists are followed to their end."""


def _told(link: Announced) -> datetime | None:
    """When a link was published, as announced or by its address."""
    found = _IN_ADDRESS.search(link.url)
    if link.discovery.announced_at or not found:
        return link.discovery.announced_at
    year, month = int(found[1]), int(found[2])
    day = int(found[3] or monthrange(year, month)[1])
    return datetime(year, month, day, tzinfo=UTC) if _exists(year, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _ends_before(child: Child, past: Past) -> bool:
    """Whether a sitemap was last changed before these days."""
    try:
        changed = datetime.fromisoformat(child.modified or "")
    except ValueError:
        return False
    return (changed if changed.tzinfo else changed.replace(tzinfo=UTC)) < past.begin
