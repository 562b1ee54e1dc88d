"""Touched stories in, all whose claims may change with them out: whole claims, of each story all facts of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from warehouse.database import Connection
from warehouse.rows import with_keys

WANTED = """
WITH wanted AS (SELECT split_part(key, ':', 1) AS kind, substr(key, strpos(key, ':') + 1) AS story_id FROM batch),
mine AS (SELECT a.article_id, w.kind FROM wanted w JOIN articles a USING (story_id)),
shared AS (
    SELECT DISTINCT cf.claim_id FROM mine m JOIN claim_facts cf USING (article_id)
    JOIN claims c ON c.claim_id = cf.claim_id AND c.kind = m.kind
)"""
BEGIN = """
WITH mine AS (SELECT article_id, story_id FROM articles SEMI JOIN batch ON articles.story_id = batch.key)
SELECT kind || ':' || story_id AS key FROM facts JOIN mine USING (article_id)
UNION SELECT kind || ':' || m.story_id
      FROM claims JOIN claim_facts cf USING (claim_id) JOIN mine m ON m.article_id = cf.article_id
UNION SELECT kind || ':' || story_id FROM claims SEMI JOIN batch ON claims.story_id = batch.key
"""
NEIGHBOURS = f"""{WANTED},
keys AS (SELECT DISTINCT claim_key FROM facts SEMI JOIN mine USING (article_id, kind) WHERE claim_key IS NOT NULL),
near AS (
    SELECT article_id, kind FROM facts SEMI JOIN keys USING (claim_key)
    UNION SELECT cf.article_id, c.kind FROM claim_facts cf SEMI JOIN shared USING (claim_id) JOIN claims c USING (claim_id)
)
SELECT DISTINCT kind || ':' || story_id AS key FROM near JOIN articles USING (article_id)
"""  # noqa: S608 (constants of ours)
HELD = f"""{WANTED},
ids AS (FROM shared UNION SELECT claim_id FROM claims SEMI JOIN wanted USING (kind, story_id))
SELECT claims.* FROM claims SEMI JOIN ids USING (claim_id)
"""  # noqa: S608


@dataclass
class Scope:
    """What is derived together."""

    parts: set[str]
    """Kind of fact and story, with a colon between: facts of different kinds are never one claim, so that a story that
    shares an agreement with another brings only its agreements."""
    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Stored claims of these stories, by id."""
    said: dict[str, dict[str, bool]] = field(default_factory=dict)
    """By stored claim, its facts in order and whether each still stood."""
    disputes: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By stored claim, its conflicts: field and both facts."""


def scope_of(con: Connection, stories: Iterable[str]) -> Scope:
    """Follow shared keys and stored claims from story to story until none joins; then what is stored of them."""
    fresh = {row["key"] for row in with_keys(con, stories, BEGIN)}
    known = set(fresh)
    while fresh:
        fresh = {row["key"] for row in with_keys(con, fresh, NEIGHBOURS)} - known
        known |= fresh
    scope = Scope(known)
    scope.held = {row["claim_id"]: row for row in with_keys(con, known, HELD)}
    for row in with_keys(con, scope.held, """
            SELECT claim_id, fact_id, is_current FROM claim_facts SEMI JOIN batch ON claim_id = key
            ORDER BY claim_id, "position" """):
        scope.said.setdefault(row["claim_id"], {})[row["fact_id"]] = row["is_current"]
    for row in with_keys(con, scope.held, """
            SELECT claim_id, field, fact_a, fact_b FROM conflicts SEMI JOIN batch ON claim_id = key"""):
        scope.disputes.setdefault(row["claim_id"], []).append((row["field"], row["fact_a"], row["fact_b"]))
    return scope
