"""An issue in, its HTML page, plain text and feed out. Everything that outlets wrote is escaped; texts are excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.digest.feed import Feed, FeedEntry, atom, entry_of, feed_id
from warehouse.digest.issue import Issue
from warehouse.digest.names import Names
from warehouse.digest.templates import templates
from warehouse.digest.text import render_text
from warehouse.digest.view import clean, view
from warehouse.digest.wording import Wording

FEED_ENTRIES = 100


@dataclass(frozen=True)
class Rendered:
    """An issue as it is delivered."""

    issue: Issue
    html: str
    text: str
    atom: str
    """The digest's whole feed, this issue's claims first."""


def render(issue: Issue, earlier: Sequence[Issue], names: Names) -> Rendered:
    """The issue in all forms; `earlier` issues of the same digest, newest first, fill its feed."""
    shown = view(issue, names)
    html = templates().get_template("digest.html.j2").render(v=shown)
    return Rendered(issue, html, render_text(shown), render_feed([issue, *earlier], names))


def render_feed(issues: Sequence[Issue], names: Names) -> str:
    """The Atom feed of one digest from its issues, newest first: each claim once, in its latest state."""
    newest = issues[0]
    entries: dict[str, FeedEntry] = {}
    for issue in issues:
        for story, told in zip(issue.stories, view(issue, names).stories, strict=True):
            for claim in told.claims:
                if len(entries) < FEED_ENTRIES:
                    terms = (*story.topics, *story.sectors)
                    entries.setdefault(claim.claim_id, entry_of(claim, told, Wording(newest.language), terms))
    return atom(Feed(feed_id(newest.digest), clean(newest.title), f"{newest.digest}.atom", newest.at, Wording(newest.language),
                     tuple(entries.values())))
