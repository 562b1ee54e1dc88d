"""One SELECT in, rows of the published snapshot out; nothing else can be read or changed through it.

The question runs in a process of its own: some functions of DuckDB heed neither interruption nor memory limit
(repeat('x', 4000000000) ran on for a minute after it was stopped), and a process can be killed.
"""

from __future__ import annotations

import difflib
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from config.settings import Settings
from warehouse.database import Connection, open_snapshot
from warehouse.files import WarehouseError
from warehouse.isolated import in_own_process

ALLOWED: Final = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
MAX_SQL: Final = 100_000
"""Characters; longer texts are no question of a person's."""
MAX_CHARACTERS: Final = 64_000_000
"""Of all values together; a longer answer is cut off."""
PAGE: Final = 1000
GRACE: Final = 2.0
"""Seconds after its time limit at which a question that heeds no interruption is killed."""
STOPPED: Final = "stopped after {seconds:g} s: ask for less (fewer rows joined, a shorter time span)"


class QueryError(Exception):
    """The question cannot be answered. The message says why, and what to write instead where that is known."""


@dataclass(frozen=True)
class Table:
    """An answer. `complete` is False where more rows would have followed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    complete: bool = True


def query(sql: str, settings: Settings, *, rows: int = 10_000, seconds: float = 30.0) -> Table:
    """The answer to one SELECT (or SHOW, DESCRIBE, EXPLAIN): at most `rows` rows, within `seconds`.

    No file, no network, no setting can be reached from it. Raises QueryError.
    """
    if len(sql) > MAX_SQL:
        raise QueryError(f"the query has {len(sql):,} characters, {MAX_SQL:,} are read at the most")
    if not sql.isprintable() and any(unicodedata.category(letter) in ("Cs", "Cc") and letter not in "\n\r\t" for letter in sql):
        raise QueryError("the query holds characters that no text has (control characters or halves of letters)")
    told = in_own_process(answer, (sql, settings, rows, seconds), seconds + GRACE, max_memory(settings))
    if isinstance(told, Table):
        return told
    raise QueryError(told if isinstance(told, str) else STOPPED.format(seconds=seconds))


def ask(sql: str, settings: Settings, *, rows: int = 10_000, seconds: float = 30.0) -> Table:
    """The same for questions that our own code asks: in this process, and so at once. Raises QueryError."""
    return _answer(sql, settings, rows, seconds)


@contextmanager
def opened_for(sql: str, settings: Settings, *, seconds: float) -> Iterator[Connection]:
    """A connection on which to ask this one SELECT in this process, all within `seconds`. Raises QueryError."""
    with _reading(settings, seconds) as con:
        _the_one(con, sql)
        yield con


def answer(sql: str, settings: Settings, rows: int, seconds: float) -> Table | str:
    """The answer, or what is wrong: runs in the process that is made for it."""
    try:
        return _answer(sql, settings, rows, seconds)
    except QueryError as error:
        return str(error)


def max_memory(settings: Settings) -> int:
    """Bytes of addresses that the process may take: DuckDB's own limit, what it spends beside it, and Python."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B?", settings.memory_limit.strip(), re.I)
    scale = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
    limit = float(found[1]) * scale[found[2].upper()] if found else 2e9
    return int(2 * limit) + 3_000_000_000


def _answer(sql: str, settings: Settings, rows: int, seconds: float) -> Table:
    with _reading(settings, seconds) as con:
        statement = _the_one(con, sql)
        cursor = con.execute(statement)
        columns = tuple(column[0] for column in cursor.description or ())
        return Table(columns, *_fetch(cursor, rows))


@contextmanager
def _reading(settings: Settings, seconds: float) -> Iterator[Connection]:
    try:
        con = open_snapshot(settings)
    except WarehouseError as error:
        raise QueryError(str(error)) from error
    with closing(con), _told(con, seconds), _limit(con, seconds):
        yield con


def _the_one(con: Connection, sql: str) -> duckdb.Statement:
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"one statement at a time, please: found {len(statements)}")
    if statements[0].type not in ALLOWED:
        raise QueryError(f"{statements[0].type.name} is refused: only reading (SELECT, SHOW, DESCRIBE, EXPLAIN) is allowed here")
    if statements[0].type is duckdb.StatementType.EXPLAIN:
        _explains_reading(con, sql)
    return statements[0]


def _explains_reading(con: Connection, sql: str) -> None:
    """EXPLAIN ANALYZE runs what it explains, so that must be reading too."""
    inner = re.sub(r"^\s*explain\s*(\(.*?\)|analyze)?", "", sql, count=1, flags=re.I | re.S)
    if any(one.type is not duckdb.StatementType.SELECT for one in con.extract_statements(inner)):
        raise QueryError("only a SELECT can be explained here")


def _fetch(cursor: Connection, limit: int) -> tuple[tuple[tuple[Any, ...], ...], bool]:
    rows: list[tuple[Any, ...]] = []
    characters = 0
    while page := cursor.fetchmany(min(PAGE, limit + 1 - len(rows))):
        for row in page:
            characters += sum(len(value) for value in row if isinstance(value, str | bytes | list))
            if len(rows) == limit or characters > MAX_CHARACTERS:
                return tuple(rows), False
            rows.append(row)
    return tuple(rows), True


@contextmanager
def _limit(con: Connection, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _told(con: Connection, seconds: float) -> Iterator[None]:
    """DuckDB's errors as messages a reader can act on."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryError(STOPPED.format(seconds=seconds)) from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise QueryError("more memory than allowed (MARSAD_MEMORY_LIMIT): ask for less, or aggregate first") from error
    except duckdb.PermissionException as error:
        raise QueryError("refused: queries reach the warehouse's tables only, no files, networks or extensions") from error
    except duckdb.Error as error:
        raise QueryError(_message(con, str(error))) from error


def _message(con: Connection, told: str) -> str:
    first = told.split("\n\nLINE", 1)[0].strip()
    missing = re.search(r'(?:column|Table with name|Function with name) "?([\w./-]+)"?', first)
    if missing is None:
        return first
    known = _names(con, "columns" if "column" in missing[0] else "tables")
    near = difflib.get_close_matches(missing[1].lower(), known, n=3, cutoff=0.6) if "Function" not in missing[0] else []
    return f"{first.split(chr(10))[0]}" + (f" Nearest: {', '.join(near)}." if near else "")


def _names(con: Connection, what: str) -> list[str]:
    if what == "columns":
        sql = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1"
    else:
        sql = "SELECT table_name FROM information_schema.tables ORDER BY 1"
    return [name for (name,) in con.execute(sql).fetchall()]
