"""A Desk in, its stages run out: beside a crawl, until nothing waits, or as a service that SIGTERM stops."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Final

from flows import metrics
from flows.console import Steps
from flows.desk import Desk
from pipeline.bus import Bus, BusError
from pipeline.stages import decider
from pipeline.topology import STAGES, Stage
from pipeline.worker import Counts, drain, serve

LOOK_SECONDS: Final = 0.1
STUCK_SECONDS: Final = 300.0
"""How long what waits before a stage may stay the same: longer than all tries at one record take."""
IDLE_SECONDS: Final = 1.0
JOIN_SECONDS: Final = 60.0


def dead_among(counts: Mapping[str, Counts]) -> bool:
    """Whether any stage had to give a record up."""
    return any(one.dead for one in counts.values())


def drain_all(desk: Desk) -> dict[str, Counts]:
    """Run every stage in turn until nothing waits. Raises BusError, ConfigError, PoolError."""
    return {stage.name: _drain(desk, stage) for stage in STAGES}


def work_on(desk: Desk, name: str, *, once: bool) -> Counts:
    """Run one stage: with `once` until nothing waits, else until SIGTERM or SIGINT. Raises BusError, ConfigError, PoolError."""
    stage = next(one for one in STAGES if one.name == name)
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    if once:
        return _drain(desk, stage, stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    with (desk.bus() as bus, decider(stage, desk.settings, bus) as decide,
          metrics.served(desk.settings, stage, bus) as observe):
        return serve(stage, decide, bus, stop=stop, observe=observe)


def _drain(desk: Desk, stage: Stage, stop: threading.Event | None = None) -> Counts:
    with desk.bus() as bus, decider(stage, desk.settings, bus) as decide:
        return drain(stage, decide, bus, idle_seconds=IDLE_SECONDS, stop=stop)


@dataclass
class _Running:
    """One stage in a thread of its own."""

    desk: Desk
    stage: Stage
    stop: threading.Event = field(default_factory=threading.Event)
    counts: Counts = field(default_factory=Counts)
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run, name=f"stage-{self.stage.name}", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            with self.desk.bus() as bus, decider(self.stage, self.desk.settings, bus) as decide:
                self.counts = serve(self.stage, decide, bus, stop=self.stop)
        except Exception as error:
            # Carried to the thread that waits for this one, and raised there.
            self.error = error


class Draining:
    """All stages at work beside whatever feeds them, within a `with` block; finish() waits until all is through."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: list[_Running] = []

    def __enter__(self) -> Draining:
        self._running = [_Running(self._desk, stage) for stage in STAGES]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for running in self._running:
            running.stop.set()
        for running in self._running:
            running.thread.join(JOIN_SECONDS)

    def finish(self, shown: Steps) -> dict[str, Counts]:
        """Wait, stage after stage, until nothing waits before it; what each did. Nothing may be fed any more.

        Raises what ended a stage, and BusError where one no longer gets on.
        """
        with self._desk.bus() as bus:
            for running in self._running:
                shown.begin(running.stage.name)
                self._wait_for(running, bus)
                running.stop.set()
                running.thread.join(JOIN_SECONDS)
                if running.error is not None:
                    raise running.error
                shown.end(running.stage.name, str(running.counts))
        return {running.stage.name: running.counts for running in self._running}

    def _wait_for(self, running: _Running, bus: Bus) -> None:
        least, since = -1, time.monotonic()
        while running.thread.is_alive():
            waiting = sum(lag.waiting for lag in bus.lag(running.stage.group, running.stage.consumes.names()))
            if not waiting:
                return
            if waiting != least:
                least, since = waiting, time.monotonic()
            elif time.monotonic() - since > STUCK_SECONDS:
                raise BusError(f"stage {running.stage.name} does not get on: {waiting} records have waited for "
                               f"{STUCK_SECONDS:.0f} s; see data/logs")
            time.sleep(LOOK_SECONDS)
