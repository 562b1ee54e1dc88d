"""The frontier's due addresses in, their pages published out, newest first, until nothing is due or the crawl must end."""

from __future__ import annotations

from typing import Final

from crawlers.answer import NoAnswer
from crawlers.fetcher import UNAVAILABLE, Fetcher
from crawlers.journal import Got
from crawlers.publish import GONE, Publisher
from crawlers.run import CrawlRun
from pipeline.outcome import Reason
from pipeline.state.frontier import Address, Frontier

BATCH: Final = 50
RETRY_SECONDS: Final = (5.0, 20.0, 60.0, 900.0, 3600.0, 6 * 3600.0, 86_400.0)
"""From one failed attempt to the next."""
PATIENCE: Final = 90.0
"""A crawl waits so long for the next attempt; what is due later is left to the next crawl."""
BLOCKED_AFTER: Final = 8
"""Refused pages in a row after which the outlet is left alone: it does not want us now."""
FORBIDDEN: Final = (401, 402, 403, 451)


class ArticleVisits:
    """Fetches the articles of one crawl."""

    def __init__(self, run: CrawlRun, fetcher: Fetcher, frontier: Frontier, publisher: Publisher) -> None:
        self._run, self._fetcher, self._frontier, self._publisher = run, fetcher, frontier, publisher
        self._refused_in_a_row = 0

    async def visit_all(self) -> None:
        """Visit what is due, again and again until nothing is."""
        run = self._run
        while not run.stopped:
            due = self._frontier.due(run.now(), run.there(), BATCH)
            for address in due:
                if run.stopped:
                    return
                await self._visit(address)
            if not due and not await self._wait_for_more():
                return

    async def _wait_for_more(self) -> bool:
        following = self._frontier.next_attempt()
        if following is None or following > min(self._run.now() + PATIENCE, self._run.deadline):
            return False
        await self._run.sleep(following)
        return True

    async def _visit(self, address: Address) -> None:
        got = await self._fetcher.fetch(address.url, "article", (address.etag, address.last_modified))
        if isinstance(got, NoAnswer):
            self._failed(address, got)
        elif got.answer.status == 304:
            self._fetcher.record(address.url, "article", got, "not_modified")
            self._frontier.mark_unchanged(address, self._run.there())
        elif got.answer.status == 200 or got.answer.status in GONE:
            self._refused_in_a_row = 0
            self._publisher.publish(address, got)
        else:
            self._answered_otherwise(address, got)

    def _failed(self, address: Address, got: NoAnswer) -> None:
        if got.kind == "stopped":
            return
        if got.reason == "oversized":
            self._publisher.reject(address, Reason.OVERSIZED, f"larger than {self._run.settings.max_page_bytes:,} bytes")
        elif got.reason == UNAVAILABLE:
            # This crawl knows no other rules: it is left to the next one.
            not_before = max(got.retry_at or 0.0, self._run.now() + PATIENCE + 1)
            self._frontier.put_off(address, not_before, f"refused:{UNAVAILABLE}")
        elif got.reason == "robots":
            self._frontier.mark_failed(address, self._run.now() + RETRY_SECONDS[-1], "refused:robots")
        elif got.kind == "refused":
            self._frontier.mark_given_up(address, f"refused:{got.reason}")
        else:
            self._try_again(address, f"failed:{got.reason}", got.retry_at)

    def _answered_otherwise(self, address: Address, got: Got) -> None:
        """Neither there nor gone: a refusal, told to extract so that it is counted, or an error that may pass."""
        status = got.answer.status
        if status >= 500 or status in (408, 425):
            self._fetcher.record(address.url, "article", got, f"failed:http_{status}")
            self._try_again(address, f"failed:http_{status}", None)
            return
        self._publisher.refused(address, got)
        self._frontier.mark_failed(address, self._run.now() + RETRY_SECONDS[-2], f"refused:http_{status}")
        self._refused_in_a_row += status in FORBIDDEN
        if self._refused_in_a_row >= BLOCKED_AFTER:
            self._run.stop("failed", f"blocked: {BLOCKED_AFTER} pages in a row answered {status}")

    def _try_again(self, address: Address, outcome: str, not_before: float | None) -> None:
        wait = RETRY_SECONDS[min(address.attempts, len(RETRY_SECONDS) - 1)]
        if not self._frontier.mark_failed(address, max(self._run.now() + wait, not_before or 0.0), outcome):
            self._publisher.reject(address, Reason.HTTP_ERROR, f"{outcome}, {address.attempts + 1} times")
