"""A stage and a number in, so many processes of it out: started, watched, and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Final

import structlog

from config.reading import ConfigError
from flows.desk import Desk

STOP_SECONDS: Final = 10.0
"""How long an instance may take to end after SIGTERM; then it is killed, and what it had not committed comes again."""
AGAIN_SECONDS: Final = (1.0, 60.0)
"""Pause before an instance that died is started again: at first, and at the most."""
LOOK_SECONDS: Final = 0.2

log = structlog.get_logger(__name__)


class _Instance:
    """One process of the stage, started again where it dies, with growing pauses."""

    def __init__(self, stage: str, number: int, metrics_port: int) -> None:
        self._command = [sys.executable, "-m", "flows.cli", "work", stage]
        # The processes of this command are the parallelism: each instance reads one page at a time.
        self._environment = {**os.environ, "MARSAD_EXTRACT_PROCESSES": "1", "MARSAD_METRICS_PORT": str(metrics_port)}
        self._stage, self._number = stage, number
        self._pause, self._due = AGAIN_SECONDS[0], 0.0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, env=self._environment)

    def look_after(self) -> None:
        """Start it again where it has died and its pause is over."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if not self._due:
            log.warning("instance_died", stage=self._stage, instance=self._number, exit_code=self.process.returncode,
                        again_in_seconds=self._pause)
            self._due, self._pause = now + self._pause, min(AGAIN_SECONDS[1], self._pause * 2)
        elif now >= self._due:
            self._due = 0.0
            self.process = self._start()


def run_instances(desk: Desk, stage: str, count: int) -> int:
    """Run `count` processes of a stage until SIGTERM or SIGINT. Raises ConfigError on the embedded bus, which shares no stage."""
    if desk.settings.bus == "embedded":
        raise ConfigError("the embedded bus serves one process a stage: raise MARSAD_EXTRACT_PROCESSES to read more pages "
                          "at a time, or set MARSAD_BUS=kafka://host:port")
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    desk.bus().close()
    first = desk.settings.metrics_port
    running = [_Instance(stage, number + 1, first + number if first else 0) for number in range(count)]
    while not stop.wait(LOOK_SECONDS):
        for one in running:
            one.look_after()
    return _stop_all([one.process for one in running])


def _stop_all(processes: list[subprocess.Popen[bytes]]) -> int:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("instance_killed", pid=process.pid, after_seconds=STOP_SECONDS)
            process.kill()
            process.wait(STOP_SECONDS)
    return max((process.returncode for process in processes), default=0)
