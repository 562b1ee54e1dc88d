"""The published snapshot in, a second one without the outlets' texts out: what readers who have not logged in may have.

Made anew, not copied and emptied: a deleted text would stay readable in the file's free blocks.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from config.settings import Settings
from warehouse.database import OFFLINE, STORAGE_VERSION, quoted
from warehouse.durable import read_json, replacing, write_json
from warehouse.files import WarehouseError, exclusive, snapshot_path
from warehouse.migrate import migrate
from warehouse.snapshot import Published, manifest, pause_over

LEFT_OUT: Final = ("dead_letters", "consumed_offsets", "claim_events", "runs", "schema_version", "load_state")
"""Tables of the operators: whole pages, paths of the machine."""
BLANKED: Final[Mapping[str, str]] = {
    "articles": "'' AS body, NULL AS lead, NULL AS captions, NULL AS archive_file, NULL AS archive_offset",
    "article_versions": "NULL AS body",
    "outlets": "NULL AS config, NULL AS note",
    "rejections": "NULL AS detail",
}
"""Columns that are an outlet's own text, or tell of the crawler's insides. Facts keep the one sentence that proves them."""


@dataclass(frozen=True)
class PublicSnapshot:
    """Manifest of the public snapshot."""

    generation: int
    published_at: str
    seconds: float


def public_path(settings: Settings) -> Path:
    """The snapshot without texts."""
    return settings.data / "marsad-public.duckdb"


def publish_public(settings: Settings, *, force: bool = False) -> PublicSnapshot | None:
    """Make it of the present snapshot; None where it is made of that already or its pause is not over. Raises WarehouseError."""
    source, path = manifest(settings), public_path(settings)
    last = _last(settings)
    if source is None or (path.is_file() and last and last.generation == source.generation):
        return None
    if last and not (force or pause_over(last.published_at, last.seconds)):
        return None
    began = time.monotonic()
    with exclusive(path.with_name("public.lock")), replacing(path) as temporary:
        _make(temporary, snapshot_path(settings), settings, source)
    made = PublicSnapshot(source.generation, datetime.now(UTC).isoformat(), time.monotonic() - began)
    write_json(_manifest(path), asdict(made))
    return made


def _make(target: Path, source: Path, settings: Settings, state: Published) -> None:
    config: dict[str, str | bool | int | float | list[str]] = {
        **OFFLINE, "memory_limit": settings.memory_limit, "storage_compatibility_version": STORAGE_VERSION}
    try:
        with closing(duckdb.connect(str(target), config=config)) as con:
            con.execute("SET TimeZone = 'UTC'")
            migrate(con)
            con.execute(f"ATTACH {quoted(source)} AS source (READ_ONLY)")
            tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'source' ORDER BY 1").fetchall()
            for (table,) in tables:
                if table not in LEFT_OUT:
                    columns = f"* REPLACE ({BLANKED[table]})" if table in BLANKED else "*"
                    con.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM source.{table}")  # noqa: S608 (our own names)
            con.execute("UPDATE load_state SET generation = ?, loaded_at = ?", [state.generation, state.as_of])
            con.execute("DETACH source")
            con.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise WarehouseError(f"{target}: the public snapshot cannot be made: {error}") from error


def _manifest(path: Path) -> Path:
    return path.with_name("marsad-public.manifest.json")


def _last(settings: Settings) -> PublicSnapshot | None:
    try:
        return PublicSnapshot(**read_json(_manifest(public_path(settings))))
    except TypeError:
        return None
