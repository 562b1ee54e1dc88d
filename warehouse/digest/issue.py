"""What an issue is made of: stories, in them claims, in them statements with their evidence and source. No language yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.events import Evidence, FactFields, Language

Mark = Literal["new", "update", "development", "disputed", "settled", "withdrawn"]
"""`update` changes what this subscription was sent before; `development` changes a claim that is older than the subscription."""


@dataclass(frozen=True)
class Source:
    """An article to link to."""

    article_id: str
    outlet: str
    url: str
    headline: str
    language: Language
    published: datetime | None


@dataclass(frozen=True)
class Statement:
    """What one article says, with the sentence that says it."""

    source: Source
    fields: FactFields
    evidence: Evidence


@dataclass(frozen=True)
class Side:
    """One of the accounts of a disputed claim, with the outlets that give the same."""

    statement: Statement
    also: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Told:
    """What this subscription was sent of a claim before."""

    statement: Statement | None
    at: datetime


@dataclass(frozen=True)
class ClaimEntry:
    """One claim as it stands now, and how that is news."""

    claim_id: str
    """As first sent: what feed entries are known by."""
    mark: Mark
    at: datetime
    """When it became news: publication of the statement, else of the change."""
    changed_at: datetime
    statement: Statement
    sides: tuple[Side, ...] = ()
    """The accounts side by side where they differ; else empty."""
    also: tuple[Source, ...] = ()
    """Further independent sources that say the same."""
    copies: tuple[Source, ...] = ()
    told: Told | None = None
    read_at: datetime | None = None
    """When it had been read, where it is told late; else None."""


@dataclass(frozen=True)
class StoryEntry:
    """One story: newest claims first, all outlets by time of publication."""

    story_id: str
    headline: str
    language: Language
    """Of the headline."""
    claims: tuple[ClaimEntry, ...]
    sources: tuple[Source, ...]
    copies: tuple[Source, ...]
    first: Source | None
    """Who was first; None where the times cannot tell."""
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was last news."""
        return max(claim.at for claim in self.claims)


@dataclass(frozen=True)
class Issue:
    """One sending of a digest."""

    issue_id: str
    digest: str
    title: str
    language: Language
    at: datetime
    stories: Sequence[StoryEntry]

    @property
    def claims(self) -> int:
        """How many claims it tells."""
        return sum(len(story.claims) for story in self.stories)

    def __str__(self) -> str:
        return f"{self.digest}: {len(self.stories)} stories, {self.claims} announcements (issue {self.issue_id})"
