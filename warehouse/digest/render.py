"""An issue in, its HTML page, plain text and feed out. Everything that outlets wrote is escaped; texts are excerpts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import jinja2

from warehouse.digest.issue import Issue, StoryEntry
from warehouse.digest.names import Names
from warehouse.digest.text import render_text
from warehouse.digest.view import ClaimView, StoryView, clean, view
from warehouse.digest.wording import Wording

FEED_ENTRIES = 100
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "marsad:digest")


@dataclass(frozen=True)
class Rendered:
    """An issue as it is delivered."""

    issue: Issue
    html: str
    text: str
    atom: str
    """The digest's whole feed, this issue's claims first."""


@dataclass(frozen=True)
class FeedEntry:
    """One claim in the feed, in its latest state."""

    id: str
    title: str
    updated: datetime
    published: datetime
    url: str
    hreflang: str
    terms: tuple[str, ...]
    content: str


@dataclass(frozen=True)
class Feed:
    """What the feed's template needs."""

    feed_id: str
    title: str
    file: str
    updated: datetime
    wording: Wording
    entries: tuple[FeedEntry, ...]


def render(issue: Issue, earlier: Sequence[Issue], names: Names) -> Rendered:
    """The issue in all forms; `earlier` issues of the same digest, newest first, fill its feed."""
    shown = view(issue, names)
    html = _templates().get_template("digest.html.j2").render(v=shown)
    return Rendered(issue, html, render_text(shown), render_feed([issue, *earlier], names))


def render_feed(issues: Sequence[Issue], names: Names) -> str:
    """The Atom feed of one digest from its issues, newest first: each claim once, in its latest state."""
    newest = issues[0]
    entries: dict[str, FeedEntry] = {}
    for issue in issues:
        for story, told in zip(issue.stories, view(issue, names).stories, strict=True):
            for claim in told.claims:
                if len(entries) < FEED_ENTRIES:
                    entries.setdefault(claim.claim_id, _entry(claim, story, told, Wording(newest.language)))
    feed = Feed(f"urn:uuid:{uuid.uuid5(NAMESPACE, newest.digest)}", clean(newest.title), f"{newest.digest}.atom", newest.at,
                Wording(newest.language), tuple(entries.values()))
    return _templates().get_template("feed.atom.j2").render(f=feed)


def _entry(claim: ClaimView, story: StoryEntry, told: StoryView, wording: Wording) -> FeedEntry:
    module = _templates().get_template("entry.html.j2")
    return FeedEntry(
        id=f"urn:uuid:{uuid.uuid5(NAMESPACE, claim.claim_id)}",
        title=clean(f"{claim.mark_text}{wording.colon} {claim.main.value.text} – {told.headline.text}"),
        updated=claim.updated, published=min(claim.published, claim.updated), url=claim.main.quote.source.url,
        hreflang=claim.main.quote.language, terms=(*story.topics, *story.sectors),
        content=module.render(c=claim, story=told, w=wording))


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["rfc3339"] = _rfc3339
    return environment


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
