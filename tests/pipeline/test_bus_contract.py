"""What every bus promises, on each bus there is: the embedded one always, Kafka where a broker can be started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import ROOT
from pipeline.bus import Bus, BusError, Consumer, OversizedError, Partition, Record
from pipeline.topology import Topic
from tests.pipeline.buses import Place, embedded, kafka

WRITER = """
import sys
from pipeline.bus import open_bus
url, data, topic, name, count, after = sys.argv[1:]
with open_bus(url, data).producer() as producer:
    for number in range(int(count)):
        producer.send(topic, f"{name}-{number % 7}", f"{name} {number}".encode())
        if number % 10 == 9:
            producer.flush()
            print(number + 1, flush=True)
    if after == "hang":
        producer.send(topic, name, b"never flushed")
        sys.stdin.read()
"""


@pytest.fixture(params=[
    "embedded", pytest.param("kafka", marks=pytest.mark.kafka), pytest.param("kafka3", marks=pytest.mark.kafka)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "embedded":
        return embedded(tmp_path)
    return kafka(request.getfixturevalue(request.param).url, tmp_path)


@pytest.fixture
def bus(place: Place) -> Iterator[Bus]:
    with place.open() as opened:
        yield opened


def fill(bus: Bus, topic: str, count: int, key: str = "k") -> None:
    with bus.producer() as producer:
        for number in range(count):
            producer.send(topic, key, str(number).encode(), {"type": "T", "n": str(number)})


def take(consumer: Consumer, place: Place, count: int) -> list[Record]:
    """Poll until `count` records came (a group may need time to form)."""
    records: list[Record] = []
    deadline = time.monotonic() + 10 + 10 * place.patience
    while len(records) < count and time.monotonic() < deadline:
        records += consumer.poll(0.2, count - len(records))
    assert len(records) == count
    return records


def numbers(records: Sequence[Record]) -> list[int]:
    return [int(record.value) for record in records]


def writer(place: Place, name: str, count: int, after: str = "end") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, place.url, place.data, place.pages.name, name, str(count), after],
                            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_what_is_sent_arrives_whole_and_in_order(bus: Bus, place: Place) -> None:
    before = datetime.now(UTC)
    fill(bus, place.ordered.name, 25)
    with bus.consumer(place.group, [place.ordered.name]) as consumer:
        records = take(consumer, place, 25)
    assert numbers(records) == list(range(25))
    assert [record.offset for record in records] == list(range(25))
    assert (records[3].key, dict(records[3].headers)) == ("k", {"type": "T", "n": "3"})
    assert records[0].appended_at is not None
    assert abs(records[0].appended_at - before) < timedelta(seconds=30)


def test_nothing_is_visible_before_the_flush(bus: Bus, place: Place) -> None:
    producer = bus.producer()
    producer.flush()
    assert bus.end_offsets(place.ordered.name) == {place.one: 0}
    producer.send(place.ordered.name, "k", b"0")
    producer.flush()
    assert bus.end_offsets(place.ordered.name) == {place.one: 1}
    producer.close()


def test_a_key_stays_in_its_partition_and_in_order(bus: Bus, place: Place) -> None:
    with bus.producer() as producer:
        for number in range(60):
            producer.send(place.pages.name, f"key-{number % 12}", str(number).encode())
    assert sum(1 for end in bus.end_offsets(place.pages.name).values() if end) > 1
    with bus.consumer(place.group, [place.pages.name]) as consumer:
        records = take(consumer, place, 60)
    for key in {record.key for record in records}:
        of_key = [record for record in records if record.key == key]
        assert len({record.at for record in of_key}) == 1
        assert numbers(of_key) == sorted(numbers(of_key))


def test_what_was_not_committed_comes_again(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 10)
    with bus.consumer(place.group, [place.ordered.name]) as consumer:
        take(consumer, place, 10)
        consumer.commit({place.one: 4})
    with place.open() as again, again.consumer(place.group, [place.ordered.name]) as consumer:
        assert numbers(take(consumer, place, 6)) == [4, 5, 6, 7, 8, 9]


def test_a_commit_stores_exactly_what_it_names(bus: Bus, place: Place) -> None:
    with bus.producer() as producer:
        for number in range(30):
            producer.send(place.pages.name, f"key-{number}", str(number).encode())
    with bus.consumer(place.group, [place.pages.name]) as consumer:
        first = take(consumer, place, 30)[0]
        consumer.commit({first.at: first.offset + 1})
    committed = {lag.at: lag.committed for lag in bus.lag(place.group, [place.pages.name])}
    assert sum(committed.values()) == 1
    assert committed[first.at] == 1


def test_earlier_named_topics_come_first(bus: Bus, place: Place) -> None:
    live, backfill = place.pages.names()
    fill(bus, backfill, 300)
    with bus.consumer(place.group, [live, backfill]) as consumer:
        take(consumer, place, 10)
        fill(bus, live, 5)
        time.sleep(place.patience)
        following: list[Record] = []
        deadline = time.monotonic() + 30
        while len(following) < 100 and time.monotonic() < deadline:
            following += consumer.poll(2, 20)
            time.sleep(place.patience / 10)   # a worker takes its time over a batch; Kafka's answer needs some too
    waited = [record.at.topic for record in following].index(live)
    assert waited <= 40, "live records waited for the backfill"


def test_groups_read_independently(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 3)
    with bus.consumer("one", [place.ordered.name]) as one, bus.consumer("two", [place.ordered.name]) as two:
        assert numbers(take(one, place, 3)) == numbers(take(two, place, 3)) == [0, 1, 2]


def test_an_empty_poll_waits_and_then_ends(bus: Bus, place: Place) -> None:
    with bus.consumer(place.group, [place.ordered.name], manual=True) as consumer:
        started = time.monotonic()
        assert list(consumer.poll(0.3, 10)) == []
        assert 0.25 < time.monotonic() - started < 3


def test_a_poll_wakes_up_for_what_another_process_sends(bus: Bus, place: Place) -> None:
    with bus.consumer(place.group, [place.pages.name], manual=True) as consumer:
        process = writer(place, "other", 10)
        assert consumer.poll(20, 10)
        process.communicate(timeout=30)


def test_a_manual_reader_keeps_its_own_positions(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 10)
    with bus.consumer("load", [place.ordered.name], manual=True) as consumer, \
            bus.consumer("load", [place.ordered.name], manual=True) as other:
        assert consumer.positions() == {place.one: 0}
        consumer.seek(place.one, 7)
        assert numbers(consumer.poll(5, 10)) == [7, 8, 9]
        assert consumer.positions() == {place.one: 10}
        assert numbers(other.poll(5, 2)) == [0, 1]
        consumer.seek(place.one, 10)
        with pytest.raises(BusError, match="ends at offset 10"):
            consumer.seek(place.one, 11)


def test_lag_counts_what_waits_and_since_when(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 8)
    assert [(lag.at, lag.committed, lag.waiting) for lag in bus.lag(place.group, [place.ordered.name])] == [(place.one, 0, 8)]
    with bus.consumer(place.group, [place.ordered.name]) as consumer:
        take(consumer, place, 8)
        consumer.commit({place.one: 3})
        (behind,) = bus.lag(place.group, [place.ordered.name])
        assert behind.waiting == 5
        assert behind.oldest_waiting == bus.read(place.one, 3)[0].appended_at
        consumer.commit({place.one: 8})
    assert [(lag.waiting, lag.oldest_waiting) for lag in bus.lag(place.group, [place.ordered.name])] == [(0, None)]


def test_records_can_be_read_by_position(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 5)
    assert numbers(bus.read(place.one, 2, limit=2)) == [2, 3]
    assert numbers(bus.read(place.one, 4, limit=9)) == [4]
    assert list(bus.read(place.one, 5)) == []
    with pytest.raises(BusError, match="partition 9"):
        bus.read(Partition(place.ordered.name, 9), 0)


def test_too_large_a_record_is_refused_and_the_rest_goes_on(bus: Bus, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with bus.producer() as producer:
        producer.send(place.ordered.name, "k", b"0")
        with pytest.raises(OversizedError, match="MARSAD_MAX_RECORD_BYTES"):
            producer.send(place.ordered.name, "k", b"x" * 4_000_001)
        producer.send(place.ordered.name, "k", os.urandom(3_900_000))
    assert bus.end_offsets(place.ordered.name) == {place.one: 2}


def test_a_log_made_again_has_another_identity(place: Place) -> None:
    with place.open() as bus:
        fill(bus, place.ordered.name, 2)
        before = bus.log_id(place.ordered.name)
        assert bus.log_id(place.ordered.name) == before
    with place.open() as bus:
        assert bus.log_id(place.ordered.name) == before
    place.forget(place.ordered.name)
    with place.open() as bus:
        assert bus.log_id(place.ordered.name) != before
        assert bus.end_offsets(place.ordered.name) == {place.one: 0}


def test_a_missing_topic_says_so(bus: Bus, place: Place) -> None:
    with bus.producer() as producer, pytest.raises(BusError, match=r"no topic 'nowhere'.*marsad doctor"):
        producer.send("nowhere", "k", b"0")
    with pytest.raises(BusError, match="no topic 'nowhere'"):
        bus.consumer(place.group, ["nowhere"])
    with pytest.raises(BusError, match="no topic 'nowhere'"):
        bus.log_id("nowhere")


def test_two_processes_append_at_the_same_time(bus: Bus, place: Place) -> None:
    processes = [writer(place, name, 300) for name in ("a", "b")]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with bus.consumer(place.group, [place.pages.name], manual=True) as consumer:
        records = take(consumer, place, 600)
    assert len({record.value for record in records}) == 600
    for name in ("a", "b"):
        for residue in range(7):
            mine = [int(r.value.split()[1]) for r in records if r.key == f"{name}-{residue}"]
            assert mine == sorted(mine)


def test_a_killed_writer_loses_nothing_that_it_flushed(bus: Bus, place: Place) -> None:
    process = writer(place, "w", 100, after="hang")
    assert process.stdout is not None
    flushed = [process.stdout.readline() for _ in range(10)]
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert flushed[-1].strip() == "100"
    with bus.consumer(place.group, [place.pages.name], manual=True) as consumer:
        values = {record.value for record in take(consumer, place, 100)}
    assert values == {f"w {number}".encode() for number in range(100)}
    fill(bus, place.pages.name, 1)


def test_ensuring_again_changes_nothing(bus: Bus, place: Place) -> None:
    fill(bus, place.ordered.name, 2)
    identity = bus.log_id(place.ordered.name)
    bus.ensure([place.pages, place.ordered])
    assert bus.end_offsets(place.ordered.name) == {place.one: 2}
    assert bus.log_id(place.ordered.name) == identity
    assert len(bus.end_offsets(place.pages.name)) == place.pages.partitions


def test_where_the_logs_differ_from_the_topology_is_told(bus: Bus, place: Place) -> None:
    assert bus.drift([place.pages, place.ordered]) == []
    more, absent = replace(place.ordered, partitions=2), Topic(f"absent-{place.suffix}", partitions=1, retention_days=1)
    assert bus.drift([more, absent]) == [
        f"{absent.name}: missing", f"{place.ordered.name}: partitions 1, the topology says 2"]
