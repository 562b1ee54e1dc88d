"""The calendar's own troubles in, broker, database and disk taken away and given back out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.broker.cluster import Cluster
from tests.postgres.server import Server
from tests.week.calendar import WEEK, Fault, Trouble

NOMINAL = "60G"
"""Size of the disk of the week: memory is used for what lies on it only."""
LEFT_BYTES = 64_000


@dataclass
class Machine:
    """What can be taken away; None: not part of this week."""

    cluster: Cluster | None = None
    database: Server | None = None
    disk: Path | None = None
    troubles: Sequence[Trouble] = WEEK
    away: set[Fault] = field(default_factory=set)

    def tick(self, now: datetime) -> None:
        """Take away and give back what the calendar says."""
        for trouble in self.troubles:
            lasts = trouble.begins <= now < trouble.ends
            if lasts != (trouble.fault in self.away) and self._has(trouble.fault):
                (self._take if lasts else self._give)(trouble.fault)
                (self.away.add if lasts else self.away.discard)(trouble.fault)

    def _has(self, fault: Fault) -> bool:
        return {"broker": self.cluster, "database": self.database, "disk": self.disk}.get(fault) is not None

    def _take(self, fault: Fault) -> None:
        if fault == "broker" and self.cluster:
            self.cluster.kill(self.cluster.nodes[0])
        if fault == "database" and self.database:
            self.database.stop()
        if fault == "disk" and self.disk:
            used = os.statvfs(self.disk)
            size = (used.f_blocks - used.f_bfree) * used.f_frsize + LEFT_BYTES
            _mount("-o", f"remount,size={size}", str(self.disk))

    def _give(self, fault: Fault) -> None:
        if fault == "broker" and self.cluster:
            self.cluster.start_node(self.cluster.nodes[0])
            self.cluster.await_ready()
        if fault == "database" and self.database:
            self.database.start()
        if fault == "disk" and self.disk:
            _mount("-o", f"remount,size={NOMINAL}", str(self.disk))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system in memory at `folder`, which can be made full; None, and a plain folder, where none may be mounted."""
    folder.mkdir(parents=True)
    try:
        _mount("-t", "tmpfs", "-o", f"size={NOMINAL}", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
