"""The ways of discovery and their memory: when each is to be read again, its validators, whether they can be believed.

A way's validators are stored in one transaction with the links it announced: after a crash it is read again in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Update, delete, select, update

from config.outlet import Outlet
from pipeline.events import Origin
from pipeline.state import State
from pipeline.state.frontier import Announced, Validators, announce
from pipeline.state.tables import WAYS, inserting

DAY: Final = 86_400.0
UNPROVEN_BELIEF: Final = 3600.0
"""Seconds for which "not modified" is believed before its validators were ever seen to change with the content."""
HONEST_BELIEF: Final = DAY
SPEED_UP, SLOW_DOWN = 0.5, 1.5
"""How the time to the next reading changes after news, and after none: between the outlet's every_minutes and a day."""
FRESH_SECONDS: Final = 72 * 3600.0
"""What is announced as older is the outlet's past (freshness of alerts, DESIGN section 1)."""


@dataclass(frozen=True)
class Way:
    """A feed, sitemap or list, as last read."""

    url: str
    root: str
    kind: str
    depth: int
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    read_there: float | None
    validators: str
    failures: int
    settled: bool
    """Of its root."""
    every: float

    def conditions(self, there: float) -> tuple[str | None, str | None]:
        """ETag and Last-Modified to send, or none where "not modified" would not be believed."""
        return (self.etag, self.last_modified) if self.believes(there) else (None, None)

    def believes(self, there: float) -> bool:
        """Whether an answer "not modified" at `there` (the servers' clock) is believed."""
        if self.validators == "lying" or self.read_there is None:
            return False
        belief = HONEST_BELIEF if self.validators == "honest" else UNPROVEN_BELIEF
        return abs(there - self.read_there) < belief


@dataclass(frozen=True)
class Child:
    """A sitemap or list page that another one named."""

    url: str
    kind: str
    modified: str | None = None
    """As the one above says; while it stays the same there is nothing new below."""


