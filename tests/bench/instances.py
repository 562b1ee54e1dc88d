"""Two instances of extract beside one on the same real pages: pages a second, and whose processor time it is.

    python -m tests.bench.instances [--pages ../shared/pages] [--count 1200] [--rounds 1] [--bus kafka|embedded|both]

Over Kafka: `marsad work extract --instances 1|2` on a real broker, as a service. Embedded: one process a stage is the rule
there, so one and two MARSAD_EXTRACT_PROCESSES. The rate is that between 15 and 85 % of the pages: neither start nor the last
batch counts. One and two take turns.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from pathlib import Path

import msgspec

from config.settings import ROOT
from pipeline.bus import Bus, open_bus
from pipeline.codec import encode
from pipeline.events import RawPage, content_id
from pipeline.topology import ARTICLES, EXTRACT, RAW_PAGES, REJECTIONS, TOPICS
from tests.bench.processes import cpu_seconds, end_on_sigterm, reads_pages, tree
from tests.bench.real_pages import fundus, romance
from tests.broker.cluster import Cluster
from tests.flows.command import MARSAD, Marsad

FROM, TO = 0.15, 0.85
WARM_UP = 40
FIRST = 200
LOOK_SECONDS = 2.0
LIMIT_SECONDS = 300.0


def real_pages(folder: Path, count: int) -> list[RawPage]:
    """So many pages as they come from the web, in a mixed order, each an article of its own."""
    known = [real.page for real in (*fundus(folder / "fundus"), *romance(folder / "romance_ar"))]
    random.Random(1).shuffle(known)
    return [_numbered(page, number) for number, page in enumerate(islice(cycle(known), count))]


def _numbered(page: RawPage, number: int) -> RawPage:
    url = f"{page.ref.url}?number={number}"
    own = content_id(url)
    ref = msgspec.structs.replace(page.ref, page_id=own, article_id=own, url=url, final_url=url)
    return msgspec.structs.replace(page, ref=ref)


class Measured:
    """One bus with its services, over many turns."""

    def __init__(self, bus: Bus, marsad: Marsad, broker: int | None) -> None:
        self.bus, self.marsad, self.broker = bus, marsad, broker
        self.rates: dict[int, list[float]] = defaultdict(list)
        self.spent: dict[int, list[dict[str, float]]] = defaultdict(list)

    def put(self, pages: Sequence[RawPage]) -> None:
        """Onto the bus."""
        with self.bus.producer() as producer:
            for page in pages:
                value, headers = encode(page)
                producer.send(RAW_PAGES.name, page.ref.article_id, value, headers)

    def done(self) -> int:
        """Pages of which something has come, whatever it was. Cheap to ask, which the lag is not: it reads a record."""
        return sum(sum(self.bus.end_offsets(topic).values()) for topic in (ARTICLES.name, REJECTIONS.name, EXTRACT.dead.name))

    def turn(self, pages: Sequence[RawPage], instances: int) -> None:
        """The pages through so many instances."""
        base = self.done() + WARM_UP
        self.put(pages[:WARM_UP])
        with self._service(instances) as service:
            self._until(base)
            self.put(pages)
            self._until(base + int(len(pages) * FROM))
            began, started, before = self.done(), time.monotonic(), self._cpu(service.pid)
            self._until(base + int(len(pages) * TO))
            ended, seconds, after = self.done(), time.monotonic() - started, self._cpu(service.pid)
            self._until(base + len(pages))
        self.rates[instances].append((ended - began) / seconds)
        self.spent[instances].append({name: (after[name] - before[name]) / (ended - began) for name in after})

    def forget(self) -> None:
        """The turns so far."""
        self.rates.clear()
        self.spent.clear()

    def _until(self, done: int) -> None:
        deadline = time.monotonic() + LIMIT_SECONDS
        while (now := self.done()) < done:
            if time.monotonic() > deadline:
                raise SystemExit(f"{done - now} pages still wait after {LIMIT_SECONDS:.0f} s")
            time.sleep(LOOK_SECONDS)

    @contextmanager
    def _service(self, instances: int) -> Iterator[subprocess.Popen[bytes]]:
        embedded = self.broker is None
        environment = self.marsad.environment(extract_processes=str(instances if embedded else 1))
        command = [str(MARSAD), "work", "extract", *(() if embedded else ("--instances", str(instances)))]
        with (self.marsad.data.parent / "extract.log").open("ab") as log, \
                subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process:
            try:
                yield process
            finally:
                process.terminate()

    def _cpu(self, service: int) -> dict[str, float]:
        spent = {"reading": 0.0, "worker": 0.0, "broker": cpu_seconds(self.broker) if self.broker else 0.0,
                 "bench": time.process_time()}
        for pid in tree(service):
            spent["reading" if reads_pages(pid) else "worker"] += cpu_seconds(pid)
        return spent

    def told(self, name: str) -> Iterator[str]:
        """The figures."""
        for instances, rates in sorted(self.rates.items()):
            per_page = ", ".join(f"{what} {statistics.median(one[what] for one in self.spent[instances]) * 1000:.1f}"
                                 for what in ("reading", "worker", "broker", "bench"))
            yield (f"| {name} | {instances} | {statistics.median(rates):.1f} | {min(rates):.1f}-{max(rates):.1f} | {per_page} |")
        ratios = [two / one for one, two in zip(self.rates[1], self.rates[2], strict=True)]
        yield f"{name}: two / one = {statistics.median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"
        one, two = ({what: statistics.median(turn[what] for turn in self.spent[number]) for what in self.spent[number][0]}
                    for number in (1, 2))
        cores = 2 * one["reading"] / (two["reading"] + two["worker"] + two["broker"])
        yield f"{name}: two cores with nothing else to do, at these times of processor: at least {min(2.0, cores):.2f}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--bus", choices=("kafka", "embedded", "both"), default="both")
    options = parser.parse_args()
    end_on_sigterm()
    pages = real_pages(options.pages, options.count)
    size = statistics.mean(len(page.content) for page in pages) / 1000
    print(f"{len(pages)} pages, {size:.0f} thousand characters on average; load average {os.getloadavg()[0]:.1f}")
    print("| bus | instances | pages/s | spread | CPU ms a page |\n|---|---|---|---|---|")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="marsad-instances-")))
        for name in ("kafka", "embedded") if options.bus == "both" else (options.bus,):
            measured = _measured(stack, name, folder / name)
            measured.turn(pages[:FIRST], 2)   # a broker that has just started is still being compiled
            measured.forget()
            for _ in range(options.rounds):
                for instances in (1, 2):
                    measured.turn(pages, instances)
            print(*measured.told(name), sep="\n", flush=True)


def _measured(stack: ExitStack, name: str, folder: Path) -> Measured:
    cluster = stack.enter_context(Cluster(folder / "broker")) if name == "kafka" else None
    url = cluster.url if cluster else name
    (folder / "data").mkdir(parents=True, exist_ok=True)
    bus = stack.enter_context(open_bus(url, str(folder / "data")))
    bus.ensure(TOPICS)
    marsad = Marsad(folder / "data", settings={"bus": url, "archive_days": "0"})
    return Measured(bus, marsad, cluster.nodes[0].pid if cluster else None)


if __name__ == "__main__":
    main()
