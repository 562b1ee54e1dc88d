"""A member of the team in, the warehouse asked in SQL out: behind a password, read-only, within limits."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from warehouse.read import MAX_SQL, QueryError, Table, query
from warehouse.web.forms import FORM_COOKIE, FORM_SECONDS, LOGIN_COOKIE, Forms, fields_of, keep
from warehouse.web.security import Limiter
from warehouse.web.site import Page, Site, link
from warehouse.web.words import PageLanguage

ROWS, SECONDS = 500, 15
LONGEST: Final = 300
"""Characters of a cell that are shown."""
SHOWN: Final = 150_000
"""Characters of an answer that are shown: a page stays within 200 KB."""
AT_ONCE: Final = 2
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Console:
    """Asks the whole snapshot, bodies included: only for who logged in."""

    site: Site
    forms: Forms
    limiter: Limiter
    turns: CapacityLimiter

    def routes(self, language: PageLanguage) -> list[BaseRoute]:
        """Its addresses below a language."""
        async def login(request: Request) -> Response:
            return await self.login(request, language)

        async def logout(request: Request) -> Response:
            return await self.logout(request, language)

        async def sql(request: Request) -> Response:
            return await self.sql(request, language)
        return [Route("/login", login, methods=["GET", "POST"]), Route("/logout", logout, methods=["POST"]),
                Route("/sql", sql, methods=["GET", "POST"])]

    async def login(self, request: Request, language: PageLanguage) -> Response:
        """The password's form, and its answer."""
        password = self.site.settings.web_password.get_secret_value()
        shows: dict[str, Any] = {"ready": bool(password), "wrong": False}
        if request.method != "POST":
            return self._page(request, Page("login.html.j2", shows), language, "login")
        given = await fields_of(request)
        if not self.limiter.allows(request.client.host if request.client else ""):
            return self._page(request, Page("notice.html.j2", {"what": "too_often"}, 429), language, "login")
        right = bool(password) and hmac.compare_digest(given.get("password", "").encode(), password.encode())
        if not (right and self.forms.accepts(request, given.get("form", ""))):
            return self._page(request, Page("login.html.j2", {**shows, "wrong": True}, 403), language, "login")
        response = RedirectResponse(link(language, "sql"), 303)
        self.forms.log_in(response, request)
        return response

    async def logout(self, request: Request, language: PageLanguage) -> Response:
        """Let the browser in no longer."""
        given = await fields_of(request)
        response = RedirectResponse(link(language), 303)
        if self.forms.accepts(request, given.get("form", "")):
            response.delete_cookie(LOGIN_COOKIE, httponly=True, samesite="strict")
        return response

    async def sql(self, request: Request, language: PageLanguage) -> Response:
        """The box, and the answer to what was asked in it."""
        if not self.forms.logged_in(request):
            return RedirectResponse(link(language, "login"), 303)
        given = await fields_of(request) if request.method == "POST" else {}
        asked = given.get("sql", "")[:MAX_SQL]
        shows: dict[str, Any] = {"sql": asked, "table": None, "wrong": "", "cut": False, "seconds": SECONDS, "most": ROWS}
        if asked.strip() and self.forms.accepts(request, given.get("form", "")):
            try:
                table = await to_thread.run_sync(self._ask, asked, limiter=self.turns)
                shows["table"], shows["cut"] = shown(table)
            except QueryError as error:
                shows["wrong"] = str(error)
        return self._page(request, Page("sql.html.j2", shows), language, "sql")

    def _ask(self, sql: str) -> Table:
        return query(sql, self.site.settings, rows=ROWS, seconds=SECONDS)

    def _page(self, request: Request, page: Page, language: PageLanguage, path: str) -> Response:
        token, cookie = self.forms.begin(request)
        said = Page(page.template, {**page.shows, "token": token}, page.status)
        response = Response(self.site.render(said, language, path, {}), page.status,
                            {"cache-control": "no-store", "content-language": language}, HTML)
        keep(response, request, FORM_COOKIE, cookie, FORM_SECONDS)
        return response


def shown(table: Table) -> tuple[Table, bool]:
    """The answer as texts that fit a page, and whether something was left out."""
    rows: list[tuple[str, ...]] = []
    left = SHOWN
    for row in table.rows:
        cells = tuple("" if cell is None else str(cell)[:LONGEST] for cell in row)
        left -= sum(len(cell) + 10 for cell in cells)
        if left < 0:
            break
        rows.append(cells)
    return Table(table.columns, tuple(rows)), len(rows) < len(table.rows) or not table.complete
