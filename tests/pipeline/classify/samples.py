"""Articles of our own words for the tests of this stage."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.events import Article, Dating, Language, PageRef, content_id

NOON = datetime(2025, 7, 2, 12, tzinfo=UTC)


def article(headline: str, body: str = "", *, language: Language = "fr", captions: str = "", lead: str | None = None,
            section: str | None = None, at: datetime | None = NOON) -> Article:
    """A published article as the extract stage would give it."""
    ref = PageRef(
        page_id=content_id(headline, body), article_id=content_id("article", headline), outlet="essai",
        url="https://essai.example/a", final_url="https://essai.example/a", status=200, fetched_at=NOON, origin="live")
    return Article(
        event_id=content_id("event", headline, body), ref=ref, article_id=ref.article_id, canonical_url=ref.url,
        headline=headline, body=body, lead=lead, captions=captions, language=language, section=section,
        published=Dating(at=at, precision="minute", origin="meta", raw=at.isoformat()) if at else None,
        text_hash=content_id(headline, body), reading="essai/1")
