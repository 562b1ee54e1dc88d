"""One address, or one saved file, in; its RawPage out: to see how a single page is read, outside of any crawl."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from config.outlet import Outlet
from config.reading import ConfigError
from config.settings import Settings
from crawlers.addresses import is_private
from crawlers.answer import Download
from crawlers.charset import decode
from crawlers.fetcher import Fetcher
from crawlers.journal import Got, Journal
from crawlers.run import CrawlRun
from crawlers.sample import Sampler
from crawlers.session import NoProducer, run_job
from pipeline.events import PageRef, RawPage, content_id
from pipeline.state import open_state
from pipeline.state.frontier import moment
from pipeline.state.hosts import Hosts
from pipeline.urls import article_id, canonical_url

SECONDS: Final = 60.0


def page_at(address: str, outlet: Outlet | None, on: Settings) -> RawPage:
    """The page at an address, asked for under all rules of politeness, or in a file.

    Raises ConfigError where there is neither, or no answer with status 200.
    """
    if not address.startswith(("http://", "https://")):
        return _from_file(Path(address), outlet)
    asked = outlet or _stand_in(address)
    got: list[Got] = []
    notes: list[str] = []

    async def job(download: Download) -> None:
        with open_state(on.operational_url) as state:
            run = CrawlRun(asked, on, "try", time.time() + SECONDS)
            sampler = Sampler(run, Fetcher(run, Hosts(state), Journal(run, NoProducer()), download))
            if (answer := await sampler.get(address, "article")) is not None:
                got.append(answer)
            notes.extend(sampler.notes)
    run_job(asked, on, job)
    if not got:
        raise ConfigError("; ".join(notes) or f"{address}: no answer")
    answer = got[0].answer
    content = decode(answer.body, answer.headers.get("content-type"))
    return _page(content, address, answer.url, asked.id, moment(got[0].at), answer.date)


def _from_file(file: Path, outlet: Outlet | None) -> RawPage:
    if not file.is_file():
        raise ConfigError(f"{file}: no such file, and no address (http://… or https://…)")
    content = decode(file.read_bytes(), None)
    address = f"https://{next(iter(outlet.all_hosts), 'example.invalid') if outlet else 'example.invalid'}/file/{file.name}"
    return _page(content, address, address, outlet.id if outlet else "file", datetime.now(UTC), None)


def _page(content: str, address: str, final: str, outlet: str, seen: datetime, told: datetime | None) -> RawPage:
    url = canonical_url(address)
    ref = PageRef(page_id=content_id(url, content), article_id=article_id(url), outlet=outlet, url=url,
                  final_url=final, status=200,
                  fetched_at=seen, origin="import")
    return RawPage(ref=ref, content=content, server_time=told)


def _stand_in(address: str) -> Outlet:
    parts = urlsplit(address)
    host = parts.netloc.lower()
    return Outlet(id="try", title=host, language="fr", hosts=(host,), local=is_private(parts.hostname or ""))
