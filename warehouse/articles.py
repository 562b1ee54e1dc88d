"""Placed articles, placement changes and merges in; articles, versions, labels, mentions and facts written; touched ids out.

What is written for an article is a function of all its events, not of the order in which they came: of two readings of
one text the later wins, of several texts the one fetched last is current, and a replaced row never comes back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipeline.events import PlacedArticle, PlacementChanged, StoryMerged
from warehouse import records, weeks
from warehouse.database import Connection
from warehouse.merges import Merges, moved
from warehouse.rows import delete, dicts, insert, insert_new, with_batch, with_keys
from warehouse.statements import fact_row, party_rows

Row = dict[str, Any]
VERSION_KEY = ("article_id", "version", "status")


@dataclass
class Batch:
    """The events of one batch that place articles."""

    placed: list[PlacedArticle] = field(default_factory=list)
    changes: list[PlacementChanged] = field(default_factory=list)
    merges: list[StoryMerged] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.placed or self.changes or self.merges)


@dataclass
class Touched:
    """What a batch may have changed: all that derives from these is derived anew."""

    articles: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    loaded: int = 0
    """Versions (or better readings of versions) that were written."""


@dataclass
class Known:
    """What the warehouse holds about the touched articles."""

    articles: dict[str, Row]
    versions: dict[str, list[Row]]
    changes: dict[str, list[Row]]
    merges: Merges


def place(con: Connection, batch: Batch) -> Touched:
    """Write all that the batch says about articles, inside the caller's transaction."""
    insert_new(con, "placement_changes", "event_id", [records.change_row(change) for change in batch.changes])
    insert_new(con, "story_merges", "event_id", [
        {"event_id": m.event_id, "story_id": m.story_id, "into_story_id": m.into} for m in batch.merges])
    touched = _touched(con, batch)
    known = _known(con, touched.articles)
    accepted = _accept(batch.placed, known)
    rows = [row for article_id in sorted(touched.articles) if (row := _fold(article_id, known, accepted))]
    loaded_in = dicts(con, "SELECT generation + 1 AS n FROM load_state")[0]["n"]
    _write(con, [{**row, "loaded_in": loaded_in} for row in rows], known, accepted)
    touched.loaded = len(accepted)
    weeks.mark(con, (*known.articles.values(), *rows))
    for row in (*known.articles.values(), *rows):
        touched.stories |= {row["story_id"], row["placed_story_id"]}
    return touched


def _touched(con: Connection, batch: Batch) -> Touched:
    merged = {story for merge in batch.merges for story in (merge.story_id, merge.into)}
    ids = {event.classified.article.article_id for event in batch.placed} | {change.article_id for change in batch.changes}
    if merged:
        ids |= {row["article_id"] for row in with_keys(
            con, merged, "SELECT article_id FROM articles SEMI JOIN batch ON articles.story_id = batch.key")}
    moves = {story for change in batch.changes for story in (change.before.story_id, change.after.story_id)}
    return Touched(articles=ids, stories=merged | moves)


def _known(con: Connection, ids: set[str]) -> Known:
    articles = with_keys(con, ids, "SELECT articles.* FROM articles SEMI JOIN batch ON article_id = key")
    versions, changes = defaultdict(list), defaultdict(list)
    if articles:
        for row in with_keys(con, ids, """
                SELECT v.* REPLACE (coalesce(v.body, a.body) AS body) FROM article_versions v
                SEMI JOIN batch ON v.article_id = key LEFT JOIN articles a ON a.article_id = v.article_id AND v.is_current"""):
            versions[row["article_id"]].append(row)
    for row in with_keys(con, ids, "SELECT c.* FROM placement_changes c SEMI JOIN batch ON article_id = key"):
        changes[row["article_id"]].append(row)
    merges = Merges(dicts(con, "SELECT story_id, into_story_id FROM story_merges"))
    return Known({row["article_id"]: row for row in articles}, versions, changes, merges)


def _accept(placed: Iterable[PlacedArticle], known: Known) -> dict[str, PlacedArticle]:
    """The events that say something new, by event id; `known.versions` is brought up to date."""
    accepted: dict[str, PlacedArticle] = {}
    for event in placed:
        row = records.version_row(event)
        versions = known.versions[row["article_id"]]
        same = next((v for v in versions if all(v[key] == row[key] for key in VERSION_KEY)), None)
        if same is not None:
            if order(same) >= order(row):
                continue
            versions.remove(same)
            accepted.pop(same["event_id"], None)
        versions.append(row)
        accepted[event.event_id] = event
    return accepted


