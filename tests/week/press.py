"""The calendar of the week in, its outlets served on loopback as of the (virtual) present out, with a note of requests."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from xml.sax.saxutils import escape

from tests.week.calendar import PAPERS, WEEK, Item, Paper, Trouble
from tests.week.texts import text_of
from tests.world.addresses import bind_all
from tests.world.dates import rfc822

CRAWL_DELAY = 0.05
LISTED = 80
"""Articles in a feed: more than any outlet publishes within an outage."""
RELATED = 5
OUTLET = """title: {id}
language: {language}
local: true
verified: true
first_round: live
crawl_delay: {delay}
every_minutes: {every}
discover:
  - {{kind: feed, url: "{base}/feed.xml"}}
"""
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - {outlet}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="{published}">
<meta name="author" content="{author}"></head><body><header><nav>{nav}</nav></header><main><article><h1>{title}</h1>
<p class="byline">{author}</p>{body}</article></main><footer>{nav}</footer></body></html>"""
REDESIGNED = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{outlet}</title>
<script src="/app.js" defer></script></head><body><div id="app" data-article="{number}"></div></body></html>"""
CHALLENGE = "<!doctype html><title>403</title><h1>Access denied</h1>"


@dataclass(frozen=True)
class Asked:
    """One request."""

    outlet: str
    path: str
    status: int
    at: datetime
    """By the virtual clock."""
    clock: float
    """By the real one, in seconds."""


class Site(ThreadingHTTPServer):
    """One outlet on one address."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], paper: Paper, items: Sequence[Item], note: list[Asked],
                 troubles: Sequence[Trouble]) -> None:
        super().__init__(address, _Handler)
        self.paper, self.note = paper, note
        self.items = {item.number: item for item in items}
        self.base = f"http://{self.server_address[0]!s}:{self.server_address[1]}"
        self._troubles = {one.fault: one for one in troubles if one.outlet == paper.id}

    def hit_by(self, fault: str, now: datetime) -> Trouble | None:
        """That trouble, where it lasts."""
        trouble = self._troubles.get(fault)  # type: ignore[call-overload]
        return trouble if trouble and trouble.begins <= now < trouble.ends else None

    def answer(self, path: str, now: datetime, known: str | None) -> tuple[int, str, str, str]:
        """Status, media type, content and ETag for a path, asked for with `known` as If-None-Match."""
        if self.hit_by("blocked", now):
            return 403, "text/html", CHALLENGE, ""
        if path == "/feed.xml":
            frozen = self.hit_by("frozen", now)
            text = self._feed(frozen.begins if frozen else now)
            tag = f'"{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"'
            return (304, "", "", tag) if known == tag else (200, "application/rss+xml", text, tag)
        number = path.rsplit("-", 1)[-1]
        item = self.items.get(int(number)) if path.startswith("/a/") and number.isdecimal() else None
        if item is None or item.published > now:
            return 404, "text/html", "<h1>404</h1>", ""
        return 200, "text/html", self._page(item, now), ""

    def path(self, item: Item) -> str:
        """Its address, without the host."""
        return f"/a/{item.published:%Y/%m/%d}/article-de-la-semaine-{item.number}"

    def _feed(self, now: datetime) -> str:
        newest = sorted((item for item in self.items.values() if item.published <= now), key=lambda item: -item.number)[:LISTED]
        rows = "".join(
            f"<item><title>{escape(text_of(self.paper.language, _seed(item)).title)}</title>"
            f"<link>{self.base}{self.path(item)}</link><pubDate>{rfc822(item.published)}</pubDate></item>" for item in newest)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{self.paper.id}</title>{rows}</channel></rss>'

    def _page(self, item: Item, now: datetime) -> str:
        if self.hit_by("redesigned", now):
            return REDESIGNED.format(language=self.paper.language, outlet=self.paper.id, number=item.number)
        text = text_of(self.paper.language, _seed(item))
        nav = "".join(f'<a href="/s/{number}">rubrique {number}</a>' for number in range(RELATED))
        return PAGE.format(
            language=self.paper.language, outlet=self.paper.id, title=text.title, author=text.author, nav=nav,
            published=item.published.isoformat(), body="".join(f"<p>{one}</p>" for one in text.paragraphs))


def _seed(item: Item) -> int:
    return int.from_bytes(hashlib.blake2b(item.outlet.encode(), digest_size=2).digest()) * 10_000 + item.number


class Press:
    """All outlets; a context manager that serves between enter and exit."""

    def __init__(self, outlets: Path, items: Sequence[Item], troubles: Sequence[Trouble] = WEEK) -> None:
        self.items, self.outlets, self._troubles = items, outlets, troubles
        self.asked: list[Asked] = []
        self.sites: dict[str, Site] = {}

    def __enter__(self) -> Press:
        def listen(number: int, address: tuple[str, int]) -> Site:
            paper = PAPERS[number]
            return Site(address, paper, [item for item in self.items if item.outlet == paper.id], self.asked, self._troubles)
        self.outlets.mkdir(parents=True)
        for site in bind_all(len(PAPERS), 0, listen, Site.server_close):
            paper = site.paper
            self.sites[paper.id] = site
            (self.outlets / f"{paper.id}.yml").write_text(OUTLET.format(
                id=paper.id, language=paper.language, delay=CRAWL_DELAY, every=paper.every_minutes, base=site.base))
            threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for site in self.sites.values():
            site.shutdown()
            site.server_close()

    def url(self, item: Item) -> str:
        """Its full address."""
        site = self.sites[item.outlet]
        return site.base + site.path(item)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site
    timeout = 30

    def do_GET(self) -> None:
        now, site = datetime.now(UTC), self.server
        status, media, text, tag = site.answer(self.path, now, self.headers.get("If-None-Match"))
        site.note.append(Asked(site.paper.id, self.path, status, now, time.monotonic()))
        content = text.encode()
        self.send_response_only(status)
        self.send_header("Date", rfc822(now))
        if tag:
            self.send_header("ETag", tag)
        if status != 304:
            self.send_header("Content-Type", f"{media}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
