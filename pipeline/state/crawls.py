"""Which outlet is crawled by whom, since when and until when: one crawl an outlet at a time, by lease."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

from sqlalchemy import Connection, Update, select, update

from pipeline.state import State
from pipeline.state.tables import OUTLETS, inserting

LEASE_SECONDS = 60.0
"""A holder not heard of for so long has died."""


@dataclass(frozen=True)
class CrawlTimes:
    """When an outlet was last crawled, in seconds since 1970; None: never."""

    started_at: float | None = None
    finished_at: float | None = None
    last_state: str | None = None
    clock_offset: float = 0.0
    """Seconds by which its servers' clock is ahead of ours."""
    held: bool = False


class CrawlLease:
    """The right to crawl one outlet, held by this process."""

    def __init__(self, state: State, outlet: str) -> None:
        self._state, self._outlet = state, outlet
        self._holder = f"{platform.node()}/{os.getpid()}"

    def take(self, now: float) -> bool:
        """Take it unless a living process has it. A holder that died on this machine is noticed at once."""
        with self._state.writing() as connection:
            _ensure(connection, self._outlet)
            row = connection.execute(select(OUTLETS).where(OUTLETS.c.outlet == self._outlet).with_for_update()).one()
            if _is_held(row.holder, row.held_until, now) and row.holder != self._holder:
                return False
            connection.execute(_change(
                self._outlet, holder=self._holder, held_until=now + LEASE_SECONDS, started_at=now, last_state=None))
            return True

    def renew(self, now: float) -> bool:
        """Say that we live; False where somebody else took it meanwhile."""
        with self._state.writing() as connection:
            return connection.execute(_change(self._outlet, held_until=now + LEASE_SECONDS).where(
                OUTLETS.c.holder == self._holder)).rowcount == 1

    def note_clock(self, offset: float) -> None:
        """Keep how far the servers' clock is ahead of ours, in seconds."""
        with self._state.writing() as connection:
            connection.execute(_change(self._outlet, clock_offset=offset))

    def give_back(self, now: float, outcome: str) -> None:
        """End the crawl: `outcome` as in Run.state."""
        with self._state.writing() as connection:
            connection.execute(_change(self._outlet, holder=None, held_until=None, finished_at=now, last_state=outcome).where(
                OUTLETS.c.holder == self._holder))


def crawl_times(state: State, outlet: str, now: float) -> CrawlTimes:
    """What is known of the outlet's crawls."""
    with state.reading() as connection:
        row = connection.execute(select(OUTLETS).where(OUTLETS.c.outlet == outlet)).one_or_none()
    if row is None:
        return CrawlTimes()
    held = _is_held(row.holder, row.held_until, now)
    return CrawlTimes(row.started_at, row.finished_at, row.last_state, row.clock_offset, held)


def _is_held(holder: str | None, until: float | None, now: float) -> bool:
    if holder is None or until is None or until <= now:
        return False
    node, _, process = holder.rpartition("/")
    return node != platform.node() or _lives(int(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _ensure(connection: Connection, outlet: str) -> None:
    connection.execute(inserting(connection, OUTLETS).values(outlet=outlet).on_conflict_do_nothing())


def _change(outlet: str, **values: object) -> Update:
    return update(OUTLETS).where(OUTLETS.c.outlet == outlet).values(**values)
