"""An outlet's YAML in, its new and changed pages on the bus out: the one spider for all outlets.

The crawl is one plain coroutine: discover, then visit, one request at a time, each done (archived, flushed, marked) before
the next is made. Scrapy downloads; it keeps no queue that a kill could lose.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any, Final

import structlog
from scrapy import Spider

from crawlers.archive import Archive
from crawlers.articles import ArticleVisits
from crawlers.discovery import Discoverer
from crawlers.download import ScrapyDownload
from crawlers.fetcher import Fetcher
from crawlers.journal import Journal
from crawlers.past import PastWays
from crawlers.publish import Publisher
from crawlers.run import CrawlRun
from pipeline.bus import Bus
from pipeline.state import State
from pipeline.state.crawls import LEASE_SECONDS, CrawlLease
from pipeline.state.frontier import Frontier
from pipeline.state.hosts import Hosts
from pipeline.state.ways import Ways

log = structlog.get_logger()
BEAT_SECONDS: Final = 1.0


class OutletSpider(Spider):
    """Crawls the outlet of its run."""

    name = "outlet"

    def __init__(self, *, run: CrawlRun, state: State, bus: Bus, lease: CrawlLease, **more: Any) -> None:
        super().__init__(**more)
        self._run, self._state, self._bus, self._lease = run, state, bus, lease
        self._parent = os.getppid()

    async def start(self) -> AsyncIterator[Any]:
        """Run the crawl to its end; nothing is left to Scrapy's scheduler."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._run.stop, "interrupted", "stopped by a signal")
        beat = asyncio.ensure_future(self._beat())
        try:
            await self._crawl()
        except Exception as error:
            log.exception("crawl_failed", outlet=self._run.outlet.id)
            self._run.stop("failed", f"{type(error).__name__}: {error}")
            self._run.ended, self._run.detail = "failed", f"{type(error).__name__}: {error}"
        finally:
            beat.cancel()
        requests: tuple[Any, ...] = ()
        for request in requests:
            yield request

    async def _crawl(self) -> None:
        run, outlet = self._run, self._run.outlet
        archive = Archive(run.settings.data, outlet.id)
        with self._bus.producer() as producer:
            journal = Journal(run, producer)
            fetcher = Fetcher(run, Hosts(self._state), journal, ScrapyDownload(self.crawler))
            try:
                frontier = Frontier(self._state, outlet.id)
                ways = PastWays(self._state, outlet, run.past) if run.past else Ways(self._state, outlet)
                await Discoverer(run, fetcher, ways).discover()
                await ArticleVisits(run, fetcher, frontier, Publisher(run, fetcher, journal, frontier, archive)).visit_all()
            finally:
                await fetcher.close()
                archive.close()
                self._conclude(journal)

    def _conclude(self, journal: Journal) -> None:
        run = self._run
        if run.ended == "completed" and not run.counts["ways_read"]:
            why = f"none of its ways of discovery could be read{f': {run.met}' if run.met else ''}"
            run.ended, run.detail = "failed", run.detail or why
        self._lease.note_clock(run.clock_offset)
        journal.finish()

    async def _beat(self) -> None:
        """Renew the lease, and end when the time is up, the lease is lost or whoever started us is gone."""
        renewed = self._run.now()
        while not self._run.stopped:
            await asyncio.sleep(BEAT_SECONDS)
            now = self._run.now()
            if now >= self._run.deadline:
                self._run.stop("timed_out", "the time limit was reached; the rest follows with the next crawl")
            elif os.getppid() != self._parent:
                self._run.stop("interrupted", "the process that started this crawl is gone")
            elif now - renewed > LEASE_SECONDS / 3:
                renewed = now
                if not self._lease.renew(now):
                    self._run.stop("interrupted", "another crawl of this outlet took over")
