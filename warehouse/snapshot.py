"""The writer's database in, the published snapshot and its manifest out: CHECKPOINT, copy, fsync, rename.

Readers open the snapshot whenever they like: the name always leads to a whole file, and who has the one before open keeps it.
"""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

import structlog

from config.settings import Settings
from warehouse import weeks
from warehouse.database import Connection, open_writer
from warehouse.durable import read_json, replacing, write_json
from warehouse.files import manifest_path, snapshot_path, sole_writer, writer_path
from warehouse.kept import keep
from warehouse.migrate import migrate
from warehouse.rows import dicts

log = structlog.get_logger(__name__)
SHORTEST_PAUSE: Final = 60.0
PAUSE_PER_SECOND: Final = 20
"""Publishing takes a twentieth of the time at the most, however large the file."""


@dataclass(frozen=True)
class Published:
    """What the snapshot holds: its manifest."""

    generation: int
    """Number of loading transactions behind it; a higher one holds more."""
    schema_version: int
    code_version: str
    """Of the code that published it."""
    as_of: str | None
    """When the last of its rows was loaded (ISO 8601, UTC)."""
    published_at: str
    seconds: float
    """How long publishing took."""
    bytes: int
    rows: dict[str, int]
    """Rows by table."""

    def __str__(self) -> str:
        return f"snapshot {self.generation} of {self.bytes / 1e6:.1f} MB in {self.seconds:.1f} s"


def publish(settings: Settings, *, force: bool = False) -> Published | None:
    """Publish what was loaded since the last snapshot; None where nothing changed or the pause is not over.

    The pause is 60 s or 20 times the last publication's duration, and skipped with `force`. Raises WarehouseError.
    """
    last = manifest(settings)
    if not writer_path(settings).exists() or not (force or last is None or pause_over(last.published_at, last.seconds)):
        return None
    with sole_writer(settings):
        began = time.monotonic()
        with closing(open_writer(settings)) as con:
            version = migrate(con)
            weeks.refresh(con)
            state, rows = dicts(con, "SELECT generation, loaded_at FROM load_state")[0], _rows(con)
            as_of = state["loaded_at"].isoformat() if state["loaded_at"] else None
            # The time too: a warehouse that was lost and loaded anew counts its generations from the start.
            if last and (last.generation, last.as_of) == (state["generation"], as_of) and snapshot_path(settings).exists():
                return None
            con.execute("CHECKPOINT")
        size = _swap(writer_path(settings), snapshot_path(settings))
        made = Published(
            generation=state["generation"], schema_version=version, code_version=code_version(), bytes=size, rows=rows,
            seconds=time.monotonic() - began, as_of=as_of,
            published_at=datetime.now(UTC).isoformat())
        # Without its manifest a snapshot is only published once more: not worth two waits for the disk.
        write_json(manifest_path(settings), asdict(made), durable=False)
        keep(settings, datetime.now(UTC).date())
    log.info("published", generation=made.generation, bytes=made.bytes, seconds=round(made.seconds, 3))
    return made


def manifest(settings: Settings) -> Published | None:
    """What the present snapshot says of itself; None where none was published (or its manifest is unreadable)."""
    try:
        return Published(**read_json(manifest_path(settings)))
    except TypeError:
        return None


def code_version() -> str:
    """Version of this installation."""
    return metadata.version("marsad")


def pause_over(published_at: str, seconds: float) -> bool:
    """Whether what took so many seconds at that time (ISO 8601) may be done again."""
    age = (datetime.now(UTC) - datetime.fromisoformat(published_at)).total_seconds()
    return not 0 <= age < max(SHORTEST_PAUSE, PAUSE_PER_SECOND * seconds)


def _rows(con: Connection) -> dict[str, int]:
    tables = [row["table_name"] for row in dicts(con, "SELECT table_name FROM duckdb_tables() ORDER BY ALL")]
    return {name: dicts(con, f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in tables}  # noqa: S608 (our own table names)


def _swap(source: Path, target: Path) -> int:
    """Copy beside the target, make it durable, rename over it; bytes copied."""
    with replacing(target) as temporary:
        shutil.copyfile(source, temporary)
    return target.stat().st_size
