"""A job that needs to ask for a few addresses in, the job done within Scrapy's engine and under all rules of asking out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from scrapy import Spider

from config.outlet import Outlet
from config.settings import Settings
from crawlers.answer import Download
from crawlers.download import ScrapyDownload, scrapy_settings

Job = Callable[[Download], Awaitable[None]]


class JobSpider(Spider):
    """Runs a job and ends."""

    name = "job"

    def __init__(self, *, job: Job, failed: list[Exception], **more: Any) -> None:
        super().__init__(**more)
        self._job, self._failed = job, failed

    async def start(self) -> AsyncIterator[Any]:
        """Run it; nothing is left to Scrapy's scheduler."""
        try:
            await self._job(ScrapyDownload(self.crawler))
        except Exception as error:
            self._failed.append(error)
        requests: tuple[Any, ...] = ()
        for request in requests:
            yield request


def run_job(outlet: Outlet, on: Settings, job: Job) -> None:
    """Run it to its end; once in a process, for Scrapy's reactor cannot be started again. Raises what the job raises."""
    from scrapy.crawler import CrawlerProcess

    failed: list[Exception] = []
    # What went wrong is in the job's own findings.
    process = CrawlerProcess({**scrapy_settings(outlet, on), "LOG_ENABLED": False, "LOG_LEVEL": "CRITICAL"})
    process.crawl(JobSpider, job=job, failed=failed)
    process.start()
    if failed:
        raise failed[0]


class NoProducer:
    """A producer for jobs whose requests are not part of any run: what they fetch goes nowhere."""

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Drop it."""

    def flush(self, timeout: float = 60.0) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to release."""

    def __enter__(self) -> NoProducer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
