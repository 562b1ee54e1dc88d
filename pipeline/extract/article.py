"""What was read of a page in, the Article out, with the ids that derive from it."""

from __future__ import annotations

from typing import Any

from config.outlet import Outlet
from pipeline.events import Article, Language, RawPage, content_id
from pipeline.extract.identity import reading_of


def make_article(page: RawPage, outlet: Outlet | None, *, headline: str, body: str, language: Language,
                 profile: int | None = None, **fields: Any) -> Article:
    """The Article; `fields` are others of Article, `profile` the number of the SiteProfile it was read with. Ids are those
    of the page unless `fields` names a better address."""
    reading = reading_of(outlet, profile)
    fields.setdefault("article_id", page.ref.article_id)
    fields.setdefault("canonical_url", page.ref.url)
    return Article(event_id=content_id(page.ref.page_id, reading), ref=page.ref, headline=headline, body=body, language=language,
                   text_hash=content_id(headline, body), reading=reading, **fields)


def make_withdrawn(page: RawPage, outlet: Outlet | None) -> Article:
    """The Article of an address that now answers 404 or 410: without text."""
    return make_article(page, outlet, headline="", body="", language=outlet.language if outlet else "fr", status="withdrawn")
