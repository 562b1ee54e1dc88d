"""Claims as shown in, a feed out: Atom (RFC 4287) or JSON Feed 1.1, a claim an entry, under an id that never changes."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from warehouse.digest.templates import rfc3339, templates
from warehouse.digest.view import ClaimView, StoryView, clean
from warehouse.digest.wording import Wording

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "marsad:digest")


@dataclass(frozen=True)
class FeedEntry:
    """One claim in the feed, in its latest state."""

    id: str
    title: str
    updated: datetime
    published: datetime
    url: str
    """Of the article that says it; empty where that has none of the web."""
    hreflang: str
    terms: tuple[str, ...]
    content: str
    """HTML."""
    page: str = ""
    """Our own page of the claim."""


@dataclass(frozen=True)
class Feed:
    """A whole feed, newest entries first."""

    feed_id: str
    title: str
    file: str
    """Its own address."""
    updated: datetime
    wording: Wording
    entries: tuple[FeedEntry, ...]
    page: str = ""
    """The page that shows the same."""


def feed_id(name: str) -> str:
    """The feed's id, the same for good."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def entry_of(claim: ClaimView, told: StoryView, wording: Wording, terms: tuple[str, ...], page: str = "") -> FeedEntry:
    """The claim as an entry."""
    module = templates().get_template("entry.html.j2")
    return FeedEntry(
        id=feed_id(claim.claim_id),
        title=clean(f"{claim.mark_text}{wording.colon} {claim.main.value.text} – {told.headline.text}"),
        updated=claim.updated, published=min(claim.published, claim.updated), url=claim.main.quote.source.url,
        hreflang=claim.main.quote.language, terms=terms, content=module.render(c=claim, story=told, w=wording), page=page)


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    return templates().get_template("feed.atom.j2").render(f=feed)


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    items = [_item(entry) for entry in feed.entries]
    about = {"home_page_url": feed.page} if feed.page else {}
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, **about, "feed_url": feed.file,
        "description": feed.wording.text("evidence_note"), "language": feed.wording.language, "authors": [{"name": "Marsad"}],
        "items": items}, ensure_ascii=False)


def _item(entry: FeedEntry) -> dict[str, object]:
    links = {"url": entry.page or entry.url, "external_url": entry.url}
    return {
        "id": entry.id, **{name: url for name, url in links.items() if url}, "title": entry.title, "content_html": entry.content,
        "date_published": rfc3339(entry.published), "date_modified": rfc3339(entry.updated), "tags": list(entry.terms)}
