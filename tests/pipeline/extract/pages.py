"""Builders of raw pages, and the score of a body: token F1."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

from config.outlet import Outlet
from pipeline.events import Article, PageRef, RawPage, Rejected, content_id
from pipeline.extract import extract

SEEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OUTLET = Outlet(id="gazette", title="La Gazette du Détroit", language="fr")


def page(content: str, url: str = "https://gazette.example.ma/economie/port-sec-2026", *, status: int = 200,
         media_type: str = "text/html", seen: datetime = SEEN) -> RawPage:
    """A page as the crawler publishes it."""
    ref = PageRef(page_id=content_id(url, content), article_id=content_id(url), outlet="gazette", url=url, final_url=url,
                  status=status, fetched_at=seen, origin="live")
    return RawPage(ref=ref, content=content, media_type=media_type, server_time=seen)  # type: ignore[arg-type]


def read(content: str, *, outlet: Outlet | None = OUTLET, **fields: object) -> Article:
    """The article of a page that must be one."""
    found = extract(page(content, **fields), outlet)  # type: ignore[arg-type]
    assert isinstance(found, Article), f"{found.reason}: {found.detail}"
    return found


def refuse(content: str, *, outlet: Outlet | None = OUTLET, **fields: object) -> str:
    """The reason why a page that must be none is no article."""
    found = extract(page(content, **fields), outlet)  # type: ignore[arg-type]
    assert isinstance(found, Rejected), f"taken as an article: {found.headline!r}: {found.body[:200]!r}"
    return found.reason


def token_f1(got: str, want: str) -> float:
    """Harmonic mean of precision and recall over word tokens, as a bag."""
    have, need = (Counter(re.findall(r"\w+", text.lower())) for text in (got, want))
    hit = sum((have & need).values())
    return 2 * hit / (have.total() + need.total()) if hit else 0.0
