"""Settings in, a running Marsad out: stages in threads, crawls in processes, load and health when asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from config.outlet import Outlet
from config.settings import Settings
from crawlers.crawl import CrawlReport
from flows.desk import Desk, new_run_id
from flows.digest import send
from flows.due import due_now, slot_of
from flows.health import check_health
from pipeline.bus import Bus, BusError
from pipeline.stages import decider
from pipeline.state import AWAY, open_state
from pipeline.state.crawls import crawl_times
from pipeline.state.frontier import moment
from pipeline.topology import STAGES, Stage
from pipeline.worker import serve
from tests.week.crawling import crawl_at
from warehouse.load import load
from warehouse.publication import publish_all

log = structlog.get_logger(__name__)
PATIENCE = 120.0
"""Real seconds for the stages to get through what waits."""
RESTART_SECONDS = 2.0


@dataclass(frozen=True)
class Crawled:
    """One crawl of the week."""

    outlet: str
    at: datetime
    report: CrawlReport


class Worker:
    """One stage in a thread; what ends it is waited for and it begins anew, as a supervisor would have it."""

    def __init__(self, desk: Desk, stage: Stage) -> None:
        self._desk, self.stage, self.stop = desk, stage, threading.Event()
        self.errors: list[str] = []
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while not self.stop.is_set():
            try:
                with self._desk.bus() as bus, decider(self.stage, self._desk.settings, bus) as decide:
                    serve(self.stage, decide, bus, stop=self.stop)
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {error}"[:200])
                self.stop.wait(RESTART_SECONDS)


class Installation:
    """All of it; a context manager."""

    def __init__(self, on: Settings) -> None:
        self.desk = Desk(on).with_folder()
        self.crawled: list[Crawled] = []
        self._tried: dict[str, datetime] = {}
        self.failures: list[tuple[datetime, str]] = []
        """Flows of ours that failed, with the reason: Prefect would show them as failed runs."""

    def __enter__(self) -> Installation:
        self._workers = [Worker(self.desk, stage) for stage in STAGES]
        self._crawls = ThreadPoolExecutor(2)
        return self

    def __exit__(self, *exc: object) -> None:
        self._crawls.shutdown()
        for worker in self._workers:
            worker.stop.set()
        for worker in self._workers:
            worker.thread.join(60)

    @property
    def worker_errors(self) -> list[str]:
        """What ended workers."""
        return [f"{worker.stage.name}: {error}" for worker in self._workers for error in worker.errors]

    def due(self, now: datetime) -> list[Outlet]:
        """The outlets to crawl; none where the state cannot say."""
        try:
            with open_state(self.desk.settings.operational_url) as state:
                times = {name: crawl_times(state, name, now.timestamp()).started_at for name in self.desk.outlets}
        except AWAY as error:
            self._failed(now, error)
            return []
        found = due_now(self.desk.outlets.values(), {name: moment(at) for name, at in times.items() if at is not None}, now)
        # A scheduler begins one run a slot: where it fails, the next slot's makes up for it.
        return [one for one in found if one.id not in self._tried or self._tried[one.id] < slot_of(one, now)]

    def crawl(self, outlets: Iterable[Outlet]) -> list[CrawlReport]:
        """Crawl them, two at a time."""
        def one(outlet: Outlet) -> CrawlReport:
            at = self._tried[outlet.id] = datetime.now(UTC)
            report = crawl_at(outlet.id, at)
            self.crawled.append(Crawled(outlet.id, at, report))
            return report
        return list(self._crawls.map(one, outlets))

    def settle(self) -> bool:
        """Wait until nothing waits before the stages; False where it takes too long or the bus is away."""
        deadline = time.monotonic() + PATIENCE
        try:
            with self.desk.bus() as bus:
                while self._waiting(bus):
                    if time.monotonic() > deadline:
                        return False
                    time.sleep(0.1)
        except BusError:
            return False
        return True

    @staticmethod
    def _waiting(bus: Bus) -> bool:
        return any(lag.waiting for stage in STAGES for lag in bus.lag(stage.group, stage.consumes.names()))

    def load(self) -> bool:
        """Load what waits; whether it could."""
        try:
            with self.desk.bus() as bus:
                load(bus, self.desk.settings, run_id=new_run_id())
        except Exception as error:
            self._failed(datetime.now(UTC), error)
            return False
        return True

    def publish(self) -> None:
        """Publish the snapshot, if anything changed."""
        try:
            publish_all(self.desk.settings)
        except Exception as error:
            self._failed(datetime.now(UTC), error)

    def digest(self) -> None:
        """Send what is due."""
        try:
            send(self.desk.settings, force=False)
        except Exception as error:
            self._failed(datetime.now(UTC), error)

    def health(self) -> None:
        """Look for troubles and tell what is new."""
        try:
            check_health(self.desk, datetime.now(UTC))
        except Exception as error:
            self._failed(datetime.now(UTC), error)

    def _failed(self, now: datetime, error: Exception) -> None:
        self.failures.append((now, f"{type(error).__name__}: {error}".splitlines()[0][:200]))
