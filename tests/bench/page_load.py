"""A page under load beside a static answer of its size from the same server, while a loader publishes: errors and latencies.

    python -m tests.bench.page_load [--seconds 60] [--path /fr/] [--every 20]

First the rate that the static answer reaches; then, at half of it, slices of page and static answer in turns. A latency counts
from the moment at which the request was due, so that a server that stands still is not spared. The loader publishes three
times as often as a real one may (once a minute): each time every page is made anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import httpx

from config.settings import Settings
from tests.warehouse.web.press import DAM, PRESS, publish_press, settings_in

CONNECTIONS: Final = 16
SLICE: Final = 5.0
STATIC: Final = "/static-answer"
FACTOR: Final = 3.0
"""What the page's 95th percentile may be of the static answer's (issue 8)."""


@dataclass
class Seen:
    """What a slice, or several, met."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, other: Seen) -> None:
        """Take in another's."""
        self.seconds += other.seconds
        self.failed += other.failed

    def at(self, share: float) -> float:
        """A percentile, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")

    def __str__(self) -> str:
        return (f"{len(self.seconds):,} answers, {self.failed} errors, p50 {self.at(.5):.2f} ms, p95 {self.at(.95):.2f} ms, "
                f"p99 {self.at(.99):.2f} ms, longest {self.at(1):.0f} ms")


async def ask(address: tuple[str, int], path: str, seconds: float, rate: float | None) -> Seen:
    """Ask for `path` over kept connections, `rate` times a second altogether; None: as fast as answers come."""
    seen, began = Seen(), time.perf_counter()
    request = f"GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip\r\n\r\n".encode()

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection(*address)
        turn = number
        while (now := time.perf_counter()) - began < seconds:
            due = began + turn / rate if rate else now
            if due - began >= seconds:
                break
            if due > now:
                await asyncio.sleep(due - now)
            writer.write(request)
            if await _answer(reader) != 200:
                seen.failed += 1
            seen.seconds.append(time.perf_counter() - due)
            turn += CONNECTIONS
        writer.close()

    async def safely(number: int) -> None:
        try:
            await one(number)
        except (OSError, asyncio.IncompleteReadError):
            seen.failed += 1
    await asyncio.gather(*(safely(number) for number in range(CONNECTIONS)))
    return seen


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12])


def serve(settings: Settings, port: int, path: str) -> None:
    """Serve the page, and beside it a static answer that is as large as `path` is when it is first asked for."""
    from starlette.responses import Response

    from warehouse.public import public_path
    from warehouse.web.app import create_app
    from warehouse.web.serve import run
    from warehouse.web.site import Site

    app = create_app(Site(settings, public_path(settings)))
    static: list[Response] = []

    async def both(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != STATIC:
            await app(scope, receive, send)
            return
        if not static:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench")
            async with client, client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
                static.append(Response(b"".join([part async for part in answer.aiter_raw()]), media_type="text/html"))
        await static[0](scope, receive, send)
    with socket.create_server(("127.0.0.1", port)) as listener:
        run(both, settings, listener)


def load_and_publish(settings: Settings, every: float, published: Any) -> None:
    """Load an article more and publish, again and again."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    pieces = list(PRESS)
    while True:
        began = time.monotonic()
        number = len(pieces)
        pieces.append(replace(DAM, name=f"more-{number}", story=f"story-more-{number}", headline=f"Encore {number}"))
        publish_press(settings, tuple(pieces))
        with published.get_lock():
            published.value += 1
        time.sleep(max(0.0, every - (time.monotonic() - began)))


@contextlib.contextmanager
def running(settings: Settings, path: str) -> Iterator[tuple[str, int]]:
    """The served page's address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(settings, port, path), daemon=True)
    server.start()
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}{path}", timeout=5).raise_for_status()
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    try:
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.join(10)


def measure(settings: Settings, seconds: float, path: str, every: float) -> bool:
    """Print the figures; True where none is over its limit."""
    spawning = multiprocessing.get_context("spawn")
    with running(settings, path) as address:
        most = len(asyncio.run(ask(address, STATIC, 8.0, None)).seconds) / 8.0
        rate = most / 2
        print(f"static answer {most:,.0f} a second over {CONNECTIONS} connections; load average {os.getloadavg()[0]:.1f}")
        published = spawning.Value("i", 0)
        loader = spawning.Process(target=load_and_publish, args=(settings, every, published), daemon=True)
        loader.start()
        page, static = Seen(), Seen()
        for _ in range(max(1, round(seconds / SLICE))):
            page.add(asyncio.run(ask(address, path, SLICE, rate)))
            static.add(asyncio.run(ask(address, STATIC, SLICE, rate)))
        loader.terminate()
        loader.join(10)
    ratio = page.at(.95) / static.at(.95)
    print(f"at {rate:,.0f} a second, {published.value} publications, load average {os.getloadavg()[0]:.1f}")
    print(f"page    {page}\nstatic  {static}\np95 of the page / of the static answer: {ratio:.2f} (limit {FACTOR:g})")
    return page.failed == 0 and ratio <= FACTOR


def main() -> int:
    """0 where the page is within its limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--path", default="/fr/")
    parser.add_argument("--every", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder))
        publish_press(settings)
        return 0 if measure(settings, given.seconds, given.path, given.every) else 1


if __name__ == "__main__":
    sys.exit(main())
