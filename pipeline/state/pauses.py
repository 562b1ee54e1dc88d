"""Outlets that an operator has paused: no schedule crawls them until they are resumed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Column, Float, MetaData, String, Table, Text, delete, select

from pipeline.state import State
from pipeline.state.creation import create_missing
from pipeline.state.frontier import moment
from pipeline.state.tables import inserting

metadata: Final = MetaData()
PAUSES: Final = Table(
    "pauses", metadata,
    Column("outlet", String, primary_key=True),
    Column("since", Float, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
)


class Pauses:
    """The table of pauses."""

    def __init__(self, state: State) -> None:
        create_missing(state.engine, metadata)
        self._state = state

    def all(self) -> dict[str, datetime]:
        """Paused outlets, and since when."""
        with self._state.reading() as connection:
            return {row.outlet: moment(row.since) for row in connection.execute(select(PAUSES))}

    def pause(self, outlet: str, now: datetime, reason: str = "") -> None:
        """Pause an outlet; one that is paused stays so since the first time."""
        with self._state.writing() as connection:
            connection.execute(inserting(connection, PAUSES).values(
                outlet=outlet, since=now.timestamp(), reason=reason).on_conflict_do_nothing())

    def resume(self, outlet: str) -> bool:
        """Resume it; False where it was not paused."""
        with self._state.writing() as connection:
            return connection.execute(delete(PAUSES).where(PAUSES.c.outlet == outlet)).rowcount == 1
