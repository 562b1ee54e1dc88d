"""A few addresses of an outlet in, how they read out: what `outlet draft` and `outlet check` tell a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from config.outlet import Outlet, Section
from crawlers.answer import NoAnswer
from crawlers.charset import decode
from crawlers.discover import Reading, UnreadableError
from crawlers.discover.feed import read_feed
from crawlers.discover.section import read_section
from crawlers.discover.sitemap import read_sitemap
from crawlers.fetcher import Fetcher
from crawlers.journal import Got, Purpose
from crawlers.run import CrawlRun
from crawlers.telling import told
from pipeline.events import Article, PageRef, RawPage, content_id
from pipeline.extract import extract
from pipeline.state.frontier import moment
from pipeline.urls import article_id, canonical_url

TRIES: Final = 2


class Sampler:
    """Asks for single addresses within a limit of time, and notes what went wrong."""

    def __init__(self, run: CrawlRun, fetcher: Fetcher) -> None:
        self._run, self._fetcher = run, fetcher
        self.notes: list[str] = []
        """What could not be had, a line each."""
        self.reasons: list[str] = []
        """Why, without the addresses."""

    async def get(self, address: str, purpose: Purpose) -> Got | None:
        """The answer with status 200; None, and a note, for anything else."""
        if self._run.now() >= self._run.deadline:
            self._run.stop("timed_out")
        got = await self._try(lambda: self._fetcher.fetch(address, purpose))
        if isinstance(got, Got) and got.answer.status == 200:
            return got
        self._note(address, told(got) if isinstance(got, NoAnswer) else f"status {got.answer.status}")
        return None

    async def reading(self, address: str, kind: Purpose, rules: Section | None = None) -> Reading | None:
        """What a feed, sitemap or list names; None, and a note, where it cannot be read."""
        got = await self.get(address, kind)
        if got is None:
            return None
        answer, content_type = got.answer, got.answer.headers.get("content-type")
        try:
            if kind == "sitemap":
                return read_sitemap(answer.body)
            if kind == "feed":
                return read_feed(answer.body, answer.url, content_type)
            return read_section(answer.body, answer.url, content_type, rules)
        except UnreadableError as error:
            self._note(address, str(error))
            return None

    async def article(self, address: str, outlet: Outlet | None = None) -> tuple[bool, str]:
        """Whether it reads as an article, and how, in a line."""
        got = await self.get(address, "article")
        return _how_it_reads(address, got, outlet, self._run) if got else (False, f"{address}: no answer to use")

    def _note(self, address: str, why: str) -> None:
        self.notes.append(f"{address}: {why}")
        self.reasons.append(why)

    async def _try(self, ask: Callable[[], Awaitable[Got | NoAnswer]]) -> Got | NoAnswer:
        for _ in range(TRIES):
            got = await ask()
            passing = got.kind == "failed" if isinstance(got, NoAnswer) else got.answer.status >= 500
            if not passing:
                break
        return got


def _how_it_reads(address: str, got: Got, outlet: Outlet | None, run: CrawlRun) -> tuple[bool, str]:
    url = canonical_url(address)
    content = decode(got.answer.body, got.answer.headers.get("content-type"))
    ref = PageRef(
        page_id=content_id(url, content), article_id=article_id(url), outlet=run.outlet.id, url=url, final_url=got.answer.url,
        status=got.answer.status, fetched_at=moment(got.at), origin="live")
    found = extract(RawPage(ref=ref, content=content, server_time=got.answer.date), outlet)
    if not isinstance(found, Article):
        return False, f"{address}: no article ({found.reason}: {found.detail})"
    dated = f"{found.published.at:%Y-%m-%d}" if found.published else "no date"
    by = ", ".join(found.authors) or "no author"
    return True, f"{address}: {found.language}, {dated}, {by}, {found.word_count} words: {found.headline}"
