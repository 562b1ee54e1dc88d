"""How many outlets there are in, a listening socket address for each out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

S = TypeVar("S")
TRIES = 20
FIRST = 11
"""The first outlet listens on 127.0.1.11, the next on 127.0.1.12 and so on."""


def bind_all(count: int, port: int, listen: Callable[[int, tuple[str, int]], S], close: Callable[[S], None]) -> list[S]:
    """Servers on addresses of their own and one port (`port` 0: any that is free on all of them). Where the system gives
    no further loopback addresses: 127.0.0.1 with ports of their own. Raises OSError where a given port is taken."""
    for _ in range(TRIES if port == 0 else 1):
        with suppress(OSError):
            return _one_port(count, port, listen, close)
    return [listen(number, ("127.0.0.1", port + number if port else 0)) for number in range(count)]


def _one_port(count: int, port: int, listen: Callable[[int, tuple[str, int]], S], close: Callable[[S], None]) -> list[S]:
    servers: list[S] = []
    try:
        for number in range(count):
            servers.append(listen(number, (f"127.0.1.{FIRST + number}", port)))
            port = port or _port(servers[0])
    except OSError:
        for server in servers:
            close(server)
        raise
    return servers


def _port(server: object) -> int:
    return int(server.server_address[1])  # type: ignore[attr-defined]
