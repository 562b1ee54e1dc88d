"""A query and filters in, the articles of the snapshot that match out, best first or newest first, each with an excerpt."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from config.settings import Settings
from warehouse.database import Connection, open_snapshot
from warehouse.files import WarehouseError
from warehouse.rows import with_keys
from warehouse.search.index import index_path
from warehouse.search.words import Term, parse, spans

EPOCH: Final = date(1970, 1, 1)
BEFORE, AFTER = 80, 200
"""Characters of an excerpt before and after its first match."""
MOST: Final = 200
"""Hits of one page, at the most."""
MOST_RANKED: Final = 20_000
"""Of more matches, only so many that came last are ranked: ranking costs the more, the more there are."""
HELD: Final = """
SELECT article_id, event_id, headline, body, outlet, language, date_published, canonical_url, story_id, placement, copy_of, status
FROM articles SEMI JOIN batch ON article_id = key
"""


@dataclass(frozen=True)
class Hit:
    """An article that matches."""

    article_id: str
    headline: str
    outlet: str
    language: str
    date_published: datetime | None
    canonical_url: str
    story_id: str
    placement: str
    status: str
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    """Where the words that were asked for stand in the excerpt: start, end."""


@dataclass(frozen=True)
class Filters:
    """Which articles may match; days are of publication (UTC), inclusive."""

    language: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """Further conditions and their values."""
        parts = [("language = ?", self.language), ("outlet = ?", self.outlet),
                 ("day >= ?", (self.since - EPOCH).days if self.since else None),
                 ("day <= ?", (self.until - EPOCH).days if self.until else None)]
        return ("".join(f" AND docs.{sql}" for sql, value in parts if value is not None),
                [value for _, value in parts if value is not None])


@dataclass(frozen=True)
class Hits:
    """A page of hits. `total` counts all that match, copies included."""

    hits: tuple[Hit, ...]
    total: int


def search(
    settings: Settings, query: str, filters: Filters | None = None, *, order: Literal["best", "newest"] = "best",
    limit: int = 20, offset: int = 0, snapshot: Connection | None = None,
) -> Hits:
    """Articles that hold all words and "phrases" of the query and none of its -words, `limit` of them (200 at the most).

    Give the `snapshot` where it is open already (with its texts): opening it takes longer than the search. Raises
    WarehouseError where nothing was published or indexed yet.
    """
    terms = parse(query)
    wanted = [term for term in terms if not term.excluded]
    if not wanted:
        return Hits((), 0)
    found, total = _matches(settings, _match(terms), filters or Filters(), order, (min(limit, MOST), offset))
    stems = frozenset(stem for term in wanted for alternative in term.alternatives for stem in alternative)
    with nullcontext(snapshot) if snapshot else closing(open_snapshot(settings)) as con:
        held = {row["article_id"]: row for row in with_keys(con, [article_id for article_id, _ in found], HELD)} if found else {}
    return Hits(tuple(
        _hit(held[article_id], stems) for article_id, event_id in found
        if article_id in held and held[article_id]["event_id"] == event_id), total)


def _match(terms: tuple[Term, ...]) -> str:
    """The query in FTS5's language; stems are letters and digits, so that quoting them is enough."""
    def one(term: Term) -> str:
        return "(" + " OR ".join('"' + " ".join(stems) + '"' for stems in term.alternatives) + ")"
    wanted = " AND ".join(one(term) for term in terms if not term.excluded)
    unwanted = " OR ".join(one(term) for term in terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _matches(
    settings: Settings, match: str, filters: Filters, order: str, page: tuple[int, int],
) -> tuple[list[tuple[str, str]], int]:
    path, (where, values) = index_path(settings), filters.sql()
    if where or order == "newest":
        source = f"FROM words JOIN docs ON docs.id = words.rowid WHERE words MATCH ?{where}"
    else:
        source = "FROM words WHERE words MATCH ? AND rowid NOT IN (SELECT id FROM gone)"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as index:
            total = int(index.execute(f"SELECT count(*) {source}", [match, *values]).fetchone()[0])
            ids = _page(index, source, [match, *values], order, total, page)
            known = {number: (article_id, event_id) for number, article_id, event_id in index.execute(
                f"SELECT id, article_id, event_id FROM docs WHERE id IN ({','.join('?' * len(ids))})", ids)}  # noqa: S608
    except sqlite3.Error as error:
        raise WarehouseError(f"{path}: cannot be searched ({error}): `marsad warehouse index` makes it anew") from error
    return [known[number] for number in ids if number in known], total


def _page(
    index: sqlite3.Connection, source: str, values: list[Any], order: str, total: int, page: tuple[int, int],
) -> list[int]:
    """Numbers of the entries on the page."""
    if order == "newest":
        ranking = "docs.day DESC, docs.id DESC"
    else:
        ranking = "bm25(words, 4.0, 1.0), words.rowid DESC"
        if total > MOST_RANKED:
            last = index.execute(
                f"SELECT words.rowid {source} ORDER BY words.rowid DESC LIMIT 1 OFFSET ?", [*values, MOST_RANKED]).fetchone()
            source, values = f"{source} AND words.rowid > ?", [*values, last[0]]
    found = index.execute(f"SELECT words.rowid {source} ORDER BY {ranking} LIMIT ? OFFSET ?", [*values, *page])
    return [number for (number,) in found]


def _hit(row: dict[str, Any], stems: frozenset[str]) -> Hit:
    excerpt, marks = _excerpt(row["body"], stems, row["language"])
    return Hit(**{name: row[name] for name in (
        "article_id", "headline", "outlet", "language", "date_published", "canonical_url", "story_id", "placement", "status")},
        excerpt=excerpt, marks=marks)


def _excerpt(body: str, stems: frozenset[str], language: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first match, cut at spaces; its beginning where only the headline matches."""
    first = next(spans(body, stems, language), (0, 0))
    start, end = max(0, first[0] - BEFORE), min(len(body), first[1] + AFTER)
    start = body.rfind(" ", 0, start + 1) + 1 if start else 0
    end = end if end == len(body) else max(body.rfind(" ", first[1], end), first[1])
    cut = body[start:end].replace("\n", " ")
    return cut, tuple(spans(cut, stems, language))
