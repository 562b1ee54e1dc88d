"""An outlet in, nothing of it left in the operational state out."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table, delete, or_

from pipeline.state import State
from pipeline.state.tables import ADDRESSES, OUTLETS, WAYS

TABLES: Final[tuple[Table, ...]] = (ADDRESSES, WAYS, OUTLETS)


def forget_outlet(state: State, outlet: str) -> int:
    """Delete the outlet's addresses, ways (those of its backfills too) and crawl times; how many rows."""
    with state.writing() as connection:
        return sum(connection.execute(delete(table).where(or_(
            table.c.outlet == outlet, table.c.outlet.startswith(f"{outlet}@", autoescape=True)))).rowcount for table in TABLES)
