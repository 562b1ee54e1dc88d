"""An outlet or a person in, all rows about them deleted for good out, and kept from coming back by a replay.

Of an outlet everything goes. Of a person go mentions, quotes, roles and appointments, and the claims they make; the articles
stay as published, since they are the outlets' and not ours to rewrite. The archive and the bus keep raw pages until their own
retention ends: `Erased.left` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from config.settings import Settings
from pipeline.events import Appointment, Fact, PersonRole, PlacedArticle, Quote
from pipeline.language.folding import fold_text
from warehouse import claims, stories, weeks
from warehouse.claims import Rules
from warehouse.database import Connection, open_writer, transaction
from warehouse.files import sole_writer
from warehouse.kept import forget
from warehouse.migrate import migrate
from warehouse.rows import delete, dicts, insert, with_keys

Kind = Literal["outlet", "person"]
LEFT: Final = ("the WARC archive, below data/archive", "the bus, until the retention of its topics ends",
               "Parquet files and backups that were made before")
OF_ARTICLES: Final = ("articles", "article_versions", "labels", "mentions", "facts", "fact_parties", "placement_changes")
OF_CLAIMS: Final = ("claims", "claim_facts", "conflicts", "claim_history")
BLANK: Final = """
UPDATE claim_events SET event = '{}', produced_at = coalesce(produced_at, now())
WHERE list_has_any(json_extract_string(event, '$.reports[*].fact_id'), (SELECT list(key) FROM batch)) RETURNING seq
"""
BLANK_HEADLINES: Final = """
UPDATE claim_events SET event = '{}', produced_at = coalesce(produced_at, now())
WHERE json_extract_string(event, '$.story_headline') IN (SELECT key FROM batch) RETURNING seq
"""
"""That a change was noted stays, so that it is not announced again; what it said goes, and is not sent any more."""
PEOPLE: Final = """
SELECT fact_id, article_id FROM facts WHERE kind IN ('quote', 'person_role', 'appointment') AND (
    $name IN (person_entity, speaker_entity)
    OR $folded IN (folded(person), folded(person_surface), folded(speaker), folded(speaker_surface)))
"""


@dataclass(frozen=True)
class Erased:
    """What was deleted, and where else it may lie."""

    articles: int
    facts: int
    mentions: int
    left: tuple[str, ...] = LEFT


def erase(settings: Settings, kind: Kind, name: str, *, reason: str) -> Erased:
    """Delete all about the outlet (by id) or person (by entity id or name), and the kept snapshots. Raises WarehouseError.

    Then run compact, publish and rebuild the search index: until then deleted texts lie in free blocks.
    """
    with sole_writer(settings), closing(open_writer(settings)) as con:
        migrate(con)
        with transaction(con):
            weeks.mark_all(con)
            done = _outlet(con, name, settings) if kind == "outlet" else _person(con, name, settings)
            insert(con, "erasures", [{
                "kind": kind, "name": name, "erased_at": datetime.now(UTC), "reason": reason}])
            con.execute("UPDATE load_state SET generation = generation + 1, loaded_at = ?", [datetime.now(UTC)])
        weeks.refresh(con)
    forget(settings)
    return done


def spared(con: Connection, placed: Sequence[PlacedArticle]) -> list[PlacedArticle]:
    """The events without what was erased: articles of erased outlets, facts and mentions of erased people."""
    rows = dicts(con, "SELECT kind, name FROM erasures")
    if not rows:
        return list(placed)
    outlets = {row["name"] for row in rows if row["kind"] == "outlet"}
    people = {row["name"] for row in rows if row["kind"] == "person"}
    people |= {_folded(name) for name in people}
    kept = [event for event in placed if event.classified.article.ref.outlet not in outlets]
    return [_without(event, people) for event in kept] if people else kept


def _without(event: PlacedArticle, people: set[str]) -> PlacedArticle:
    classified = event.classified
    facts = tuple(fact for fact in classified.facts if not _names(fact) & people)
    mentions = tuple(one for one in classified.mentions if one.kind != "person" or not {
        one.entity_id or "", _folded(one.name), _folded(one.surface)} & people)
    return msgspec.structs.replace(event, classified=msgspec.structs.replace(classified, facts=facts, mentions=mentions))


def _names(fact: Fact) -> set[str]:
    fields = fact.fields
    if isinstance(fields, Quote):
        return {fields.speaker_entity or "", _folded(fields.speaker or ""), _folded(fields.speaker_surface or "")} - {""}
    if isinstance(fields, PersonRole | Appointment):
        return {fields.person_entity or "", _folded(fields.person), _folded(fields.person_surface)} - {""}
    return set()


def _folded(name: str) -> str:
    return " ".join(fold_text(name).split())


def _outlet(con: Connection, outlet: str, settings: Settings) -> Erased:
    found = dicts(con, "SELECT article_id, story_id, placed_story_id, headline FROM articles WHERE outlet = ?", [outlet])
    ids = {row["article_id"] for row in found}
    facts = with_keys(con, ids, "SELECT DISTINCT fact_id FROM facts SEMI JOIN batch ON article_id = key")
    mentions = with_keys(con, ids, "SELECT entity_id FROM mentions SEMI JOIN batch ON article_id = key")
    _forget_claims(con, {row["fact_id"] for row in facts})
    with_keys(con, {row["headline"] for row in found}, BLANK_HEADLINES)
    for table in OF_ARTICLES:
        delete(con, table, ("article_id",), [(article_id,) for article_id in ids])
    for table in ("fetches", "rejections"):
        con.execute(f"DELETE FROM {table} WHERE outlet = ?", [outlet])  # noqa: S608 (our own table names)
    con.execute("UPDATE articles SET copy_of = NULL WHERE copy_of NOT IN (SELECT article_id FROM articles)")
    _derive(con, {row[name] for row in found for name in ("story_id", "placed_story_id")}, settings)
    return Erased(len(ids), len(facts), len(mentions))


def _person(con: Connection, name: str, settings: Settings) -> Erased:
    facts = dicts(con, PEOPLE, {"name": name, "folded": _folded(name)})
    mentions = con.execute(
        "DELETE FROM mentions WHERE kind = 'person' AND (entity_id = $name OR $folded IN (folded(name), folded(surface)))",
        {"name": name, "folded": _folded(name)}).fetchone()
    articles = {row["article_id"] for row in facts}
    told = with_keys(con, articles, "SELECT DISTINCT story_id FROM articles SEMI JOIN batch ON article_id = key")
    _forget_claims(con, {row["fact_id"] for row in facts})
    delete(con, "facts", ("fact_id",), [(row["fact_id"],) for row in facts])
    for table in ("entities", "entity_aliases"):
        con.execute(f"DELETE FROM {table} WHERE entity_id = ?", [name])  # noqa: S608 (our own table names)
    _derive(con, {row["story_id"] for row in told}, settings)
    return Erased(0, len(facts), mentions[0] if mentions else 0)


def _forget_claims(con: Connection, facts: set[str]) -> None:
    """Delete the claims that these facts report, and what was said of them; those that others report too are made again."""
    with_keys(con, facts, BLANK)
    ids = with_keys(con, facts, "SELECT DISTINCT claim_id FROM claim_facts SEMI JOIN batch ON fact_id = key")
    for table in OF_CLAIMS:
        delete(con, table, ("claim_id",), [(row["claim_id"],) for row in ids])


def _derive(con: Connection, touched: set[str], settings: Settings) -> None:
    stories.derive(con, touched)
    claims.derive(con, touched, Rules(settings.freshness_hours, datetime.now(UTC), quiet=True))

