"""A Site in, the ASGI application out: every address, its answer cached until the snapshot is replaced."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog
from anyio import CapacityLimiter, Event, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from warehouse.digest.tokens import load_tokens
from warehouse.digest.wording import CASABLANCA
from warehouse.files import WarehouseError
from warehouse.web.cache import Answer, Cache, answer
from warehouse.web.claim import claim
from warehouse.web.console import AT_ONCE, Console
from warehouse.web.entity import entities, entity
from warehouse.web.facts import FILTERS, facts, facts_csv, facts_parquet
from warehouse.web.feeds import feed, query_feed
from warehouse.web.find import PARAMETERS as SEARCH
from warehouse.web.find import find
from warehouse.web.forms import Forms
from warehouse.web.outlets import outlets
from warehouse.web.reading import NothingPublishedError, SlowQueryError
from warehouse.web.reception import FORMS_A_MINUTE, Reception
from warehouse.web.security import Limiter, Safety
from warehouse.web.selection import PARAMETERS
from warehouse.web.signup import PARAMETERS as SIGN_UP
from warehouse.web.signup import preview
from warehouse.web.site import Missing, Moved, Page, Site, link
from warehouse.web.story import story
from warehouse.web.today import today
from warehouse.web.trends import trend, trends
from warehouse.web.words import LANGUAGES, PageLanguage, chosen

log = structlog.get_logger()
View = Callable[..., Page | Moved | Answer]
READERS: Final = 8
"""Pages made at the same time; more wait."""
UNCACHED_A_MINUTE: Final = 240
"""Pages that an address may ask for that nobody asked for since the snapshot came; those at hand are not counted."""
DOWNLOADS_A_MINUTE: Final = 12
LATEST: Final = 5_000
"""Pages of which it is known in which snapshot they were made last."""
Key = tuple[Any, ...]
"""Snapshot and day; then language, path and what is asked."""
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Address:
    """One page below the language."""

    path: str
    view: View
    parameters: tuple[str, ...] = ()
    """Those of the query that the view reads; others change nothing."""
    heavy: bool = False


ADDRESSES: Final = (
    Address("", today, PARAMETERS),
    Address("trends", trends),
    Address("trends/{scheme}/{code}", trend),
    Address("story/{story_id}", story),
    Address("claim/{claim_id}", claim),
    Address("entities", entities),
    Address("entity/{entity_id}", entity),
    Address("facts", facts, (*FILTERS, "page")),
    Address("facts.csv", facts_csv, FILTERS, heavy=True),
    Address("facts.parquet", facts_parquet, FILTERS, heavy=True),
    Address("outlets", outlets),
    Address("search", find, SEARCH),
    Address("preview", preview, (*SIGN_UP, "digest")),
    Address("feeds/latest.{form}", query_feed, PARAMETERS),
    Address("feeds/{about}/{code}.{form}", feed),
)


def create_app(site: Site) -> Starlette:
    """The application. Its pages need nothing but the site's snapshot."""
    office = Office(site)
    forms = Forms(load_tokens(site.settings).key)
    reception = Reception(site, forms, Limiter(FORMS_A_MINUTE))
    console = Console(site, forms, Limiter(FORMS_A_MINUTE), CapacityLimiter(AT_ONCE))
    # Pages first: an address is compared with route after route.
    routes: list[BaseRoute] = [
        *(Mount(f"/{language}", routes=[
            *(office.route(language, address) for address in ADDRESSES), *reception.own_routes(language),
            *console.routes(language),
        ]) for language in LANGUAGES),
        Route("/", office.front),
        Route(f"/static/{site.style_name}", office.style),
        Route("/openapi.json", office.document),
        Route("/robots.txt", _robots),
        Route("/healthz", office.health),
        *reception.routes(),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Safety)], exception_handlers={404: office.missing, 500: office.failed})


