"""Fetches, pages and rejections of a crawl in, records on the bus out. Nothing counts as done before `flush` returned."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final, Literal

from crawlers.answer import Answer
from crawlers.robots import Rules
from crawlers.run import CrawlRun
from pipeline.bus import OversizedError, Producer
from pipeline.codec import encode
from pipeline.events import Fetch, RawPage, Rejected, Run, content_id
from pipeline.outcome import Reason, reject
from pipeline.state.frontier import moment
from pipeline.topology import FETCHES, RAW_PAGES, REJECTIONS, RUNS, lane_of

FLUSH_EVERY: Final = 20
FLUSH_SECONDS: Final = 150.0
"""Longer than the bus itself tries to deliver: a broker that is away for a minute ends no crawl."""
STAGE: Final = "crawl"
Purpose = Literal["robots", "feed", "sitemap", "section", "article"]


@dataclass(frozen=True)
class Got:
    """An answer to use; it is recorded once it is clear what came of it."""

    answer: Answer
    rules: Rules
    reserved: bool | None
    """Whether text and data mining is reserved."""
    at: float
    """When it had come, in seconds since 1970."""


class Journal:
    """What a crawl tells the bus."""

    def __init__(self, run: CrawlRun, producer: Producer) -> None:
        self._run, self._producer = run, producer
        self._numbers = itertools.count(1)
        self._started = run.now()
        self._unflushed = 0

    def fetch(
        self, url: str, purpose: Purpose, outcome: str, rules: Rules | None = None, *, got: Got | None = None,
        page_id: str | None = None,
    ) -> None:
        """Record one request, or the refusal to make it."""
        answer = got.answer if got else None
        headers = answer.headers if answer else {}
        self._send(FETCHES.name, self._run.outlet.id, Fetch(
            fetch_id=content_id(self._run.run_id, str(next(self._numbers))), run_id=self._run.run_id, outlet=self._run.outlet.id,
            url=url, purpose=purpose, fetched_at=moment(got.at if got else self._run.now()),
            status=answer.status if answer else None, bytes=len(answer.body) if answer else 0,
            etag=headers.get("etag"), last_modified=headers.get("last-modified"),
            robots=rules.decide(url) if rules else "allowed", crawl_delay=rules.delay if rules else None,
            tdm_reservation=got.reserved if got else None, outcome=outcome, page_id=page_id))
        self._run.counts[outcome.split(":", maxsplit=1)[0]] += 1
        self._unflushed += 1
        if self._unflushed >= FLUSH_EVERY:
            self.flush()

    def page(self, page: RawPage) -> None:
        """Send a page on its lane; one that the bus does not take becomes a rejection."""
        try:
            self._send(RAW_PAGES.on(lane_of(page.ref.origin)), page.ref.article_id, page)
            self._run.counts["pages"] += 1
        except OversizedError as error:
            self.rejected(reject(STAGE, Reason.OVERSIZED, page.ref, str(error)))

    def rejected(self, rejected: Rejected) -> None:
        """Send a rejection."""
        self._send(REJECTIONS.name, rejected.ref.article_id, rejected)
        self._run.counts["rejected"] += 1

    def flush(self) -> None:
        """Wait until all of it is durable. Raises BusError."""
        self._producer.flush(FLUSH_SECONDS)
        self._unflushed = 0

    def finish(self) -> None:
        """Record the run itself, durably."""
        run = self._run
        self._send(RUNS.name, run.outlet.id, Run(
            run_id=run.run_id, kind="crawl", outlet=run.outlet.id, started_at=moment(self._started),
            finished_at=moment(run.now()), state=run.ended, counts=dict(run.counts), detail=run.detail))
        self.flush()

    def _send(self, topic: str, key: str, event: Fetch | RawPage | Rejected | Run) -> None:
        value, headers = encode(event)
        self._producer.send(topic, key, value, headers)
