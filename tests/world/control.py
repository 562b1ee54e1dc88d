"""Requests to /__world/... in, the state of the world out: clock, requests, truth; advance and stop."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answers = dict[tuple[str, str], Callable[[dict[str, str]], Any]]
"""What to answer to (method, path), given the query's parameters; a ValueError is the caller's fault."""


class Control(ThreadingHTTPServer):
    """The world's own address on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, answers: Answers) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers


class Handler(BaseHTTPRequestHandler):
    """Answers in JSON."""

    protocol_version = "HTTP/1.1"
    server: Control
    timeout = 30

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer("POST")

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        answer = self.server.answers.get((method, parts.path))
        if not answer:
            known = ", ".join(" ".join(key) for key in self.server.answers)
            self._send(404, {"error": f"no such control; there are: {known}"})
            return
        try:
            self._send(200, answer({name: values[-1] for name, values in parse_qs(parts.query).items()}))
        except ValueError as error:
            self._send(400, {"error": str(error)})

    def _send(self, status: int, answer: Any) -> None:
        content = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