class Office:
    """Answers requests from the cache, or by a view."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._cache = Cache()
        self._making: dict[Key, Event] = {}
        self._latest: OrderedDict[tuple[Any, ...], tuple[Any, ...]] = OrderedDict()
        self._uncached, self._downloads = Limiter(UNCACHED_A_MINUTE), Limiter(DOWNLOADS_A_MINUTE)
        self._readers: CapacityLimiter | None = None

    def route(self, language: PageLanguage, address: Address) -> Route:
        """The route of a page in a language."""
        async def endpoint(request: Request) -> Response:
            return await self.respond(request, language, address)
        return Route(f"/{address.path}", endpoint)

    async def front(self, request: Request) -> Response:
        """The first page, in the language the reader's browser asks for."""
        language = chosen(request.headers.get("accept-language", ""))
        response = await self.respond(request, language, ADDRESSES[0])
        response.headers["vary"] = "Accept-Language, Accept-Encoding"
        response.headers["content-language"] = language
        return response

    async def respond(self, request: Request, language: PageLanguage, address: Address) -> Response:
        """The answer to a request for this page."""
        asked = {name: request.query_params[name] for name in address.parameters if name in request.query_params}
        path = address.path.format(**request.path_params)
        try:
            key = (self.site.reader.identity(), self._day(), language, path, tuple(asked.items()))
        except NothingPublishedError:
            return _sent(request, self._page(Page("empty.html.j2", status=503), language, path, asked))
        found = self._cache.get(key) or self._former(key)
        if found is None:
            who = request.client.host if request.client else ""
            if not (self._downloads if address.heavy else self._uncached).allows(who):
                return _sent(request, self._notice("too_often", 429, language))
            found = await self._once(key, self._make, language, path, address, dict(request.path_params), asked)
        return _sent(request, found)

    def _former(self, key: Key) -> Answer | None:
        """The page as it was in the snapshot before, while somebody else's request makes it anew: nobody else waits for that."""
        return self._cache.get((*self._latest[key[2:]], *key[2:])) if key in self._making and key[2:] in self._latest else None

    async def _once(self, key: Key, make: Callable[..., Answer], *given: Any) -> Answer:
        """Made once however many ask for it at the same time, as all do when a snapshot was replaced."""
        if (making := self._making.get(key)) is not None:
            await making.wait()
            if (found := self._cache.get(key)) is not None:
                return found
        self._making[key] = done = Event()
        try:
            found = await self._in_thread(make, *given)
            if found.status == 200:
                self._cache.put(key, found)
                self._latest[key[2:]] = key[:2]
                if len(self._latest) > LATEST:
                    self._latest.popitem(last=False)
            return found
        finally:
            self._making.pop(key, None)
            done.set()

    def _make(
        self, language: PageLanguage, path: str, address: Address, parts: Mapping[str, Any], asked: Mapping[str, str],
    ) -> Answer:
        try:
            with self.site.visit(language, path, asked) as visit:
                made = address.view(visit, **parts)
        except Missing:
            return self._notice("missing", 404, language)
        except SlowQueryError:
            return self._notice("too_slow", 503, language)
        except WarehouseError as error:
            log.warning("page_unreadable", path=path, error=str(error))
            return self._notice("unreadable", 503, language)
        if isinstance(made, Moved):
            return answer("", "text/plain", 301, Location=link(language, made.to))
        return made if isinstance(made, Answer) else self._page(made, language, path, asked)

    def _page(self, page: Page, language: PageLanguage, path: str, asked: Mapping[str, str]) -> Answer:
        return answer(self.site.render(page, language, path, asked), HTML, page.status, Content_Language=language)

    def _notice(self, what: str, status: int, language: PageLanguage) -> Answer:
        return self._page(Page("notice.html.j2", {"what": what}, status), language, "", {})

    async def _in_thread(self, made: Callable[..., Answer], *given: Any) -> Answer:
        if self._readers is None:
            self._readers = CapacityLimiter(READERS)
        return await to_thread.run_sync(lambda: made(*given), limiter=self._readers)

    def _day(self) -> str:
        return self.site.clock().astimezone(CASABLANCA).date().isoformat()

    async def style(self, request: Request) -> Response:
        """The style sheet; its name changes with its content."""
        return _sent(request, answer(self.site.style, "text/css; charset=utf-8"), "public, max-age=31536000, immutable")

    async def document(self, request: Request) -> Response:
        """What is answered where, as OpenAPI."""
        return _sent(request, answer(self.site.openapi, "application/json"))

    async def health(self, _: Request) -> Response:
        """200 where a snapshot is there to be read, else 503."""
        try:
            self.site.reader.identity()
        except NothingPublishedError:
            return PlainTextResponse("nothing published yet\n", 503)
        return PlainTextResponse("ok\n")

    async def missing(self, request: Request, _: Exception) -> Response:
        """What no address leads to."""
        return _sent(request, self._notice("missing", 404, _language(request)))

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault of ours: logged, and said without details."""
        log.error("page_failed", path=request.url.path, error=repr(error))
        return _sent(request, self._notice("failed", 500, _language(request)))


def _language(request: Request) -> PageLanguage:
    first = request.url.path.split("/")[1]
    return next((one for one in LANGUAGES if one == first), None) or chosen(request.headers.get("accept-language", ""))


def _sent(request: Request, found: Answer, cached: str = "public, max-age=60") -> Response:
    """The answer as a response: 304 where the reader has it, compressed where the reader takes that."""
    kept = cached if found.status in (200, 301) else "no-store"
    headers = {"etag": found.etag, "vary": "Accept-Encoding", "cache-control": kept, **found.headers}
    if found.status == 200 and found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = found.body
    if found.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = found.zipped, "gzip"
    return Response(body, found.status, headers, found.media_type)


async def _robots(_: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /*/facts\nDisallow: /*/search\n")
