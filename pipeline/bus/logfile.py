"""A path in, connections to the bus file (SQLite, WAL) out; appends to its logs and reads from them.

A record's row id is its log's number and its offset in one integer, so that an append goes to the end of its log's range,
a read walks one range in order, and the file needs no second index however many records it holds.

Durability: `synchronous=NORMAL`. What a flush wrote survives the death of any process (SIGKILL too). A power cut may take
the last moments before it; the file stays whole, and the crawler's frontier and the loader's offsets notice nothing worse
than a log that is shorter than they knew, which the load reports.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipeline.bus import BusError, Partition, Record
from pipeline.topology import Topic

FORMAT: Final = 1
"""`PRAGMA user_version` of the file."""
OFFSET_BITS: Final = 40
"""A log holds up to 2**40 records, a file up to 2**22 logs."""
BUSY_SECONDS: Final = 30.0
SCHEMA: Final = """
CREATE TABLE topics (name TEXT PRIMARY KEY, log_id TEXT NOT NULL, partitions INTEGER NOT NULL, retention_days INTEGER NOT NULL);
CREATE TABLE logs (log INTEGER PRIMARY KEY, topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL DEFAULT 0,
                   UNIQUE (topic, partition));
CREATE TABLE records (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE commits (consumer_group TEXT, log INTEGER, next INTEGER NOT NULL, PRIMARY KEY (consumer_group, log)) WITHOUT ROWID;
"""
ADVICE: Final = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and start again; nothing that was flushed is lost",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: move it away and start again (a new one is made), then `marsad replay`",
    sqlite3.SQLITE_NOTADB: "this is not a bus file: move it away and start again (a new one is made)",
    sqlite3.SQLITE_BUSY: "another process kept it locked for too long: `fuser` names it; stop it and start again",
    sqlite3.SQLITE_READONLY: "it cannot be written: mend its permissions or set MARSAD_DATA to another folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: mend its permissions or set MARSAD_DATA to another folder",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written: see the system's log",
}


@dataclass(frozen=True)
class Log:
    """One partition as the file knows it."""

    number: int
    at: Partition

    def row(self, offset: int) -> int:
        """The row id of an offset."""
        return (self.number << OFFSET_BITS) | offset


@dataclass(frozen=True)
class Unsent:
    """A record that waits for the flush."""

    log: Log
    key: str
    headers: Mapping[str, str]
    value: bytes


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a BusError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        raise BusError(f"{path}: {ADVICE.get(code, 'the bus file cannot be used')} ({error})") from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the file, which is made where it does not exist. Raises BusError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BusError(f"{path.parent}: the bus's folder cannot be made ({error.strerror}): "
                       "mend its permissions or set MARSAD_DATA to another folder") from error
    with explained(path):
        con = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _make(con, path)
            con.execute("PRAGMA synchronous = NORMAL")
            con.execute("PRAGMA journal_size_limit = 67108864")
        except BaseException:
            con.close()
            raise
        return con


def _made(con: sqlite3.Connection, path: Path) -> bool:
    version = con.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, FORMAT):
        raise BusError(f"{path}: made by another version of Marsad (format {version}, this one writes {FORMAT}): "
                       "drain it with that version, then move it away")
    return bool(version == FORMAT)


def _make(con: sqlite3.Connection, path: Path) -> None:
    """Give an empty file its tables. SQLite fails, instead of waiting, where two switch one file to WAL: hence the lock."""
    if _made(con, path):
        return
    with locked(path.with_name("making.lock")):
        if not _made(con, path):
            con.execute("PRAGMA page_size = 8192")
            con.execute("PRAGMA journal_mode = WAL")
            con.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the file lock, and hold it."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise BusError(f"{path}: cannot be written ({error.strerror}): "
                       "mend its permissions or set MARSAD_DATA to another folder") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def writing(con: sqlite3.Connection) -> Iterator[None]:
    """One transaction that holds the write lock from its start."""
    con.execute("BEGIN IMMEDIATE")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        if con.in_transaction:
            con.execute("ROLLBACK")
        raise


def make_topic(con: sqlite3.Connection, name: str, topic: Topic) -> None:
    """Create the logs of one name. Where they exist only the retention changes: more partitions would move keys."""
    con.execute("INSERT INTO topics VALUES (?, ?, ?, ?) "
                "ON CONFLICT (name) DO UPDATE SET retention_days = excluded.retention_days",
                (name, uuid.uuid4().hex, topic.partitions, topic.retention_days))
    partitions = con.execute("SELECT partitions FROM topics WHERE name = ?", (name,)).fetchone()[0]
    con.executemany("INSERT OR IGNORE INTO logs (topic, partition) VALUES (?, ?)", [(name, n) for n in range(partitions)])


def logs_of(con: sqlite3.Connection, topic: str) -> tuple[Log, ...]:
    """The logs of a topic by partition number. Raises BusError where there is none of that name."""
    rows = con.execute("SELECT log, partition FROM logs WHERE topic = ? ORDER BY partition", (topic,)).fetchall()
    if not rows:
        raise BusError(f"no topic {topic!r} on this bus: `marsad doctor` creates what the topology names")
    return tuple(Log(log, Partition(topic, partition)) for log, partition in rows)


def log_for(logs: Sequence[Log], key: str) -> Log:
    """Where a key goes: the same for ever, in every process."""
    return logs[zlib.crc32(key.encode()) % len(logs)]


def next_offset(con: sqlite3.Connection, log: Log) -> int:
    """The offset that the next append gets."""
    return int(con.execute("SELECT next FROM logs WHERE log = ?", (log.number,)).fetchone()[0])


def first_offset(con: sqlite3.Connection, log: Log) -> int:
    """The offset of the oldest record that retention left; the end where it left none."""
    row = con.execute("SELECT id FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT 1",
                      (log.row(0), log.row(0) + (1 << OFFSET_BITS))).fetchone()
    return int(row[0]) - log.row(0) if row else next_offset(con, log)


def append(con: sqlite3.Connection, batch: Sequence[Unsent]) -> None:
    """Write the batch in one transaction: all of it or nothing."""
    with writing(con):
        at = time.time_ns() // 1000
        following = {log: next_offset(con, log) for log in {one.log for one in batch}}
        rows = []
        for one in batch:
            rows.append((one.log.row(following[one.log]), at, one.key, json.dumps(dict(one.headers)), one.value))
            following[one.log] += 1
        con.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", rows)
        con.executemany("UPDATE logs SET next = ? WHERE log = ?", [(next_, log.number) for log, next_ in following.items()])


def records_from(con: sqlite3.Connection, log: Log, offset: int, limit: int, most_bytes: int) -> list[Record]:
    """Up to `limit` records of a log from `offset` on, ending early once they hold `most_bytes` of values."""
    rows = con.execute("SELECT id, at, key, headers, value FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
                       (log.row(offset), log.row(0) + (1 << OFFSET_BITS), limit))
    found: list[Record] = []
    size = 0
    for row, at, key, headers, value in rows:
        found.append(Record(log.at, row - log.row(0), key, value, json.loads(headers), at))
        size += len(value)
        if size >= most_bytes:
            break
    rows.close()
    return found


def appended_at(con: sqlite3.Connection, log: Log, offset: int) -> datetime | None:
    """When the first record from `offset` on was appended."""
    row = con.execute("SELECT at FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT 1",
                      (log.row(offset), log.row(0) + (1 << OFFSET_BITS))).fetchone()
    return _time(row[0]) if row else None


def drop_before(con: sqlite3.Connection, log: Log, moment: datetime, limit: int) -> int:
    """Delete up to `limit` records from the log's start that were appended before `moment`; how many."""
    with writing(con):
        rows = con.execute("SELECT id, at FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
                           (log.row(0), log.row(0) + (1 << OFFSET_BITS), limit)).fetchall()
        old = 0
        while old < len(rows) and rows[old][1] < moment.timestamp() * 1_000_000:
            old += 1
        if old:
            con.execute("DELETE FROM records WHERE id BETWEEN ? AND ?", (log.row(0), rows[old - 1][0]))
        return old


def _time(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
