"""The vocabulary: every record that crosses a topic. Read this first.

Each event wraps its input and adds only what was learned. All are frozen, and their ids derive from content, so a
record delivered twice is recognised everywhere. Media Cloud's "story" is our Article; our Story is several articles
about one event. Field names follow schema.org's NewsArticle in snake_case, with the raw text kept beside each parsed value.

Times are aware datetimes in UTC. Offsets are code points (Python string indices), end exclusive.
"""

from __future__ import annotations

from pipeline.events.articles import Article, Dating, Dropped
from pipeline.events.base import Event, Language, Origin, Precision, Value, Zone, content_id
from pipeline.events.claims import ClaimEvent, ClaimReport
from pipeline.events.classified import ClassifiedArticle, Label, Mention
from pipeline.events.ends import DeadLetter, DeadLetterMark, Rejected
from pipeline.events.facts import (
    Agreement,
    Amount,
    Appointment,
    Capacity,
    Count,
    Evidence,
    Fact,
    FactFields,
    Initiative,
    Law,
    Modality,
    Party,
    Percentage,
    PersonRole,
    PublicEvent,
    Quote,
    Ranking,
    Target,
)
from pipeline.events.pages import ArchiveRef, Discovery, Fetch, GivenArticle, PageRef, RawPage, Run
from pipeline.events.placed import PlacedArticle, Placement, PlacementChanged, StoryMerged

__all__ = [
    "Agreement", "Amount", "AnyEvent", "Appointment", "ArchiveRef", "Article", "Capacity", "ClaimEvent",
    "ClaimReport", "ClassifiedArticle", "Count", "Dating", "DeadLetter", "DeadLetterMark", "Discovery", "Dropped",
    "Event", "Evidence", "Fact", "FactFields", "Fetch", "GivenArticle", "Initiative", "Label", "Language", "Law",
    "Mention", "Modality", "Origin", "PageRef", "Party", "Percentage", "PersonRole", "PlacedArticle", "Placement",
    "PlacementChanged", "Precision", "PublicEvent", "Quote", "Ranking", "RawPage", "Rejected", "Run", "StageEvent",
    "StoryMerged", "Target", "Value", "Zone", "content_id",
]

StageEvent = RawPage | Article | ClassifiedArticle | PlacedArticle | PlacementChanged | StoryMerged
AnyEvent = StageEvent | Fetch | Run | Rejected | DeadLetter | DeadLetterMark | ClaimEvent
