"""A database file in, its tables copied into a fresh file out: free blocks, and what was deleted, stay behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from config.settings import Settings
from warehouse.database import OFFLINE, STORAGE_VERSION, Config, Connection, quoted
from warehouse.files import WarehouseError
from warehouse.migrate import migrate


def copy_tables(
    source: Path, target: Path, settings: Settings, *, without: Collection[str] = (), columns: Mapping[str, str] | None = None,
    add: Callable[[Connection], None] | None = None,
) -> None:
    """Make `target` with today's schema and views and the rows of `source`; `columns` are replacements (SQL) by table, `add`
    makes what else it is to hold, with the database `source` attached.

    Raises WarehouseError.
    """
    config: Config = {**OFFLINE, "memory_limit": settings.memory_limit, "storage_compatibility_version": STORAGE_VERSION}
    try:
        with closing(duckdb.connect(str(target), config=config)) as con:
            con.execute("SET TimeZone = 'UTC'")
            migrate(con)
            con.execute(f"ATTACH {quoted(source)} AS source (READ_ONLY)")
            for table in _tables(con):
                if table not in without:
                    replaced = (columns or {}).get(table)
                    chosen = f"* REPLACE ({replaced})" if replaced else "*"
                    con.execute(f"DELETE FROM {table}")  # noqa: S608 (our own table names, here and below)
                    con.execute(f"INSERT INTO {table} BY NAME SELECT {chosen} FROM source.{table}")  # noqa: S608
            if add is not None:
                add(con)
            con.execute("DETACH source")
            con.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise WarehouseError(f"{target}: cannot be made from {source}: {error}") from error


def _tables(con: Connection) -> list[str]:
    rows = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'source' ORDER BY 1").fetchall()
    return [name for (name,) in rows]