class Ways:
    """The ways of one outlet."""

    def __init__(self, state: State, outlet: Outlet) -> None:
        self._state, self._outlet = state, outlet
        self._least = outlet.every_minutes * 60.0

    def configure(self, now: float) -> None:
        """Bring the rows in line with the outlet's file."""
        rows = [self._row(way.url, way.url, way.kind, 0, now) for way in self._outlet.discover]
        with self._state.writing() as connection:
            connection.execute(delete(WAYS).where(
                WAYS.c.outlet == self._outlet.id, WAYS.c.root.not_in([row["url"] for row in rows])))
            if rows:
                connection.execute(inserting(connection, WAYS).on_conflict_do_nothing(), rows)

    def roots(self, now: float, *, all_of_them: bool) -> tuple[Way, ...]:
        """The configured ways that are due, or all; all too where none is due, for then somebody asked for this crawl."""
        rows = [row for row in self._rows() if row.url == row.root]
        chosen = rows if all_of_them else [row for row in rows if row.due <= now] or rows
        order = {way.url: number for number, way in enumerate(self._outlet.discover)}
        return tuple(_way(row, row.settled) for row in sorted(chosen, key=lambda row: order.get(row.url, 0)))

    def unread(self) -> tuple[Way, ...]:
        """All that was named and never read, roots first."""
        rows = [row for row in self._rows() if row.read_there is None]
        return tuple(_way(row, row.settled) for row in sorted(rows, key=lambda row: row.depth))

    def children(self, root: str, named: Sequence[Child], depth: int, now: float) -> tuple[Way, ...]:
        """Those of the named that are to be read: new ones, those listed as changed, else those due; never read ones first."""
        rows = [self._row(child.url, root, child.kind, depth, now) for child in named]
        listed = {child.url: child.modified for child in named}
        if not rows:
            return ()
        with self._state.writing() as connection:
            connection.execute(inserting(connection, WAYS).on_conflict_do_nothing(), rows)
        known = {row.url: row for row in self._rows()}
        settled = bool(known[root].settled) if root in known else False
        chosen = [known[url] for url in listed if url in known and _is_to_read(known[url], listed[url], now)]
        return tuple(_way(row, settled) for row in sorted(chosen, key=lambda row: row.read_there is not None))

    def keep_reading(
        self, way: Way, links: Sequence[Announced], validators: Validators, now: float, there: float,
        listed_modified: str | None = None,
    ) -> int:
        """One transaction: the links it announced, and its validators. How many links are new."""
        origin: Origin = "live" if way.settled or self._outlet.first_round == "live" else "backfill"
        fresh_after = there - FRESH_SECONDS if way.settled else 0.0
        with self._state.writing() as connection:
            added = announce(connection, self._outlet.id, links, origin, now, fresh_after)
            changed = validators.content_hash != way.content_hash
            every = min(DAY, max(self._least, way.every * (SPEED_UP if changed else SLOW_DOWN)))
            connection.execute(self._change(
                way, due=now + every, every=every, etag=validators.etag, last_modified=validators.last_modified,
                content_hash=validators.content_hash, read_there=there, failures=0, listed_modified=listed_modified,
                validators=_judge(way, validators)))
            return added

    def keep_unchanged(self, way: Way, now: float) -> None:
        """It was not modified."""
        every = min(DAY, max(self._least, way.every * SLOW_DOWN))
        with self._state.writing() as connection:
            connection.execute(self._change(way, due=now + every, every=every, failures=0))

    def keep_failed(self, way: Way, now: float) -> None:
        """It could not be read: tried again at the next crawls, ever more seldom."""
        due = now + min(DAY, self._least * 2.0 ** min(way.failures, 10))
        with self._state.writing() as connection:
            connection.execute(self._change(way, due=due, failures=way.failures + 1))

    def put_off(self, way: Way, due: float) -> None:
        """It may not be asked for before `due`, through no fault of its own."""
        with self._state.writing() as connection:
            connection.execute(self._change(way, due=due))

    def goes_on(self, way: Way, added: int, links: Sequence[Announced], dates: Sequence[datetime]) -> bool:  # noqa: ARG002
        """Whether the next page of a list is to be read: while there is news on its pages, or the outlet's past is being read."""
        return bool(added) or not way.settled

    def settle(self, root: str) -> None:
        """All that it announces today is known: what comes from now on is news."""
        with self._state.writing() as connection:
            connection.execute(update(WAYS).where(
                WAYS.c.outlet == self._outlet.id, WAYS.c.url == root).values(settled=True))

    def _rows(self) -> Sequence[Row[Any]]:
        with self._state.reading() as connection:
            return connection.execute(select(WAYS).where(WAYS.c.outlet == self._outlet.id)).all()

    def _row(self, url: str, root: str, kind: str, depth: int, now: float) -> dict[str, Any]:
        return {"outlet": self._outlet.id, "url": url, "root": root, "kind": kind, "depth": depth, "due": now,
                "every": self._least}

    def _change(self, way: Way, **values: Any) -> Update:
        return update(WAYS).where(WAYS.c.outlet == self._outlet.id, WAYS.c.url == way.url).values(**values)


def _is_to_read(row: Row[Any], listed: str | None, now: float) -> bool:
    if row.read_there is None:
        return True
    return row.listed_modified != listed if listed else bool(row.due <= now)


def _judge(way: Way, now: Validators) -> str:
    """Whether validators change when the content does: once seen to lie, they are not sent again."""
    if way.validators == "lying" or way.content_hash is None:
        return way.validators
    same = (way.etag, way.last_modified) == (now.etag, now.last_modified)
    if way.content_hash != now.content_hash:
        return "lying" if same and (now.etag or now.last_modified) else "honest"
    return way.validators


def _way(row: Row[Any], settled: bool) -> Way:
    return Way(row.url, row.root, row.kind, row.depth, row.etag, row.last_modified, row.content_hash, row.read_there,
               row.validators, row.failures, settled, row.every)
