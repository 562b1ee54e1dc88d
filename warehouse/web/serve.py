"""Settings, a host and a port in, the page served until interrupted."""

from __future__ import annotations

import socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from config.reading import ConfigError
from config.settings import Settings
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site

CONNECTIONS: Final = 500
"""More at the same time are answered 503 at once."""
BACKLOG: Final = 512


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. Raises ConfigError where the port is taken or the data folder cannot be written."""
    try:
        app = create_app(Site(settings, public_path(settings)))
    except OSError as error:
        raise ConfigError(f"{settings.data}: the key that signs links cannot be kept there ({error.strerror}): mend the folder's "
                          "permissions, or set MARSAD_SECRET") from error
    with _listening(host, port) as listener:
        run(app, settings, listener)


def run(app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
    """Serve an application on a listening socket until SIGINT or SIGTERM."""
    uvicorn.Server(uvicorn.Config(
        app, log_level=settings.log_level, access_log=False, server_header=False, limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5, timeout_graceful_shutdown=10, h11_max_incomplete_event_size=16_384, proxy_headers=True,
    )).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """The protocol is named, or asyncio leaves TCP_NODELAY off and every answer waits 40 ms for an acknowledgement."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        return listener
    except OSError as error:
        listener.close()
        raise ConfigError(f"{host}:{port}: cannot be listened on ({error.strerror}): choose another --port or --host") from error
