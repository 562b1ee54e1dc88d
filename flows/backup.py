"""The data folder in, a copy that can be put back out: taken while everything runs, in an order that loses and repeats nothing.

The warehouse comes first and the operational state last: what was copied later then knows at least as much, and every reader
recognises what it meets again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from config.reading import ConfigError
from config.settings import Settings
from pipeline.stages import PLACES, PROFILES
from warehouse import upkeep
from warehouse.files import writer_path

DATABASES: Final = ("bus/bus.sqlite", PLACES, "state.sqlite")
"""In this order, after the warehouse."""
FOLDERS: Final = ("archive", PROFILES, "digests")
FILES: Final = ("secret.key",)
WAREHOUSE: Final = "warehouse"


def back_up(on: Settings, folder: Path) -> Iterator[str]:
    """Copy everything that cannot be made again to `folder`; what is there already is brought up to date. What was copied.

    Raises WarehouseError (BusyError while a load is at work), OSError, sqlite3.Error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if writer_path(on).exists():
        yield f"warehouse: {upkeep.backup(on, folder / WAREHOUSE, keep=1).name}"
    for name in DATABASES:
        if (on.data / name).exists():
            _copy_database(on.data / name, folder / name)
            yield f"{name}: {(folder / name).stat().st_size / 1e6:.1f} MB"
    for name in FOLDERS:
        if (on.data / name).is_dir():
            yield f"{name}: {_copy_changed(on.data / name, folder / name)} files new or changed"
    for name in FILES:
        if (on.data / name).exists():
            shutil.copy2(on.data / name, folder / name)
            yield name
    if on.bus != "embedded":
        yield "not copied: the topics in Kafka, which has copies of its own"
    if on.state_url:
        yield "not copied: the operational state behind MARSAD_STATE_URL (pg_dump)"


def restore(on: Settings, folder: Path) -> Iterator[str]:
    """Put a backup into an empty data folder and publish nothing yet: `marsad run` goes on from there. Raises ConfigError where
    the folder is not empty or the backup is none; WarehouseError where the warehouse's copy is damaged."""
    if any((on.data / name).exists() for name in (*DATABASES, WAREHOUSE)):
        raise ConfigError(f"{on.data} is not empty: move it away first, or set MARSAD_DATA to another folder")
    saved = sorted((folder / WAREHOUSE).glob("*.duckdb"))
    if not saved and not any((folder / name).exists() for name in DATABASES):
        raise ConfigError(f"{folder} holds no backup")
    for name in DATABASES:
        if (folder / name).exists():
            _copy_database(folder / name, on.data / name)
            yield name
    for name in FOLDERS:
        if (folder / name).is_dir():
            yield f"{name}: {_copy_changed(folder / name, on.data / name)} files"
    for name in FILES:
        if (folder / name).exists():
            shutil.copy2(folder / name, on.data / name)
            yield name
    if saved:
        upkeep.restore(on, saved[-1])
        yield f"warehouse: {saved[-1].name}"


def _copy_database(source: Path, target: Path) -> None:
    """A whole copy, also while others write (SQLite's own backup), put in place at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as one, closing(sqlite3.connect(temporary)) as other:
        one.backup(other)
    temporary.replace(target)


def _copy_changed(source: Path, target: Path) -> int:
    """Copy what is missing or of another size or time; how many files. Nothing is removed from the target."""
    copied = 0
    for file in sorted(one for one in source.rglob("*") if one.is_file()):
        there, state = target / file.relative_to(source), file.stat()
        if there.exists() and (there.stat().st_size, int(there.stat().st_mtime)) == (state.st_size, int(state.st_mtime)):
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, there)
        copied += 1
    return copied
