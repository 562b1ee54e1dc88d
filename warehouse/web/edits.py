"""Articles in, what their outlets changed after publication out: headlines word by word, statements that came and went."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import duckdb

from warehouse.digest.view import clean
from warehouse.web.site import Visit

Version = tuple[str, int]
"""Article and number."""
Kind = Literal["same", "added", "removed"]
ALIKE: Final = 0.5
"""Two sentences of which so much agrees are one sentence, changed."""
MOST_EDITS, MOST_WORDS = 12, 300
VERSIONS: Final = """
    SELECT v.article_id, v.version, v.headline, v.changed, v.words_added, v.words_removed, v.fetched_at, a.outlet, a.language,
           a.canonical_url, lag(v.headline) OVER w AS headline_before
    FROM article_versions v JOIN articles a USING (article_id) WHERE v.article_id IN (SELECT unnest($ids))
    WINDOW w AS (PARTITION BY v.article_id ORDER BY v.fetched_at, v.version)
    QUALIFY len(v.changed) > 0 ORDER BY v.fetched_at DESC LIMIT $most"""
EXCERPTS: Final = "SELECT article_id, version, removed, added FROM edit_excerpts WHERE article_id IN (SELECT unnest($ids))"
SENTENCES: Final = """
    SELECT article_id, version, list(DISTINCT sentence ORDER BY sentence) AS sentences FROM facts
    WHERE article_id IN (SELECT unnest($ids)) GROUP BY ALL"""


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Edit:
    """One change of an article by its outlet."""

    outlet: str
    url: str
    language: str
    at: datetime
    """When it was seen: the change lies before."""
    changed: tuple[str, ...]
    words_added: int
    words_removed: int
    headline: tuple[Piece, ...]
    """Empty where the headline stayed."""
    statements: tuple[tuple[Piece, ...], ...]
    """Sentences that changed, as excerpts; where there are none of them, those with facts."""


def edits_of(visit: Visit, article_ids: Sequence[str]) -> list[Edit]:
    """The latest edits of these articles, newest first."""
    if not article_ids:
        return []
    said: dict[Version, list[str]] = {
        (row["article_id"], row["version"]): row["sentences"] for row in visit.rows(SENTENCES, {"ids": list(article_ids)})}
    excerpts = _excerpts(visit, article_ids)
    return [_edit(row, said, excerpts) for row in visit.rows(VERSIONS, {"ids": list(article_ids), "most": MOST_EDITS})]


def _excerpts(visit: Visit, article_ids: Sequence[str]) -> dict[Version, tuple[list[str], list[str]]]:
    try:
        rows = visit.rows(EXCERPTS, {"ids": list(article_ids)})
    except duckdb.CatalogException:
        return {}  # A snapshot of the time before there were any.
    return {(row["article_id"], row["version"]): (row["removed"], row["added"]) for row in rows}


def _edit(row: dict[str, Any], said: dict[Version, list[str]], excerpts: dict[Version, tuple[list[str], list[str]]]) -> Edit:
    stated = [said.get((row["article_id"], row["version"] - back), []) for back in (1, 0)]
    before, after = excerpts.get((row["article_id"], row["version"]), stated)
    headline = word_diff(row["headline_before"] or "", row["headline"]) if "headline" in row["changed"] else ()
    return Edit(row["outlet"], row["canonical_url"], row["language"], row["fetched_at"], tuple(row["changed"]),
                row["words_added"] or 0, row["words_removed"] or 0, headline,
                () if "withdrawn" in row["changed"] else statement_diffs(before, after))


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The words that stayed, went and came, in reading order; joined they are `before` or `after` again."""
    old, new = _words(clean(before, 2000)), _words(clean(after, 2000))
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("removed", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("added", "".join(new[c:d]))] if d > c else []
    return tuple(pieces)


def statement_diffs(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Sentences that differ: those much alike are paired, the others came or went whole."""
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    diffs: list[tuple[Piece, ...]] = []
    for old in gone:
        near = max(come, key=lambda new: _likeness(old, new), default=None)
        if near is None or _likeness(old, near) < ALIKE:
            diffs.append((Piece("removed", clean(old, 600)),))
            continue
        come.remove(near)
        diffs.append(word_diff(old, near))
    return tuple(diffs + [(Piece("added", clean(new, 600)),) for new in come])


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    """Words and the spaces between them, so that joining them gives the text."""
    return re.findall(r"\s+|\S+", text)[:MOST_WORDS]
