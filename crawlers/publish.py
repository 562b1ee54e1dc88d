"""An answer for an article's address in, its page archived, on the bus and marked in the frontier out: in this order, so that
a kill at any moment loses nothing and fetches again at most what was in flight."""

from __future__ import annotations

import re
from typing import Final

from crawlers.answer import Answer
from crawlers.archive import Archive
from crawlers.charset import decode
from crawlers.fetcher import Fetcher
from crawlers.journal import STAGE, Got, Journal
from crawlers.run import CrawlRun
from pipeline.events import PageRef, RawPage, Rejected, content_id
from pipeline.outcome import Reason, reject
from pipeline.state.frontier import Address, Frontier, Validators, moment
from pipeline.urls import canonical_url

GONE: Final = (404, 410)
_MARKUP: Final = re.compile(rb"<\s*(?:!doctype|html|head|body|meta|title|div|p|article|\?xml)\b", re.I)


class Publisher:
    """Publishes the pages of one crawl."""

    def __init__(self, run: CrawlRun, fetcher: Fetcher, journal: Journal, frontier: Frontier, archive: Archive) -> None:
        self._run, self._fetcher, self._journal = run, fetcher, journal
        self._frontier, self._archive = frontier, archive

    def publish(self, address: Address, got: Got) -> None:
        """A page that is there (200) or gone (404, 410). One that is byte for byte as at the last visit goes no further."""
        answer = got.answer
        if answer.status == 200 and not _is_markup(answer):
            kind = answer.headers.get("content-type", "no type stated")
            self._end(address, got, Reason.NOT_HTML, f"{kind}, {len(answer.body):,} bytes")
            return
        page = self._page(address, got)
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"), page.ref.page_id)
        if page.ref.page_id == address.content_hash:
            self._fetcher.record(address.url, "article", got, "not_modified", page.ref.page_id)
        else:
            self._fetcher.record(address.url, "article", got, "fetched", page.ref.page_id)
            self._journal.page(page)
        self._journal.flush()
        self._frontier.mark_fetched(address, validators, self._run.there(), gone=answer.status in GONE)

    def refused(self, address: Address, got: Got) -> None:
        """Send a page of another status on, to be counted by what it says (blocked, an error); the frontier is the caller's."""
        page = self._page(address, got)
        self._fetcher.record(address.url, "article", got, f"refused:http_{got.answer.status}", page.ref.page_id)
        self._journal.page(page)
        self._journal.flush()

    def reject(self, address: Address, reason: Reason, detail: str) -> None:
        """An address that will bring no page: counted, and never asked for again."""
        self._journal.rejected(self._rejected(address, reason, detail))
        self._journal.flush()
        self._frontier.mark_given_up(address, reason.value)

    def _end(self, address: Address, got: Got, reason: Reason, detail: str) -> None:
        self._fetcher.record(address.url, "article", got, f"refused:{reason.value}")
        self.reject(address, reason, detail)

    def _page(self, address: Address, got: Got) -> RawPage:
        answer, at = got.answer, moment(got.at)
        content = "" if answer.status in GONE else decode(answer.body, answer.headers.get("content-type"))
        ref = self._ref(address, content_id(canonical_url(address.url), content))
        kept = self._archive.append(address.url, answer, at, page_id=ref.page_id)
        return RawPage(content=content, server_time=answer.date, ref=PageRef(
            page_id=ref.page_id, article_id=ref.article_id, outlet=ref.outlet, url=ref.url, final_url=answer.url,
            status=answer.status, fetched_at=at, origin=address.origin, discovery=address.discovery, archive=kept))

    def _rejected(self, address: Address, reason: Reason, detail: str) -> Rejected:
        return reject(STAGE, reason, self._ref(address, content_id(canonical_url(address.url), reason.value)), detail)

    def _ref(self, address: Address, page_id: str) -> PageRef:
        return PageRef(
            page_id=page_id, article_id=address.article_id, outlet=self._run.outlet.id, url=canonical_url(address.url),
            final_url=address.url, status=0, fetched_at=moment(self._run.now()), origin=address.origin,
            discovery=address.discovery)


def _is_markup(answer: Answer) -> bool:
    """By its bytes: servers send HTML as anything, and anything as HTML. What is empty goes on, to be counted as such."""
    kind = answer.headers.get("content-type", "").lower()
    if answer.body.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        return False
    return "html" in kind or not answer.body.strip() or _MARKUP.search(answer.body[:4096]) is not None
