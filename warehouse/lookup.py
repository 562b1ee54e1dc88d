"""An id in, one story, claim or article of the snapshot with all that is known of it out; redirects are followed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from config.settings import Settings
from warehouse.database import Connection, open_snapshot
from warehouse.files import snapshot_path
from warehouse.rows import dicts

Row = dict[str, Any]
STEPS: Final = 50
"""Redirects followed at the most."""
REPORTS: Final = """
SELECT cf.claim_id, cf.position, cf.source, cf.independent, cf.is_current, f.fact_id, f.kind, f.value, f.currency, f.unit,
       f.surface, f.modality, f.status, f.stage, f.date, f.subject, f.attributed_to, f.fields::VARCHAR AS fields,
       f.sentence, f.zone, f.start_offset, f.end_offset, f.extractor, f.confidence, f.version,
       a.article_id, a.outlet, a.headline, a.language, a.date_published, a.date_published_precision, a.canonical_url,
       a.placement, a.copy_of, a.agency, a.status AS article_status
FROM claim_facts cf JOIN facts f USING (fact_id) JOIN articles a ON a.article_id = f.article_id
WHERE cf.claim_id = ? ORDER BY cf.position
"""
FACTS: Final = """
SELECT f.*, c.claim_id, c.state AS claim_state, c.sources AS claim_sources
FROM facts f LEFT JOIN claim_facts cf USING (fact_id) LEFT JOIN claims c ON c.claim_id = cf.claim_id
WHERE f.article_id = ? AND f.version = ? ORDER BY f.zone <> 'title', f.start_offset, f.kind, f.fact_id
"""


@dataclass(frozen=True)
class Story:
    """A story: its row of `stories`, its articles in order of publication (story_timeline) and its claims."""

    story: Row
    articles: tuple[Row, ...]
    claims: tuple[Row, ...]
    redirected_from: str | None = None
    """The id asked for, where the story goes on under another."""


@dataclass(frozen=True)
class Claim:
    """A claim: its row of `claims`, who reports it (first report first), where they disagree, how it stood over time."""

    claim: Row
    reports: tuple[Row, ...]
    conflicts: tuple[Row, ...]
    history: tuple[Row, ...]
    changes: tuple[Row, ...]
    """What readers were told of: seq, change, noted_at, alert."""
    redirected_from: str | None = None


@dataclass(frozen=True)
class Article:
    """An article: its row of `articles`, versions, labels, mentions, facts (with claim_id and claim_state) and parties."""

    article: Row
    versions: tuple[Row, ...]
    labels: tuple[Row, ...]
    mentions: tuple[Row, ...]
    facts: tuple[Row, ...]
    parties: tuple[Row, ...]
    story: Row | None


def story(settings: Settings, story_id: str) -> Story | None:
    """The story, also by a former id; None where there is none. Raises WarehouseError."""
    with closing(open_snapshot(settings)) as con:
        present = _present(con, "story_redirects", "story_id", story_id)
        found = dicts(con, "SELECT * FROM stories WHERE story_id = ?", [present])
        if not found:
            return None
        return Story(
            found[0], _all(con, "SELECT * FROM story_timeline WHERE story_id = ? ORDER BY position", present),
            _all(con, "SELECT * FROM claims WHERE story_id = ? ORDER BY first_published NULLS LAST, claim_id", present),
            story_id if present != story_id else None)


def claim(settings: Settings, claim_id: str) -> Claim | None:
    """The claim, also by a former id; None where there is none. Raises WarehouseError."""
    with closing(open_snapshot(settings)) as con:
        present = _present(con, "claim_redirects", "claim_id", claim_id)
        found = dicts(con, "SELECT * FROM claims WHERE claim_id = ?", [present])
        if not found:
            return None
        return Claim(
            found[0], tuple({**row, "fields": json.loads(row["fields"])} for row in dicts(con, REPORTS, [present])),
            _all(con, "SELECT * FROM conflicts WHERE claim_id = ? ORDER BY ALL", present),
            _all(con, "SELECT * FROM claim_history WHERE claim_id = ? ORDER BY noted_at", present),
            _all(con, "SELECT seq, change, what, noted_at, alert FROM claim_events WHERE claim_id = ? ORDER BY seq", present),
            claim_id if present != claim_id else None)


def article(settings: Settings, name: str) -> Article | None:
    """The article by its id, source id or address; None where there is none. Raises WarehouseError."""
    with closing(open_snapshot(settings)) as con:
        found = dicts(con, """
            SELECT * FROM articles WHERE article_id = $1 OR source_id = $1 OR canonical_url = $1 OR url = $1
            ORDER BY article_id = $1 DESC, source_id = $1 DESC, canonical_url = $1 DESC, article_id LIMIT 1""", [name])
        if not found:
            return None
        article_id = found[0]["article_id"]
        stories = dicts(con, "SELECT * FROM stories WHERE story_id = ?", [found[0]["story_id"]])
        facts = dicts(con, FACTS, [article_id, found[0]["version"]])
        return Article(
            found[0], _all(con, "SELECT * FROM article_versions WHERE article_id = ? ORDER BY fetched_at, version", article_id),
            _all(con, "SELECT * FROM labels WHERE article_id = ? ORDER BY scheme, score DESC, code", article_id),
            _all(con, "SELECT * FROM mentions WHERE article_id = ? ORDER BY zone <> 'title', zone, start_offset", article_id),
            tuple({**row, "fields": json.loads(row["fields"])} for row in facts),
            _all(con, 'SELECT * FROM fact_parties WHERE article_id = ? ORDER BY fact_id, version, "position"', article_id),
            stories[0] if stories else None)


def redirects(settings: Settings) -> Mapping[str, str]:
    """All claim ids that were given up, each with the next; empty before the first snapshot. Raises WarehouseError."""
    if not snapshot_path(settings).is_file():
        return {}
    with closing(open_snapshot(settings)) as con:
        return {row["claim_id"]: row["into_claim_id"] for row in dicts(con, "SELECT * FROM claim_redirects")}


def _present(con: Connection, table: str, key: str, name: str) -> str:
    """The id that the thing bears now."""
    for _ in range(STEPS):
        further = dicts(con, f"SELECT into_{key} AS into FROM {table} WHERE {key} = ? AND {key} <> into_{key}", [name])  # noqa: S608
        if not further:
            break
        name = further[0]["into"]
    return name


def _all(con: Connection, sql: str, name: str) -> tuple[Row, ...]:
    return tuple(dicts(con, sql, [name]))
