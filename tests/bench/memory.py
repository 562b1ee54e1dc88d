"""A worker over 100,000 small records: what it holds in memory on the way, embedded and over Kafka.

    python -m tests.bench.memory [--records 100000] [--bus kafka|embedded|both] [--stage passing|classify]

The worker is a process of its own, serving as `marsad work` does; `passing` decides next to nothing, `classify` is the stage.
Growth is the slope over the second half of the records: what was to be loaded has been loaded by then.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from config.settings import ROOT
from pipeline.bus import Bus, open_bus
from pipeline.codec import encode
from pipeline.events import RawPage
from pipeline.outcome import Outcome
from pipeline.topology import CLASSIFY, EXTRACT, TOPICS, Stage
from pipeline.worker import serve
from tests.bench.processes import end_on_sigterm, resident_bytes, tree
from tests.broker.cluster import Cluster
from tests.flows.command import MARSAD, Marsad
from tests.pipeline.samples import article, page

TEXTS = (
    "La ministre a annoncé à Rabat un programme de 120 millions de dirhams pour 34 écoles rurales avant la fin de 2027.",
    "أعلن الوزير في الرباط عن برنامج بقيمة 120 مليون درهم لفائدة 34 مدرسة قروية قبل نهاية سنة 2027.",
    "The minister announced in Rabat a programme worth 120 million dirhams for 34 rural schools before the end of 2027.",
)
STAGES = {"passing": EXTRACT, "classify": CLASSIFY}
LOOK_SECONDS = 1.0
STILL_SECONDS = 120.0


def put(bus: Bus, stage: Stage, count: int) -> None:
    """So many small records before the stage, each another."""
    with bus.producer() as producer:
        for number in range(count):
            read = page(number, f"{TEXTS[number % len(TEXTS)]} ({number})")
            value, headers = encode(read if stage == EXTRACT else article(read))
            producer.send(stage.consumes.name, read.ref.article_id, value, headers)


def passed(read: RawPage) -> Outcome:
    """The stage that is next to none."""
    return (article(read),)


def serve_passing(url: str, folder: str) -> None:
    """What the process of `passing` does, until SIGTERM."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with open_bus(url, folder) as bus:
        serve(EXTRACT, passed, bus, stop=stop)


def watched(bus: Bus, stage: Stage, process: subprocess.Popen[bytes], count: int) -> list[tuple[int, float]]:
    """Records done and megabytes held, again and again until all are done."""
    seen: list[tuple[int, float]] = []
    moved_at = time.monotonic()
    while not seen or seen[-1][0] < count:
        if process.poll() is not None or time.monotonic() - moved_at > STILL_SECONDS:
            raise SystemExit(f"the worker does not get on after {seen[-1:]}")
        time.sleep(LOOK_SECONDS)
        done = sum(bus.end_offsets(stage.produces.name).values())
        held = sum(resident_bytes(pid) for pid in tree(process.pid)) / 1e6
        if not seen or done > seen[-1][0]:
            moved_at = time.monotonic()
            seen.append((done, held))
    return seen


def told(name: str, seen: list[tuple[int, float]], seconds: float) -> str:
    """The figures: megabytes at quarters of the way, and growth over the second half."""
    count = seen[-1][0]
    at = [min(seen, key=lambda one: abs(one[0] - count * part))[1] for part in (0.1, 0.25, 0.5, 0.75, 1.0)]
    late = [one for one in seen if one[0] >= count / 2]
    slope = statistics.linear_regression(*zip(*late, strict=True)).slope if len(late) > 1 else float("nan")
    return (f"| {name} | {count / seconds:,.0f} | {' / '.join(f'{one:.0f}' for one in at)} | "
            f"{max(held for _, held in seen):.0f} | {slope * 1e6:+.1f} |")


def run(name: str, stage_name: str, count: int, folder: Path) -> str:
    """One bus: its line of the table."""
    stage = STAGES[stage_name]
    with ExitStack() as stack:
        url = stack.enter_context(Cluster(folder / "broker")).url if name == "kafka" else name
        (folder / "data").mkdir(parents=True)
        bus = stack.enter_context(open_bus(url, str(folder / "data")))
        bus.ensure(TOPICS)
        put(bus, stage, count)
        process = _started(stage_name, url, folder)
        stack.callback(process.wait, STILL_SECONDS)
        stack.callback(process.terminate)
        started = time.monotonic()
        seen = watched(bus, stage, process, count)
        return told(f"{name}, {stage_name}", seen, time.monotonic() - started)


def _started(stage_name: str, url: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.memory", "--serve", url, str(folder / "data")]
    if stage_name != "passing":
        command = [str(MARSAD), "work", stage_name]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, env=Marsad(folder / "data", settings={"bus": url}).environment(), cwd=ROOT,
                                stdout=log, stderr=log)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--bus", choices=("kafka", "embedded", "both"), default="both")
    parser.add_argument("--stage", choices=tuple(STAGES), default="passing")
    parser.add_argument("--serve", nargs=2, metavar=("URL", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve_passing(*options.serve)
        return
    end_on_sigterm()
    print(f"{options.records:,} records; load average {os.getloadavg()[0]:.1f}\n"
          "| worker | records/s | MB at 10 / 25 / 50 / 75 / 100 % | most | MB per million records |\n|---|---|---|---|---|")
    for name in ("embedded", "kafka") if options.bus == "both" else (options.bus,):
        with tempfile.TemporaryDirectory(prefix="marsad-memory-") as folder:
            print(run(name, options.stage, options.records, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
