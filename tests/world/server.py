"""Pages by address in, HTTP answers out: conditional requests, HEAD, and a note of every request."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.world.dates import rfc822
from tests.world.pages import Page

MAX_NOTED = 100_000
"""Requests kept in the note; older ones are forgotten."""


class Clock:
    """The virtual time: stands still until it is advanced."""

    def __init__(self, start: datetime) -> None:
        self.start, self.hours = start, 0.0

    @property
    def now(self) -> datetime:
        """The virtual time."""
        return self.start + timedelta(hours=self.hours)

    def advance(self, hours: float) -> None:
        """Move it on."""
        self.hours += hours


class Note:
    """What was asked for, in order; safe to write from many threads."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def add(self, row: dict[str, Any]) -> None:
        """Note a request."""
        with self._lock:
            self._rows.append(row)
            del self._rows[:-MAX_NOTED]

    def rows(self) -> list[dict[str, Any]]:
        """A copy of all rows."""
        with self._lock:
            return list(self._rows)


class Server(ThreadingHTTPServer):
    """One outlet on one address."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], outlet: str, clock: Clock, note: Note) -> None:
        super().__init__(address, Handler)
        self.outlet, self.clock, self.note = outlet, clock, note
        self.pages: dict[str, Page] = {}

    def serve_pages(self, pages: Mapping[str, Page]) -> None:
        """Answer with these pages from now on."""
        self.pages = {unquote(path): page for path, page in pages.items()}

    def page(self, target: str) -> Page | None:
        """The page at a request's target; a query that no page has is ignored, as outlets do with tracking parameters."""
        return self.pages.get(unquote(target)) or self.pages.get(unquote(urlsplit(target).path))


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the pages of its server."""

    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        hours = self.server.clock.hours
        page = self.server.page(self.path)
        status = page.status(hours) if page else 404
        content = page.text(hours).encode() if page and status != 410 else NOT_FOUND
        headers = validators(page, content, hours) if page and status == 200 else {}
        if headers and not_modified(self.headers.get, headers):
            status, content = 304, b""
        if page and page.kind == "challenge":
            headers["cf-mitigated"] = "challenge"
        self._send(status, page.media_type if page else "text/html; charset=utf-8", headers, content, with_body)

    def _send(self, status: int, media_type: str, headers: dict[str, str], content: bytes, with_body: bool) -> None:
        self.server.note.add({
            "outlet": self.server.outlet, "method": self.command, "path": self.path, "status": status,
            "time": datetime.now(UTC).isoformat(), "user_agent": self.headers.get("User-Agent", ""),
            "conditional": any(self.headers.get(name) for name in ("If-None-Match", "If-Modified-Since")),
        })
        self.send_response_only(status)
        self.send_header("Date", rfc822(self.server.clock.now))
        self.send_header("Server", "sample-press")
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """The note of requests says it all."""


NOT_FOUND = b"<!doctype html><title>404</title><h1>404</h1><p>Not found</p>"


def validators(page: Page, content: bytes, hours: float) -> dict[str, str]:
    """The ETag of the content, and Last-Modified where the page says when it changed."""
    found = {"ETag": f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"'}
    modified = page.modified(hours)
    if modified:
        found["Last-Modified"] = rfc822(modified)
    return found


def not_modified(given: Callable[[str], str | None], current: dict[str, str]) -> bool:
    """Whether the reader has this very state: by ETag, and only without one by date (RFC 9110, section 13.2.2)."""
    tags = given("If-None-Match")
    if tags is not None:
        return current["ETag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
    since = given("If-Modified-Since")
    if since is None or "Last-Modified" not in current:
        return False
    try:
        return parsedate_to_datetime(current["Last-Modified"]) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
