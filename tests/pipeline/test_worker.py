"""Each record gets exactly one disposition, in order, whatever the stage does and whenever the worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT
from pipeline import worker
from pipeline.attempt import Decide
from pipeline.bus import Bus, BusError, Record, open_bus
from pipeline.codec import decode, encode
from pipeline.events import Article, DeadLetter, RawPage, Rejected
from pipeline.outcome import Outcome, TransientError
from pipeline.pool import Pool
from pipeline.topology import ARTICLES, EXTRACT, RAW_PAGES, REJECTIONS, TOPICS
from pipeline.worker import Counts, drain, serve
from tests.pipeline.deciders import read, reader
from tests.pipeline.samples import article, page

WORKER = """
import sys
from pipeline.bus import open_bus
from pipeline.topology import EXTRACT
from pipeline.worker import drain
from tests.pipeline.deciders import read
drain(EXTRACT, read, open_bus("embedded", sys.argv[1]), idle_seconds=0.1, batch=7)
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with open_bus("embedded", str(tmp_path)) as opened:
        opened.ensure(TOPICS)
        yield opened


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RETRY_DELAYS", (0.01, 0.02, 0.04))


def offer(bus: Bus, *contents: str, topic: str = RAW_PAGES.name, headers: dict[str, str] | None = None) -> None:
    with bus.producer() as producer:
        for number, content in enumerate(contents):
            value, own = encode(page(number, content))
            producer.send(topic, page(number).ref.article_id, value, {**own, **(headers or {})})


def found(bus: Bus, topic: str) -> list[Record]:
    return [record for at, end in bus.end_offsets(topic).items() for record in bus.read(at, 0, end or 1)]


def letters(bus: Bus) -> list[DeadLetter]:
    return [decode(record.value, record.headers, DeadLetter) for record in found(bus, EXTRACT.dead.name)]


def run(bus: Bus, decide: Decide = read) -> Counts:
    return drain(EXTRACT, decide, bus, idle_seconds=0.05)


def waiting(bus: Bus) -> int:
    return sum(lag.waiting for lag in bus.lag(EXTRACT.group, RAW_PAGES.names()))


def test_every_record_gets_exactly_one_disposition(bus: Bus) -> None:
    offer(bus, "text", "reject", "error", "text", "terminal", "empty", "reject", "text")
    counts = run(bus)
    assert (counts.read, counts.passed, counts.sent, dict(counts.rejected), counts.dead) == (8, 3, 3, {"too_short": 2}, 3)
    assert counts.read == counts.passed + counts.rejected.total() + counts.dead
    assert (len(found(bus, ARTICLES.name)), len(found(bus, REJECTIONS.name)), len(letters(bus))) == (3, 2, 3)
    assert waiting(bus) == 0
    assert str(counts) == "8 read, 3 passed on, 2 rejected (too_short 2), 3 dead"


def test_one_record_may_become_several_events(bus: Bus) -> None:
    def twice(read: RawPage) -> Outcome:
        return article(read), article(page(99, read.content))
    offer(bus, "one", "two")
    counts = run(bus, twice)
    assert (counts.read, counts.passed, counts.sent) == (2, 2, 4)
    assert len(found(bus, ARTICLES.name)) == 4


def test_the_output_keeps_lane_and_key(bus: Bus) -> None:
    live, backfill = RAW_PAGES.names()
    offer(bus, "live", topic=live)
    offer(bus, "old", topic=backfill)
    run(bus)
    for topic, body in zip(ARTICLES.names(), ("live", "old"), strict=True):
        (record,) = found(bus, topic)
        event = decode(record.value, record.headers, Article)
        assert (event.body, record.key) == (body, event.article_id)


