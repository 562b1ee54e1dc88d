"""The published snapshot in, rows out: a read-only cursor a request, opened anew when the file was replaced.

DuckDB hands a second connection to the same path the database that is already open, even where the name leads to another
file by now (measured on 2.0.0). So each snapshot is attached to a database in memory of its own; who still reads the one
before keeps it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from config.settings import Settings
from warehouse.database import OFFLINE, Connection
from warehouse.files import WarehouseError

Row = dict[str, Any]
Identity = tuple[int, int, int]
"""Inode, time of change (ns) and size: another file has another."""
SECONDS: Final = 10.0
"""A page's query may take so long."""


class NothingPublishedError(WarehouseError):
    """There is no snapshot yet."""


class SlowQueryError(WarehouseError):
    """A query was stopped at its limit of time."""


@dataclass(frozen=True)
class Reading:
    """A cursor on one snapshot."""

    identity: Identity
    cursor: Connection = field(repr=False)

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """The rows of one query, by column. Raises SlowQueryError, duckdb.Error."""
        answer = self.execute(sql, parameters)
        columns = [column[0] for column in answer.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]

    def one(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """The first row, if any. Raises as `rows`."""
        return next(iter(self.rows(sql, parameters)), None)

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = (), seconds: float = SECONDS) -> Connection:
        """The cursor with its answer, within `seconds`. Raises SlowQueryError, duckdb.Error."""
        with self._limit(seconds):
            return self.cursor.execute(sql, parameters)

    def arrow(self, sql: str, parameters: dict[str, Any], seconds: float = SECONDS) -> Any:
        """The answer as an Arrow table. Raises as `rows`."""
        with self._limit(seconds):
            return self.cursor.sql(sql, params=parameters).to_arrow_table()

    @contextmanager
    def _limit(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self.cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise SlowQueryError(f"stopped after {seconds:g} s") from error
        finally:
            timer.cancel()


class Reader:
    """Opens the snapshot at `path` when first asked, and again whenever it was replaced. Safe between threads."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self._lock = threading.Lock()
        self._open: tuple[Identity, Connection] | None = None

    def identity(self) -> Identity:
        """Which snapshot is published now. Raises NothingPublishedError."""
        try:
            found = self._path.stat()
        except OSError as error:
            raise NothingPublishedError(f"{self._path}: nothing published yet") from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A cursor on the newest snapshot. Raises WarehouseError."""
        identity, connection = self._current()
        cursor = connection.cursor()
        try:
            cursor.execute("USE snapshot")
            yield Reading(identity, cursor)
        finally:
            cursor.close()

    def _current(self) -> tuple[Identity, Connection]:
        with self._lock:
            identity = self.identity()
            if self._open is None or self._open[0] != identity:
                # The one before is not closed: that would end its cursors; it goes with the last of them.
                self._open = identity, _attach(self._path, self._settings)
            return self._open


def _attach(path: Path, settings: Settings) -> Connection:
    try:
        connection = duckdb.connect(":memory:", config={**OFFLINE, "memory_limit": settings.memory_limit, "threads": "2",
                                                        "temp_directory": ""})
        connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS snapshot (READ_ONLY)")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET GLOBAL enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: cannot be read: {error}") from error
    return connection
