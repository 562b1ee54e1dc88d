"""A loader that is killed again and again and readers that never stop in, what either of them met and what was lost out.

    python -m tests.bench.reading_while_loading [--seconds 300] [--readers 8] [--kills 9] [--rate 20] [--folder DIR]

Articles are appended to an embedded bus without a pause, one loader loads and publishes them without a pause, readers open
the snapshot as an analyst does, run every view and compare what must agree within one snapshot.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import duckdb

from config.settings import Settings
from pipeline.bus import Bus, Partition, Record, open_bus
from pipeline.codec import encode
from pipeline.events import PlacedArticle
from pipeline.topology import CLAIM_EVENTS, PLACED, TOPICS
from tests.warehouse.builders import amount, placed, sentence, settings_in
from warehouse.database import open_writer
from warehouse.files import snapshot_path
from warehouse.load import load
from warehouse.rows import dicts
from warehouse.snapshot import publish
from warehouse.verify import verify

AGREE: Final = {
    "articles of all stories": "SELECT sum(articles)::BIGINT FROM stories",
    "articles of all weeks": "SELECT sum(articles)::BIGINT FROM outlet_weeks",
    "current versions": "SELECT count(*) FROM article_versions WHERE is_current",
    "different articles": "SELECT count(DISTINCT article_id) FROM articles",
    "articles on the one topic": "SELECT sum(articles)::BIGINT FROM topic_trend",
}
"""Counts that equal the number of articles in every whole snapshot of this press."""
SETTLING_SECONDS: Final = 120
PORTION: Final = 20


@dataclass(frozen=True)
class Outcome:
    """What a campaign saw."""

    appended: int
    kills: int
    publications: int
    passes: int
    """Times that a reader ran every view."""
    snapshots: int
    """Different snapshots that were read."""
    slowest: float
    """Seconds of the slowest pass."""
    wrong: list[str] = field(default_factory=list)
    """Errors of readers and loaders, answers that disagreed, rows lost or doubled."""


def campaign(folder: Path, *, seconds: float, readers: int, kills: int, rate: float, seed: int = 1) -> Outcome:
    """Run it; the folder must be empty."""
    draw = random.Random(seed)
    # Once, and handed to all: it writes the files of the configuration, which the others read.
    on = settings_in(folder)
    with closing(_bus(folder)) as bus:
        bus.ensure(TOPICS)
        appended = _append(bus, 0, PORTION)
        _settle(on)
        until = time.time() + seconds
        began = [_spawn(read, on, number, until) for number in range(readers)]
        loader, killed, wrong = _spawn(load_on, on, until), 0, list[str]()
        start = due = time.time()
        published = 0
        while time.time() < until:
            appended = _append(bus, appended, min(int(rate * (time.time() - start)) + PORTION - appended, PORTION))
            if killed < kills and time.time() >= due and _publications(folder) > published:
                # Only a loader that got as far as to publish: killed while it starts, it would be none that loads.
                os.kill(loader.pid or 0, signal.SIGKILL)
                killed, published = killed + 1, _publications(folder)
                due = start + seconds * (killed + draw.random()) / (kills + 1)
            if not loader.is_alive():
                wrong += _ended(loader)
                loader = _spawn(load_on, on, until)
            time.sleep(0.05)
        loader.kill()
        wrong += _ended(loader)
        for reader in began:
            reader.join(SETTLING_SECONDS)
            wrong += [] if reader.exitcode == 0 else [f"a reader ended with {reader.exitcode}"]
        _settle(on)
        wrong += _lost(bus, on, appended)
    return _seen(folder, appended, killed, wrong)


def article(number: int) -> PlacedArticle:
    """The article of that number; every seventh is a new version of an earlier one."""
    version = 2 if number % 7 == 6 else 1
    name = number - 5 if version == 2 else number
    budget = amount(1e6 * (name + version), subject=f"plan {name // 3}")
    return placed(
        f"a{name}", budget, story=f"s{name // 3}", outlet=f"o{name % 9}", topics=("eau",), entities=("onee",),
        hours=name / 20, version=version, text="" if version == 1 else f"Corrigé {number}. {sentence(budget)}",
        kind="new" if name % 3 == 0 else "same_event", fetched=name / 20 + version)


def load_on(on: Settings, until: float) -> None:
    """Load and publish without a pause; not for ever, should nobody be left to end it."""
    folder = on.data.parent
    with _told(folder / "loader.errors"), closing(_bus(folder)) as bus:
        while time.time() < until + SETTLING_SECONDS:
            load(bus, on, run_id="r", idle_seconds=0.05, seconds=1, batch=200)
            if published := publish(on, force=True):
                with (folder / "published.log").open("a") as log:
                    log.write(f"{published.generation}\n")


def read(on: Settings, number: int, until: float) -> None:
    """Read all views of whatever is published, again and again; a line each pass."""
    path, folder = snapshot_path(on), on.data.parent
    with _told(folder / f"reader-{number}.errors"), (folder / f"reader-{number}.log").open("w") as log:
        last = 0
        while time.time() < until:
            started = time.monotonic()
            with closing(duckdb.connect(str(path), read_only=True, config={"threads": "1"})) as con:
                generation, wrong = read_all(con)
            if generation < last:
                wrong.append(f"snapshot {generation} after {last}")
            last = generation
            log.write(json.dumps({"generation": generation, "seconds": time.monotonic() - started, "wrong": wrong}) + "\n")


def read_all(con: duckdb.DuckDBPyConnection) -> tuple[int, list[str]]:
    """The snapshot's generation, and what in it disagrees."""
    generation = _number(con, "SELECT generation FROM load_state")
    articles = _number(con, "SELECT count(*) FROM articles")
    wrong = [f"{name}: {found} of {articles}" for name, sql in AGREE.items() if (found := _number(con, sql)) != articles]
    for (view,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
        con.execute(f"SELECT * FROM {view} LIMIT 1000").fetchall()
    again = _number(con, "SELECT generation FROM load_state"), _number(con, "SELECT count(*) FROM articles")
    return generation, wrong if again == (generation, articles) else [*wrong, f"changed while it was read: {again}"]


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0] or 0) if row else 0


