"""A page as its server sent it in, the page as a browser shows it once its scripts ran out; for outlets with `fetcher: browser`.

The browser itself has no network. What a page's scripts ask for goes through the same Fetcher as all else: the outlet's own
hosts, robots.txt, delays, verified certificates and limits hold for it, too. (That is why scrapy-playwright was not taken: with
it the browser connects by itself, past resolver and delays.)
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

from config.reading import ConfigError
from crawlers.answer import Answer, NoAnswer
from crawlers.telling import meaning

SECONDS: Final = 60.0
"""For one page and all that it asks for, at the host's delay."""
MAX_ASKED: Final = 20
"""Requests of one page's scripts."""
SETTLE_MS: Final = 15_000
WANTED: Final = frozenset({"script", "xhr", "fetch"})
"""Pictures, styles, fonts and media say nothing that is read."""
NO_NETWORK: Final = ("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking")
Ask = Callable[[str], Awaitable[Answer | NoAnswer]]
"""Ask for an address under all rules."""


def browser_path() -> str:
    """Chromium's executable. Raises ConfigError where it or playwright is not installed."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None or importlib.util.find_spec("playwright") is None:
        raise ConfigError(meaning("browser_missing"))
    return found


class Renderer:
    """One browser for one crawl, started when it is first needed."""

    def __init__(self, ask: Ask, most: int, user_agent: str) -> None:
        self._ask, self._most, self._agent = ask, most, user_agent
        self._kept: dict[str, Answer] = {}
        self._turn = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None

    async def render(self, answer: Answer) -> Answer | NoAnswer:
        """The page after its scripts ran. NoAnswer: too large, or the browser failed on it."""
        try:
            browser_path()
            content = await asyncio.wait_for(self._render(answer), SECONDS)
        except ConfigError:
            return NoAnswer("failed", "browser_missing")
        except (TimeoutError, _error()) as error:
            return NoAnswer("failed", "timeout" if isinstance(error, TimeoutError) else "browser")
        body = content.encode("utf-8", "replace")
        if len(body) > self._most:
            return NoAnswer("refused", "oversized")
        return replace(answer, body=body, headers={**answer.headers, "content-type": "text/html; charset=utf-8"})

    async def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            await self._browser.close()
            await self._playwright.stop()
            self._browser = None

    async def _render(self, answer: Answer) -> str:
        context = await (await self._started()).new_context(
            user_agent=self._agent, service_workers="block", accept_downloads=False)
        try:
            page = await context.new_page()
            await page.route("**/*", _Door(self, answer).let_in)
            await page.goto(answer.url, wait_until="load", timeout=SECONDS * 1000)
            # A page that never rests (a ticker, a clock) is read as it is by then.
            with contextlib.suppress(_error()):
                await page.wait_for_load_state("networkidle", timeout=SETTLE_MS)
            return str(await page.content())
        finally:
            await context.close()

    async def _started(self) -> Any:
        if self._browser is None:
            from playwright.async_api import async_playwright

            self._playwright = await async_playwright().start()
            # Chromium's own sandbox refuses to run as root.
            root = ("--no-sandbox",) if os.geteuid() == 0 else ()
            self._browser = await self._playwright.chromium.launch(executable_path=browser_path(), args=[*NO_NETWORK, *root])
        return self._browser

    async def part(self, url: str) -> Answer | None:
        """What a script asked for; one at a time, and each address once in a crawl."""
        async with self._turn:
            if url not in self._kept:
                got = await self._ask(url)
                if isinstance(got, NoAnswer):
                    return None
                self._kept = {**dict(list(self._kept.items())[-50:]), url: got}
            return self._kept[url]


class _Door:
    """Lets in what one page may have."""

    def __init__(self, renderer: Renderer, answer: Answer) -> None:
        self._renderer, self._answer, self._asked, self._given = renderer, answer, 0, False

    async def let_in(self, route: Any) -> None:
        """Give the page itself and what its scripts need; nothing else."""
        request = route.request
        if request.is_navigation_request() and request.frame.parent_frame is None and not self._given:
            self._given = True
            await route.fulfill(status=200, body=self._answer.body, headers=_type_of(self._answer))
            return
        got = None
        if request.resource_type in WANTED and request.method == "GET" and self._asked < MAX_ASKED:
            self._asked += 1
            got = await self._renderer.part(request.url)
        if got is None:
            await route.abort()
        else:
            await route.fulfill(status=got.status, body=got.body, headers=_type_of(got))


def _type_of(answer: Answer) -> dict[str, str]:
    return {"content-type": answer.headers.get("content-type", "text/html")}


def _error() -> type[Exception]:
    from playwright.async_api import Error

    return Error
