"""The writer's database in, the same compacted, checked, backed up, restored or pruned out."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from config.settings import Settings
from warehouse.copying import copy_tables
from warehouse.database import open_file, open_writer, transaction
from warehouse.durable import read_json, replacing, write_json
from warehouse.files import WarehouseError, sole_writer, writer_path
from warehouse.migrate import migrate
from warehouse.rows import dicts
from warehouse.search.index import index_path
from warehouse.snapshot import code_version

PRUNED: Final = {"fetches": "fetched_at", "rejections": "fetched_at", "runs": "finished_at", "dead_letters": "failed_at"}
"""Tables that tell of the crawl's doing; what the press said is never pruned."""
CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Sizes:
    """Bytes before and after."""

    before: int
    after: int

    def __str__(self) -> str:
        return f"{self.before / 1e6:.1f} MB became {self.after / 1e6:.1f} MB"


def compact(settings: Settings) -> Sizes:
    """Write the writer's file anew without its free blocks. Raises WarehouseError."""
    path = writer_path(settings)
    with sole_writer(settings):
        _checkpoint(settings)
        before = path.stat().st_size
        with replacing(path) as temporary:
            copy_tables(path, temporary, settings)
    return Sizes(before, path.stat().st_size)


def backup(settings: Settings, folder: Path, *, keep: int = 7) -> Path:
    """Copy the writer's file to the folder, with its checksum; the newest `keep` stay. Raises WarehouseError."""
    with sole_writer(settings):
        generation = _checkpoint(settings)
        path = folder / f"marsad-{datetime.now(UTC):%Y%m%dT%H%M%S}-{generation}.duckdb"
        with replacing(path) as temporary:
            shutil.copyfile(writer_path(settings), temporary)
    write_json(path.with_suffix(".json"), {"sha256": _digest(path), "generation": generation, "code_version": code_version()})
    for old in sorted(folder.glob("marsad-*.duckdb"))[:-keep]:
        old.unlink()
        old.with_suffix(".json").unlink(missing_ok=True)
    return path


def restore(settings: Settings, path: Path) -> None:
    """Put a backup in the writer's place; what was there is kept beside it. Raises WarehouseError where the backup is damaged.

    The next load reads the bus on from the offsets that the backup holds; changes already announced have the ids they had.
    """
    stated = read_json(path.with_suffix(".json")).get("sha256")
    if not path.is_file() or stated != _digest(path):
        raise WarehouseError(f"{path}: missing or damaged (its checksum is not the one in {path.with_suffix('.json').name})")
    with closing(open_file(path, settings)) as con:
        dicts(con, "SELECT generation FROM load_state")
    put_in_place(settings, path)


def put_in_place(settings: Settings, path: Path) -> None:
    """Copy a database to the writer's place; what was there is kept beside it. Raises WarehouseError."""
    with sole_writer(settings):
        set_aside(settings)
        with replacing(writer_path(settings)) as temporary:
            shutil.copyfile(path, temporary)
        with closing(open_writer(settings)) as con:
            migrate(con)
            con.execute("UPDATE load_state SET generation = generation + 1")
    index_path(settings).unlink(missing_ok=True)


def set_aside(settings: Settings) -> None:
    """Rename the writer's file to `writer.before-restore.duckdb`. The caller holds files.sole_writer."""
    target = writer_path(settings)
    if target.exists():
        target.replace(target.with_name("writer.before-restore.duckdb"))
    wal = target.with_name(target.name + ".wal")
    if wal.exists():
        wal.replace(target.with_name("writer.before-restore.duckdb.wal"))


def prune(settings: Settings, *, days: int) -> dict[str, int]:
    """Delete requests, rejections, runs and dead letters older than so many days; how many by table. Raises WarehouseError."""
    before = datetime.now(UTC) - timedelta(days=days)
    with sole_writer(settings), closing(open_writer(settings)) as con:
        migrate(con)
        with transaction(con):
            done = {table: _changed(con.execute(f"DELETE FROM {table} WHERE {column} < ?", [before]).fetchone())  # noqa: S608
                    for table, column in PRUNED.items()}
            con.execute("UPDATE load_state SET generation = generation + 1")
    return done


def _changed(row: tuple[int, ...] | None) -> int:
    return row[0] if row else 0


def _checkpoint(settings: Settings) -> int:
    with closing(open_writer(settings)) as con:
        migrate(con)
        con.execute("CHECKPOINT")
        return int(dicts(con, "SELECT generation FROM load_state")[0]["generation"])


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
