"""One crawl of one outlet: what it may use, how long it may take, what it counted so far."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from config.outlet import Outlet
from config.settings import Settings
from crawlers.answer import Answer
from crawlers.past import Past

MIN_OFFSET = 120.0
"""Seconds; servers' clocks that are less wrong are taken for right."""


@dataclass
class CrawlRun:
    """The limits and counts of a running crawl; times are seconds since 1970."""

    outlet: Outlet
    settings: Settings
    run_id: str
    deadline: float
    force: bool = False
    """Read every way, due or not."""
    past: Past | None = None
    """Look for what the outlet published then, instead of its news."""
    clock_offset: float = 0.0
    """How far the servers' clock is ahead of ours."""
    counts: Counter[str] = field(default_factory=Counter)
    ended: Literal["completed", "failed", "timed_out", "interrupted"] = "completed"
    detail: str | None = None
    met: str | None = None
    """What the last way of discovery that could not be read met."""
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        """Our clock."""
        return time.time()

    def there(self) -> float:
        """The servers' clock."""
        return time.time() + self.clock_offset

    def note_clock(self, answer: Answer) -> None:
        """Learn the servers' clock from an answer."""
        if answer.date:
            offset = answer.date.timestamp() - time.time()
            self.clock_offset = offset if abs(offset) > MIN_OFFSET else 0.0

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be asked."""
        return self._stop.is_set()

    def stop(self, how: Literal["failed", "timed_out", "interrupted", "completed"], why: str | None = None) -> None:
        """Ask for no more; the first reason counts."""
        if not self._stop.is_set():
            self.ended, self.detail = how, why
            self._stop.set()

    async def sleep(self, until: float) -> None:
        """Wait until then, or until the crawl is stopped."""
        seconds = until - time.time()
        if seconds > 0 and not self.stopped:
            try:
                await asyncio.wait_for(self._stop.wait(), seconds)
            except TimeoutError:
                return
