"""When each host may next be asked: kept in the store, so that restarts and overlapping crawls keep the delay too."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from pipeline.state import State
from pipeline.state.tables import HOSTS, ROBOTS, inserting

FIRST_BACK_OFF = 5.0
"""Seconds a host is left alone after its first 429 or 503 without Retry-After; doubled with each further one in a row."""
MAX_BACK_OFF = 3600.0
MAX_RETRY_AFTER = 7 * 86_400.0
"""A server may send us away for a week at most."""


@dataclass(frozen=True)
class StoredRobots:
    """robots.txt and tdmrep.json of a site as last read."""

    read_at: float
    status: int | None
    """None: it never could be read."""
    content: bytes
    tdm: bytes | None
    trouble: str | None = None
    """Why it could not be read when last tried, in a word; None where it could."""
    tried_at: float | None = None
    """When that was."""


class Hosts:
    """The hosts of all outlets. Times are seconds since 1970."""

    def __init__(self, state: State) -> None:
        self._state = state

    def reserve(self, host: str, delay: float, now: float, latest: float) -> float | None:
        """The time at which the caller, and nobody else, may ask the host; None where it lies after `latest`.

        It is at least `delay` seconds after the newest time that anybody has, who may know of a shorter delay only; the next
        caller's time is at least `delay` seconds later.
        """
        with self._state.writing() as connection:
            _ensure(connection, host)
            row = connection.execute(select(HOSTS).where(HOSTS.c.host == host).with_for_update()).one()
            start = max(now, row.free_at, row.asked_at + delay)
            if start > latest:
                return None
            connection.execute(update(HOSTS).where(HOSTS.c.host == host).values(free_at=start + delay, asked_at=start))
            return float(start)

    def rests_until(self, host: str) -> float:
        """Until when the host is to be left alone by what it answered meanwhile, also by who has reserved a time before."""
        with self._state.reading() as connection:
            return float(connection.scalar(select(HOSTS.c.rests_until).where(HOSTS.c.host == host)) or 0.0)

    def answered(self, host: str, delay: float, now: float) -> None:
        """The host answered: the delay counts from here, since the request may have reached it late; setbacks are forgotten."""
        self._put_off(host, now + delay, setbacks=0)

    def set_back(self, host: str, now: float, retry_after: float | None) -> float:
        """The host asked to be left alone (429, 503): until when, by its own word or by growing waits."""
        with self._state.reading() as connection:
            setbacks = (connection.scalar(select(HOSTS.c.setbacks).where(HOSTS.c.host == host)) or 0) + 1
        wait = min(MAX_BACK_OFF, FIRST_BACK_OFF * 2.0 ** min(setbacks - 1, 20))
        if retry_after is not None:
            wait = min(MAX_RETRY_AFTER, max(retry_after, 0.0))
        self._put_off(host, now + wait, setbacks=setbacks)
        return now + wait

    def robots(self, site: str) -> StoredRobots | None:
        """robots.txt of a site (`https://host`), if it was ever read."""
        with self._state.reading() as connection:
            row = connection.execute(select(ROBOTS).where(ROBOTS.c.site == site)).one_or_none()
        return StoredRobots(row.read_at, row.status, row.content, row.tdm, row.trouble, row.tried_at) if row else None

    def keep_robots(self, site: str, robots: StoredRobots) -> None:
        """Remember it."""
        values = {"read_at": robots.read_at, "status": robots.status, "content": robots.content, "tdm": robots.tdm,
                  "trouble": robots.trouble, "tried_at": robots.tried_at}
        with self._state.writing() as connection:
            connection.execute(inserting(connection, ROBOTS).values(site=site, **values).on_conflict_do_update(
                index_elements=[ROBOTS.c.site], set_=values))

    def _put_off(self, host: str, until: float, setbacks: int) -> None:
        with self._state.writing() as connection:
            _ensure(connection, host)
            row = connection.execute(select(HOSTS).where(HOSTS.c.host == host).with_for_update()).one()
            connection.execute(update(HOSTS).where(HOSTS.c.host == host).values(
                free_at=max(row.free_at, until), rests_until=max(row.rests_until, until), setbacks=setbacks))


def _ensure(connection: Connection, host: str) -> None:
    connection.execute(inserting(connection, HOSTS).values(host=host, free_at=0.0).on_conflict_do_nothing())
