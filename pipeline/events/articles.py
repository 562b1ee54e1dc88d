"""What a page says: the article, its dates, and the text around it that is none of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.events.base import Event, Language, Precision, Value
from pipeline.events.pages import PageRef


class Dating(Value, frozen=True, kw_only=True):
    """A date of the article: its value, how sure, and the text it was read from."""

    at: datetime
    """UTC. For precision day and coarser: midnight in the outlet's time zone of the first day meant."""
    precision: Precision
    origin: Literal["json_ld", "meta", "time", "text", "url", "feed", "given"]
    raw: str


class Dropped(Value, frozen=True, kw_only=True):
    """Text of the page that is not part of the article."""

    zone: Literal["kicker", "byline", "date_line", "read_more", "related", "ticker", "comments", "boilerplate"]
    text: str


class Article(Event, frozen=True, kw_only=True):
    """What the page says. `status` withdrawn: the address now answers 404 or 410; text fields are then empty."""

    event_id: str
    ref: PageRef
    article_id: str
    """Usually ref.article_id; that of the page's own canonical URL where it names a credible one."""
    canonical_url: str
    status: Literal["published", "withdrawn"] = "published"
    headline: str
    body: str
    """Paragraphs separated by newlines. Includes the lead."""
    lead: str | None = None
    """The standfirst, where the page marks one: then the first paragraph(s) of `body`, verbatim."""
    captions: str = ""
    """Photo captions, separated by newlines."""
    authors: tuple[str, ...] = ()
    language: Language
    published: Dating | None = None
    modified: Dating | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    is_accessible_for_free: bool | None = None
    original_outlet: str | None = None
    """For a copy that says so ("Publié dans X le D"): X, as stated."""
    agency: str | None = None
    """Credited news agency (MAP, AFP, EFE, ...)."""
    dropped: tuple[Dropped, ...] = ()
    text_hash: str
    """content_id of headline and body: equal texts are one version."""
    reading: str
    """Version of the extracting code and profile that made this."""

    @property
    def word_count(self) -> int:
        """Words of the body, separated by white space."""
        return len(self.body.split())
