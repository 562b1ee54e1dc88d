"""The durable frontier: which addresses an outlet announced, which are fetched, and when each is to be visited again.

Two clocks: what waits is due by ours; the age of what was fetched is measured on the servers' clock (their Date header),
so that a revisit comes an hour after the page was served, whatever either clock says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, update

from config.outlet import Outlet
from pipeline.events import Discovery, Origin
from pipeline.state import State
from pipeline.state.crawls import crawl_times
from pipeline.state.tables import ADDRESSES, WAYS, inserting

REVISIT_SECONDS: Final = (3600.0, 86_400.0, 7 * 86_400.0)
"""Ages at which an article is looked at again (issue 4, item 5: 1 h, 24 h, 7 days)."""
MAX_VISITS: Final = 10
"""An address that announces changes without end is left alone after so many."""
MAX_ATTEMPTS: Final = 8
_CHUNK: Final = 400
_VIA: Final = ("feed", "sitemap", "section", "link", "file")
_decode = msgspec.json.Decoder(Discovery).decode


@dataclass(frozen=True)
class Announced:
    """A link that an outlet gave, to be kept in the frontier."""

    article_id: str
    url: str
    """The address to ask for."""
    discovery: Discovery
    modified: float | None = None
    """When it changed, as announced, in seconds since 1970."""


@dataclass(frozen=True)
class Address:
    """An address that is due."""

    article_id: str
    url: str
    state: str
    attempts: int
    visits: int
    """How often it was fetched."""
    origin: Origin
    discovery: Discovery
    etag: str | None
    last_modified: str | None
    content_hash: str | None


@dataclass(frozen=True)
class Validators:
    """What a later request can be conditional on, and the hash of the content they stand for."""

    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None


class Frontier:
    """The addresses of one outlet."""

    def __init__(self, state: State, outlet: str) -> None:
        self._state, self._outlet = state, outlet

    def due(self, now: float, there: float, limit: int) -> tuple[Address, ...]:
        """What is due by our clock (`now`) or the servers' (`there`): new addresses first, the newest of them first."""
        query = select(ADDRESSES).where(ADDRESSES.c.outlet == self._outlet, _is_due(now, there)).order_by(
            ADDRESSES.c.visits > 0, ADDRESSES.c.rank.desc(), ADDRESSES.c.url).limit(limit)
        with self._state.reading() as connection:
            return tuple(_address(row) for row in connection.execute(query))

    def next_attempt(self) -> float | None:
        """When the next waiting address is due, by our clock."""
        with self._state.reading() as connection:
            first: float | None = connection.scalar(select(func.min(ADDRESSES.c.due)).where(
                ADDRESSES.c.outlet == self._outlet, ADDRESSES.c.state == "waiting"))
            return first

    def counts(self) -> dict[str, int]:
        """How many addresses are in each state."""
        query = select(ADDRESSES.c.state, func.count()).where(ADDRESSES.c.outlet == self._outlet).group_by(ADDRESSES.c.state)
        with self._state.reading() as connection:
            return {row.state: row[1] for row in connection.execute(query)}

    def mark_fetched(self, address: Address, validators: Validators, there: float, *, gone: bool = False) -> None:
        """Archive and bus have the page; the next visit follows from its age."""
        visits = address.visits + 1
        self._set(address, state="gone" if gone else "fetched", due=_next_visit(visits, there), visits=visits, attempts=0,
                  fetched_at=there, etag=validators.etag, last_modified=validators.last_modified,
                  content_hash=validators.content_hash, outcome=None)

    def mark_unchanged(self, address: Address, there: float) -> None:
        """The page is as it was at the last visit."""
        visits = address.visits + 1
        self._set(address, due=_next_visit(visits, there), visits=visits, attempts=0, fetched_at=there)

    def mark_failed(self, address: Address, due: float, outcome: str) -> bool:
        """It could not be fetched: try again at `due` (our clock). False where that was the last attempt."""
        attempts = address.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            self.mark_given_up(address, outcome)
            return False
        if address.visits:
            self._set(address, attempts=attempts, outcome=outcome)
            self._postpone(address)
        else:
            self._set(address, state="waiting", due=due, attempts=attempts, outcome=outcome)
        return True

    def put_off(self, address: Address, due: float, outcome: str) -> None:
        """It may not be asked for before `due` (our clock), through no fault of its own: no attempt is counted."""
        self._set(address, outcome=outcome, **({} if address.visits else {"due": due}))
        if address.visits:
            self._postpone(address)

    def mark_given_up(self, address: Address, outcome: str) -> None:
        """It is never asked for again."""
        self._set(address, state="given_up", due=None, attempts=address.attempts + 1, outcome=outcome)

    def _postpone(self, address: Address) -> None:
        """A revisit that failed waits for an hour on the servers' clock."""
        with self._state.writing() as connection:
            connection.execute(update(ADDRESSES).where(*self._is(address)).values(due=ADDRESSES.c.due + REVISIT_SECONDS[0]))

    def _set(self, address: Address, **values: Any) -> None:
        with self._state.writing() as connection:
            connection.execute(update(ADDRESSES).where(*self._is(address)).values(**values))

    def _is(self, address: Address) -> tuple[ColumnElement[bool], ...]:
        return ADDRESSES.c.outlet == self._outlet, ADDRESSES.c.article_id == address.article_id


