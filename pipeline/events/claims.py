"""What readers are told of: a claim that changed, with those who report it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.events.base import Event, Language, Origin, Value
from pipeline.events.facts import Evidence, FactFields


class ClaimReport(Value, frozen=True, kw_only=True):
    """One article saying what a claim says: all that a digest entry needs of it."""

    fact_id: str
    article_id: str
    outlet: str
    url: str
    headline: str
    language: Language
    published: datetime | None
    fetched_at: datetime
    origin: Origin
    independent: bool
    """False for copies and for a second article resting on one agency dispatch."""
    fields: FactFields
    evidence: Evidence


class ClaimEvent(Event, frozen=True, kw_only=True):
    """A claim changed in a way a reader should know: what digests are made of. A row of the outbox `claim_events`."""

    event_id: str
    """content_id of claim, change and what changed: the same change is never announced twice."""
    seq: int
    claim_id: str
    change: Literal["new", "confirmed", "updated", "disputed", "settled", "withdrawn"]
    at: datetime
    alert: bool
    """True where freshness and origin allow an alert (origin live, published within 72 h of the fetch)."""
    story_id: str
    story_headline: str
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    reports: tuple[ClaimReport, ...]
    """First report first, then by publication time."""
