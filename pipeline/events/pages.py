"""What the crawlers say: a page that was fetched, a request and what came of it, a run."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.events.base import Event, Origin, Value


class Discovery(Value, frozen=True, kw_only=True):
    """A URL an outlet announced."""

    via: Literal["feed", "sitemap", "section", "link", "file"]
    found_at: datetime
    announced_headline: str | None = None
    announced_at: datetime | None = None
    """Publication time as the feed or sitemap gives it."""
    announced_at_raw: str | None = None


class ArchiveRef(Value, frozen=True, kw_only=True):
    """Where the fetched bytes lie: a WARC file below the archive folder, and the record in it."""

    file: str
    offset: int
    digest: str


class PageRef(Value, frozen=True, kw_only=True):
    """What later events keep of the RawPage (all but its content)."""

    page_id: str
    article_id: str
    """uuid5 of the canonical URL; the key of every record about this article."""
    outlet: str
    url: str
    """As asked for, canonicalised (pipeline.urls)."""
    final_url: str
    """Where redirects led."""
    status: int
    fetched_at: datetime
    origin: Origin
    source_id: str | None = None
    """The row's own id where the page came from a file."""
    discovery: Discovery | None = None
    archive: ArchiveRef | None = None


class RawPage(Event, frozen=True, kw_only=True):
    """What the server (or a file) sent."""

    ref: PageRef
    media_type: Literal["text/html", "text/plain", "application/json"] = "text/html"
    """`text/plain`: a scrape with title, menus and body in one text. `application/json`: clean fields (GivenArticle)."""
    content: str
    """Decoded text. Empty for 404 and 410."""
    server_time: datetime | None = None
    """The HTTP Date header: what "three hours ago" on the page is relative to."""


class GivenArticle(Value, frozen=True, kw_only=True):
    """Clean fields of an imported article: `content` of a RawPage of media type application/json."""

    title: str
    body: str
    date: str | None = None
    author: str | None = None
    lang: str | None = None
    section: str | None = None


class Fetch(Event, frozen=True, kw_only=True):
    """One request and what came of it: a row of `fetches`."""

    fetch_id: str
    run_id: str
    outlet: str
    url: str
    purpose: Literal["robots", "feed", "sitemap", "section", "article"]
    fetched_at: datetime
    status: int | None = None
    """None where no response came."""
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None
    robots: Literal["allowed", "disallowed", "unavailable", "ignored"] = "allowed"
    crawl_delay: float | None = None
    """Seconds kept between requests to the host."""
    tdm_reservation: bool | None = None
    outcome: str = "fetched"
    """fetched, not_modified, redirected, refused (with the reason after a colon), failed (likewise)."""
    page_id: str | None = None


class Run(Event, frozen=True, kw_only=True):
    """What one run of a crawl, stage, load or digest did: a row of `runs`."""

    run_id: str
    kind: Literal["crawl", "ingest", "stage", "load", "digest"]
    outlet: str | None = None
    started_at: datetime
    finished_at: datetime
    state: Literal["completed", "failed", "timed_out", "interrupted"]
    counts: dict[str, int] = {}
    detail: str | None = None
