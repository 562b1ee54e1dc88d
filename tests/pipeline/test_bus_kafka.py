"""What only the Kafka bus promises: topics as the topology says, shared groups, brokers that die, TLS and sign-in."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from config.settings import ROOT, settings
from pipeline.bus import BusError, BusTimeoutError, Record, kafka_client, open_bus
from pipeline.bus.kafka import KafkaBus
from pipeline.bus.kafka_consumer import GroupConsumer
from pipeline.topology import Topic
from tests.broker.cluster import PASSWORD, USER, Cluster
from tests.pipeline import buses
from tests.pipeline.buses import Place

pytestmark = pytest.mark.kafka
MEMBER = """
import sys
from pipeline.bus import open_bus
url, data, group, topic, commits = sys.argv[1:]
with open_bus(url, data).consumer(group, [topic]) as consumer:
    while True:
        for record in consumer.poll(0.5, 5):
            print(record.value.decode(), flush=True)
            if commits == "commits":
                consumer.commit({record.at: record.offset + 1})
"""


@pytest.fixture(autouse=True)
def short_sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MARSAD_KAFKA_SESSION_SECONDS", "2")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def place(kafka: Cluster, tmp_path: Path) -> Place:
    return buses.kafka(kafka.url, tmp_path)


@pytest.fixture
def place3(kafka3: Cluster, tmp_path: Path) -> Place:
    return buses.kafka(kafka3.url, tmp_path)


def opened(place: Place) -> KafkaBus:
    bus = place.open()
    assert isinstance(bus, KafkaBus)
    return bus


def fill(bus: KafkaBus, topic: str, count: int) -> None:
    with bus.producer() as producer:
        for number in range(count):
            producer.send(topic, f"key-{number}", str(number).encode())


def member(place: Place, commits: bool) -> subprocess.Popen[str]:
    arguments = [place.url, place.data, place.group, place.pages.name, "commits" if commits else "never"]
    return subprocess.Popen([sys.executable, "-c", MEMBER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def collect(consumer: GroupConsumer, count: int, seconds: float = 30) -> set[int]:
    seen: set[int] = set()
    deadline = time.monotonic() + seconds
    while len(seen) < count and time.monotonic() < deadline:
        records = consumer.poll(0.5, 50)
        seen |= {int(record.value) for record in records}
        consumer.commit({record.at: record.offset + 1 for record in records})
    return seen


def group_consumer(bus: KafkaBus, place: Place) -> GroupConsumer:
    consumer = bus.consumer(place.group, [place.pages.name])
    assert isinstance(consumer, GroupConsumer)
    return consumer


def test_topics_are_made_as_the_topology_says_and_drift_is_told(place3: Place, kafka3: Cluster) -> None:
    with opened(place3) as bus:
        topics = [place3.pages, place3.ordered]
        assert bus.drift(topics) == []
        admin = KafkaAdminClient(bootstrap_servers=kafka3.url.removeprefix("kafka://").split(","))
        described = admin.describe_topics([place3.pages.name])[0]["partitions"]
        assert [len(one["replica_nodes"]) for one in described] == [3, 3, 3]
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, place3.ordered.name, {"retention.ms": "1000"})])
        admin.close()
        more = Topic(place3.pages.name, partitions=4, retention_days=2)
        absent = Topic(f"absent-{place3.suffix}", partitions=1, retention_days=1)
        expected = [f"{absent.name}: missing", f"{place3.pages.name}: partitions 3, the topology says 4",
                    f"{place3.ordered.name}: retention.ms 1000, the topology says 172800000"]
        # A change is known to the broker that made it first, and to the others a moment later.
        deadline = time.monotonic() + 15
        while (told := bus.drift([more, place3.ordered, absent])) != expected and time.monotonic() < deadline:
            time.sleep(0.2)
        assert told == expected


def test_too_few_copies_are_told_once_the_cluster_has_grown(place3: Place, kafka3: Cluster) -> None:
    """Made while one broker was all there was; `ensure` leaves what is there as it is."""
    few = Topic(f"few-{place3.suffix}", partitions=1, retention_days=1)
    with opened(place3) as bus:
        admin = KafkaAdminClient(bootstrap_servers=kafka3.url.removeprefix("kafka://").split(","))
        admin.create_topics({few.name: {"num_partitions": 1, "replication_factor": 1}})
        admin.close()
        _until(lambda: f"{few.name}: copies 1, the topology says 3" in bus.drift([few]), 15)
        bus.ensure([few])
        assert f"{few.name}: copies 1, the topology says 3" in bus.drift([few])


def test_an_absent_broker_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka_client, "BOOTSTRAP_SECONDS", 1.0)
    with pytest.raises(BusError, match=r"Kafka at 127\.0\.0\.1:1 does not answer: is a broker running there"):
        open_bus("kafka://127.0.0.1:1", str(tmp_path))
    with pytest.raises(BusError, match="is not understood"):
        open_bus("kafka://", str(tmp_path))


def sign_in(monkeypatch: pytest.MonkeyPatch, cluster: Cluster, password: str) -> None:
    for name, value in {"SECURITY": "sasl_ssl", "MECHANISM": "PLAIN", "USER": USER, "PASSWORD": password,
                        "CA": str(cluster.certificate)}.items():
        monkeypatch.setenv(f"MARSAD_KAFKA_{name}", value)
    settings.cache_clear()


def test_signing_in_over_tls(kafka: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(monkeypatch, kafka, PASSWORD)
    place = buses.kafka(kafka.secure_url, tmp_path)
    with opened(place) as bus:
        fill(bus, place.pages.name, 10)
        with group_consumer(bus, place) as consumer:
            assert collect(consumer, 10) == set(range(10))


def test_wrong_credentials_are_told(kafka: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(monkeypatch, kafka, "guessed")
    monkeypatch.setattr(kafka_client, "BOOTSTRAP_SECONDS", 3.0)
    with pytest.raises(BusError, match="wrong credentials: check MARSAD_KAFKA_USER") as caught:
        open_bus(kafka.secure_url, str(tmp_path))
    assert "guessed" not in str(caught.value)


def test_a_group_shares_the_partitions_and_takes_over_from_the_dead(place: Place) -> None:
    with opened(place) as bus:
        first = member(place, commits=True)
        assert first.stdout is not None
        fill(bus, place.pages.name, 30)
        read = {int(first.stdout.readline()) for _ in range(30)}
        assert read == set(range(30))
        with group_consumer(bus, place) as consumer:
            deadline = time.monotonic() + 30
            while len(consumer.positions()) not in (1, 2) and time.monotonic() < deadline:
                consumer.poll(0.2, 10)
            assert len(consumer.positions()) in (1, 2), "the partitions are not shared"
            first.send_signal(signal.SIGKILL)
            first.wait(10)
            fill(bus, place.pages.name, 30)
            assert collect(consumer, 30) == set(range(30))
            assert len(consumer.positions()) == 3
        assert sum(lag.waiting for lag in bus.lag(place.group, [place.pages.name])) == 0


def test_what_a_killed_member_had_not_committed_comes_to_the_next(place: Place) -> None:
    with opened(place) as bus:
        fill(bus, place.pages.name, 20)
        first = member(place, commits=False)
        assert first.stdout is not None
        assert first.stdout.readline()
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        with group_consumer(bus, place) as consumer:
            assert collect(consumer, 20) == set(range(20))


def test_a_member_that_lost_its_partitions_commits_nothing_for_others(place: Place) -> None:
    with opened(place) as bus:
        fill(bus, place.pages.name, 10)
        with group_consumer(bus, place) as consumer:
            records: list[Record] = []
            while len(records) < 10:
                records += consumer.poll(1, 10)
            consumer._client.unsubscribe()
            consumer.commit({record.at: record.offset + 1 for record in records})
        assert sum(lag.waiting for lag in bus.lag(place.group, [place.pages.name])) == 10


def test_nothing_that_was_flushed_is_lost_when_a_broker_is_killed(place3: Place, kafka3: Cluster) -> None:
    flushed: list[int] = []
    stop = threading.Event()

    def produce() -> None:
        with opened(place3) as bus, bus.producer() as producer:
            number = 0
            while not stop.is_set():
                producer.send(place3.pages.name, f"key-{number}", str(number).encode())
                producer.flush()
                flushed.append(number)
                number += 1
    thread = threading.Thread(target=produce)
    thread.start()
    victim = kafka3.nodes[1]
    try:
        _until(lambda: len(flushed) > 20)
        kafka3.kill(victim)
        before = len(flushed)
        _until(lambda: len(flushed) > before + 50)
    finally:
        stop.set()
        thread.join(60)
        kafka3.start_node(victim)
        kafka3.await_ready()
    with opened(place3) as bus, bus.consumer("check", [place3.pages.name], manual=True) as consumer:
        seen: list[int] = []
        while len(seen) < len(flushed):
            records = consumer.poll(10, 500)
            assert records, f"{len(flushed) - len(seen)} records are missing"
            seen += [int(record.value) for record in records]
    assert sorted(seen) == flushed, "each exactly once"


def test_a_broker_that_hangs_for_a_while_costs_waiting_and_nothing_else(place: Place, kafka: Cluster) -> None:
    with opened(place) as bus, bus.producer() as producer, group_consumer(bus, place) as consumer:
        for number in range(5):
            producer.send(place.pages.name, "k", str(number).encode())
        producer.flush()
        assert collect(consumer, 5) == set(range(5))
        kafka.freeze(kafka.nodes[0])
        try:
            producer.send(place.pages.name, "k", b"6")
            used = time.process_time()
            with pytest.raises(BusTimeoutError):
                producer.flush(2)
            assert list(consumer.poll(1.5, 5)) == []
            assert time.process_time() - used < 1.0, "a busy loop"
        finally:
            kafka.thaw(kafka.nodes[0])
        producer.flush(30)
        assert collect(consumer, 1) == {6}


def _until(condition: object, seconds: float = 60) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def test_the_lag_is_told_after_the_coordinator_of_the_group_died(place3: Place, kafka3: Cluster) -> None:
    topic = place3.ordered.name
    with opened(place3) as bus, bus.producer() as producer:
        producer.send(topic, "k", b"waits")
        producer.flush()
        assert sum(lag.waiting for lag in bus.lag(place3.group, [topic])) == 1
        for node in kafka3.nodes:
            kafka3.kill(node)
            kafka3.start_node(node)
            kafka3.await_ready()
            assert sum(lag.waiting for lag in bus.lag(place3.group, [topic])) == 1, node.number
