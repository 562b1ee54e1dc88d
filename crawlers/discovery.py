"""An outlet's ways in, its new addresses in the frontier out: each way is read as its kind wants it, its children after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from config.outlet import Section
from crawlers.addresses import on_outlet, refuse
from crawlers.answer import NoAnswer
from crawlers.discover import Link, Reading, UnreadableError
from crawlers.discover.feed import read_feed
from crawlers.discover.look import looks_like_article
from crawlers.discover.section import read_section
from crawlers.discover.sitemap import read_sitemap
from crawlers.fetcher import UNAVAILABLE, Fetcher
from crawlers.journal import Got, Purpose
from crawlers.run import CrawlRun
from crawlers.telling import meaning, told
from pipeline.events import Discovery, content_id
from pipeline.state.frontier import Announced, Validators, moment
from pipeline.state.ways import Way, Ways
from pipeline.urls import article_id, canonical_url

MAX_DEPTH: Final = 3
"""Sitemaps below sitemaps below an index; an index that names itself ends."""
MAX_SITEMAPS: Final = 100
"""Sitemaps below an index in one crawl; those never read come first, the rest with the next crawl."""
TRIES: Final = 3
MAX_URL: Final = 2000
"""Characters; longer addresses are traps."""
_PURPOSE: Final[dict[str, Purpose]] = {"feed": "feed", "sitemap": "sitemap", "section": "section"}


@dataclass
class _Task:
    """A document to read."""

    way: Way
    listed: str | None = None
    """Its modification as the index above it says."""
    tries: int = 1
    put_off: float | None = None
    """It may not be asked for before that time."""


class Discoverer:
    """Reads the ways of one outlet."""

    def __init__(self, run: CrawlRun, fetcher: Fetcher, ways: Ways) -> None:
        self._run, self._fetcher, self._ways = run, fetcher, ways
        self._sections = {way.url: way for way in run.outlet.discover if isinstance(way, Section)}
        self._children = 0

    async def discover(self) -> None:
        """Read every way that is due, then what they lead to. A way whose documents were all read is settled."""
        run = self._run
        self._ways.configure(run.now())
        roots = self._ways.roots(run.now(), all_of_them=run.force)
        tasks = deque(_Task(way) for way in roots)
        left = {way.url for way in roots}
        while tasks and not run.stopped:
            task = tasks.popleft()
            found = await self._read(task)
            if run.stopped and found is None:
                return
            if found is None and task.tries < TRIES:
                tasks.append(_Task(task.way, task.listed, task.tries + 1))
            elif found is None:
                self._give_up(task)
                left.discard(task.way.root)
            else:
                tasks.extend(found)
        if not tasks and not run.stopped:
            for root in sorted(left):
                self._ways.settle(root)

    def _give_up(self, task: _Task) -> None:
        if task.put_off:
            self._ways.put_off(task.way, task.put_off)
        else:
            self._ways.keep_failed(task.way, self._run.now())
        self._run.counts["ways_failed"] += 1

    async def _read(self, task: _Task) -> list[_Task] | None:
        """Read one document and keep what it says; what is to be read below it. None: it failed, and may not if asked again."""
        way, run = task.way, self._run
        got = await self._fetch(way)
        if isinstance(got, NoAnswer):
            run.met = told(got)
            task.put_off = got.retry_at if got.reason == UNAVAILABLE else None
            task.tries = TRIES if got.kind == "refused" else task.tries
            return None
        if got.answer.status == 304:
            self._fetcher.record(way.url, _PURPOSE[way.kind], got, "not_modified")
            self._ways.keep_unchanged(way, run.now())
            run.counts["ways_read"] += 1
            return []
        if got.answer.status != 200:
            self._fetcher.record(way.url, _PURPOSE[way.kind], got, f"failed:http_{got.answer.status}")
            task.tries = TRIES if got.answer.status < 500 else task.tries
            run.met = meaning(f"http_{got.answer.status}")
            return None
        return self._keep(task, got)

    async def _fetch(self, way: Way) -> Got | NoAnswer:
        """Ask for it, and again without conditions where "not modified" cannot be believed by the servers' own clock."""
        purpose = _PURPOSE[way.kind]
        got = await self._fetcher.fetch(way.url, purpose, way.conditions(self._run.there()))
        if isinstance(got, Got) and got.answer.status == 304 and not way.believes(self._run.there()):
            self._fetcher.record(way.url, purpose, got, "not_modified")
            return await self._fetcher.fetch(way.url, purpose)
        return got

    def _keep(self, task: _Task, got: Got) -> list[_Task] | None:
        way, run, answer = task.way, self._run, got.answer
        try:
            reading = self._reading(way, got)
        except UnreadableError as error:
            self._fetcher.record(way.url, _PURPOSE[way.kind], got, f"failed:unreadable ({error})"[:300])
            run.met = str(error)[:200]
            task.tries = TRIES
            return None
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"), _fingerprint(reading))
        links = tuple(self._announced(way, reading.links))
        added = self._ways.keep_reading(way, links, validators, run.now(), run.there(), task.listed)
        run.counts["announced"] += added
        run.counts["ways_read"] += 1
        self._fetcher.record(way.url, _PURPOSE[way.kind], got, "fetched")
        return self._below(way, reading, links, added)

    def _reading(self, way: Way, got: Got) -> Reading:
        answer, content_type = got.answer, got.answer.headers.get("content-type")
        if way.kind == "feed":
            return read_feed(answer.body, answer.url, content_type)
        if way.kind == "sitemap":
            return read_sitemap(answer.body)
        return read_section(answer.body, answer.url, content_type, self._sections.get(way.root))

    def _below(self, way: Way, reading: Reading, links: Sequence[Announced], added: int) -> list[_Task]:
        """The documents below one: those of a sitemap index; the next page of a list while there is news on its pages."""
        if way.kind == "section":
            pages = self._sections[way.root].pages
            goes_on = way.depth + 1 < pages and links and self._ways.goes_on(way, added, links, reading.dates)
            named = reading.children if goes_on else ()
        else:
            named = reading.children if way.depth < MAX_DEPTH else ()
        chosen = [child for child in named
                  if len(child.url) <= MAX_URL and child.url != way.url and not refuse(self._run.outlet, child.url)]
        children = self._ways.children(way.root, chosen, way.depth + 1, self._run.now()) if chosen else ()
        if way.kind == "sitemap":
            children = children[:MAX_SITEMAPS - self._children]
            self._children += len(children)
        listed = {child.url: child.modified for child in chosen}
        return [_Task(child, listed[child.url]) for child in children]

    def _announced(self, way: Way, links: Iterable[Link]) -> Iterable[Announced]:
        """The links that lead to articles of the outlet, each with the one address it is kept under."""
        outlet, found_at = self._run.outlet, moment(self._run.now())
        for link in links:
            named = _canonical(link.url)
            url = named and (on_outlet(outlet, named) or on_outlet(outlet, link.url))
            announced = way.kind == "feed" or link.published is not None
            if not named or not url or not looks_like_article(outlet, named, announced=announced):
                continue
            yield Announced(article_id(named), url, Discovery(
                via=_PURPOSE[way.kind], found_at=found_at, announced_headline=link.headline,  # type: ignore[arg-type]
                announced_at=link.published, announced_at_raw=link.published_raw),
                link.modified.timestamp() if link.modified else None)


def _fingerprint(reading: Reading) -> str:
    """The same while it names the same, whatever else (a build date, an advertisement) changes around it."""
    said = [f"{link.url} {link.headline} {link.modified}" for link in reading.links]
    return content_id(*said, *(f"{child.url} {child.modified}" for child in reading.children))


def _canonical(url: str) -> str | None:
    try:
        return canonical_url(url) if len(url) <= MAX_URL else None
    except ValueError:
        return None
