"""A web address that alarms are told to in, every message with the (virtual) time at which it came out."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True)
class Told:
    """One line of a message."""

    at: datetime
    over: bool
    """It tells that something is over."""
    text: str


class Hook(ThreadingHTTPServer):
    """A context manager; `url` is the value of MARSAD_ALARMS_TO."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[Told] = []
        self.url = f"json://127.0.0.1:{self.server_address[1]}/"

    def __enter__(self) -> Hook:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["content-length"])))
        now = datetime.now(UTC)
        self.server.told += [Told(now, line.startswith("+"), line[2:]) for line in said["message"].splitlines()]
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
