"""Touched stories and articles in, all stories whose claims may change with them out: whole claims, whole stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from warehouse.database import Connection
from warehouse.rows import with_keys

NEIGHBOURS = """
WITH mine AS (SELECT article_id FROM articles SEMI JOIN batch ON articles.story_id = batch.key),
keys AS (SELECT DISTINCT claim_key FROM facts SEMI JOIN mine USING (article_id) WHERE claim_key IS NOT NULL),
shared AS (SELECT DISTINCT claim_id FROM claim_facts SEMI JOIN mine USING (article_id)),
near AS (
    SELECT article_id FROM facts SEMI JOIN keys USING (claim_key)
    UNION SELECT article_id FROM claim_facts SEMI JOIN shared USING (claim_id)
)
SELECT DISTINCT story_id FROM articles SEMI JOIN near USING (article_id)
"""
HELD = """
WITH mine AS (SELECT article_id FROM articles SEMI JOIN batch ON articles.story_id = batch.key),
ids AS (
    SELECT claim_id FROM claim_facts SEMI JOIN mine USING (article_id)
    UNION SELECT claim_id FROM claims SEMI JOIN batch ON claims.story_id = batch.key
)
SELECT claims.* FROM claims SEMI JOIN ids USING (claim_id)
"""


@dataclass
class Scope:
    """What is derived together."""

    stories: set[str]
    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Stored claims of these stories, by id."""
    said: dict[str, dict[str, bool]] = field(default_factory=dict)
    """By stored claim, its facts in order and whether each still stood."""
    disputes: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By stored claim, its conflicts: field and both facts."""


def scope_of(con: Connection, stories: Iterable[str]) -> Scope:
    """Follow shared keys and stored claims from story to story until none joins; then what is stored of them."""
    known, fresh = set(stories), set(stories)
    while fresh:
        fresh = {row["story_id"] for row in with_keys(con, fresh, NEIGHBOURS)} - known
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
