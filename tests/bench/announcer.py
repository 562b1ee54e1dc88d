"""A folder in, an outlet on loopback that announces a batch of new pages at a time out."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from tests.bench.texts import paragraphs

OUTLET = """title: Le Relais
language: fr
local: true
verified: true
first_round: live
crawl_delay: 0
every_minutes: 1
max_pages: {most}
discover:
  - {{kind: feed, url: "{base}/feed.xml"}}
"""
BESIDES = 20
"""Requests of a crawl beside those for new pages: feed and robots.txt, and few of the visits that pages are due after an hour."""
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="{published}"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""

BEGINS = datetime(2026, 11, 25, tzinfo=UTC)
SYLLABLES = "ba ber chi dou fal gou hri jad kel lam mou nar ouf qis rab sou tiz wal yem zag".split()


class Announcer(ThreadingHTTPServer):
    """The outlet. `announced` pages exist so far; the feed lists the newest batch."""

    daemon_threads = True
    outlet = "le_relais"
    pause = 0.0
    """Seconds before a page is answered."""

    def __init__(self, outlets: Path, batch: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.outlets, self.batch, self.announced = outlets, batch, 0
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        outlets.mkdir(parents=True)
        (outlets / f"{self.outlet}.yml").write_text(OUTLET.format(base=self.base, most=batch + BESIDES), encoding="utf-8")

    def next_batch(self) -> None:
        """Announce as many new pages."""
        self.announced += self.batch

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, media type and content for a path."""
        if path == "/feed.xml":
            items = "".join(
                f"<item><title>{_title(number)}</title><link>{self.base}/actualite/{_slug(number)}</link></item>"
                for number in range(max(0, self.announced - self.batch), self.announced))
            return 200, "application/rss+xml", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        number = path.rsplit("-", 1)[-1]
        if not (path.startswith("/actualite/") and number.isdecimal() and int(number) < self.announced):
            return 404, "text/plain", "none"
        time.sleep(self.pause)
        return 200, "text/html", _page(int(number))

    def __enter__(self) -> Announcer:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()


def _page(number: int) -> str:
    """The page of an article: of its own minute and with words of its own, as articles of one story alone share theirs."""
    draw = random.Random(number)
    text = "".join(
        f"<p>{' '.join(sentence + ' ' + _invented(draw) + '.' for sentence in one.split('.') if sentence.strip())}</p>"
        for one in paragraphs(number, 1200).split("\n"))
    return PAGE.format(title=_title(number), paragraphs=text, published=(BEGINS + timedelta(minutes=number % 1440)).isoformat())


def _title(number: int) -> str:
    draw = random.Random(number)
    return f"{_invented(draw).capitalize()} : {_invented(draw)} {_invented(draw)} {number}"


def _invented(draw: random.Random) -> str:
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(4))


def _slug(number: int) -> str:
    return f"depeche-du-relais-de-la-province-{number}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Announcer

    def do_GET(self) -> None:
        status, media, text = self.server.answer(self.path)
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
