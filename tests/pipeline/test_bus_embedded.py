"""What only the embedded bus promises: one process a group, retention, and clear words where its file is unusable."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import ROOT
from pipeline.bus import BusError, Partition
from pipeline.bus.embedded import EmbeddedBus, EmbeddedProducer
from pipeline.topology import Topic

ORDERED = Topic("ordered", partitions=1, retention_days=2)
PAGES = Topic("pages", partitions=3, retention_days=2, lanes=True)
GROUP = "readers"
ONE = Partition(ORDERED.name, 0)


def opened(folder: Path) -> EmbeddedBus:
    bus = EmbeddedBus.below(str(folder))
    bus.ensure([PAGES, ORDERED])
    return bus


HOLD = """
import sys
from pipeline.bus import open_bus
consumer = open_bus("embedded", sys.argv[1]).consumer("readers", ["ordered"])
print("held", flush=True)
sys.stdin.read()
"""


def test_one_process_a_group_until_it_dies(tmp_path: Path) -> None:
    with opened(tmp_path) as bus:
        process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(BusError, match=f"'readers' is already read by process {process.pid}"):
            bus.consumer(GROUP, [ORDERED.name])
        bus.consumer("others", [ORDERED.name]).close()
        bus.consumer(GROUP, [ORDERED.name], manual=True).close()
        process.kill()
        process.wait(10)
        bus.consumer(GROUP, [ORDERED.name]).close()


def test_the_same_process_cannot_take_a_group_twice(tmp_path: Path) -> None:
    with opened(tmp_path) as bus, bus.consumer(GROUP, [ORDERED.name]), \
            pytest.raises(BusError, match=f"process {os.getpid()}"):
        bus.consumer(GROUP, [ORDERED.name])


def test_retention_drops_what_is_old_and_keeps_offsets(tmp_path: Path) -> None:
    with opened(tmp_path) as bus:
        with bus.producer() as producer:
            for number in range(1200):
                producer.send(ORDERED.name, "k", str(number).encode())
        now = datetime.now(UTC)
        assert bus.prune([ORDERED, PAGES], now + timedelta(days=1)) == 0
        assert bus.prune([ORDERED, PAGES], now + timedelta(days=3)) == 1200
        with bus.producer() as producer:
            producer.send(ORDERED.name, "k", b"after")
        with bus.consumer(GROUP, [ORDERED.name]) as consumer:
            assert [(r.offset, r.value) for r in consumer.poll(1, 10)] == [(1200, b"after")]


def test_opened_by_many_at_once_while_it_does_not_exist(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        buses = list(pool.map(lambda _: opened(tmp_path), range(8)))
    assert len({bus.log_id(ORDERED.name) for bus in buses}) == 1
    for bus in buses:
        bus.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(BusError, match="MARSAD_DATA"):
        EmbeddedBus.below(str(tmp_path / "data"))


def test_a_file_that_is_no_bus(tmp_path: Path) -> None:
    (tmp_path / "bus").mkdir()
    (tmp_path / "bus" / "bus.sqlite").write_bytes(b"something else entirely" * 1000)
    with pytest.raises(BusError, match="not a bus file: move it away"):
        EmbeddedBus.below(str(tmp_path))


def test_a_file_of_another_format(tmp_path: Path) -> None:
    opened(tmp_path).close()
    con = sqlite3.connect(tmp_path / "bus" / "bus.sqlite")
    con.execute("PRAGMA user_version = 9")
    con.close()
    with pytest.raises(BusError, match="format 9"):
        EmbeddedBus.below(str(tmp_path))


def test_a_full_disk_keeps_what_was_sent_for_a_later_flush(tmp_path: Path) -> None:
    with opened(tmp_path) as bus:
        producer = EmbeddedProducer(tmp_path / "bus" / "bus.sqlite", 4_000_000)
        producer._con.execute("PRAGMA max_page_count = 60")
        producer.send(ORDERED.name, "k", bytes(1_000_000))
        with pytest.raises(BusError, match="disk is full: free some space"):
            producer.flush()
        assert bus.end_offsets(ORDERED.name) == {ONE: 0}
        producer._con.execute("PRAGMA max_page_count = 100000")
        producer.close()
        assert bus.end_offsets(ORDERED.name) == {ONE: 1}


def test_a_poll_and_a_producer_hold_a_bounded_number_of_bytes(tmp_path: Path) -> None:
    with opened(tmp_path) as bus:
        producer = bus.producer()
        for _ in range(24):
            producer.send(ORDERED.name, "k", bytes(3_000_000))
        assert bus.end_offsets(ORDERED.name)[ONE] > 0
        producer.close()
        with bus.consumer(GROUP, [ORDERED.name]) as consumer:
            sizes = [sum(len(record.value) for record in consumer.poll(1, 100)) for _ in range(3)]
        assert max(sizes) <= 36_000_000
        assert sum(sizes) == 72_000_000


def test_a_writer_that_is_locked_out_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as bus, bus.producer() as producer:
        holder = sqlite3.connect(tmp_path / "bus" / "bus.sqlite", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        producer.send(ORDERED.name, "k", b"0")
        with pytest.raises(BusError, match="locked for too long"):
            producer.flush(timeout=0.2)
        holder.close()
