"""Which claims a reader asks for (a filter of a page, a feed, a subscription) in, their ids out, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from config.watch import Subscription
from pipeline.language.folding import fold_text
from warehouse.digest.view import clean
from warehouse.web.reading import Reading
from warehouse.web.words import ANNOUNCING

STATES: Final = ("new", "confirmed", "updated", "disputed")
PARAMETERS: Final = ("kind", "state", "topic", "sector", "entity", "outlet", "language", "words", "without", "least_sources")
LIST: Final = 8
"""Words that one list may hold."""
READ: Final = 2000
"""Claims that are looked through for words."""

AT: Final = "coalesce(c.first_published, c.first_fetched_at)"
LABELLED: Final = """c.first_article_id IN (
    SELECT article_id FROM labels WHERE scheme = '{scheme}' AND code IN (FROM unnest(${given}::VARCHAR[])))"""
CONDITIONS: Final = {
    "states": "c.state IN (FROM unnest($states::VARCHAR[]))",
    "kinds": "c.kind IN (FROM unnest($kinds::VARCHAR[]))",
    "least_sources": "c.sources >= $least_sources",
    "since": f"{AT} >= $since",
    "fresh": "c.fresh = $fresh",
    "outlets": "list_has_any(c.outlets, $outlets::VARCHAR[])",
    "languages": """c.claim_id IN (
    SELECT k.claim_id FROM claim_facts k JOIN articles b ON b.article_id = k.article_id
    WHERE k.is_current AND b.language IN (FROM unnest($languages::VARCHAR[])))""",
    "topics": LABELLED.format(scheme="topic", given="topics"),
    "sectors": LABELLED.format(scheme="sector", given="sectors"),
    "entities": """c.first_article_id IN (
    SELECT article_id FROM mentions WHERE entity_id IN (FROM unnest($entities::VARCHAR[])))""",
}
"""What each part of a selection asks; only those that are given are asked: on a million articles each costs a scan."""
NEWEST: Final = "SELECT {columns} WHERE {conditions} ORDER BY {at} DESC, c.claim_id LIMIT $most"
PLAIN: Final = "c.claim_id FROM claims c"
WORDED: Final = """c.claim_id, concat_ws(chr(10), a.headline, c.subject, c.sentence) AS said
    FROM claims c JOIN articles a ON a.article_id = c.first_article_id"""


@dataclass(frozen=True)
class Selection:
    """What is asked for; empty takes everything."""

    kinds: tuple[str, ...] = ANNOUNCING
    states: tuple[str, ...] = STATES
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    least_sources: int = 1
    fresh: bool = False
    """Only what was news when it was read."""
    since: datetime | None = None


def asked(parameters: Mapping[str, str]) -> Selection:
    """The selection behind a page's parameters; values that mean nothing select everything."""
    values = {name: clean(parameters.get(name, ""), 300) for name in PARAMETERS}
    sources = values["least_sources"]

    def some(name: str) -> tuple[str, ...]:
        return (values[name],) if values[name] else ()
    return Selection(
        kinds=some("kind") if values["kind"] in ANNOUNCING else ANNOUNCING,
        states=some("state") if values["state"] in STATES else STATES,
        topics=some("topic"), sectors=some("sector"), entities=some("entity"), outlets=some("outlet"), languages=some("language"),
        words=listed(values["words"]), without=listed(values["without"]),
        least_sources=int(sources) if sources.isascii() and sources.isdigit() and len(sources) < 3 else 1)


def listed(text: str) -> tuple[str, ...]:
    """Words that stand between commas, the Arabic one too."""
    parts = (clean(part, 100) for part in text.replace("،", ",").split(","))
    return tuple(part for part in parts if len(part) >= 2)[:LIST]


def of_subscription(subscription: Subscription, since: datetime | None = None) -> Selection:
    """What a subscription is about, as it stands in the snapshot (what changed on the way is the ledger's to know)."""
    states = ("disputed",) if subscription.disputes_only else STATES
    return Selection(
        kinds=subscription.kinds or ANNOUNCING, states=states, topics=subscription.topics, sectors=subscription.sectors,
        entities=subscription.entities, outlets=subscription.outlets, languages=subscription.languages, words=subscription.words,
        without=subscription.without, least_sources=subscription.least_sources, fresh=since is not None, since=since)


def claim_ids(reading: Reading, selection: Selection, most: int) -> list[str]:
    """Ids of at most `most` claims, newest first. Raises SlowQueryError."""
    worded = bool(selection.words or selection.without)
    given: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(selection).items()
        if value and name in CONDITIONS and not (name == "least_sources" and value == 1)}
    sql = NEWEST.format(columns=WORDED if worded else PLAIN, conditions=" AND ".join(CONDITIONS[name] for name in given), at=AT)
    rows = reading.rows(sql, {**given, "most": READ if worded else most})
    return [row["claim_id"] for row in rows if not worded or _worded(row["said"], selection)][:most]


def _worded(said: str, selection: Selection) -> bool:
    text = fold_text(said)
    return (not selection.words or any(fold_text(word) in text for word in selection.words)) and not any(
        fold_text(word) in text for word in selection.without)
