"""Two snapshots and the pages that both read in, the articles and facts that were added, lost or changed out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from config.settings import Settings
from warehouse.read import QueryError, ask

Row = Mapping[str, Any]
CHUNK: Final = 200
"""Articles compared at a time: bounds what is in memory."""
COMPARED: Final = ("headline", "body", "lead", "captions", "language", "authors", "date_published", "date_modified", "section",
                   "canonical_url", "original_outlet", "agency", "is_accessible_for_free", "status", "labels")
ARTICLES: Final = f"""
SELECT article_id, page_id, url, outlet, {', '.join(name for name in COMPARED if name != 'labels')},
       (SELECT list(scheme || ':' || code ORDER BY scheme, code) FROM labels l WHERE l.article_id = a.article_id) AS labels
FROM articles a WHERE """  # noqa: S608 (columns of ours)
IDS: Final = "SELECT article_id FROM articles WHERE "
FACTS: Final = """
SELECT article_id, kind, sentence, start_offset, fields::VARCHAR AS fields FROM facts WHERE is_current AND """


@dataclass
class Changes:
    """What differs."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    alike: int = 0
    """Articles without any difference."""
    newer: int = 0
    """Articles whose current version is of another page than these."""

    @property
    def added_articles(self) -> frozenset[str]:
        """Ids of articles that only the new reading found."""
        return frozenset(row["article_id"] for row in self.rows if (row["what"], row["change"]) == ("article", "added"))


def compare(before: Settings, after: Settings, pages: Sequence[str]) -> Changes:
    """What the snapshot of `after`, read from these pages, says otherwise than that of `before`."""
    changes, compared = Changes(), set[str]()
    for ids in _chunks(pages):
        old = _by_id(_rows(before, ARTICLES + _among("page_id", ids)))
        new = _by_id(_rows(after, ARTICLES + _among("article_id", old)))
        compared |= set(old)
        _compare(changes, old, new, _facts(before, old), _facts(after, new))
    every = [row["article_id"] for row in _rows(after, IDS + "true ORDER BY article_id")]
    for ids in _chunks(key for key in every if key not in compared):
        elsewhere = _by_id(_rows(before, IDS + _among("article_id", ids)))
        changes.newer += len(elsewhere)
        added = [key for key in ids if key not in elsewhere]
        new = _by_id(_rows(after, ARTICLES + _among("article_id", added)))
        _compare(changes, {}, new, {}, _facts(after, new))
    return changes


def write_changes(changes: Changes, path: Path) -> None:
    """Write all of them as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in changes.rows:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _compare(changes: Changes, old: Mapping[str, Row], new: Mapping[str, Row], old_facts: Mapping[str, list[Row]],
             new_facts: Mapping[str, list[Row]]) -> None:
    for key in (*old, *(key for key in new if key not in old)):
        found = [*article_changes(old.get(key), new.get(key)),
                 *fact_changes(old_facts.get(key, []), new_facts.get(key, []), old.get(key) or new[key])]
        changes.rows += found
        changes.alike += not found


def article_changes(old: Row | None, new: Row | None) -> Iterator[dict[str, Any]]:
    """At most one row: the article was added, lost or changed."""
    known = old or new
    assert known is not None
    about = {"what": "article", "article_id": known["article_id"], "url": known["url"], "outlet": known["outlet"]}
    name = f"{known['outlet']}: {known['headline'] or known['url']}"
    if old is None or new is None:
        how = "added" if old is None else "lost"
        yield {**about, "change": how, "told": name, how: {part: known[part] for part in COMPARED}}
    elif differing := [part for part in COMPARED if old[part] != new[part]]:
        yield {**about, "change": "changed", "told": f"{name} ({', '.join(differing)})",
               "before": {part: old[part] for part in differing}, "after": {part: new[part] for part in differing}}


def fact_changes(old: Sequence[Row], new: Sequence[Row], article: Row) -> Iterator[dict[str, Any]]:
    """Facts that were added, lost or changed; changed are those of one kind in one sentence, taken in the order of the text."""
    about = {"what": "fact", "article_id": article["article_id"], "url": article["url"], "outlet": article["outlet"]}
    before, after = _grouped(old), _grouped(new)
    for key in sorted({*before, *after}):
        gone, come = before.get(key, []), after.get(key, [])
        both = [one for one in gone if one in come]
        gone, come = _without(gone, both), _without(come, both)
        kind, sentence = key
        for number in range(max(len(gone), len(come))):
            one, two = (side[number] if number < len(side) else None for side in (gone, come))
            how = "added" if one is None else "lost" if two is None else "changed"
            row: dict[str, Any] = {**about, "change": how, "kind": kind, "sentence": sentence,
                                   "told": f"{article['outlet']}: {kind} in: {sentence}"}
            yield {**row, **{side: json.loads(value) for side, value in (("before", one), ("after", two)) if value}}


def _grouped(facts: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for fact in sorted(facts, key=lambda one: (one["start_offset"], one["fields"])):
        grouped.setdefault((fact["kind"], fact["sentence"]), []).append(fact["fields"])
    return grouped


def _without(values: Sequence[str], removed: Sequence[str]) -> list[str]:
    left, rest = list(removed), []
    for value in values:
        if value in left:
            left.remove(value)
        else:
            rest.append(value)
    return rest


def _facts(on: Settings, articles: Iterable[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in _rows(on, FACTS + _among("article_id", articles)):
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def _rows(on: Settings, question: str) -> list[Row]:
    try:
        found = ask(question, on, rows=1_000_000)
    except QueryError:
        if (on.data / "marsad.duckdb").exists():
            raise
        return []   # nothing is published yet: everything is new
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["article_id"]: row for row in rows}


def _among(column: str, values: Iterable[str]) -> str:
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{column} IN ({listed})" if listed else "false"


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