def announce(
    connection: Connection, outlet: str, links: Sequence[Announced], origin: Origin, now: float, fresh_after: float,
) -> int:
    """Keep the links within the caller's transaction; how many are new.

    Links announced as older than `fresh_after` (seconds since 1970) are the outlet's past: origin backfill.
    """
    added = 0
    for start in range(0, len(links), _CHUNK):
        chunk = {link.article_id: link for link in reversed(links[start:start + _CHUNK])}
        known = {row.article_id: row for row in connection.execute(select(ADDRESSES).where(
            ADDRESSES.c.outlet == outlet, ADDRESSES.c.article_id.in_(chunk)))}
        rows = [_row(outlet, link, origin, now, fresh_after) for key, link in chunk.items() if key not in known]
        if rows:
            connection.execute(inserting(connection, ADDRESSES).on_conflict_do_nothing(), rows)
        added += len(rows)
        for key, row in known.items():
            _learn(connection, row, chunk[key])
    return added


def _row(outlet: str, link: Announced, origin: Origin, now: float, fresh_after: float) -> dict[str, Any]:
    announced = link.discovery.announced_at.timestamp() if link.discovery.announced_at else None
    is_past = origin == "backfill" or (announced is not None and announced < fresh_after)
    return {
        "outlet": outlet, "article_id": link.article_id, "url": link.url, "state": "waiting", "due": now,
        "rank": now if announced is None else announced, "origin": "backfill" if is_past else origin,
        "via": link.discovery.via, "discovery": msgspec.json.encode(link.discovery), "modified": link.modified,
    }


def _learn(connection: Connection, row: Row[Any], link: Announced) -> None:
    """A known address was announced again: perhaps by a better source, perhaps as changed since it was fetched."""
    changes: dict[str, Any] = {}
    if link.modified is not None and (row.modified is None or link.modified > row.modified + 1):
        changes["modified"] = link.modified
        if row.state == "fetched" and row.visits < MAX_VISITS and link.modified > row.fetched_at:
            changes["due"] = min(row.due if row.due is not None else link.modified, link.modified)
    if row.state == "waiting" and _VIA.index(link.discovery.via) < _VIA.index(row.via):
        changes |= {"via": link.discovery.via, "discovery": msgspec.json.encode(link.discovery)}
        if link.discovery.announced_at:
            changes["rank"] = link.discovery.announced_at.timestamp()
    if changes:
        connection.execute(update(ADDRESSES).where(
            ADDRESSES.c.outlet == row.outlet, ADDRESSES.c.article_id == row.article_id).values(**changes))


def due(state: State, outlet: Outlet, now: datetime) -> bool:
    """Whether an outlet is to be crawled: `every_minutes` have passed since the last crawl began and something waits to be
    asked, or that crawl was killed or interrupted; not in its quiet hours (its local time), nor while it is being crawled."""
    moment = now.timestamp()
    times = crawl_times(state, outlet.id, moment)
    if times.held or is_quiet(outlet, now):
        return False
    if times.started_at is None or times.last_state in (None, "interrupted"):
        return True
    return moment >= times.started_at + outlet.every_minutes * 60 and _waits(state, outlet, moment, moment + times.clock_offset)


def is_quiet(outlet: Outlet, now: datetime) -> bool:
    """Whether `now` lies in the outlet's quiet hours; the end is not part of them, and they may span midnight."""
    if outlet.quiet is None:
        return False
    begin, end = outlet.quiet
    local: time = now.astimezone(ZoneInfo(outlet.timezone)).time()
    return begin <= local < end if begin <= end else local >= begin or local < end


def _waits(state: State, outlet: Outlet, now: float, there: float) -> bool:
    configured = {way.url for way in outlet.discover}
    with state.reading() as connection:
        ways = {row.url: row.due for row in connection.execute(select(WAYS.c.url, WAYS.c.due).where(WAYS.c.outlet == outlet.id))}
        if any(ways.get(url, now) <= now for url in configured):
            return True
        query = select(ADDRESSES.c.article_id).where(ADDRESSES.c.outlet == outlet.id, _is_due(now, there)).limit(1)
        return connection.execute(query).first() is not None


def _is_due(now: float, there: float) -> ColumnElement[bool]:
    return or_(and_(ADDRESSES.c.state == "waiting", ADDRESSES.c.due <= now),
               and_(ADDRESSES.c.state.in_(("fetched", "gone")), ADDRESSES.c.due <= there))


def _next_visit(visits: int, there: float) -> float | None:
    """`visits` so far. Ages are counted from the last visit: what was fetched late is not visited twice at once."""
    return there + REVISIT_SECONDS[min(visits, len(REVISIT_SECONDS)) - 1] if visits <= len(REVISIT_SECONDS) else None


def _address(row: Row[Any]) -> Address:
    return Address(
        row.article_id, row.url, row.state, row.attempts, row.visits, cast(Origin, row.origin), _decode(row.discovery),
        row.etag, row.last_modified, row.content_hash)


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
