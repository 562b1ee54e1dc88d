"""A backfill of many pages and now and then a live one in, how long the live ones took through three stages out.

    python -m tests.bench.lanes [--backfill 50000] [--live 20] [--bus embedded|kafka|both]

All three stages are at work, each takes its time over a record, and the backfill outlasts the measurement. Beside it stands the
same without a backfill. Seconds by the clock, from the flush of a live page to its arrival behind the third stage.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.attempt import Decide
from pipeline.bus import Bus, Consumer, open_bus
from pipeline.codec import decode, encode
from pipeline.events import RawPage
from pipeline.outcome import Outcome
from pipeline.topology import REJECTIONS, Stage, Topic
from pipeline.worker import serve
from tests.broker.cluster import Cluster
from tests.pipeline.samples import page

STEP_SECONDS = (0.003, 0.005, 0.004)
"""What a stage takes over a record, as measured of extract (two processes), classify and dedup: the second is the slowest, so
that a queue grows before it, too."""
BETWEEN_SECONDS = 1.0
ARRIVAL_SECONDS = 60.0
"""A live page that takes longer is lost to this measurement."""
TEXT = "Texte d'une page. " * 30


@dataclass
class Seen:
    """What became of the live pages."""

    delays: list[float] = field(default_factory=list)
    overtaken: list[int] = field(default_factory=list)
    """How many backfill records the first stage worked on while a live page was on its way through all three."""
    left: int = 0
    """Backfill records that still waited before the first stage at the end."""

    def __str__(self) -> str:
        if not self.delays:
            return "no live page came through"
        median, longest = statistics.median(self.delays), max(self.delays)
        return (f"{len(self.delays)} live pages: median {median:.2f} s, longest {longest:.2f} s; "
                f"{self.left:,} of the backfill still waited")


class Chain:
    """Three stages in threads of their own over one bus."""

    def __init__(self, opened: Callable[[], Bus], steps: tuple[float, float, float] = STEP_SECONDS) -> None:
        self._opened, self._steps = opened, steps
        suffix = uuid.uuid4().hex[:8]
        self.topics = [Topic(f"lane-{number}-{suffix}", partitions, retention_days=1, lanes=True, carries=(RawPage,))
                       for number, partitions in enumerate((4, 4, 1, 1))]
        self._stages = [Stage(f"step-{number}-{suffix}", *self.topics[number:number + 2]) for number in range(len(steps))]
        self._stop = threading.Event()
        self.backfilled = 0

    def _decide(self, seconds: float, *, first: bool) -> Decide:
        def decide(read: RawPage) -> Outcome:
            time.sleep(seconds)
            self.backfilled += first and read.ref.origin == "backfill"
            return (read,)
        return decide

    @contextmanager
    def running(self) -> Iterator[None]:
        """All stages at work."""
        def run(stage: Stage, decide: Decide) -> None:
            with self._opened() as bus:
                serve(stage, decide, bus, stop=self._stop)
        threads = [threading.Thread(target=run, args=(stage, self._decide(seconds, first=stage is self._stages[0])))
                   for stage, seconds in zip(self._stages, self._steps, strict=True)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(60)

    def send(self, bus: Bus, lane: str, records: list[tuple[str, bytes, dict[str, str]]]) -> None:
        """Records onto a lane, flushed."""
        with bus.producer() as producer:
            for key, value, headers in records:
                producer.send(lane, key, value, headers)

    def measure(self, backfill: int, live: int) -> Seen:
        """Work off a backfill, and send a live page from time to time."""
        seen = Seen()
        with self._opened() as bus, ExitStack() as stack:
            bus.ensure([*self.topics, *(stage.dead for stage in self._stages), REJECTIONS])
            arrivals = stack.enter_context(bus.consumer("arrivals", [self.topics[-1].on("live")], manual=True))
            self.send(bus, self.topics[0].on("backfill"), [_record(number, "backfill") for number in range(backfill)])
            stack.enter_context(self.running())
            # Until all have joined their groups and live pages come through.
            for number in range(backfill, backfill + live + 1):
                before, sent = self.backfilled, time.monotonic()
                self.send(bus, self.topics[0].on("live"), [_record(number, "live")])
                if number == backfill:
                    _await(arrivals, number)
                    continue
                seen.delays.append(_await(arrivals, number) - sent)
                seen.overtaken.append(self.backfilled - before)
                time.sleep(BETWEEN_SECONDS)
            seen.left = backfill - self.backfilled
        return seen


def _record(number: int, origin: str) -> tuple[str, bytes, dict[str, str]]:
    one = page(number, TEXT, "live" if origin == "live" else "backfill")
    return (one.ref.article_id, *encode(one))


def _await(arrivals: Consumer, number: int) -> float:
    """When the page of that number came."""
    wanted = page(number, TEXT).ref.page_id
    deadline = time.monotonic() + ARRIVAL_SECONDS
    while time.monotonic() < deadline:
        for record in arrivals.poll(0.5, 100):
            if decode(record.value, record.headers, RawPage).ref.page_id == wanted:
                return time.monotonic()
    raise SystemExit(f"live page {number} did not come through within {ARRIVAL_SECONDS:.0f} s")


def main() -> int:
    """Measure and print; 1 where a live page came through only after the backfill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backfill", type=int, default=50_000)
    parser.add_argument("--live", type=int, default=20)
    parser.add_argument("--bus", choices=("embedded", "kafka", "both"), default="both")
    options = parser.parse_args()
    overtook = True
    with tempfile.TemporaryDirectory(prefix="marsad-lanes-") as name, ExitStack() as stack:
        folder = Path(name)
        urls = {} if options.bus == "kafka" else {"embedded": "embedded"}
        if options.bus != "embedded":
            urls["kafka"] = stack.enter_context(Cluster(folder / "kafka")).url
        for bus, url in urls.items():
            for backfill in (0, options.backfill):
                chain = Chain(lambda url=url: open_bus(url, str(folder / "data")))  # type: ignore[misc]
                seen = chain.measure(backfill, options.live)
                print(f"{bus}, backfill of {backfill:,}: {seen}", flush=True)
                overtook &= not backfill or seen.left > 0
    return 0 if overtook else 1


if __name__ == "__main__":
    sys.exit(main())
