"""Pages through all stages over three brokers while one process is killed with SIGKILL, run after run: nothing lost or doubled.

    python -m tests.bench.kafka_kills [--runs 200] [--pages 200] [--seed 1] [--folder DIR]

In each run the outlet announces new pages; `marsad crawl`, three workers and `marsad load` bring them into the warehouse; one of
crawler, worker, load or broker dies at a random moment and is started again. Then every page must be an article, once, and
nothing may wait or lie dead.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.bus import Bus, open_bus
from pipeline.dead import open_counts
from pipeline.topology import STAGES
from tests.bench.announcer import Announcer
from tests.broker.cluster import Cluster
from tests.flows.command import MARSAD, Marsad, prefect_server

VICTIMS = ("crawl", "extract", "classify", "dedup", "load", "broker")
RUN_SECONDS = 120.0
AROUND_SECONDS = 9.0
"""About how long an undisturbed run takes: moments are drawn from it."""
CRAWL_SECONDS = 5.0
"""The same of its crawl alone."""


@dataclass
class Seen:
    """What a campaign saw."""

    runs: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    dead: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.stuck or self.dead)

    def __str__(self) -> str:
        longest = max(self.seconds, default=0.0)
        return (f"{self.runs} runs, killed {self.killed}: {self.lost} lost, {self.doubled} doubled, {self.stuck} stuck, "
                f"{self.dead} dead; {sum(self.seconds):.0f} s in all, the longest run {longest:.0f} s")


class Services:
    """The three workers, started again where they are killed."""

    def __init__(self, marsad: Marsad) -> None:
        self._marsad = marsad
        self._running = {stage.name: self._start(stage.name) for stage in STAGES}

    def _start(self, stage: str) -> subprocess.Popen[bytes]:
        return start(self._marsad, "work", stage)

    def kill(self, stage: str) -> None:
        """Kill a worker and start another."""
        self._running[stage].kill()
        self._running[stage].wait(10)
        self._running[stage] = self._start(stage)

    def stop(self) -> None:
        """End all of them."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            process.wait(20)


def start(marsad: Marsad, *arguments: str) -> subprocess.Popen[bytes]:
    """A `marsad` process whose words go to a file beside the data folder."""
    with (marsad.data.parent / f"{arguments[0]}.log").open("ab") as log:
        return subprocess.Popen([MARSAD, *arguments], env=marsad.environment(), stdout=log, stderr=log)


class Campaign:
    """A cluster, an outlet and our processes, over many runs."""

    def __init__(self, folder: Path, stack: ExitStack, pages: int) -> None:
        self.cluster = stack.enter_context(Cluster(folder / "kafka", 3))
        self.announcer = stack.enter_context(Announcer(folder / "outlets", pages))
        api = stack.enter_context(prefect_server(folder / "prefect"))
        settings = {"bus": self.cluster.url, "kafka_session_seconds": "2", "extract_processes": "1"}
        self.marsad = Marsad(folder / "data", self.announcer.outlets, api, settings)
        self.bus: Bus = stack.enter_context(open_bus(self.cluster.url, str(folder / "data")))
        self.services = Services(self.marsad)
        stack.callback(self.services.stop)
        self.seen = Seen()

    def run(self, draw: random.Random) -> None:
        """One run with one kill."""
        victim = draw.choice(VICTIMS)
        moment = draw.uniform(0.2, CRAWL_SECONDS if victim == "crawl" else AROUND_SECONDS)
        began = time.monotonic()
        self.announcer.next_batch()
        seen = self.seen
        if not self._finish(victim, began + moment, began + RUN_SECONDS):
            seen.stuck += 1
        seen.runs += 1
        seen.seconds.append(time.monotonic() - began)
        self._check()

    def _finish(self, victim: str, kill_at: float, deadline: float) -> bool:
        """Crawl and load until all is in the warehouse, killing the victim on the way; False where time runs out."""
        killed = False
        crawl, load = start(self.marsad, "crawl", self.announcer.outlet), None
        while time.monotonic() < deadline:
            if not killed and time.monotonic() >= kill_at:
                killed = self._kill(victim, crawl, load)
            if crawl.poll() not in (None, 0):
                crawl = start(self.marsad, "crawl", self.announcer.outlet)
            if load is not None and load.poll() is not None:
                if load.returncode == 0 and killed and self._arrived():
                    return True
                load = None
            if load is None and crawl.poll() == 0 and not self._waiting():
                load = start(self.marsad, "load")
            time.sleep(0.1)
        return False

    def _kill(self, victim: str, crawl: subprocess.Popen[bytes], load: subprocess.Popen[bytes] | None) -> bool:
        """Kill it; False where it is not there yet."""
        if victim == "broker":
            node = random.choice(self.cluster.nodes)
            self.cluster.kill(node)
            self.cluster.start_node(node)
        elif victim in ("crawl", "load"):
            process = crawl if victim == "crawl" else load
            if process is None:
                return False
            late = process.poll() is not None
            process.kill()
            victim += " (had ended)" if late else ""
        else:
            self.services.kill(victim)
        self.seen.killed[victim] = self.seen.killed.get(victim, 0) + 1
        return True

    def _waiting(self) -> int:
        return sum(lag.waiting for stage in STAGES for lag in self.bus.lag(stage.group, stage.consumes.names()))

    def _rows(self) -> tuple[int, int]:
        """Articles, and how many of them are doubles."""
        with duckdb.connect(str(self.marsad.data / "marsad.duckdb"), read_only=True) as con:
            row = con.execute("SELECT count(*), count(*) - count(DISTINCT article_id) FROM articles").fetchone()
            return (int(row[0]), int(row[1])) if row else (0, 0)

    def _arrived(self) -> bool:
        return self._rows()[0] >= self.announcer.announced

    def _check(self) -> None:
        rows, doubles = self._rows()
        self.seen.lost = max(self.seen.lost, self.announcer.announced - rows)
        self.seen.doubled = max(self.seen.doubled, doubles, rows - self.announcer.announced)
        self.seen.dead = open_counts(self.bus).total()


def campaign(folder: Path, runs: int, pages: int, seed: int) -> Seen:
    """So many runs; stops early where something went wrong, so that it can be looked at."""
    draw = random.Random(seed)
    with ExitStack() as stack:
        over = Campaign(folder, stack, pages)
        while over.seen.runs < runs and over.seen.clean:
            over.run(draw)
            print(over.seen, flush=True)
        return over.seen


def main() -> int:
    """Run a campaign; 1 where anything was lost, doubled, stuck or dead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-kafka-kills-"))
    folder.mkdir(parents=True, exist_ok=True)
    seen = campaign(folder, options.runs, options.pages, options.seed)
    print(seen)
    return 0 if seen.clean and seen.runs == options.runs else 1


if __name__ == "__main__":
    sys.exit(main())
