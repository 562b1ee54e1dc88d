"""The published snapshot in, `search.sqlite` brought up to it out: by a cursor, or made anew where that does not lead there.

The index holds stems and no texts. A text that was replaced keeps its entries until the index is made anew, but no longer
leads anywhere: what is found is looked up in the snapshot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from config.settings import Settings
from warehouse.database import Connection, open_snapshot
from warehouse.files import WarehouseError, exclusive
from warehouse.rows import dicts
from warehouse.search.words import stems

VERSION: Final = 2
"""Raised when stems are made otherwise: the index is then made anew."""
AT_A_TIME: Final = 1000
STALE: Final = 0.3
"""Share of entries that lead nowhere, beyond which the index is made anew."""
SCHEMA: Final = """
CREATE TABLE docs (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, event_id TEXT NOT NULL, outlet TEXT NOT NULL, language TEXT NOT NULL,
    day INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(headline, body, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE gone (id INTEGER PRIMARY KEY);
CREATE TABLE state (generation INTEGER NOT NULL, cursor INTEGER NOT NULL, entries INTEGER NOT NULL);
INSERT INTO state VALUES (-1, -1, 0);
"""
FRESH: Final = """
SELECT loaded_in, article_id, event_id, outlet, language, CAST(floor(epoch(event_time) / 86400) AS BIGINT) AS day, headline, body
FROM articles WHERE loaded_in > ?
"""


@dataclass(frozen=True)
class Refreshed:
    """What one refresh did."""

    indexed: int
    removed: int
    anew: bool = False


def index_path(settings: Settings) -> Path:
    """The index, beside the snapshot."""
    return settings.data / "search.sqlite"


def rebuild(settings: Settings) -> Refreshed:
    """Make the index anew from the snapshot. Raises WarehouseError."""
    path = index_path(settings)
    with exclusive(path.with_name("search.lock")):
        fresh = path.with_name(".search.sqlite.new")
        fresh.unlink(missing_ok=True)
        with closing(open_snapshot(settings)) as con:
            with _opened(fresh) as index:
                done = _follow(con, index, -1)
            fresh.replace(path)
    return Refreshed(done, 0, anew=True)


def refresh(settings: Settings) -> Refreshed:
    """Bring the index up to the snapshot. Raises WarehouseError."""
    path = index_path(settings)
    if not _usable(path):
        return rebuild(settings)
    with exclusive(path.with_name("search.lock")), closing(open_snapshot(settings)) as con, _opened(path) as index:
        generation, cursor, entries = index.execute("SELECT generation, cursor, entries FROM state").fetchone()
        if generation == _generation(con):
            return Refreshed(0, 0)
        indexed, removed = _follow(con, index, cursor), 0
        if _count(con) != index.execute("SELECT count(*) FROM docs").fetchone()[0]:
            missing, removed = _reconcile(con, index)
            indexed += missing
        live = index.execute("SELECT count(*) FROM docs").fetchone()[0]
    if entries and live < (1 - STALE) * (entries + indexed):
        return rebuild(settings)
    return Refreshed(indexed, removed)


def _follow(con: Connection, index: sqlite3.Connection, cursor: int) -> int:
    """Index what was loaded after the cursor, in portions; the cursor moves once all is in."""
    done, generation = 0, _generation(con)
    fresh = con.execute(FRESH, [cursor])
    names = [column[0] for column in fresh.description or ()]
    while page := fresh.fetchmany(AT_A_TIME):
        with index:
            done += _add(index, [dict(zip(names, row, strict=True)) for row in page])
    with index:
        index.execute("UPDATE state SET generation = ?, cursor = ?", [generation, generation])
    return done


def _add(index: sqlite3.Connection, rows: list[dict[str, Any]]) -> int:
    known = dict(index.execute(
        f"SELECT article_id, event_id FROM docs WHERE article_id IN ({','.join('?' * len(rows))})",  # noqa: S608 (placeholders)
        [row["article_id"] for row in rows]).fetchall())
    fresh = [row for row in rows if known.get(row["article_id"]) != row["event_id"]]
    number = index.execute("SELECT entries FROM state").fetchone()[0]
    _forget(index, [row["article_id"] for row in fresh])
    index.executemany("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?)", [
        (number + at, row["article_id"], row["event_id"], row["outlet"], row["language"], row["day"])
        for at, row in enumerate(fresh, 1)])
    index.executemany("INSERT INTO words (rowid, headline, body) VALUES (?, ?, ?)", [
        (number + at, stems(row["headline"], row["language"]), stems(row["body"], row["language"]))
        for at, row in enumerate(fresh, 1)])
    index.execute("UPDATE state SET entries = entries + ?", [len(fresh)])
    return len(fresh)


def _forget(index: sqlite3.Connection, articles: list[str]) -> None:
    """Drop what is known of the articles; their entries stay, and `gone` says that they lead nowhere."""
    ids = [(article_id,) for article_id in articles]
    index.executemany("INSERT INTO gone SELECT id FROM docs WHERE article_id = ?", ids)
    index.executemany("DELETE FROM docs WHERE article_id = ?", ids)


def _reconcile(con: Connection, index: sqlite3.Connection) -> tuple[int, int]:
    """Compare all ids: index what is missing, drop what the snapshot does not hold."""
    held = {row["article_id"]: row["event_id"] for row in dicts(con, "SELECT article_id, event_id FROM articles")}
    known = dict(index.execute("SELECT article_id, event_id FROM docs").fetchall())
    gone = list(known.keys() - held.keys())
    with index:
        _forget(index, gone)
    missing = {article_id for article_id, event_id in held.items() if known.get(article_id) != event_id}
    return (_follow(con, index, -1) if missing else 0), len(gone)


def _usable(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as index:
            found: tuple[int] = index.execute("PRAGMA user_version").fetchone()
            index.execute("SELECT generation, cursor, entries FROM state").fetchone()
    except sqlite3.Error:
        return False
    return found[0] == VERSION


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=30)) as index:
            index.execute("PRAGMA journal_mode = WAL" if path.name == "search.sqlite" else "PRAGMA journal_mode = DELETE")
            index.execute("PRAGMA synchronous = NORMAL")
            if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                index.executescript(SCHEMA)
                index.execute(f"PRAGMA user_version = {VERSION}")
            yield index
    except sqlite3.Error as error:
        raise WarehouseError(f"{path}: the search index cannot be written: {error}; delete it, and it is made anew") from error


def _generation(con: Connection) -> int:
    return int(dicts(con, "SELECT generation FROM load_state")[0]["generation"])


def _count(con: Connection) -> int:
    return int(dicts(con, "SELECT count(*) AS n FROM articles")[0]["n"])
