"""The published snapshot in, a second one without the outlets' texts out: what readers who have not logged in may have.

Made anew, not copied and emptied: a deleted text would stay readable in the file's free blocks.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from config.settings import Settings
from warehouse.copying import copy_tables
from warehouse.durable import read_json, replacing, write_json
from warehouse.excerpts import write_excerpts
from warehouse.files import exclusive, snapshot_path
from warehouse.snapshot import manifest, pause_over

FORM: Final = 2
LEFT_OUT: Final = ("dead_letters", "consumed_offsets", "claim_events", "runs", "erasures")
"""Tables of the operators: whole pages, paths of the machine."""
BLANKED: Final[Mapping[str, str]] = {
    "articles": "'' AS body, NULL AS lead, NULL AS captions, NULL AS archive_file, NULL AS archive_offset",
    "article_versions": "NULL AS body",
    "outlets": "NULL AS config, NULL AS note",
    "rejections": "NULL AS detail",
}
"""Columns that are an outlet's own text, or tell of the crawler's insides. Facts keep the one sentence that proves them, edits
excerpts of what they changed (warehouse.excerpts)."""


@dataclass(frozen=True)
class PublicSnapshot:
    """Manifest of the public snapshot."""

    generation: int
    published_at: str
    seconds: float
    form: int = 1
    """Which code made it: another one makes it anew."""


def public_path(settings: Settings) -> Path:
    """The snapshot without texts."""
    return settings.data / "marsad-public.duckdb"


def publish_public(settings: Settings, *, force: bool = False) -> PublicSnapshot | None:
    """Make it of the present snapshot; None where it is made of that already or its pause is not over. Raises WarehouseError."""
    source, path = manifest(settings), public_path(settings)
    last = _last(settings)
    if source is None or (path.is_file() and last and (last.generation, last.form) == (source.generation, FORM)):
        return None
    if last and not (force or pause_over(last.published_at, last.seconds)):
        return None
    began = time.monotonic()
    with exclusive(path.with_name("public.lock")), replacing(path) as temporary:
        copy_tables(snapshot_path(settings), temporary, settings, without=LEFT_OUT, columns={
            **BLANKED, "load_state": "NULL AS watch_version, NULL AS claim_rules"}, add=write_excerpts)
    made = PublicSnapshot(source.generation, datetime.now(UTC).isoformat(), time.monotonic() - began, FORM)
    write_json(_manifest(path), asdict(made))
    return made


def _manifest(path: Path) -> Path:
    return path.with_name("marsad-public.manifest.json")


def _last(settings: Settings) -> PublicSnapshot | None:
    try:
        return PublicSnapshot(**read_json(_manifest(public_path(settings))))
    except TypeError:
        return None
