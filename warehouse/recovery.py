"""A damaged or lost writer's file in, one made from the published snapshot or from Parquet files out.

Both hold less than was loaded; the next load reads the rest from the bus. From a snapshot it goes on where the snapshot
stood. From Parquet it reads every log from its start: what is known by its event's id adds nothing.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from config.settings import Settings
from warehouse import weeks
from warehouse.database import Connection, open_file, open_writer, quoted, transaction
from warehouse.durable import read_json
from warehouse.files import WarehouseError, snapshot_path, sole_writer
from warehouse.migrate import migrate
from warehouse.parquet import KEPT, MANIFEST, MONTHLY, WHOLE
from warehouse.rows import dicts
from warehouse.search.index import index_path
from warehouse.upkeep import put_in_place, set_aside


def from_snapshot(settings: Settings, path: Path | None = None) -> None:
    """Put a snapshot (the published one, unless another is named) in the writer's place; what was there is kept beside it.

    Raises WarehouseError where it cannot be read.
    """
    source = path or snapshot_path(settings)
    if not source.is_file():
        raise WarehouseError(f"{source}: missing or damaged: there is no such file")
    with closing(open_file(source, settings)) as con:
        dicts(con, "SELECT generation, claim_rules FROM load_state")
        if not dicts(con, "FROM consumed_offsets LIMIT 1") and dicts(con, "FROM articles LIMIT 1"):
            raise WarehouseError(f"{source}: does not say what was loaded: a public snapshot?")
    put_in_place(settings, source)


def from_parquet(settings: Settings, folder: Path) -> dict[str, int]:
    """Make the writer's file of `marsad export parquet`'s files; rows by table. What was there is kept beside it.

    Raises WarehouseError where the export is not whole, has no texts or cannot be read.
    """
    files = _files(folder)
    with sole_writer(settings):
        set_aside(settings)
        with closing(open_writer(settings)) as con:
            migrate(con)
            try:
                with transaction(con):
                    rows = {table: _fill(con, table, paths) for table, paths in files.items()}
                    weeks.mark_all(con)
                    con.execute("UPDATE load_state SET loaded_at = now(), generation = 1 + greatest("
                                "generation, (SELECT coalesce(max(loaded_in), 0) FROM articles))")
            except duckdb.Error as error:
                raise WarehouseError(f"{folder}: cannot be read: {error}") from error
            weeks.refresh(con)
    index_path(settings).unlink(missing_ok=True)
    return rows


def _files(folder: Path) -> dict[str, list[Path]]:
    """By table, the files that the manifest names. All must be there, and no others."""
    named = {folder / name for name, mark in read_json(folder / MANIFEST).items() if str(mark).endswith("True")}
    present = set(folder.glob("*/*.parquet"))
    if not named or named != present:
        raise WarehouseError(
            f"{folder}: not a whole export with texts ({len(named)} files named, {len(present)} there): "
            "use another, or `marsad warehouse restore` a backup")
    tables = (*MONTHLY, *WHOLE, *KEPT)
    return {table: sorted(path for path in named if path.parent.name == table) for table in tables}


def _fill(con: Connection, table: str, paths: list[Path]) -> int:
    con.execute(f"DELETE FROM {table}")  # noqa: S608 (our own table names, here and below)
    if not paths:
        return 0
    files = ", ".join(quoted(path) for path in paths)
    row = con.execute(
        f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet([{files}], hive_partitioning = false)").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
