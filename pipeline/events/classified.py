"""An article with its labels, mentions and facts."""

from __future__ import annotations

from typing import Literal

from pipeline.events.articles import Article
from pipeline.events.base import Event, Value, Zone
from pipeline.events.facts import Fact


class Label(Value, frozen=True, kw_only=True):
    """Topic, sector, kind of announcement, or new-or-recalled, with what decided it."""

    scheme: Literal["topic", "sector", "announcement", "novelty"]
    code: str
    score: float
    decided_by: str
    """Rule id or model version."""
    zone: Zone | None = None
    start: int | None = None
    end: int | None = None
    surface: str | None = None


class Mention(Value, frozen=True, kw_only=True):
    """A watched entity named in the text."""

    entity_id: str | None = None
    """None for a name that is recognised as one but not watched: listed by `marsad entities review`."""
    kind: Literal["person", "organisation", "place", "programme", "event"]
    name: str
    """Canonical name, or the surface where unresolved."""
    surface: str
    zone: Zone
    start: int
    end: int


class ClassifiedArticle(Event, frozen=True, kw_only=True):
    """The article with its labels, mentions and facts."""

    event_id: str
    article: Article
    labels: tuple[Label, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    taxonomy: str
    """Version (content hash) of taxonomy and entities that decided."""
