"""An address in, its Answer out, or NoAnswer: every rule about asking stands here, and every request is recorded.

In order: the outlet's own hosts, robots.txt, the crawl's limits, the host's next free time, the request, what the host
said about coming back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.addresses import refuse
from crawlers.answer import REDIRECTS, Answer, Download, DownloadError, NoAnswer
from crawlers.browser import Renderer
from crawlers.journal import Got, Journal, Purpose
from crawlers.robots import Rules, is_fresh, is_unreachable, page_reservation, patience, rules_of
from crawlers.run import CrawlRun
from pipeline.state.hosts import Hosts, StoredRobots

MAX_REDIRECTS: Final = 5
MAX_SITEMAP_BYTES: Final = 52_428_800
"""The protocol's limit (sitemaps.org)."""
ROBOTS_TRIES: Final = 2
UNAVAILABLE: Final = "robots_unavailable"
_FORBIDDEN: Final = {"disallowed": "robots", "unavailable": UNAVAILABLE}
BUSY: Final = (429, 503)
Conditions = tuple[str | None, str | None]
"""ETag and Last-Modified to send along."""


class Fetcher:
    """Asks for addresses of one outlet, one at a time."""

    def __init__(self, run: CrawlRun, hosts: Hosts, journal: Journal, download: Download) -> None:
        self._run, self._hosts, self._journal, self._download = run, hosts, journal, download
        self._rules: dict[str, Rules] = {}
        self._renderer = Renderer(self._part, run.settings.max_page_bytes, run.settings.user_agent)

    async def fetch(self, url: str, purpose: Purpose, conditions: Conditions = (None, None)) -> Got | NoAnswer:
        """Ask, following redirects within the outlet. A Got has still to be recorded (`record`), all else already is."""
        headers = _conditional(conditions)
        for _ in range(MAX_REDIRECTS + 1):
            got = await self._ask(url, purpose, headers)
            if isinstance(got, NoAnswer) or got.answer.status not in REDIRECTS:
                return await self._shown(got, url, purpose)
            self.record(url, purpose, got, "redirected")
            url, headers = urldefrag(urljoin(url, got.answer.headers.get("location", ""))).url, {}
        self._journal.fetch(url, purpose, "failed:too_many_redirects")
        return NoAnswer("refused", "too_many_redirects")

    async def close(self) -> None:
        """End what was started for this crawl."""
        await self._renderer.close()

    async def _shown(self, got: Got | NoAnswer, url: str, purpose: Purpose) -> Got | NoAnswer:
        """The page as a browser shows it, where the outlet wants that."""
        if isinstance(got, NoAnswer) or got.answer.status != 200 or not (
                self._run.outlet.fetcher == "browser" and purpose in ("article", "section")):
            return got
        shown = await self._renderer.render(got.answer)
        if isinstance(shown, NoAnswer):
            self.record(url, purpose, got, f"{shown.kind}:{shown.reason}")
            return shown
        return replace(got, answer=shown)

    async def _part(self, url: str) -> Answer | NoAnswer:
        """What a page's script asks for: by the same rules, and never shown itself. What is elsewhere is not even recorded."""
        if refusal := refuse(self._run.outlet, url):
            return NoAnswer("refused", refusal)
        got = await self._ask(url, "article", {})
        if isinstance(got, NoAnswer):
            return got
        self.record(url, "article", got, "fetched" if got.answer.status == 200 else f"failed:http_{got.answer.status}")
        return got.answer

    def record(self, url: str, purpose: Purpose, got: Got, outcome: str, page_id: str | None = None) -> None:
        """Record what came of an answer."""
        self._journal.fetch(url, purpose, outcome, got.rules, got=got, page_id=page_id)

    async def rules(self, url: str) -> Rules | NoAnswer:
        """The rules of the address's site, read once a day."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.lower()}"
        if site not in self._rules:
            kept = self._hosts.robots(site)
            stored = kept if kept and is_fresh(kept, self._run.now()) else await self._read_robots(site, kept)
            if isinstance(stored, NoAnswer):
                return stored
            self._rules[site] = rules_of(stored, self._run.outlet, self._run.settings.user_agent, self._run.now())
        return self._rules[site]

    async def _ask(self, url: str, purpose: Purpose, headers: dict[str, str]) -> Got | NoAnswer:
        refusal = refuse(self._run.outlet, url)
        if refusal:
            self._journal.fetch(url, purpose, f"refused:{refusal}")
            return NoAnswer("refused", refusal)
        rules = await self.rules(url)
        if isinstance(rules, NoAnswer):
            return rules
        reason = _FORBIDDEN.get(rules.decide(url))
        if reason == UNAVAILABLE and (rules.trouble or "").startswith("http_"):
            reason = None   # the file is broken, not the server (crawlers.robots)
        if reason:
            self._journal.fetch(url, purpose, f"refused:{reason}", rules)
            if reason != UNAVAILABLE:
                return NoAnswer("refused", reason)
            return NoAnswer("refused", reason, self._run.now() + patience(rules.trouble), detail=rules.trouble)
        return await self._request(url, purpose, headers, rules)

    async def _request(self, url: str, purpose: Purpose, headers: dict[str, str], rules: Rules) -> Got | NoAnswer:
        """Wait for the host's time, ask, and keep what the answer means for the host."""
        # The twin with `www.` is the same server: one delay for both.
        host = urlsplit(url).netloc.lower().removeprefix("www.")
        stopped = await self._wait_for_turn(host, rules.delay)
        if stopped:
            return stopped
        run = self._run
        run.counts["requests"] += 1
        most = MAX_SITEMAP_BYTES if purpose == "sitemap" else run.settings.max_page_bytes
        try:
            answer = await self._download(url, headers, max(1.0, run.deadline - run.now()), most)
        except DownloadError as error:
            self._hosts.answered(host, rules.delay, run.now())
            failed = NoAnswer("refused" if error.final else "failed", error.reason)
            self._journal.fetch(url, purpose, f"{failed.kind}:{failed.reason}", rules)
            return failed
        run.note_clock(answer)
        own = page_reservation(answer.headers.get("tdm-reservation"), answer.body)
        got = Got(answer, rules, rules.reserved(url) if own is None else own, run.now())
        # A robots.txt that says "later" means itself: it is not asked for again in this crawl. Pages say for themselves.
        if answer.status in BUSY and purpose != "robots":
            until = self._hosts.set_back(host, run.now(), answer.retry_after)
            self.record(url, purpose, got, f"failed:http_{answer.status}")
            return NoAnswer("failed", f"http_{answer.status}", until, answer.status)
        self._hosts.answered(host, rules.delay, got.at)
        return got

    async def _wait_for_turn(self, host: str, delay: float) -> NoAnswer | None:
        run = self._run
        if run.counts["requests"] >= run.outlet.max_pages:
            run.stop("completed", f"{run.outlet.max_pages} requests (max_pages); the rest follows with the next crawl")
        while not run.stopped:
            start = self._hosts.reserve(host, delay, run.now(), run.deadline)
            if start is None:
                run.stop("completed", f"{host} may not be asked again within this crawl's time limit; the rest follows later")
                break
            await run.sleep(start)
            # Another crawl's request may have reached the host late, or was told to wait: our time, reserved before, shifts too.
            rests = self._hosts.rests_until(host)
            if rests <= run.now() + delay / 2:
                await run.sleep(rests)
                return NoAnswer("stopped", "the crawl ends") if run.stopped else None
        return NoAnswer("stopped", "the crawl ends")

    async def _read_robots(self, site: str, kept: StoredRobots | None) -> StoredRobots | NoAnswer:
        """Ask for robots.txt and tdmrep.json, and keep them; where they cannot be had, what was read before."""
        self._rules[site] = Rules("ignored" if self._run.outlet.robots == "ignore" else "allowed", self._run.outlet.crawl_delay)
        try:
            robots = await self._try_robots(f"{site}/robots.txt")
            if isinstance(robots, NoAnswer) and robots.kind == "stopped":
                return robots
            stored = _stored(robots, kept, self._run.now())
            if stored.trouble is None:
                tdm = await self.fetch(f"{site}/.well-known/tdmrep.json", "robots")
                if isinstance(tdm, Got):
                    self.record(f"{site}/.well-known/tdmrep.json", "robots", tdm, "fetched")
                    stored = replace(stored, tdm=tdm.answer.body[:100_000] if tdm.answer.status == 200 else None)
            self._hosts.keep_robots(site, stored)
            return stored
        finally:
            del self._rules[site]

    async def _try_robots(self, url: str) -> Got | NoAnswer:
        """robots.txt, asked for again where it fails."""
        for _ in range(ROBOTS_TRIES):
            got = await self.fetch(url, "robots")
            if isinstance(got, Got):
                self.record(url, "robots", got, "fetched" if got.answer.status < 500 else f"failed:http_{got.answer.status}")
                if got.answer.status < 500 or got.answer.retry_after:
                    return got
            elif got.kind != "failed":
                return got
        return got


def _stored(robots: Got | NoAnswer, kept: StoredRobots | None, now: float) -> StoredRobots:
    if isinstance(robots, Got) and not is_unreachable(robots.answer.status):
        return StoredRobots(now, robots.answer.status, robots.answer.body if robots.answer.status == 200 else b"", None)
    # A robots.txt that redirects off the outlet or without end counts as absent (RFC 9309, section 2.3.1.2).
    if isinstance(robots, NoAnswer) and robots.kind == "refused":
        return StoredRobots(now, 404, b"", None)
    trouble = f"http_{robots.answer.status}" if isinstance(robots, Got) else robots.reason
    return replace(kept or StoredRobots(now, None, b"", None), trouble=trouble, tried_at=now)


def _conditional(conditions: Conditions) -> dict[str, str]:
    etag, last_modified = conditions
    named = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in named.items() if value}
