"""A loopback server that answers as it is told, and notes what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml


@dataclass
class Reply:
    """What to answer."""

    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Replies = Callable[[str, int], Reply]
"""The reply to a path, asked for the n-th time (from 1)."""


class Site(ThreadingHTTPServer):
    """Serves `replies`."""

    daemon_threads = True

    def __init__(self, replies: Replies, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = replies
        self.asked: list[tuple[float, str]] = []
        self.headers: list[tuple[str, list[tuple[str, str]]]] = []
        self.base = f"{'https' if tls else 'http'}://127.0.0.1:{self.server_address[1]}"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def outlet(self, folder: Path, name: str, **fields: object) -> Path:
        """Write an outlet's file for this site; `{base}` in its texts is the site's address."""
        folder.mkdir(parents=True, exist_ok=True)
        row = {"title": name, "language": "fr", "local": True, "verified": True, "crawl_delay": 0, **fields}
        text = yaml.safe_dump(row).replace("{base}", self.base)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return folder


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((time.time(), self.path))
        self.server.headers.append((self.path, self.headers.items()))
        reply = self.server.replies(self.path, sum(path == self.path for _, path in self.server.asked))
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | reply.headers).items():
            self.send_header(name, value)
        whole = reply.body if isinstance(reply.body, bytes) else None
        self.send_header(*(("Content-Length", str(len(whole))) if whole is not None else ("Connection", "close")))
        self.end_headers()
        try:
            for part in (whole,) if whole is not None else reply.body:
                self.wfile.write(part)  # type: ignore[arg-type]
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(replies: Replies, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """The site while the block runs."""
    site = Site(replies, tls)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
