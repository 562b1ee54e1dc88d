"""A folder in, the bus for one machine out: logs, groups and offsets in one SQLite file that many processes append to.

It promises what the contract says (order per partition, at-least-once, durable offsets, retention) and nothing more:
one process a group (pipeline.bus.lease), no replication. Whoever outgrows it sets MARSAD_BUS=kafka://host:port.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from pipeline.bus import BusError, Lag, OversizedError, Partition, Record
from pipeline.bus import logfile as file
from pipeline.bus.lease import Lease
from pipeline.bus.logfile import Log, Unsent, explained
from pipeline.topology import Topic

MAX_UNSENT_BYTES: Final = 16_000_000
"""A producer that holds so much writes it without waiting to be told."""
MAX_POLL_BYTES: Final = 32_000_000
"""A poll returns fewer records than asked for once they hold so much."""
LOOK_AGAIN: Final = (0.005, 0.05)
"""Seconds between two looks for new records: at first, and at the most."""
PRUNE_BATCH: Final = 500


class EmbeddedProducer:
    """Appends in one transaction a flush."""

    def __init__(self, path: Path, max_record_bytes: int) -> None:
        self._path, self._most = path, max_record_bytes
        self._con = file.connect(path)
        self._logs: dict[str, tuple[Log, ...]] = {}
        self._unsent: list[Unsent] = []
        self._bytes = 0

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Queue a record. Raises OversizedError, BusError."""
        if len(value) > self._most:
            raise OversizedError(f"a record of {len(value):,} bytes for {topic!r} (key {key}) is larger than the bus takes "
                                 f"({self._most:,}): raise MARSAD_MAX_RECORD_BYTES")
        if topic not in self._logs:
            with explained(self._path):
                self._logs[topic] = file.logs_of(self._con, topic)
        self._unsent.append(Unsent(file.log_for(self._logs[topic], key), key, headers or {}, value))
        self._bytes += len(value)
        if self._bytes >= MAX_UNSENT_BYTES:
            self.flush()

    def flush(self, timeout: float = 60.0) -> None:
        """Write what waits, or raise BusError and keep it."""
        if not self._unsent:
            return
        with explained(self._path):
            self._con.execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")
            file.append(self._con, self._unsent)
        self._unsent, self._bytes = [], 0

    def close(self) -> None:
        """Flush and release."""
        try:
            self.flush()
        finally:
            self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc[0] is None:
            self.close()
        else:
            self._con.close()


