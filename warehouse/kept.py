"""A snapshot just published in, the last one of each of the newest days kept out: what analysts compare with, or go back to.

A kept snapshot is another name of the same file, so that it takes no room before the next publication and no time ever.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from config.settings import Settings
from warehouse.files import WarehouseError, snapshot_path


def kept_path(settings: Settings, day: date) -> Path:
    """Where the last snapshot of a day (UTC) is kept."""
    return settings.data / "snapshots" / f"marsad-{day.isoformat()}.duckdb"


def kept(settings: Settings) -> list[Path]:
    """The kept snapshots, oldest first."""
    return sorted((settings.data / "snapshots").glob("marsad-????-??-??.duckdb"))


def keep(settings: Settings, day: date) -> None:
    """Keep the present snapshot as the day's; older ones than of the newest `snapshot_days` go. Raises WarehouseError."""
    if settings.snapshot_days:
        path = kept_path(settings, day)
        beside = path.with_name(f".{path.name}.new")
        try:
            path.parent.mkdir(exist_ok=True)
            beside.unlink(missing_ok=True)
            os.link(snapshot_path(settings), beside)
            beside.replace(path)
        except OSError as error:
            raise WarehouseError(f"{path}: the day's snapshot cannot be kept ({error.strerror})") from error
    forget(settings, but=settings.snapshot_days)


def forget(settings: Settings, *, but: int = 0) -> int:
    """Delete kept snapshots but the newest `but`, as after an erasure; how many went."""
    old = kept(settings)[:-but] if but else kept(settings)
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
