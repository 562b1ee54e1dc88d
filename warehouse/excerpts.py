"""The versions of articles in, of each edit the sentences that went and came out: excerpts, for the public snapshot.

What is shown of an outlet's text stays a quotation: a few sentences of each side, cut, and nothing at all where so much of the
text changed that its excerpts would stand for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.language.sentences import sentences
from warehouse.database import Connection

NEWEST: Final = 2_000
"""Edits that have excerpts, the latest of all outlets: more are looked at by nobody and would slow every publication."""
SENTENCES, CHARACTERS, SHARE = 4, 240, 0.25
"""Sentences of each side, characters of each, and the most of a text (in characters) that may be shown of it."""
LARGEST: Final = 40_000
"""Characters of a text that are compared."""
TABLE: Final = """
    CREATE TABLE edit_excerpts (
        article_id VARCHAR NOT NULL, version INTEGER NOT NULL, removed VARCHAR[] NOT NULL, added VARCHAR[] NOT NULL);
    COMMENT ON TABLE edit_excerpts IS 'One row is an edit: the sentences that it changed, as excerpts (public snapshot only).';
    COMMENT ON COLUMN edit_excerpts.article_id IS 'The article.';
    COMMENT ON COLUMN edit_excerpts.version IS 'The version that the edit made.';
    COMMENT ON COLUMN edit_excerpts.removed IS 'Sentences of the version before that this one has not.';
    COMMENT ON COLUMN edit_excerpts.added IS 'Sentences that the version before had not.'"""
EDITS: Final = """
    WITH edited AS (
        SELECT article_id, version FROM source.article_versions
        WHERE list_contains(changed, 'body') ORDER BY fetched_at DESC, article_id, version LIMIT $newest)
    SELECT e.article_id, e.version, coalesce(b.body, ''), coalesce(v.body, a.body, '')
    FROM edited e JOIN source.article_versions v USING (article_id, version)
    JOIN source.article_versions b ON b.article_id = e.article_id AND b.version = e.version - 1
    LEFT JOIN source.articles a ON a.article_id = e.article_id AND v.is_current"""


def write_excerpts(con: Connection) -> None:
    """Make `edit_excerpts` of the versions in the attached database `source`. Raises duckdb.Error."""
    con.execute(TABLE)
    rows = list(_rows(con.execute(EDITS, {"newest": NEWEST}).fetchall()))
    if rows:
        con.executemany("INSERT INTO edit_excerpts VALUES (?, ?, ?, ?)", rows)


def _rows(edits: Iterable[tuple[str, int, str, str]]) -> Iterator[tuple[str, int, list[str], list[str]]]:
    for article_id, version, before, after in edits:
        removed, added = changed_sentences(before[:LARGEST], after[:LARGEST])
        if removed or added:
            yield article_id, version, removed, added


def changed_sentences(before: str, after: str) -> tuple[list[str], list[str]]:
    """Excerpts of the sentences that only one of the texts has, in their order; nothing where they are too much of either."""
    old, new = _split(before), _split(after)
    removed, added = _only(old, new), _only(new, old)
    if sum(map(len, removed)) > SHARE * len(before) or sum(map(len, added)) > SHARE * len(after):
        return [], []
    return removed, added


def _only(these: list[str], others: list[str]) -> list[str]:
    known = set(others)
    return [_cut(one) for one in dict.fromkeys(these) if one not in known][:SENTENCES]


def _split(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= CHARACTERS else sentence[:CHARACTERS].rsplit(" ", 1)[0] + " …"
