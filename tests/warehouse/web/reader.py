"""A reader without a network: asks the application and gets its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import lxml.html
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp


class WebReader:
    """Asks for pages; keeps cookies as a browser does."""

    def __init__(self, app: ASGIApp, portal: BlockingPortal, address: str = "192.0.2.7") -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://marsad.example")
        self._portal = portal

    def ask(self, method: str, url: str, **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            return await self._client.request(method, url, **more)
        return self._portal.call(go)

    def get_together(self, *urls: str) -> list[httpx.Response]:
        async def go() -> list[httpx.Response]:
            return list(await asyncio.gather(*(self._client.get(url) for url in urls)))
        return self._portal.call(go)

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.ask("GET", url, **more)

    def head(self, url: str, **more: Any) -> httpx.Response:
        return self.ask("HEAD", url, **more)

    def post(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        return self.ask("POST", url, data=data, **more)


def parsed(response: httpx.Response) -> Any:
    """The page's tree. Loosely typed: an XPath gives elements or texts, as its author knows."""
    assert response.headers["content-type"].startswith("text/html")
    return lxml.html.fromstring(response.text)


@contextmanager
def reading(app: ASGIApp) -> Iterator[WebReader]:
    with start_blocking_portal() as portal:
        yield WebReader(app, portal)
