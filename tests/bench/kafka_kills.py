"""Pages through all stages over three brokers while one process is killed with SIGKILL, run after run: nothing lost or doubled.

    python -m tests.bench.kafka_kills [--runs 200] [--pages 200] [--seed 1] [--folder DIR]

In each run the outlet announces new pages; a crawler, three workers and `marsad load` bring them into the warehouse; one of
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

from config.settings import ROOT
from flows.desk import new_run_id
from pipeline.bus import Bus, open_bus
from pipeline.dead import open_counts
from pipeline.topology import STAGES
from tests.bench.announcer import Announcer
from tests.broker.cluster import Cluster
from tests.flows.command import MARSAD, Marsad, prefect_server

VICTIMS = ("crawl", "extract", "classify", "dedup", "load", "broker")
RUN_SECONDS = 180.0
"""A run that takes longer is stuck."""
CRAWL_SECONDS, LOAD_SECONDS = 5.0, 5.0
"""About how long crawl and load take, until one of each was seen to its end: moments are drawn from that, so that they come
before it."""
LOOK_SECONDS = 0.1


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

    @property
    def pids(self) -> dict[str, int]:
        """The process of each worker."""
        return {stage: process.pid for stage, process in self._running.items()}

    @property
    def ended(self) -> list[str]:
        """Workers that ended by themselves."""
        return [stage for stage, process in self._running.items() if process.poll() is not None]

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
    return _started(marsad, arguments[0], [str(MARSAD), *arguments])


def start_crawler(marsad: Marsad, outlet: str) -> subprocess.Popen[bytes]:
    """The process that `marsad crawl` waits for: killing it, not the one that waits, is what a crawl must outlive."""
    command = [sys.executable, "-m", "crawlers", outlet, "--run-id", new_run_id(), "--seconds", str(RUN_SECONDS), "--force"]
    return _started(marsad, "crawl", command)


def _started(marsad: Marsad, name: str, command: list[str]) -> subprocess.Popen[bytes]:
    with (marsad.data.parent / f"{name}.log").open("ab") as log:
        return subprocess.Popen(command, env=marsad.environment(), cwd=ROOT, stdout=log, stderr=log)


@dataclass
class Part:
    """The crawl or the load of a run: the process at it now, and how long one took at the least that nothing disturbed."""

    name: str
    usual: float
    noted: bool = False
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0

    def begin(self, process: subprocess.Popen[bytes]) -> None:
        """A process was started for it."""
        self.process, self.since = process, time.monotonic()

    def note(self, victim: str) -> None:
        """It has ended well, in a run in which that one dies."""
        if victim not in (self.name, "broker"):
            lasted = time.monotonic() - self.since
            self.usual, self.noted = min(self.usual, lasted) if self.noted else lasted, True

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def done(self) -> bool:
        """Whether its process ended well."""
        return self.process is not None and self.process.poll() == 0


@dataclass
class Fate:
    """Who dies in a run, and when: so many seconds after the run began, or the load where the load is to die."""

    victim: str
    after: float
    dealt: bool = False

    def is_due(self, began: float, load: Part) -> bool:
        """Whether the moment has come."""
        since = began if self.victim != "load" else load.since if load.process else float("inf")
        return not self.dealt and time.monotonic() - since >= self.after


class Campaign:
    """A cluster, an outlet and our processes, over many runs."""

    def __init__(self, folder: Path, cluster: Cluster, stack: ExitStack, pages: int) -> None:
        self.cluster = cluster
        self.announcer = stack.enter_context(Announcer(folder / "outlets", pages))
        api = stack.enter_context(prefect_server(folder / "prefect"))
        settings = {"bus": self.cluster.url, "kafka_session_seconds": "2", "extract_processes": "1"}
        self.marsad = Marsad(folder / "data", self.announcer.outlets, api, settings)
        self.marsad.data.mkdir(parents=True, exist_ok=True)
        self.bus: Bus = stack.enter_context(open_bus(self.cluster.url, str(folder / "data")))
        self.services = Services(self.marsad)
        stack.callback(self.services.stop)
        self.crawl, self.load = Part("crawl", CRAWL_SECONDS), Part("load", LOAD_SECONDS)
        self.seen = Seen()

    def run(self, draw: random.Random) -> None:
        """One run with one kill."""
        began = time.monotonic()
        self.announcer.next_batch()
        seen = self.seen
        if not self._finish(self._fate(draw), draw, began):
            seen.stuck += 1
        seen.runs += 1
        seen.seconds.append(time.monotonic() - began)
        self._check()

    def _fate(self, draw: random.Random) -> Fate:
        """A broker may die at any moment of the run; the others while they have something to do."""
        victim = draw.choice(VICTIMS)
        lasts = {"load": self.load.usual, "broker": self.crawl.usual + self.load.usual}.get(victim, self.crawl.usual)
        return Fate(victim, draw.uniform(0.0, lasts))

    def _finish(self, fate: Fate, draw: random.Random, began: float) -> bool:
        """Crawl and load until all is in the warehouse, killing the victim on the way; False where time runs out."""
        crawl, load = self.crawl, self.load
        load.process = None
        crawl.begin(start_crawler(self.marsad, self.announcer.outlet))
        crawled = False
        while time.monotonic() < began + RUN_SECONDS:
            if fate.is_due(began, load):
                self._kill(fate, draw)
            if not crawled and crawl.done:
                crawled = True
                crawl.note(fate.victim)
            elif not crawled and not crawl.runs:
                crawl.begin(start_crawler(self.marsad, self.announcer.outlet))
            if load.done and self._arrived():
                load.note(fate.victim)
                if not fate.dealt:
                    self._kill(fate, draw)
                return True
            if crawled and not load.runs and not self._waiting():
                load.begin(start(self.marsad, "load"))
            time.sleep(LOOK_SECONDS)
        return False

    def _kill(self, fate: Fate, draw: random.Random) -> None:
        """Kill the victim and see that it is started again; one that had ended before its moment came is counted as such."""
        part = {"crawl": self.crawl, "load": self.load}.get(fate.victim)
        late = not part.runs if part else self.load.done
        if part and part.process:
            part.process.kill()
        elif fate.victim == "broker":
            node = draw.choice(self.cluster.nodes)
            self.cluster.kill(node)
            self.cluster.start_node(node)
        else:
            self.services.kill(fate.victim)
        fate.dealt = True
        name = fate.victim + " (had ended)" * late
        self.seen.killed[name] = self.seen.killed.get(name, 0) + 1

    def _waiting(self) -> bool:
        return any(lag.waiting for stage in STAGES for lag in self.bus.lag(stage.group, stage.consumes.names()))

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


def campaign(folder: Path, cluster: Cluster, runs: int, pages: int, seed: int) -> Seen:
    """So many runs over the cluster; stops early where something went wrong, so that it can be looked at."""
    draw = random.Random(seed)
    with ExitStack() as stack:
        over = Campaign(folder, cluster, stack, pages)
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
    with Cluster(folder / "kafka", 3) as cluster:
        seen = campaign(folder, cluster, options.runs, options.pages, options.seed)
    print(seen)
    return 0 if seen.clean and seen.runs == options.runs else 1


if __name__ == "__main__":
    sys.exit(main())
