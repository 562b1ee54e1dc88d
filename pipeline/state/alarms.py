"""Alarms that stand, were told or are over: kept so that each is told once and its end too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Column, Float, MetaData, String, Table, Text, delete, insert, select

from pipeline.state import State
from pipeline.state.creation import create_missing

metadata: Final = MetaData()
ALARMS: Final = Table(
    "alarms", metadata,
    Column("key", String, primary_key=True),
    Column("what", Text, nullable=False),
    Column("since", Float, nullable=False),
    Column("told_at", Float),
    Column("gone_at", Float),
    Column("recovered_at", Float),
)
"""Times are seconds since 1970 (UTC)."""


@dataclass(frozen=True)
class StandingAlarm:
    """What is known of one alarm."""

    key: str
    what: str
    since: float
    """Since when the trouble lasts."""
    told_at: float | None = None
    gone_at: float | None = None
    """When it was first found to be over; None while it lasts."""
    recovered_at: float | None = None
    """When its end was told."""


class Alarms:
    """The table of alarms."""

    def __init__(self, state: State) -> None:
        create_missing(state.engine, metadata)
        self._state = state

    def all(self) -> dict[str, StandingAlarm]:
        """Every alarm that is known, by key."""
        with self._state.reading() as connection:
            return {row.key: StandingAlarm(**row._asdict()) for row in connection.execute(select(ALARMS))}

    def replace(self, standing: Iterable[StandingAlarm]) -> None:
        """Keep these and no others."""
        rows = [asdict(one) for one in standing]
        with self._state.writing() as connection:
            connection.execute(delete(ALARMS))
            if rows:
                connection.execute(insert(ALARMS), rows)
