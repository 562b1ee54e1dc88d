"""A group's name in, the sole right to read for it out: one process a group, by a file lock that dies with the process."""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path

from pipeline.bus import BusError


class Lease:
    """Holds the lock from its making until close() or the end of the process."""

    def __init__(self, folder: Path, group: str) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", group):
            raise BusError(f"{group!r} is no name for a consumer group: use small letters, digits, dots and hyphens")
        path = folder / f"{group}.lock"
        try:
            self._lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise BusError(f"{path}: cannot be written ({error.strerror}): "
                           "mend its permissions or set MARSAD_DATA to another folder") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._lock, 32, 0).decode(errors="replace").strip() or "unknown"
            self.close()
            raise BusError(
                f"group {group!r} is already read by process {holder}, and the embedded bus allows one process a group: "
                "wait until it ends, stop it, or use Kafka (MARSAD_BUS=kafka://...) to share the work") from error
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n".encode(), 0)

    def close(self) -> None:
        """Let the next one in; closing twice does nothing."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
