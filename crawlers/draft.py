"""A site's address in, YAML for an outlet out: proposed by looking at the site politely, and usable as it is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import yaml

from config.outlet import Outlet
from config.reading import ConfigError
from config.settings import Settings
from crawlers.addresses import is_private
from crawlers.answer import Download
from crawlers.discover import Reading, UnreadableError
from crawlers.discover.look import looks_like_article
from crawlers.fetcher import Fetcher
from crawlers.journal import Journal
from crawlers.robots import sitemaps_named
from crawlers.run import CrawlRun
from crawlers.sample import Sampler
from crawlers.session import NoProducer, run_job
from crawlers.sight import COMMON_FEEDS, COMMON_SITEMAPS, FEEDS, Sight, look_at
from pipeline.state import open_state
from pipeline.state.hosts import Hosts

SECONDS: Final = 16.0
"""For all requests; with starting up and reading the samples the draft comes within the 30 s promised (DESIGN section 6)."""
SAMPLES: Final = 3
MAX_FEEDS: Final = 3
DELAY, LOCAL_DELAY = 2.0, 0.1
LOOK_DELAY: Final = 0.5
"""Seconds between the few requests of a look; robots.txt can make it longer."""
PAGES_ALONE, PAGES_BESIDE = 50, 5
"""Pages of a section to read where it is the only way to the past, and where a sitemap is there too."""


@dataclass
class Look:
    """What was found so far."""

    home: str
    sight: Sight | None = None
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    delay: float = DELAY
    named: list[str] = field(default_factory=list)
    """Addresses of articles that feeds and sitemaps name."""
    read: list[tuple[bool, str]] = field(default_factory=list)
    """Whether and how articles read."""
    hosts: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def draft(url: str, on: Settings) -> str:
    """The YAML. Raises ConfigError where the address is none, or the site does not answer."""
    outlet = _stand_in(url)
    look = Look(url)

    async def job(download: Download) -> None:
        with open_state(on.operational_url) as state:
            run = CrawlRun(outlet, on, "draft", time.time() + SECONDS)
            hosts = Hosts(state)
            sampler = Sampler(run, Fetcher(run, hosts, Journal(run, NoProducer()), download))
            await _Drafter(run, hosts, sampler, look).look()
            look.notes += sampler.notes
    run_job(outlet, on, job)
    if look.sight is None:
        raise ConfigError(f"{url}: {'; '.join(look.notes) or 'no answer'}")
    return _as_yaml(look, outlet)


def _stand_in(url: str) -> Outlet:
    """An outlet with nothing but hosts, to look with."""
    parts = urlsplit(url)
    host = parts.netloc.lower()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{url!r} is no address: give it whole, as https://example.ma/")
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    local = is_private(parts.hostname)
    return Outlet(id="draft", title="draft", language="fr", hosts=(host,) if local else (host, twin), local=local,
                  crawl_delay=LOCAL_DELAY if local else LOOK_DELAY)


class _Drafter:
    """Looks at one site."""

    def __init__(self, run: CrawlRun, hosts: Hosts, sampler: Sampler, look: Look) -> None:
        self._run, self._hosts, self._sampler, self._look = run, hosts, sampler, look

    async def look(self) -> None:
        """Home page, feeds, sitemaps, then a few articles; ends early when the time is up."""
        look = self._look
        home = await self._sampler.get(look.home, "section")
        if home is None:
            return
        look.home = home.answer.url
        look.delay = max(LOCAL_DELAY if self._run.outlet.local else DELAY, home.rules.delay if home.rules.parsed else 0.0)
        try:
            look.sight = look_at(home.answer.body, look.home, home.answer.headers.get("content-type"), self._run.outlet)
        except UnreadableError as error:
            look.notes.append(str(error))
            return
        await self._find_feeds(look.sight)
        await self._find_sitemaps()
        await self._read_samples(look.sight)

    async def _find_feeds(self, sight: Sight) -> None:
        likely = (*FEEDS.get(sight.platform or "", ()), *COMMON_FEEDS)
        for address in (*sight.feeds, *(urljoin(self._look.home, path) for path in ([] if sight.feeds else likely))):
            reading = await self._sampler.reading(address, "feed")
            if reading and reading.links:
                self._look.feeds.append(address)
                self._name(reading)
            if len(self._look.feeds) >= (MAX_FEEDS if sight.feeds else 1):
                return

    async def _find_sitemaps(self) -> None:
        parts = urlsplit(self._look.home)
        stored = self._hosts.robots(f"{parts.scheme}://{parts.netloc.lower()}")
        stated = sitemaps_named(stored) if stored else ()
        for address in stated[:3] or tuple(urljoin(self._look.home, path) for path in COMMON_SITEMAPS):
            reading = await self._sampler.reading(address, "sitemap")
            if reading and (reading.links or reading.children):
                self._look.sitemaps.append(address)
                self._name(reading)
                if not stated:
                    return

    async def _read_samples(self, sight: Sight) -> None:
        """Read a few articles as the pipeline will."""
        look = self._look
        for address in dict.fromkeys((*look.named, *sight.articles)):
            if len(look.read) >= SAMPLES or self._run.stopped:
                return
            if not looks_like_article(self._run.outlet, address, announced=True):
                continue
            look.read.append(await self._sampler.article(address))

    def _name(self, reading: Reading) -> None:
        own = [link.url for link in reading.links if urlsplit(link.url).netloc.lower() in self._run.outlet.all_hosts]
        self._look.named += own[:10]
        self._look.hosts |= {urlsplit(address).netloc.lower() for address in own}


def _as_yaml(look: Look, outlet: Outlet) -> str:
    assert look.sight is not None
    sight, base = look.sight, urlsplit(look.home)
    ways: list[dict[str, Any]] = [{"kind": "feed", "url": url} for url in look.feeds]
    ways += [{"kind": "sitemap", "url": url} for url in look.sitemaps]
    pages = PAGES_BESIDE if look.sitemaps else PAGES_ALONE
    ways += [{"kind": "section", "url": url, "pages": pages} for url in sight.sections]
    ways.append({"kind": "section", "url": f"{base.scheme}://{base.netloc}/"})
    fields: dict[str, Any] = {"title": sight.title, "language": sight.language}
    if outlet.local:
        fields["local"] = True
    fields["verified"] = any(reads for reads, _ in look.read)
    more = sorted(look.hosts - {urlsplit(way["url"]).netloc.lower() for way in ways})
    if more:
        fields["hosts"] = more
    fields |= {"crawl_delay": look.delay, "discover": ways}
    fields["note"] = f"Drafted by `marsad outlet draft {look.home}`; platform: {sight.platform or 'unknown'}."
    body = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120)
    return _comment(_told(look)) + body


def _told(look: Look) -> Iterable[str]:
    name = (urlsplit(look.home).hostname or "outlet").removeprefix("www.").replace(".", "_").replace("-", "_")
    yield f"Save as {name}.yml in the folder of outlets (MARSAD_OUTLETS), then: marsad crawl {name}"
    yield from (f"reads: {line}" for _, line in look.read)
    yield from (f"tried: {line}" for line in look.notes)


def _comment(lines: Iterable[str]) -> str:
    return "".join(f"# {' '.join(line.split())[:240]}\n" for line in lines)