def test_a_dead_letter_keeps_the_record_whole(bus: Bus) -> None:
    offer(bus, "error")
    run(bus)
    (letter,), (record,) = letters(bus), found(bus, RAW_PAGES.name)
    assert (letter.payload, letter.headers, letter.key) == (record.value, record.headers, record.key)
    assert (letter.stage, letter.topic, letter.partition, letter.offset) == ("extract", RAW_PAGES.name, record.at.number, 0)
    assert letter.error == "ZeroDivisionError: unexpected"
    assert "deciders.py" in letter.stack
    assert letter.attempts == 1


@pytest.mark.parametrize(("value", "headers", "says"), [
    (b"no event", {"schema": "1"}, "not an event"),
    (encode(page(1))[0], {"schema": "2"}, "schema version 2 is not known here"),
    (encode(page(1))[0], {}, "schema version none"),
    (*encode(article(page(1))), "a Article where RawPage was expected"),
])
def test_what_cannot_be_read_is_parked_and_the_run_goes_on(bus: Bus, value: bytes, headers: dict[str, str], says: str) -> None:
    offer(bus, "before")
    with bus.producer() as producer:
        producer.send(RAW_PAGES.name, "k", value, headers)
    offer(bus, "after")
    counts = run(bus)
    assert (counts.passed, counts.dead) == (2, 1)
    (letter,) = letters(bus)
    assert says in letter.error
    assert (letter.payload, letter.headers) == (value, headers)


def test_a_transient_error_is_tried_again_and_then_works(bus: Bus) -> None:
    failures = iter([TransientError("not now"), TransientError("not yet")])

    def decide(read: RawPage) -> Outcome:
        for failure in failures:
            raise failure
        return (article(read),)
    offer(bus, "text")
    counts = run(bus, decide)
    assert (counts.passed, counts.retried, counts.dead) == (1, 2, 0)


def test_a_transient_error_that_stays_is_dead_in_the_end(bus: Bus) -> None:
    offer(bus, "transient", "text")
    counts = run(bus)
    assert (counts.passed, counts.retried, counts.dead) == (1, 3, 1)
    assert letters(bus)[0].error == "TransientError: not now"


