"""Readers' own business in (sign up, confirm, leave), pages out; nothing here is cached, and looking changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import structlog
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipeline.state import State, open_state
from pipeline.state.letters import Letters
from pipeline.state.subscribers import Subscriber, Subscribers
from warehouse.digest.deliver import OWN
from warehouse.digest.mail import load_mailer
from warehouse.digest.outcome import Taken
from warehouse.digest.readers import leave, subscription_of
from warehouse.digest.smtp import MailServer
from warehouse.digest.tokens import Leaving, load_tokens
from warehouse.files import WarehouseError
from warehouse.web.forms import FORM_COOKIE, FORM_SECONDS, Forms, fields_of, keep
from warehouse.web.security import Limiter
from warehouse.web.signup import PARAMETERS, WishError, summary, title_of, wish
from warehouse.web.site import Page, Site
from warehouse.web.words import LANGUAGES, PageLanguage, Words, chosen

log = structlog.get_logger()
DAY: Final = timedelta(days=1)
MAILS_A_DAY, SUBSCRIPTIONS = 4, 10
"""Confirmations that one address is sent a day, and subscriptions it may have."""
FORMS_A_MINUTE: Final = 10
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reception:
    """Receives readers."""

    site: Site
    forms: Forms
    limiter: Limiter

    def routes(self) -> list[BaseRoute]:
        """The addresses that are the same in every language: those in mails."""
        return [Route("/confirm/{token}", self.confirm, methods=["GET", "POST"]),
                Route("/unsubscribe/{token}", self.unsubscribe, methods=["GET", "POST"])]

    def own_routes(self, language: PageLanguage) -> list[BaseRoute]:
        """The addresses below a language."""
        async def subscribe(request: Request) -> Response:
            return await self.subscribe(request, language)
        return [Route("/subscribe", subscribe, methods=["GET", "POST"])]

    @cached_property
    def state(self) -> State:
        """The operational store, opened when first needed."""
        return open_state(self.site.settings.operational_url)

    async def subscribe(self, request: Request, language: PageLanguage) -> Response:
        """The form, and what was asked for by it."""
        if request.method != "POST":
            given = {name: request.query_params.get(name, "") for name in PARAMETERS}
            return await self._form(request, language, given)
        given = await fields_of(request)
        if not self.limiter.allows(request.client.host if request.client else ""):
            return self.page(Page("notice.html.j2", {"what": "too_often"}, 429), language)
        if not self.forms.accepts(request, given.get("form", "")):
            return await self._form(request, language, given, wrong=("form",), status=403)
        try:
            await to_thread.run_sync(self._sign_up, given, language)
        except WishError as error:
            return await self._form(request, language, given, wrong=error.fields, status=400)
        return self.page(Page("notice.html.j2", {"what": "asked"}), language, "subscribe")

    def _sign_up(self, given: Mapping[str, str], language: PageLanguage) -> None:
        """Note the wish and send the confirmation. What becomes of it is not told: nobody learns who is a reader."""
        address = given.get("address", "").strip()
        with self.site.visit(language, "subscribe", {}) as visit:
            asked = wish(given, language, title_of(given, visit), address)
        if not address:
            raise WishError(("to",))
        now, tokens = self.site.clock(), load_tokens(self.site.settings)
        one = Subscriber(OWN + secrets.token_hex(12), address.lower(), asked.model_copy(update={"to": ()}).model_dump_json(), now)
        noted = Subscribers(self.state.engine).sign_up(
            one, tokens.reader(address), since=now - DAY, mails=MAILS_A_DAY, subscriptions=SUBSCRIPTIONS)
        mailer = load_mailer(self.site.settings, tokens)
        if not noted or mailer is None:
            log.warning("confirmation_not_sent", reason="limit" if mailer else "no mail server is set")
            return
        server = MailServer(self.site.settings)
        mail = mailer.confirmation(one.digest, asked.title[language], one.address, language, now)
        outcome = server.send(mail, mailer.sender, one.address)
        server.close()
        if not isinstance(outcome, Taken):
            log.warning("confirmation_not_sent", reason=outcome.told)

    async def confirm(self, request: Request) -> Response:
        """GET asks, POST confirms: what opens links in mails before their reader does, confirms nothing."""
        digest = load_tokens(self.site.settings).confirmed(request.path_params["token"])
        return await to_thread.run_sync(self._confirm, request, digest)

    def _confirm(self, request: Request, digest: str | None) -> Response:
        subscribers = Subscribers(self.state.engine)
        found = subscribers.find(digest) if digest else None
        asked = subscription_of(found) if found else None
        language = _page_language(asked.language if asked else None, request)
        if digest is None or asked is None:
            return self.page(Page("notice.html.j2", {"what": "link_dead"}, 404), language)
        if request.method == "POST":
            subscribers.confirm(digest, self.site.clock())
        done = request.method == "POST"
        shows = {"title": next(iter(asked.title.values())), "when": summary(asked, Words(language)), "done": done}
        return self.page(Page("confirm.html.j2", shows), language)

    async def unsubscribe(self, request: Request) -> Response:
        """GET asks, POST leaves (RFC 8058 one-click and the page's button alike). Again is no harm."""
        given = await fields_of(request) if request.method == "POST" else {}
        return await to_thread.run_sync(self._unsubscribe, request, given)

    def _unsubscribe(self, request: Request, given: Mapping[str, str]) -> Response:
        leaving = load_tokens(self.site.settings).leaving(request.path_params["token"])
        if leaving is None:
            return self.page(Page("notice.html.j2", {"what": "link_dead"}, 404), _page_language(None, request))
        subscribers, letters = Subscribers(self.state.engine), Letters(self.state.engine)
        found = subscribers.find(leaving.digest)
        asked = subscription_of(found) if found else self.site.subscriptions.get(leaving.digest)
        if request.method == "POST":
            everything = subscribers.erase_address(found.address) if found and given.get("everything") else ()
            for digest in {leaving.digest, *everything}:
                leave(letters, subscribers, Leaving(digest, leaving.reader), self.site.clock())
        language = _page_language(asked.language if asked else None, request)
        shows = {"title": next(iter(asked.title.values())) if asked else leaving.digest, "done": request.method == "POST",
                 "own": leaving.digest.startswith(OWN)}
        return self.page(Page("unsubscribe.html.j2", shows), language)

    async def _form(
        self, request: Request, language: PageLanguage, given: Mapping[str, str], wrong: tuple[str, ...] = (), status: int = 200,
    ) -> Response:
        token, cookie = self.forms.begin(request)

        def made() -> Response:
            try:
                return filled()
            except WarehouseError:
                return self.page(Page("empty.html.j2", status=503), language, "subscribe")

        def filled() -> Response:
            with self.site.visit(language, "subscribe", {}) as visit:
                shows: dict[str, Any] = {
                    "given": {name: given.get(name, "") for name in (*PARAMETERS, "address")}, "wrong": wrong, "token": token,
                    "names": visit.names, "ready": bool(self.site.settings.smtp_host and self.site.settings.mail_from)}
            return self.page(Page("subscribe.html.j2", shows, status), language, "subscribe")
        response = await to_thread.run_sync(made)
        keep(response, request, FORM_COOKIE, cookie, FORM_SECONDS)
        return response

    def page(self, page: Page, language: PageLanguage, path: str = "") -> Response:
        """A page of the reader's own."""
        headers = {"cache-control": "no-store", "content-language": language}
        return Response(self.site.render(page, language, path, {}), page.status, headers, HTML)


def _page_language(wanted: str | None, request: Request) -> PageLanguage:
    return next((one for one in LANGUAGES if one == wanted), None) or chosen(request.headers.get("accept-language", ""))
