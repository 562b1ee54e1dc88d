"""Where an article stands among the others, and how that changes."""

from __future__ import annotations

from typing import Literal

from pipeline.events.base import Event, Value
from pipeline.events.classified import ClassifiedArticle


class Placement(Value, frozen=True, kw_only=True):
    """Where the article stands among the others."""

    kind: Literal["new", "same_event", "copy"]
    story_id: str
    copy_of: str | None = None
    """article_id of the original."""
    similarity: float | None = None
    """Containment of word shingles in the original, 0 to 1."""
    decided_by: str


class PlacedArticle(Event, frozen=True, kw_only=True):
    """The classified article with its place; `version` numbers the texts that the outlet published at this address, from 1."""

    event_id: str
    classified: ClassifiedArticle
    placement: Placement
    version: int


class PlacementChanged(Event, frozen=True, kw_only=True):
    """A later arrival changed an article's place (a late original, a merge, a split)."""

    event_id: str
    article_id: str
    before: Placement
    after: Placement


class StoryMerged(Event, frozen=True, kw_only=True):
    """All that stood under `story_id` now stands under `into`."""

    event_id: str
    story_id: str
    into: str
