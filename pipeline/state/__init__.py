"""SQLAlchemy URL in, the operational store out: frontier, politeness, deliveries. SQLite by default, PostgreSQL by the same code.

Only what must survive a crash lies here. Everything said to a reader or analyst lies in the warehouse.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from config.reading import ConfigError
from pipeline.state.tables import migrate

BUSY_SECONDS = 30
"""How long a writer waits for another one."""
BUSY_PAUSE = 0.02


class StateError(ConfigError):
    """The store cannot be opened; the message says what to do."""


AWAY = (StateError, SQLAlchemyError)
"""What opening and using a store raises while its database cannot be reached or written."""


class State:
    """An open store. A context manager."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that reads and then writes: nobody else writes meanwhile (SQLite), or rows read FOR UPDATE are held."""
        with self.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by."""
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Release all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open_state(url: str) -> State:
    """The store behind an SQLAlchemy URL, with its tables in place. Raises StateError saying what is wrong with it."""
    try:
        engine = _engine(url)
        migrate(engine)
    except (SQLAlchemyError, ArgumentError, OSError, ImportError) as error:
        raise StateError(f"the operational state cannot be opened (MARSAD_STATE_URL): {error}") from error
    return State(engine)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    """WAL lets readers and one writer work side by side; FULL makes what was sent stay known after a power cut."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Several processes that open a new file at once meet here, and SQLite does not wait for a change of the journal's mode."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE)
