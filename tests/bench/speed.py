"""Pages in, CPU time per page of our reading beside plain Trafilatura's with metadata out, and what a second process brings.

    python -m tests.bench.speed [--press ../shared/press] [--pages ../shared/pages] [--rounds 3] [--every 1]

Each reads in a process of its own, so that none profits by what another keeps in memory; they take turns every few pages, so
that the ratio is of one machine and one moment. Two processes read half of the pages each at the same time, where one reads
them all: the quotient of the times says how it scales (of little worth where others keep the machine busy: see the load).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from config.outlet import Outlet
from config.settings import ROOT
from pipeline.events import RawPage
from pipeline.extract import extract
from tests.bench.extraction import dump_world
from tests.bench.real_pages import fundus, romance

TURN: Final = 10
"""Pages read by one before the other takes its turn."""
Pages = Sequence[tuple[str, RawPage, Outlet | None]]


def press_pages(press: Path) -> Pages:
    """The press world's pages of family A, with their kind."""
    with tempfile.TemporaryDirectory() as folder:
        world = dump_world(press, Path(folder), "templates_a.py", chaos=False, number=300)
    return [(str(one.row["kind"]), one.page(world.clock), one.outlet) for one in world.samples]


def real_pages(folder: Path) -> Pages:
    """The real pages that have expected texts."""
    return [(name, one.page, None) for name, found in (("fundus", fundus(folder / "fundus")),
                                                       ("romance_ar", romance(folder / "romance_ar"))) for one in found]


def _ours(page: RawPage, outlet: Outlet | None) -> None:
    extract(page, outlet)


def _plain(page: RawPage, outlet: Outlet | None) -> None:
    from trafilatura import bare_extraction
    bare_extraction(page.content, url=page.ref.url, with_metadata=True, include_comments=False)


def _serve(reads_plain: bool, pages: Pages, orders: Connection) -> None:
    """Read the pages asked for and answer with the CPU time of each."""
    reader = _plain if reads_plain else _ours
    while (asked := orders.recv()) is not None:
        times = []
        for index in asked:
            started = time.process_time()
            reader(pages[index][1], pages[index][2])
            times.append(time.process_time() - started)
        orders.send(times)


@contextmanager
def _reader(pages: Pages, *, plain: bool = False) -> Iterator[Connection]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(plain, pages, there), daemon=True)
    process.start()
    try:
        yield here
    finally:
        here.send(None)
        process.join(10)


def compare(name: str, pages: Pages, rounds: int) -> None:
    """Print CPU per page of both by kind of page, and the ratio of their sums. The first round warms up and is not counted."""
    spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    with _reader(pages) as ours, _reader(pages, plain=True) as plain:
        for number in range(rounds + 1):
            for start in range(0, len(pages), TURN):
                turn = range(start, min(start + TURN, len(pages)))
                mine, theirs = (_ask(one, turn) for one in (ours, plain))
                for index, *times in zip(turn, mine, theirs, strict=True) if number else ():
                    for kind in ("all", pages[index][0]):
                        spent[kind] = [sum(two) for two in zip(spent[kind], (*times, 1), strict=True)]
    for kind, (mine, theirs, count) in spent.items():
        print(f"{name} {kind:16}: {count / rounds:5.0f} pages, ours {1000 * mine / count:6.2f} ms, plain "
              f"{1000 * theirs / count:6.2f} ms, ratio {mine / theirs:.3f}", flush=True)


def _ask(reader: Connection, turn: Sequence[int]) -> Any:
    reader.send(turn)
    return reader.recv()


def scale(name: str, pages: Pages, rounds: int) -> None:
    """Print how much faster two processes are than one, by the clock, and how much CPU the second costs."""
    alone, together, cpu_alone, cpu_together = 0.0, 0.0, 0.0, 0.0
    everything, halves = range(len(pages)), (range(0, len(pages), 2), range(1, len(pages), 2))
    with _reader(pages) as one, _reader(pages) as other:
        for number in range(rounds + 1):
            started = time.monotonic()
            times = _ask(one, everything)
            between = time.monotonic()
            one.send(halves[0])
            other.send(halves[1])
            both = [*one.recv(), *other.recv()]
            ended = time.monotonic()
            if number:
                alone, together = alone + between - started, together + ended - between
                cpu_alone, cpu_together = cpu_alone + sum(times), cpu_together + sum(both)
    print(f"{name}: two processes {alone / together:.2f} x one by the clock, {cpu_together / cpu_alone:.2f} x its CPU time; "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)


def main() -> None:
    """Measure both kinds of pages and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--press", type=Path, default=ROOT.parent / "shared" / "press")
    parser.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="read only each so-many-th page")
    args = parser.parse_args()
    for name, pages in (("press", press_pages(args.press)), ("real", real_pages(args.pages))):
        compare(name, pages[::args.every], args.rounds)
        scale(name, pages[::args.every], args.rounds)


if __name__ == "__main__":
    main()
