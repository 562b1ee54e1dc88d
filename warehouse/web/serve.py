"""Settings, a host and a port in, the page served until interrupted."""

from __future__ import annotations

from typing import Final

import uvicorn

from config.settings import Settings
from warehouse.public import public_path
from warehouse.web.app import create_app
from warehouse.web.site import Site

CONNECTIONS: Final = 500
"""More at the same time are answered 503 at once."""


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. Raises OSError where the port is taken, config.reading.ConfigError."""
    site = Site(settings, public_path(settings))
    uvicorn.run(
        create_app(site), host=host, port=port, log_level=settings.log_level, access_log=False, server_header=False,
        limit_concurrency=CONNECTIONS, timeout_keep_alive=5, timeout_graceful_shutdown=10, h11_max_incomplete_event_size=16_384,
        proxy_headers=True)