def test_a_stop_during_a_retry_leaves_the_record_for_later(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RETRY_DELAYS", (60.0,))
    offer(bus, "transient")
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    counts = drain(EXTRACT, read, bus, idle_seconds=5, stop=stop)
    assert (counts.read, waiting(bus), letters(bus)) == (0, 1, [])


def test_too_large_an_output_is_rejected_as_oversized(tmp_path: Path) -> None:
    def swell(read: RawPage) -> Outcome:
        return (article(RawPage(ref=read.ref, content=os.urandom(100_000).hex())),)
    with open_bus("embedded", str(tmp_path), 90_000) as bus:
        bus.ensure(TOPICS)
        offer(bus, "text")
        counts = run(bus, swell)
        assert dict(counts.rejected) == {"oversized": 1}
        (record,) = found(bus, REJECTIONS.name)
    assert decode(record.value, record.headers, Rejected).ref == page(0, "text").ref


def test_a_dead_letter_larger_than_the_bus_takes_leaves_its_payload_at_its_origin(tmp_path: Path) -> None:
    with open_bus("embedded", str(tmp_path), 50_000) as bus:
        bus.ensure(TOPICS)
        with bus.producer() as producer:
            producer.send(RAW_PAGES.name, "k", os.urandom(49_990), {"schema": "1"})
        assert run(bus).dead == 1
        (letter,) = letters(bus)
    assert (letter.payload, letter.topic, letter.offset) == (b"", RAW_PAGES.name, 0)


def test_draining_ends_at_its_limit_of_time(bus: Bus) -> None:
    offer(bus, *["slow"] * 200)
    started = time.monotonic()
    counts = drain(EXTRACT, read, bus, idle_seconds=5, seconds=0.5, batch=5)
    assert time.monotonic() - started < 2
    assert 0 < counts.read < 200
    assert waiting(bus) == 200 - counts.read


def test_a_slow_stage_takes_small_batches_so_that_live_pages_come_soon(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "BATCH_SECONDS", 0.2)
    live, backfill = RAW_PAGES.names()
    offer(bus, *["slow"] * 60, topic=backfill)
    seen: list[float] = []

    def decide(read_page: RawPage) -> Outcome:
        if read_page.content == "live":
            seen.append(time.monotonic())
        return read(read_page)
    stop = threading.Event()
    thread = threading.Thread(target=drain, args=(EXTRACT, decide, bus), kwargs={"idle_seconds": 0.1, "stop": stop, "batch": 10})
    thread.start()
    time.sleep(0.8)
    offered = time.monotonic()
    offer(bus, "live", topic=live)
    time.sleep(0.8)
    stop.set()
    thread.join(10)
    assert seen, "the live page was not read while the backfill lasted"
    assert seen[0] - offered < 0.6


def test_observed_after_every_commit(bus: Bus) -> None:
    offer(bus, *["text"] * 10)
    seen: list[int] = []
    drain(EXTRACT, read, bus, idle_seconds=0.05, batch=5, observe=lambda counts: seen.append(counts.read))
    assert seen[-1] == 10
    assert len(seen) >= 2


def test_a_service_works_until_it_is_stopped(bus: Bus) -> None:
    stop = threading.Event()
    results: list[Counts] = []
    thread = threading.Thread(target=lambda: results.append(serve(EXTRACT, read, bus, stop=stop)))
    thread.start()
    offer(bus, "one", "two")
    deadline = time.monotonic() + 10
    while waiting(bus) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join(10)
    assert results[0].passed == 2


def test_a_service_comes_back_when_the_bus_does(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RECONNECT_DELAYS", (0.01, 0.05))
    offer(bus, "one", "two", "three")
    lost = iter([False, True, False])
    stop = threading.Event()
    original = worker._Work.step

    def step(work: worker._Work, timeout: float, batch: int) -> bool:
        if next(lost, False):
            raise BusError("broker gone")
        came = original(work, timeout, 1)
        if not waiting(bus):
            stop.set()
        return came
    monkeypatch.setattr(worker._Work, "step", step)
    counts = serve(EXTRACT, read, bus, stop=stop)
    assert (counts.passed, waiting(bus)) == (3, 0)


def test_a_service_that_cannot_begin_says_so_at_once(bus: Bus) -> None:
    with bus.consumer(EXTRACT.group, [RAW_PAGES.name]), pytest.raises(BusError, match="already read by process"):
        serve(EXTRACT, read, bus, stop=threading.Event())


def test_killed_at_any_moment_nothing_is_lost(bus: Bus, tmp_path: Path) -> None:
    contents = ["text", "reject", "error", "slow"] * 40
    offer(bus, *contents)
    for delay in (0.5, 0.7, 0.9, 1.2):
        process = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)], cwd=ROOT)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    run(bus)
    passed = {decode(r.value, r.headers, Article).event_id for r in found(bus, ARTICLES.name)}
    rejected = {decode(r.value, r.headers, Rejected).event_id for r in found(bus, REJECTIONS.name)}
    dead = {letter.event_id for letter in letters(bus)}
    assert (len(passed), len(rejected), len(dead), waiting(bus)) == (80, 40, 40, 0)


def test_a_pool_works_on_the_records_like_a_function(bus: Bus) -> None:
    offer(bus, "text", "hang", "reject", "crash", "error", "text")
    with Pool(reader, 2, seconds=1.0) as pool:
        counts = drain(EXTRACT, pool, bus, idle_seconds=0.05)
    assert (counts.read, counts.passed, dict(counts.rejected), counts.dead) == (6, 2, {"too_short": 1}, 3)
    assert {letter.error.split(":")[0] for letter in letters(bus)} == {"Hung", "Crashed", "ZeroDivisionError"}
    assert [at.number for at, end in bus.end_offsets(ARTICLES.name).items() if end] == sorted({
        record.at.number for record in found(bus, ARTICLES.name)})
