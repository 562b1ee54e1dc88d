"""Decisions and what they rest on in, the same again after a restart out: the file place.sqlite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from pipeline.dedup.keys import packed, unpacked
from pipeline.dedup.ranking import Rank
from pipeline.dedup.text import ANY_TIME, Text
from pipeline.events import Language, Placement, PlacementChanged, StoryMerged, Value

SCHEMA: Final = 1
RECENT: Final = 4_000
"""Texts kept at hand, decoded: some 30 MB."""
TABLES: Final = """
CREATE TABLE decisions (event_id TEXT PRIMARY KEY, decision BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY, outlet TEXT NOT NULL, credits TEXT NOT NULL, states_origin INTEGER NOT NULL,
    published_by REAL NOT NULL, placement BLOB, version INTEGER NOT NULL, status TEXT NOT NULL, fetched_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    article_id TEXT, text_hash TEXT, version INTEGER NOT NULL, PRIMARY KEY (article_id, text_hash)) WITHOUT ROWID;
CREATE TABLE readings (
    article_id TEXT, version INTEGER, reading TEXT, PRIMARY KEY (article_id, version, reading)) WITHOUT ROWID;
CREATE TABLE texts (
    doc INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version INTEGER NOT NULL, outlet TEXT NOT NULL, language TEXT NOT NULL,
    at REAL NOT NULL, shingles BLOB NOT NULL, numbers BLOB NOT NULL, days BLOB NOT NULL, keys BLOB NOT NULL,
    UNIQUE (article_id, version));
CREATE INDEX texts_at ON texts (at);
CREATE TABLE keys (key INTEGER, at REAL, doc INTEGER, PRIMARY KEY (key, at, doc)) WITHOUT ROWID;
CREATE TABLE links (
    article_id TEXT, other_id TEXT, copy REAL, event REAL, PRIMARY KEY (article_id, other_id)) WITHOUT ROWID;
