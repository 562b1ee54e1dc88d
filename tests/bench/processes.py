"""A process in, what it and all that it started took of processor and memory out (Linux: from /proc)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def end_on_sigterm() -> None:
    """Let SIGTERM (that of `timeout`, say) end this process as Ctrl-C does, so that brokers and services go with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def tree(pid: int) -> Iterator[int]:
    """The process and its descendants."""
    yield pid
    try:
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        children = " ".join((task / "children").read_text() for task in tasks).split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """What a process has used so far, with those of its children that have ended; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def resident_bytes(pid: int) -> int:
    """What a process holds in memory; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def reads_pages(pid: int) -> bool:
    """Whether it belongs to the pool of processes that read pages rather than to a worker."""
    try:
        return b"multiprocessing" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
