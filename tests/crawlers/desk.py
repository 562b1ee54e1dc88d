"""A data folder and outlets in, crawls in their own processes and what they left on the bus out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from config.settings import settings
from crawlers.crawl import CrawlReport, crawl
from pipeline.bus import open_bus
from pipeline.codec import decode
from pipeline.events import Fetch, RawPage, Rejected, Run
from pipeline.topology import FETCHES, RAW_PAGES, REJECTIONS, RUNS, Topic

E = TypeVar("E", RawPage, Fetch, Rejected, Run)
CRAWLS = 3


class CrawlDesk:
    """Crawls outlets of one folder into one data folder."""

    def __init__(self, data: Path, outlets: Path) -> None:
        self.data, self.outlets = data, outlets
        self._runs = 0

    def crawl(
        self, *names: str, seconds: float = 120, force: bool = False, past: tuple[date, date] | None = None,
    ) -> dict[str, CrawlReport]:
        """Crawl these outlets (default: all) side by side."""
        chosen = names or tuple(sorted(file.stem for file in self.outlets.glob("*.yml")))
        self._runs += 1
        with self._environment(), ThreadPoolExecutor(CRAWLS) as pool:
            jobs = {name: pool.submit(crawl, name, run_id=f"{self._runs}-{name}", seconds=seconds, force=force, past=past)
                    for name in chosen}
            return {name: job.result() for name, job in jobs.items()}

    def pages(self) -> list[RawPage]:
        """Every page on the bus, live first."""
        return self._read(RAW_PAGES, RawPage)

    def fetches(self) -> list[Fetch]:
        """Every fetch recorded."""
        return self._read(FETCHES, Fetch)

    def rejections(self) -> list[Rejected]:
        """Every rejection by the crawl."""
        return self._read(REJECTIONS, Rejected)

    def runs(self) -> list[Run]:
        """Every run recorded."""
        return self._read(RUNS, Run)

    def _read(self, topic: Topic, kind: type[E]) -> list[E]:
        with open_bus("embedded", str(self.data)) as bus:
            return [decode(record.value, record.headers, kind) for name in topic.names()
                    for at in bus.end_offsets(name) for record in bus.read(at, 0, 100_000)]

    @contextmanager
    def _environment(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MARSAD_DATA", str(self.data))
            patch.setenv("MARSAD_OUTLETS", str(self.outlets))
            settings.cache_clear()
            yield
        settings.cache_clear()


def urls(pages: Iterable[RawPage]) -> set[str]:
    """Their canonical addresses."""
    return {page.ref.url for page in pages}
