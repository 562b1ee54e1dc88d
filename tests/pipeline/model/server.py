"""A stand-in for a model's endpoint on loopback: answers with what it is given, or misbehaves in the ways that endpoints do."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Model:
    """What the endpoint does next, and what it was asked."""

    answer: str = '{"facts": []}'
    mood: str = "good"
    """good, garbage, empty, busy, denied, moved, huge, trickle, silent, hang_up."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def says(self, *facts: dict[str, Any]) -> None:
        """Answer with these facts."""
        self.answer = json.dumps({"facts": list(facts)}, ensure_ascii=False)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.model = Model()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        self.server.model.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.model.keys.append(self.headers.get("Authorization", ""))
        with suppress(ConnectionError):
            getattr(self, f"_{self.server.model.mood}")()

    def do_GET(self) -> None:
        self._give(json.dumps({"data": [{"id": "essai-7b"}]}).encode())

    def _good(self) -> None:
        choice = {"message": {"content": self.server.model.answer}}
        self._give(json.dumps({"choices": [choice], "usage": {"total_tokens": 321}}).encode())

    def _garbage(self) -> None:
        self._give(b"<html>502 but with status 200</html>")

    def _empty(self) -> None:
        self._give(b'{"choices": []}')

    def _busy(self) -> None:
        self._give(b"later", 429, {"Retry-After": "120"})

    def _denied(self) -> None:
        self._give(b"who are you", 401)

    def _moved(self) -> None:
        self._give(b"", 307, {"Location": "http://127.0.0.1:9/elsewhere"})

    def _huge(self) -> None:
        self._give(b" " * 3_000_000)

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def _silent(self) -> None:
        time.sleep(2)
        self.close_connection = True

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _give(self, content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def model_server() -> Iterator[Model]:
    """The endpoint, as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.model
    finally:
        server.shutdown()
        server.server_close()
