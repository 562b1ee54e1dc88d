"""The served page: answers over a real socket, says why it cannot, stops when asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from config.reading import ConfigError
from config.settings import Settings
from warehouse.web.serve import serve

PROGRAM = "from config.settings import Settings; from warehouse.web.serve import serve; import sys; " \
          "serve(Settings(_env_file=None), '127.0.0.1', int(sys.argv[1]))"


@contextmanager
def served(settings: Settings) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {"MARSAD_DATA": settings.data, "MARSAD_TAXONOMY": settings.taxonomy, "MARSAD_LOG_LEVEL": "error"}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(port)], cwd=Path(__file__).parents[3],
                               env={**os.environ, **{name: str(value) for name, value in given.items()}})
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(url + "/robots.txt", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url, process
    finally:
        process.kill()
        process.wait(10)


def test_it_answers_get_and_head_and_stops_when_asked(press: Settings) -> None:
    with served(press) as (url, process), httpx.Client(base_url=url, timeout=20) as client:
        for path in ("/", "/fr/", "/ar/", "/en/"):
            got, head = client.get(path), client.head(path)
            assert (got.status_code, head.status_code, head.content) == (200, 200, b""), path
            assert head.headers["content-security-policy"] == got.headers["content-security-policy"]
            assert "server" not in got.headers
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)


def test_a_taken_port_is_named(press: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port}: cannot be listened on .*choose another --port"):
            serve(press, "127.0.0.1", port)