class _told:  # noqa: N801 - reads as a verb
    """What is raised, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            with self.path.open("a") as file:
                file.write("".join(traceback.format_exception(error)))


def _bus(folder: Path) -> Bus:
    return open_bus("embedded", str(folder / "data"))


def _append(bus: Bus, first: int, count: int) -> int:
    with bus.producer() as producer:
        for number in range(first, first + max(0, count)):
            event = article(number)
            value, headers = encode(event)
            producer.send(PLACED.name, event.classified.article.article_id, value, headers)
        producer.flush()
    return first + max(0, count)


def _spawn(work: object, *arguments: object) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
    process.start()
    return process


def _ended(loader: BaseProcess) -> list[str]:
    loader.join(SETTLING_SECONDS)
    return [] if loader.exitcode == -signal.SIGKILL else [f"the loader ended with {loader.exitcode}"]


def _settle(on: Settings) -> None:
    """Load what is left and publish it, undisturbed."""
    with closing(_bus(on.data.parent)) as bus:
        load(bus, on, run_id="r")
    publish(on, force=True)


def _lost(bus: Bus, on: Settings, appended: int) -> list[str]:
    made = [article(number) for number in range(appended)]
    wanted = {
        "articles": len({one.classified.article.article_id for one in made}),
        "article_versions": appended, "facts": len({fact.fact_id for one in made for fact in one.classified.facts}),
    }
    with closing(open_writer(on)) as con:
        held = {table: int(dicts(con, f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in wanted}
        noted = [row["event_id"] for row in dicts(con, "SELECT event_id FROM claim_events")]
    wrong = [f"{table}: {held[table]} rows, {number} expected" for table, number in wanted.items() if held[table] != number]
    told = {record.value for at in bus.end_offsets(CLAIM_EVENTS.name) for record in _records(bus, at)}
    if len(told) != len(noted) or len(set(noted)) != len(noted):
        wrong.append(f"claim-events: {len(told)} on the bus, {len(noted)} noted")
    return [*wrong, *(str(finding) for finding in verify(on))]


def _records(bus: Bus, at: Partition) -> Iterator[Record]:
    offset = 0
    while page := bus.read(at, offset, 1000):
        yield from page
        offset = page[-1].offset + 1


def _publications(folder: Path) -> int:
    log = folder / "published.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def _seen(folder: Path, appended: int, killed: int, wrong: list[str]) -> Outcome:
    passes = [json.loads(line) for path in sorted(folder.glob("reader-*.log")) for line in path.read_text().splitlines()]
    wrong = [*wrong, *(one for each in passes for one in each["wrong"])]
    wrong += [path.read_text() for path in sorted(folder.glob("*.errors"))]
    return Outcome(appended, killed, _publications(folder), len(passes), len({one["generation"] for one in passes}),
                   max((one["seconds"] for one in passes), default=0), wrong)


def main() -> int:
    """Run a campaign and print what it saw; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("--seconds", 300.0), ("--rate", 20.0)):
        parser.add_argument(name, type=float, default=default)
    for name, number in (("--readers", 8), ("--kills", 9)):
        parser.add_argument(name, type=int, default=number)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="marsad-reading-", dir=given.folder))
    seen = campaign(folder, seconds=given.seconds, readers=given.readers, kills=given.kills, rate=given.rate)
    print(f"{seen.appended:,} records appended, {seen.kills} kills of the loader, {seen.publications} publications; "
          f"{given.readers} readers ran all views {seen.passes} times over {seen.snapshots} snapshots, "
          f"the slowest in {seen.slowest:.1f} s")
    for what, times in Counter(seen.wrong).items():
        print(f"WRONG ({times} times): {what}")
    print("nothing wrong" if not seen.wrong else "WRONG")
    return int(bool(seen.wrong))


if __name__ == "__main__":
    sys.exit(main())
