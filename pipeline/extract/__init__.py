"""RawPage in, the Article it shows or a Rejected with the reason out: pure, so it scales with partitions.

One page is read without knowing any other. Trafilatura chooses the text of every HTML page; before it the general rules
take out what structure and wording show to be none of the article's, after it they restore what it left out.
"""

from __future__ import annotations

from typing import Final

from config.outlet import Outlet
from pipeline.events import Article, RawPage, Rejected
from pipeline.extract.article import make_withdrawn
from pipeline.extract.given import read_given
from pipeline.extract.pagekind import refuse_response
from pipeline.extract.profile import SiteProfile
from pipeline.extract.text_scrape import read_scrape
from pipeline.extract.web_page import read_page
from pipeline.outcome import Reason, reject

MAX_PARSE_BYTES: Final = 3_000_000
__all__ = ["MAX_PARSE_BYTES", "SiteProfile", "extract"]


def extract(page: RawPage, outlet: Outlet | None, profile: SiteProfile | None = None, *,
            max_parse_bytes: int = MAX_PARSE_BYTES) -> Article | Rejected:
    """Read a page. `outlet` None: an import from an outlet we have no file for, read by the general rules alone. `profile`:
    what the outlet repeats on its pages, where it is known yet.

    `max_parse_bytes`: a larger page (in UTF-8) is rejected as oversized. Status 404 and 410 give a withdrawn article.
    """
    if page.ref.status in (404, 410):
        return make_withdrawn(page, outlet)
    size = len(page.content.encode("utf-8", "replace"))
    if size > max_parse_bytes:
        return reject("extract", Reason.OVERSIZED, page.ref, f"{size:,} bytes, more than {max_parse_bytes:,}")
    if page.media_type == "application/json":
        return read_given(page, outlet)
    if page.media_type == "text/plain":
        return read_scrape(page, outlet)
    if refusal := refuse_response(page):
        return reject("extract", refusal[0], page.ref, refusal[1])
    return read_page(page, outlet, profile)
