"""`marsad status` over a real broker: what waits on which partition, since when, how fast it goes, and what lies dead."""

from __future__ import annotations

import re
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import Settings
from flows.metrics import Waiting
from flows.status import standings
from pipeline.bus import Bus, Partition, Record, open_bus
from pipeline.codec import encode
from pipeline.dead import open_counts
from pipeline.outcome import Outcome
from pipeline.topology import DEAD, EXTRACT, RAW_PAGES, TOPICS
from pipeline.worker import drain
from tests.broker.cluster import Cluster
from tests.flows.command import MARSAD, Marsad
from tests.pipeline.samples import article, page

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(300)]


def put(bus: Bus, first: int, count: int, topic: str = RAW_PAGES.name) -> None:
    with bus.producer() as producer:
        for number in range(first, first + count):
            read = page(number, "<p>Texte</p>" * (300_000 if number == first else 1))   # one of them larger than a look fetches
            value, headers = encode(read)
            producer.send(topic, read.ref.article_id, value, headers)


def decide(read: object) -> Outcome:
    """Every tenth page is not to be had."""
    number = int(re.search(r"article-(\d+)", read.ref.url)[1])  # type: ignore[attr-defined, index]  # pages of this test
    if number % 10 == 7:
        raise ValueError("poison")
    return (article(read),)  # type: ignore[arg-type]


def test_status_tells_what_waits_where_and_since_when(own_kafka: Cluster, own_data: Settings, tmp_path: Path) -> None:
    with open_bus(own_kafka.url, str(own_data.data)) as bus:
        bus.ensure(TOPICS)
        put(bus, 0, 40)
        drain(EXTRACT, decide, bus, idle_seconds=0.5)
        before = datetime.now(UTC)
        put(bus, 100, 25)
        put(bus, 200, 3, RAW_PAGES.on("backfill"))
        extract, classify = standings(bus, own_data)[:2]
        assert (extract.waiting, extract.done, classify.waiting) == (28, 40, 36)
        by_topic = {name: sum(lag.waiting for lag in extract.lags if lag.at.topic == name) for name in RAW_PAGES.names()}
        assert by_topic == {RAW_PAGES.name: 25, RAW_PAGES.on("backfill"): 3}
        for lag in extract.lags:
            first: list[Record] = list(bus.read(lag.at, lag.committed)) if lag.waiting else []
            assert lag.oldest_waiting == (first[0].appended_at if first else None)
            assert lag.oldest_waiting is None or abs((lag.oldest_waiting - before).total_seconds()) < 30
        assert open_counts(bus)["extract"] == 4
        assert bus.end_offsets(DEAD[0].name) == {Partition(DEAD[0].name, 0): 4}
        from prometheus_client import CollectorRegistry

        registry = CollectorRegistry()
        Waiting(EXTRACT, registry).look(bus)
        samples = [one for metric in registry.collect() for one in metric.samples if one.name == "marsad_waiting_records"]
        assert sum(one.value for one in samples) == 28
        assert len(samples) == 2 * RAW_PAGES.partitions
    told(own_kafka, own_data, tmp_path / "watch.txt")


def told(cluster: Cluster, on: Settings, watched: Path) -> None:
    """What the command prints: once, and with rates while a worker catches up."""
    marsad = Marsad(on.data, settings={"bus": cluster.url})
    done = marsad("status")
    assert done.code == 1, "dead letters are something to look at"
    row = next(line for line in done.out.splitlines() if line.split()[:1] == ["extract"])
    assert re.match(r"\s*extract\s+28\s+\d+ s\s+4\s+raw-pages/", row)
    with watched.open("wb") as out:
        watching = subprocess.Popen([MARSAD, "status", "--watch"], env=marsad.environment(), stdout=out, stderr=out)
        try:
            deadline = time.monotonic() + 60
            while not re.search(r"extract .* 28 ", watched.read_text()):
                assert time.monotonic() < deadline
                time.sleep(0.2)
            with open_bus(cluster.url, str(on.data)) as bus:
                drain(EXTRACT, decide, bus, idle_seconds=0.5)
            while (rate := re.search(r"extract +0 +- +(\d+\.\d) ", watched.read_text())) is None or not float(rate[1]):
                assert time.monotonic() < deadline, watched.read_text()
                time.sleep(0.2)
            assert float(rate[1]) <= 5.7, "28 records within 5 s or more"
        finally:
            watching.terminate()
            watching.wait(10)