class EmbeddedConsumer:
    """Reads its logs in order of priority; within one topic the partitions take turns at going first."""

    def __init__(self, path: Path, group: str, topics: Sequence[str], *, manual: bool) -> None:
        self._path, self._group = path, group
        self._con = file.connect(path)
        self._lease: Lease | None = None
        try:
            self._lease = None if manual else Lease(path.parent, group)
            with explained(path):
                self._topics = [list(file.logs_of(self._con, topic)) for topic in topics]
                stored = {} if manual else dict(
                    self._con.execute("SELECT log, next FROM commits WHERE consumer_group = ?", (group,)).fetchall())
        except BaseException:
            self.close()
            raise
        self._logs = {log.at: log for logs in self._topics for log in logs}
        self._next = {at: int(stored.get(log.number, 0)) for at, log in self._logs.items()}

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        """Up to `limit` next records; empty after `timeout` seconds without any. Raises BusError."""
        deadline = time.monotonic() + timeout
        pause, most = LOOK_AGAIN
        with explained(self._path):
            while True:
                seen = self._version()
                records = self._take(limit)
                if records:
                    return records
                while self._version() == seen:
                    left = deadline - time.monotonic()
                    if left <= 0:
                        return ()
                    time.sleep(min(pause, left))
                    pause = min(most, pause * 2)

    def _version(self) -> int:
        """Changes whenever another connection has written to the file."""
        return int(self._con.execute("PRAGMA data_version").fetchone()[0])

    def _take(self, limit: int) -> list[Record]:
        taken: list[Record] = []
        size = 0
        for logs in self._topics:
            logs.append(logs.pop(0))
            for log in logs:
                if len(taken) >= limit or size >= MAX_POLL_BYTES:
                    return taken
                found = file.records_from(self._con, log, self._next[log.at], limit - len(taken), MAX_POLL_BYTES - size)
                if found:
                    self._next[log.at] = found[-1].offset + 1
                    size += sum(len(record.value) for record in found)
                    taken += found
        return taken

    def commit(self, positions: Mapping[Partition, int]) -> None:
        """Store the next offset for exactly these partitions. Raises BusError."""
        rows = [(self._group, self._log(at).number, offset) for at, offset in positions.items()]
        if not rows:
            return
        with explained(self._path), file.writing(self._con):
            self._con.executemany("INSERT INTO commits VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next", rows)

    def seek(self, at: Partition, offset: int) -> None:
        """Read on from `offset`. Raises BusError past the end."""
        with explained(self._path):
            end = file.next_offset(self._con, self._log(at))
        if not 0 <= offset <= end:
            raise BusError(f"{at.topic} partition {at.number} ends at offset {end}: cannot read on from {offset}")
        self._next[at] = offset

    def _log(self, at: Partition) -> Log:
        if at not in self._logs:
            raise BusError(f"{at.topic} partition {at.number} is not among what group {self._group!r} reads")
        return self._logs[at]

    def positions(self) -> Mapping[Partition, int]:
        """Next offset to be polled, by partition."""
        return dict(self._next)

    def close(self) -> None:
        """Let another process of the group in."""
        self._con.close()
        if self._lease:
            self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class EmbeddedBus:
    """The bus in `<data>/bus/bus.sqlite`. May be shared between threads; a producer or consumer belongs to one at a time."""

    def __init__(self, path: Path, max_record_bytes: int) -> None:
        self._path, self._most = path, max_record_bytes
        self._lock = threading.Lock()
        self._con = file.connect(path)

    @classmethod
    def below(cls, data: str, max_record_bytes: int = 4_000_000) -> EmbeddedBus:
        """The bus of a data folder, made where there is none. Raises BusError."""
        return cls(Path(data) / "bus" / "bus.sqlite", max_record_bytes)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self._path):
            yield self._con

    def ensure(self, topics: Iterable[Topic]) -> None:
        """Create what is missing. Idempotent."""
        wanted = [(name, topic) for topic in topics for name in topic.names()]
        with self._connection() as con:
            there = {row[0]: row[1] for row in con.execute("SELECT name, retention_days FROM topics")}
            missing = [(name, topic) for name, topic in wanted if there.get(name) != topic.retention_days]
            if missing:
                with file.writing(con):
                    for name, topic in missing:
                        file.make_topic(con, name, topic)

    def drift(self, topics: Iterable[Topic]) -> list[str]:
        """Where the file differs from the topology, a sentence each."""
        wanted = {name: topic for topic in topics for name in topic.names()}
        with self._connection() as con:
            there = {row[0]: row[1:] for row in con.execute("SELECT name, partitions, retention_days FROM topics")}
        found = [f"{name}: missing" for name in wanted if name not in there]
        for name, topic in wanted.items():
            has = there.get(name, (topic.partitions, topic.retention_days))
            found += [f"{name}: {what} {is_}, the topology says {should}" for what, is_, should in zip(
                ("partitions", "retention days"), has, (topic.partitions, topic.retention_days), strict=True) if is_ != should]
        return found

    def producer(self) -> EmbeddedProducer:
        """A new producer with a connection of its own."""
        return EmbeddedProducer(self._path, self._most)

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> EmbeddedConsumer:
        """A reader. Raises BusError naming the process that holds the group."""
        return EmbeddedConsumer(self._path, group, topics, manual=manual)

    def log_id(self, topic: str) -> str:
        """Identity of the topic's logs."""
        with self._connection() as con:
            row = con.execute("SELECT log_id FROM topics WHERE name = ?", (topic,)).fetchone()
            if row is None:
                file.logs_of(con, topic)
            return str(row[0])

    def end_offsets(self, topic: str) -> Mapping[Partition, int]:
        """Next offset to be written, by partition."""
        with self._connection() as con:
            return {log.at: file.next_offset(con, log) for log in file.logs_of(con, topic)}

    def lag(self, group: str, topics: Sequence[str]) -> Sequence[Lag]:
        """Where a group stands, by partition."""
        with self._connection() as con:
            stored = dict(con.execute("SELECT log, next FROM commits WHERE consumer_group = ?", (group,)).fetchall())
            return [self._lag(con, log, int(stored.get(log.number, 0)))
                    for topic in topics for log in file.logs_of(con, topic)]

    @staticmethod
    def _lag(con: sqlite3.Connection, log: Log, committed: int) -> Lag:
        end, committed = file.next_offset(con, log), max(committed, file.first_offset(con, log))
        return Lag(log.at, committed, end, file.appended_at(con, log, committed) if committed < end else None)

    def read(self, at: Partition, offset: int, limit: int = 1) -> Sequence[Record]:
        """Records by position; fewer where the log ends or retention took them."""
        with self._connection() as con:
            logs = {log.at: log for log in file.logs_of(con, at.topic)}
            if at not in logs:
                raise BusError(f"topic {at.topic!r} has no partition {at.number}, only 0 to {len(logs) - 1}")
            return file.records_from(con, logs[at], offset, limit, MAX_POLL_BYTES)

    def prune(self, topics: Iterable[Topic], now: datetime) -> int:
        """Drop records older than their topic's retention, in short transactions; how many went."""
        gone = 0
        for topic in topics:
            moment = now - timedelta(days=topic.retention_days)
            for name in topic.names():
                with self._connection() as con:
                    logs = file.logs_of(con, name)
                for log in logs:
                    batch = PRUNE_BATCH
                    while batch == PRUNE_BATCH:
                        with self._connection() as con:
                            batch = file.drop_before(con, log, moment, PRUNE_BATCH)
                        gone += batch
        return gone

    def close(self) -> None:
        """Release."""
        self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
