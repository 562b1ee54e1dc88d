"""Events for the tests of bus and workers: small, valid, told apart by a number."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.events import Article, Origin, PageRef, RawPage, content_id
from pipeline.urls import article_id

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def page(number: int, content: str = "<p>Texte</p>", origin: Origin = "live") -> RawPage:
    url = f"http://sample.test/article-{number}"
    return RawPage(ref=PageRef(
        page_id=content_id(url, content), article_id=article_id(url), outlet="sample", url=url, final_url=url,
        status=200, fetched_at=NOON, origin=origin), content=content)


def article(read: RawPage) -> Article:
    return Article(
        event_id=content_id("article", read.ref.page_id), ref=read.ref, article_id=read.ref.article_id,
        canonical_url=read.ref.url, headline=f"العنوان {read.ref.url}", body=read.content, language="ar",
        text_hash=content_id(read.content), reading="test/1")
