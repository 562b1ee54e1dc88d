"""Settings in, the places of the warehouse's files and the lock of its one writer out."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import Settings


class WarehouseError(Exception):
    """The warehouse cannot be read or written. The message says what, where and what to do."""


class BusyError(WarehouseError):
    """Another process holds the right to write."""


def writer_path(settings: Settings) -> Path:
    """The database that only the load writes."""
    return settings.data / "warehouse" / "writer.duckdb"


def snapshot_path(settings: Settings) -> Path:
    """The published copy that everybody reads."""
    return settings.data / "marsad.duckdb"


def manifest_path(settings: Settings) -> Path:
    """What the published copy holds, as JSON."""
    return settings.data / "marsad.manifest.json"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file, waiting for who has it; it ends with the process. Raises WarehouseError where it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be written ({error.strerror}): mend its permissions or set MARSAD_DATA") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def sole_writer(settings: Settings) -> Iterator[None]:
    """Hold the right to write; it ends with the process. Raises WarehouseError naming the holder where another has it."""
    path = writer_path(settings).with_name("load.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be written ({error.strerror}): mend its permissions or set MARSAD_DATA") from error
    try:
        _take(lock, path)
        yield
    finally:
        os.close(lock)


def _take(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(lock, 32).decode(errors="replace").strip() or "unknown"
        raise BusyError(
            f"another load is at work (process {holder} holds {path}): wait until it ends, or stop that process") from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