"""


class StoreError(Exception):
    """The file cannot be used as it is."""


class Decision(Value, frozen=True, kw_only=True):
    """What was decided on one event: where it stands, or why it goes no further."""

    placement: Placement | None = None
    version: int = 0
    rejected: str | None = None
    changes: tuple[PlacementChanged | StoryMerged, ...] = ()
    """What it changed for others."""


class Known(Value, frozen=True, kw_only=True):
    """What is known of an article."""

    rank: Rank
    outlet: str
    credits: tuple[str, ...]
    """Outlets and agencies that it names as its origin."""
    placement: Placement | None
    version: int
    """Number of the version fetched last."""
    status: str
    fetched_at: float
    """When that version was fetched last."""

    @property
    def article_id(self) -> str:
        """Its id."""
        return self.rank.article_id


class Link(Value, frozen=True, kw_only=True):
    """Another article that this one resembles."""

    other: Known
    copy: float | None
    """Containment, where one is a copy of the other."""
    event: float | None
    """How surely both tell of one event, where they do."""


_ARTICLE: Final = "article_id, outlet, credits, states_origin, published_by, placement, version, status, fetched_at"
_TEXT: Final = "doc, article_id, version, outlet, language, at, shingles, numbers, days, keys"
_decision: Final = msgspec.msgpack.Decoder(Decision)
_placement: Final = msgspec.msgpack.Decoder(Placement)


class Store:
    """The file. One process writes it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A decision must outlive the machine before it is sent: a text that was numbered twice could not be told apart.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA cache_size = -65536")
        self._db.execute("PRAGMA wal_autocheckpoint = 4000")
        self._recent: dict[int, Text] = {}
        self._prepare(path)

    def _prepare(self, path: Path) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._db.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")
        elif version != SCHEMA:
            self._db.close()
            raise StoreError(f"{path}: has schema {version}, this code reads {SCHEMA}; move it away, and it is rebuilt")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # ------------------------------------------------------------ decisions

    def decision(self, event_id: str) -> Decision | None:
        """What was decided on this event before."""
        row = self._db.execute("SELECT decision FROM decisions WHERE event_id = ?", (event_id,)).fetchone()
        return _decision.decode(row[0]) if row else None

    def keep(self, event_id: str, decision: Decision) -> None:
        """Remember the decision."""
        self._db.execute("INSERT INTO decisions VALUES (?, ?)", (event_id, msgspec.msgpack.encode(decision)))

    # ------------------------------------------------------------ articles

    def known(self, article_id: str) -> Known | None:
        """What is known of the article."""
        row = self._db.execute(f"SELECT {_ARTICLE} FROM articles WHERE article_id = ?", (article_id,)).fetchone()  # noqa: S608
        return _known(row) if row else None

    def put(self, known: Known) -> None:
        """Write what is known of an article."""
        rank, placement = known.rank, known.placement
        self._db.execute(
            f"INSERT OR REPLACE INTO articles ({_ARTICLE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (rank.article_id, known.outlet, "\n".join(known.credits), rank.states_origin, rank.published_by,
             msgspec.msgpack.encode(placement) if placement else None, known.version, known.status, known.fetched_at))

    def rename(self, merges: Mapping[str, str]) -> None:
        """Let the articles of merged stories stand in those these went on as."""
        for article_id, blob in self._db.execute("SELECT article_id, placement FROM articles").fetchall():
            placement = _placement.decode(blob)
            story, seen = placement.story_id, set[str]()
            while story in merges and story not in seen:
                seen.add(story)
                story = merges[story]
            if seen:
                moved = msgspec.msgpack.encode(msgspec.structs.replace(placement, story_id=story))
                self._db.execute("UPDATE articles SET placement = ? WHERE article_id = ?", (moved, article_id))

    def version(self, article_id: str, text_hash: str) -> int | None:
        """The number of this text of the article."""
        row = self._db.execute(
            "SELECT version FROM versions WHERE article_id = ? AND text_hash = ?", (article_id, text_hash)).fetchone()
        return int(row[0]) if row else None

    def number(self, article_id: str, text_hash: str, version: int | None = None) -> int:
        """Give a new text of the article the next number (or the one it bore before)."""
        if version is None:
            (last,) = self._db.execute(
                "SELECT coalesce(max(version), 0) FROM versions WHERE article_id = ?", (article_id,)).fetchone()
            version = int(last) + 1
        self._db.execute("INSERT OR IGNORE INTO versions VALUES (?, ?, ?)", (article_id, text_hash, version))
        return version

    def read_anew(self, article_id: str, version: int, reading: str) -> bool:
        """Remember a reading of a version; False where it was known."""
        cursor = self._db.execute("INSERT OR IGNORE INTO readings VALUES (?, ?, ?)", (article_id, version, reading))
        return cursor.rowcount > 0

    # ------------------------------------------------------------ links

    def link(self, article_id: str, other_id: str, copy: float | None, event: float | None) -> None:
        """Remember that two articles resemble each other; what was known only grows."""
        self._db.executemany(
            """INSERT INTO links VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
               copy = nullif(max(coalesce(copy, -1), coalesce(excluded.copy, -1)), -1),
               event = nullif(max(coalesce(event, -1), coalesce(excluded.event, -1)), -1)""",
            ((article_id, other_id, copy, event), (other_id, article_id, copy, event)))

    def links(self, article_id: str) -> list[Link]:
        """The articles that this one resembles."""
        columns = ", ".join(f"a.{name.strip()}" for name in _ARTICLE.split(","))
        rows = self._db.execute(
            f"SELECT l.copy, l.event, {columns} FROM links l JOIN articles a ON a.article_id = l.other_id"  # noqa: S608
            " WHERE l.article_id = ?", (article_id,))
        return [Link(copy=row[0], event=row[1], other=_known(row[2:])) for row in rows]

    # ------------------------------------------------------------ texts

    def add(self, text: Text) -> int:
        """Keep what is compared of a version, or of its new reading; its number in the index."""
        row = (text.article_id, text.version, text.outlet, text.language, text.at, *(
            part.tobytes() for part in (text.shingles, text.numbers, text.days)), packed(text.keys))
        (doc,) = self._db.execute(
            """INSERT INTO texts (article_id, version, outlet, language, at, shingles, numbers, days, keys)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, version) DO UPDATE
               SET keys = excluded.keys RETURNING doc""", row).fetchone()
        self._recent.pop(int(doc), None)
        return int(doc)

    def texts(self, docs: Iterable[int]) -> list[Text]:
        """The texts of these numbers; those asked for lately are at hand."""
        wanted = sorted(docs)
        missing = [doc for doc in wanted if doc not in self._recent]
        marks = ", ".join("?" * len(missing))
        rows = self._db.execute(f"SELECT {_TEXT} FROM texts WHERE doc IN ({marks})", missing) if missing else ()  # noqa: S608
        read = dict(map(_text, rows))
        found = [read[doc] if doc in read else self._recent.pop(doc) for doc in wanted]
        self._recent.update(zip(wanted, found, strict=True))
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]
        return found

    def texts_between(self, start: float, end: float) -> Iterator[tuple[int, Text]]:
        """The texts of event times from start to before end, with their numbers."""
        return map(_text, self._db.execute(f"SELECT {_TEXT} FROM texts WHERE at >= ? AND at < ? ORDER BY doc", (start, end)))  # noqa: S608

    def add_keys(self, doc: int, at: float, keys: Iterable[int]) -> None:
        """Make a text findable by its keys."""
        self._db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", [(key, at, doc) for key in keys])

    def with_keys(self, keys: Iterable[int], start: float, end: float, most: int) -> list[int]:
        """Numbers of the texts of this time, and of those of any time, that have two of the keys and more; most keys first."""
        rows = self._db.execute(
            """WITH wanted AS (SELECT value AS key FROM json_each(?)),
               found AS (
                   SELECT doc FROM wanted CROSS JOIN keys USING (key) WHERE at BETWEEN ? AND ?
                   UNION ALL SELECT doc FROM wanted CROSS JOIN keys USING (key) WHERE at = ? AND ? > at)
               SELECT doc FROM found GROUP BY doc HAVING count(*) > 1 ORDER BY count(*) DESC, doc LIMIT ?""",
            (msgspec.json.encode(list(keys)).decode(), start, end, ANY_TIME, start, most))
        return [doc for (doc,) in rows]


def _known(row: Sequence[object]) -> Known:
    article_id, outlet, credited, states_origin, published_by, placement, version, status, fetched_at = row
    return msgspec.convert(
        {"rank": Rank(states_origin=bool(states_origin), published_by=float(published_by), article_id=str(article_id)),  # type: ignore[arg-type]
         "outlet": outlet, "credits": tuple(str(credited).split("\n")) if credited else (),
         "placement": _placement.decode(placement) if isinstance(placement, bytes) else None,
         "version": version, "status": status, "fetched_at": fetched_at}, Known)


def _text(row: Sequence[object]) -> tuple[int, Text]:
    doc, article_id, version, outlet, language, at, *blobs, keys = row
    shingles, numbers, days = (np.frombuffer(blob, np.uint32) for blob in blobs)  # type: ignore[call-overload]
    return int(doc), Text(  # type: ignore[call-overload]
        article_id=str(article_id), version=int(version), outlet=str(outlet), language=_language(language), at=float(at),  # type: ignore[call-overload, arg-type]
        shingles=shingles, numbers=numbers, days=days, keys=unpacked(keys))  # type: ignore[arg-type]


def _language(value: object) -> Language:
    return msgspec.convert(value, Language)  # type: ignore[no-any-return]
