"""An issue in, the same as plain texts in the reader's language out: all that the templates need, nothing left to decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.events import Language
from warehouse.digest.describe import describe
from warehouse.digest.excerpt import Excerpt, excerpt
from warehouse.digest.issue import ClaimEntry, Issue, Mark, Side, Source, Statement, StoryEntry
from warehouse.digest.names import Names
from warehouse.digest.wording import Direction, Wording, direction

SIDES, SOURCES, HEADLINE, DETAIL = 4, 12, 240, 240
"""Most accounts and links of one list, and most characters of one text; the rest is counted or cut with "…"."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold; the only thing taken out of evidence, which stands in an element of its own direction."""
SPACES = re.compile(r"[ \t\r\n]+")
INVISIBLE = re.compile(f"{ILLEGAL.pattern[:-1]}\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
"""Further controls that no reader sees but that could turn the text around them."""


@dataclass(frozen=True)
class Text:
    """Text with the language it is in."""

    text: str
    language: Language

    @property
    def dir(self) -> Direction:
        """Which way it is written."""
        return direction(self.language)


@dataclass(frozen=True)
class Link:
    """A link to an article; `url` is empty where its address is not one of the web."""

    text: str
    url: str
    when: str
    language: Language


@dataclass(frozen=True)
class Quote:
    """The evidence, with its source."""

    excerpt: Excerpt
    language: Language
    source: Link

    @property
    def dir(self) -> Direction:
        """Which way it is written."""
        return direction(self.language)


@dataclass(frozen=True)
class AccountView:
    """A value as one source gives it, with the sentence, and who gives the same."""

    heading: str
    value: Text
    details: tuple[tuple[str, Text], ...]
    quote: Quote
    also: tuple[Link, ...]
    also_more: str


@dataclass(frozen=True)
class ClaimView:
    """One claim."""

    claim_id: str
    mark: Mark
    mark_text: str
    note: str
    """When an earlier issue told it; that it was withdrawn; that it is told late."""
    previously: Text | None
    main: AccountView
    sides: tuple[AccountView, ...]
    sides_more: str
    copies: tuple[Link, ...]
    copies_more: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class StoryView:
    """One story."""

    headline: Text
    url: str
    chips: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    first: Link | None
    sources: tuple[Link, ...]
    sources_more: str
    copies: tuple[Link, ...]
    copies_more: str


@dataclass(frozen=True)
class IssueView:
    """The whole issue."""

    title: str
    day: str
    wording: Wording
    stories: tuple[StoryView, ...]
    claims: int


def view(issue: Issue, names: Names) -> IssueView:
    """The issue in its language."""
    viewer = Viewer(Wording(issue.language), names, issue.at)
    stories = tuple(viewer.story(story) for story in issue.stories)
    return IssueView(clean(issue.title), viewer.wording.day(issue.at), viewer.wording, stories, issue.claims)


def clean(text: str, limit: int = HEADLINE) -> str:
    """One line without invisible controls, cut at `limit` characters; no-break spaces stay."""
    line = SPACES.sub(" ", INVISIBLE.sub("", text)).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


@dataclass(frozen=True)
class Viewer:
    """Says entries in one language; `now` tells which year goes without saying."""

    wording: Wording
    names: Names
    now: datetime

    def story(self, story: StoryEntry) -> StoryView:
        """A story."""
        lead = story.sources[0] if story.sources else story.claims[0].statement.source
        sources, sources_more = self._links(story.sources)
        copies, copies_more = self._links(story.copies)
        codes = dict.fromkeys((*story.topics, *story.sectors))
        chips = tuple(dict.fromkeys(self.names.category(code, self.wording.language) for code in codes))
        return StoryView(
            headline=Text(clean(story.headline), story.language), url=web_address(lead.url), chips=chips[:6],
            claims=tuple(self.claim(claim) for claim in story.claims),
            first=self.link(story.first) if story.first else None,
            sources=sources, sources_more=sources_more, copies=copies, copies_more=copies_more)

    def claim(self, claim: ClaimEntry) -> ClaimView:
        """A claim."""
        main = self._account(claim.statement, claim.also)
        copies, copies_more = self._links(claim.copies)
        return ClaimView(
            claim_id=claim.claim_id, mark=claim.mark, mark_text=self.wording.text(claim.mark), note=self._note(claim),
            previously=self._previously(claim, main), main=main,
            sides=tuple(self._side(side) for side in claim.sides[:SIDES]),
            sides_more=self._more(len(claim.sides) - SIDES), copies=copies, copies_more=copies_more,
            published=claim.at, updated=claim.changed_at)

    def _note(self, claim: ClaimEntry) -> str:
        told = self.wording.text("told_on", date=self.wording.day(claim.told.at)) if claim.told else ""
        gone = self.wording.text("withdrawn_note") if claim.mark == "withdrawn" else ""
        late = self.wording.text("late", date=self.wording.day(claim.read_at)) if claim.read_at else ""
        return " — ".join(part for part in (told, gone, late) if part)

    def _previously(self, claim: ClaimEntry, main: AccountView) -> Text | None:
        if claim.told is None or claim.told.statement is None or claim.mark == "withdrawn":
            return None
        before = self._account(claim.told.statement, ())
        if (before.value, before.details) == (main.value, main.details):
            return None
        if before.value != main.value:
            return before.value
        return next((text for label, text in before.details if (label, text) not in main.details), None)

    def _side(self, side: Side) -> AccountView:
        return self._account(side.statement, side.also)

    def _account(self, statement: Statement, also: Sequence[Source]) -> AccountView:
        told = describe(statement.fields, statement.source.language, self.wording, self.names)
        links, more = self._links(also)
        return AccountView(
            heading=clean(told.heading), value=Text(clean(told.value), told.value_language),
            details=tuple((one.label, Text(clean(one.text, DETAIL), one.language)) for one in told.details),
            quote=Quote(excerpt(ILLEGAL.sub("", statement.evidence.sentence), ILLEGAL.sub("", told.surface)),
                        statement.source.language, self.link(statement.source)),
            also=links, also_more=more)

    def _links(self, sources: Sequence[Source]) -> tuple[tuple[Link, ...], str]:
        return tuple(self.link(one) for one in sources[:SOURCES]), self._more(len(sources) - SOURCES)

    def link(self, source: Source) -> Link:
        """A link to an article, named for its outlet."""
        return Link(clean(self.names.outlet(source.outlet, self.wording.language)), web_address(source.url),
                    self.wording.moment(source.published, self.now), source.language)

    def _more(self, count: int) -> str:
        return self.wording.text("more", count=count) if count > 0 else ""


def web_address(url: str) -> str:
    """The address where it is one of the web, else nothing: an imported row can hold anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
