"""The worker over real Kafka: the same dispositions; kills of workers and brokers lose nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from kafka import KafkaProducer

from config.settings import ROOT, settings
from pipeline.bus import Bus, open_bus
from pipeline.codec import decode, encode
from pipeline.dead import open_letters, retry
from pipeline.events import Article, DeadLetter
from pipeline.topology import ARTICLES, DEAD, DEAD_MARKS, EXTRACT, RAW_PAGES, REJECTIONS, Stage
from pipeline.worker import Counts, drain, serve
from tests.broker.cluster import Cluster
from tests.pipeline.deciders import read
from tests.pipeline.samples import page

pytestmark = pytest.mark.kafka
WORKER = """
import sys
from pipeline.bus import open_bus
from tests.pipeline.deciders import read
from tests.pipeline.test_worker_kafka import stage_of
from pipeline.worker import drain
url, data, suffix = sys.argv[1:]
drain(stage_of(suffix), read, open_bus(url, data), idle_seconds=0.5, batch=7)
"""


def stage_of(suffix: str) -> Stage:
    """The extract stage with topics and group of its own."""
    return Stage(f"extract-{suffix}", replace(RAW_PAGES, name=f"raw-{suffix}"), replace(ARTICLES, name=f"articles-{suffix}"))


@pytest.fixture(autouse=True)
def short_sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MARSAD_KAFKA_SESSION_SECONDS", "2")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    return stage_of(f"{abs(hash(request.node.name)):x}-{time.monotonic_ns():x}")


def opened(cluster: Cluster, folder: Path, stage: Stage) -> Bus:
    bus = open_bus(cluster.url, str(folder))
    bus.ensure([stage.consumes, stage.produces, stage.dead, REJECTIONS, *DEAD, DEAD_MARKS])
    return bus


def offer(bus: Bus, stage: Stage, contents: list[str], start: int = 0) -> None:
    with bus.producer() as producer:
        for number, content in enumerate(contents, start):
            producer.send(stage.consumes.name, page(number).ref.article_id, *encode(page(number, content)))


def passed(bus: Bus, stage: Stage) -> list[str]:
    records = [record for at, end in bus.end_offsets(stage.produces.name).items() if end for record in bus.read(at, 0, end)]
    return [decode(record.value, record.headers, Article).event_id for record in records]


def waiting(bus: Bus, stage: Stage) -> int:
    return sum(lag.waiting for lag in bus.lag(stage.group, stage.consumes.names()))


def test_dispositions_and_dead_letters(kafka: Cluster, tmp_path: Path) -> None:
    with opened(kafka, tmp_path, EXTRACT) as bus:
        offer(bus, EXTRACT, ["text", "reject", "error", "text"])
        counts = drain(EXTRACT, read, bus, idle_seconds=0.2)
        assert (counts.read, counts.passed, counts.rejected.total(), counts.dead) == (4, 2, 1, 1)
        (letter,) = open_letters(bus, "extract")
        retry(bus, [letter])
        assert open_letters(bus, "extract") == []
        again = drain(EXTRACT, read, bus, idle_seconds=0.2)
        assert (again.read, again.dead) == (1, 1)
        assert [letter.attempts for letter in open_letters(bus, "extract")] == [2]


def test_what_a_stranger_wrote_is_parked_and_the_rest_goes_on(kafka: Cluster, tmp_path: Path, stage: Stage) -> None:
    """Bytes that are no event, under a key and headers that are no text."""
    with opened(kafka, tmp_path, stage) as bus:
        with closing(KafkaProducer(bootstrap_servers=kafka.url.removeprefix("kafka://").split(","))) as stranger:
            stranger.send(stage.consumes.name, b"\xfe\xff", key=b"\xff", headers=[("schema", b"\xff")], partition=0)
            stranger.send(stage.consumes.name, None, key=b"tombstone", partition=0)
            stranger.flush()
        offer(bus, stage, ["text"])
        counts = drain(stage, read, bus, idle_seconds=0.5)
        assert (counts.read, counts.passed, counts.dead) == (3, 1, 2)
        letters = [decode(record.value, record.headers, DeadLetter)
                   for at in bus.end_offsets(stage.dead.name) for record in bus.read(at, 0, 10)]
        assert [letter.payload for letter in letters] == [b"\xfe\xff", b""]
        assert letters[0].headers == {"schema": "\\xff"}


def test_killed_workers_lose_nothing(kafka: Cluster, tmp_path: Path, stage: Stage) -> None:
    suffix = stage.name.removeprefix("extract-")
    with opened(kafka, tmp_path, stage) as bus:
        offer(bus, stage, ["slow"] * 120)
        for delay in (1.0, 1.6, 2.2):
            process = subprocess.Popen([sys.executable, "-c", WORKER, kafka.url, str(tmp_path), suffix], cwd=ROOT)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        drain(stage, read, bus, idle_seconds=0.5)
        assert waiting(bus, stage) == 0
        assert len(set(passed(bus, stage))) == 120


def test_two_workers_share_a_stage(kafka: Cluster, tmp_path: Path, stage: Stage) -> None:
    with opened(kafka, tmp_path, stage) as one, open_bus(kafka.url, str(tmp_path)) as two:
        results: list[Counts] = []
        stop = threading.Event()
        threads = [threading.Thread(target=lambda bus=bus: results.append(serve(stage, read, bus, stop=stop)))
                   for bus in (one, two)]
        for thread in threads:
            thread.start()
        time.sleep(3)
        offer(one, stage, ["slow"] * 120)
        deadline = time.monotonic() + 60
        while waiting(one, stage) and time.monotonic() < deadline:
            time.sleep(0.2)
        stopped = time.monotonic()
        stop.set()
        for thread in threads:
            thread.join(20)
        assert time.monotonic() - stopped < 10
        assert sum(counts.read for counts in results) == 120
        assert min(counts.read for counts in results) > 0, "one did all the work"
        assert len(set(passed(one, stage))) == 120


def test_a_service_outlives_its_broker(kafka: Cluster, tmp_path: Path, stage: Stage) -> None:
    """Killed in mid-work and back after a while: nothing lost, no busy loop, nobody had to help."""
    node = kafka.nodes[0]
    with opened(kafka, tmp_path, stage) as bus:
        offer(bus, stage, ["slow"] * 200)
        stop = threading.Event()
        results: list[Counts] = []
        thread = threading.Thread(target=lambda: results.append(serve(stage, read, bus, stop=stop)))
        thread.start()
        try:
            time.sleep(3)
            kafka.kill(node)
            used = time.process_time()
            time.sleep(8)
            used = time.process_time() - used
        finally:
            kafka.start_node(node)
            kafka.await_ready()
        deadline = time.monotonic() + 90
        while waiting(bus, stage) and time.monotonic() < deadline:
            time.sleep(0.2)
        stop.set()
        thread.join(30)
        assert used < 1.2, f"a busy loop: {used:.1f} s of CPU in 8 s"
        assert waiting(bus, stage) == 0
        assert len(set(passed(bus, stage))) == 200
    assert os.environ["MARSAD_KAFKA_SESSION_SECONDS"] == "2"