def order(version: Row) -> tuple[Any, ...]:
    """Sorts an article's versions and readings: the last is current."""
    return (version["fetched_at"], version["version"], version["origin"] == "replay", _natural(version["reading"]),
            version["event_id"])


@lru_cache(maxsize=1000)
def _natural(text: str) -> tuple[int | str, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", text))


def _fold(article_id: str, known: Known, accepted: dict[str, PlacedArticle]) -> Row | None:
    """The article's row as it follows from all that is known; marks its versions. None before its first text came."""
    versions = known.versions.get(article_id)
    if not versions:
        return None
    published = [version for version in versions if version["status"] == "published"]
    shown, latest = max(published or versions, key=order), max(versions, key=order)
    _mark(versions, published, shown)
    event = accepted.get(shown["event_id"])
    row = {**records.article_row(event), "word_count": shown["word_count"]} if event else known.articles[article_id]
    (story, kind, copy_of), change = moved(
        (shown["placed_story_id"], shown["placement"], shown["copy_of"]), known.changes.get(article_id, ()), known.merges)
    return {
        **row, "placed_story_id": story, "story_id": known.merges.final(story), "placement": kind, "copy_of": copy_of,
        "similarity": change["after_similarity"] if change else shown["similarity"],
        "placed_by": change["after_placed_by"] if change else shown["placed_by"],
        "status": latest["status"], "withdrawn_at": latest["fetched_at"] if latest["status"] == "withdrawn" else None,
        "versions": len(published),
    }


def _mark(versions: list[Row], published: list[Row], shown: Row) -> None:
    for version in versions:
        version["is_current"] = version is shown
        version.update(changed=["withdrawn"] if version["status"] == "withdrawn" else [], words_added=None, words_removed=None)
    numbered = sorted(published, key=lambda version: int(version["version"]))
    for one, two in pairwise(numbered):
        old, new = Counter(one["body"].split()), Counter(two["body"].split())
        two.update(changed=[part for part in ("headline", "body") if one[part] != two[part]],
                   words_added=(new - old).total(), words_removed=(old - new).total())


def _write(con: Connection, rows: Sequence[Row], known: Known, accepted: dict[str, PlacedArticle]) -> None:
    old = set(known.articles)
    delete(con, "articles", ("article_id",), [(row["article_id"],) for row in rows if row["article_id"] in old])
    insert(con, "articles", rows)
    delete(con, "article_versions", ("article_id",), [(row["article_id"],) for row in rows if row["article_id"] in old])
    insert(con, "article_versions", [
        {**version, "body": None if version["is_current"] else version["body"]}
        for row in rows for version in known.versions[row["article_id"]]])
    _write_readings(con, rows, old, accepted)


def _write_readings(con: Connection, rows: Sequence[Row], old: set[str], accepted: dict[str, PlacedArticle]) -> None:
    """Labels and mentions of the current versions, facts of all."""
    shown = [accepted[row["event_id"]] for row in rows if row["event_id"] in accepted]
    changed = [(row["article_id"],) for row in rows if row["article_id"] in old and row["event_id"] in accepted]
    for table, rows_of in (("labels", records.label_rows), ("mentions", records.mention_rows)):
        delete(con, table, ("article_id",), changed)
        insert(con, table, [made for event in shown for made in rows_of(event)])
    again = [(a.classified.article.article_id, a.version) for a in accepted.values()
             if a.classified.article.article_id in old and a.classified.article.status == "published"]
    for table in ("facts", "fact_parties"):
        delete(con, table, ("article_id", "version"), again)
    stated = [(event, fact) for event in accepted.values()
              for fact in {fact.fact_id: fact for fact in event.classified.facts}.values()]
    current = {row["event_id"] for row in rows if row["status"] == "published"}
    insert(con, "facts", [fact_row(event, fact, current=event.event_id in current) for event, fact in stated])
    insert(con, "fact_parties", [row for event, fact in stated for row in party_rows(event, fact)])
    stood = [row for row in rows if row["article_id"] in old]
    if stood:
        with_batch(con, "articles", stood, """
            UPDATE facts SET is_current = (batch.version = facts.version AND batch.status = 'published') FROM batch
            WHERE facts.article_id = batch.article_id
              AND facts.is_current <> (batch.version = facts.version AND batch.status = 'published')""",
            ("article_id", "version", "status"))
