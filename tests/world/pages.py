"""A sample outlet and its articles in, every page it serves (Page) out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.world.feeds import feed, sitemap_index, sitemap_urls
from tests.world.render import Renderer
from tests.world.site import Site
from tests.world.texts import Piece

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
EPOCH_DAYS = 30
"""Pages that never change say that they were last changed so many days before the world's start."""


@dataclass(frozen=True)
class Page:
    """One address. What it answers depends on the hours since the world's start only."""

    path: str
    kind: str
    text: Callable[[float], str]
    media_type: str = HTML
    title: str | None = None
    piece: Piece | None = None
    status: Callable[[float], int] = field(default=lambda hours: 200)
    modified: Callable[[float], datetime | None] = field(default=lambda hours: None)
    """Last-Modified; None where the outlet does not say."""


def build_pages(site: Site, pieces: list[Piece], renderer: Renderer) -> Iterator[Page]:
    """Home, sections, articles, feed, sitemaps, robots.txt and the odd pages of an outlet."""
    shown = [piece for piece in pieces if not piece.hidden]
    yield from (_article(site, piece, renderer) for piece in pieces)
    yield Page("/", "home", lambda hours: renderer.home(_left(shown, hours), hours), title=site.title)
    yield from _sections(site, shown, renderer)
    for kind, odd in site.odd.items():
        yield Page(odd["path"], kind, _fixed(renderer.odd(kind, odd, shown)), title=odd.get("title"),
                   status=_always(odd.get("status", 200)), modified=lambda hours: renderer.now - timedelta(days=EPOCH_DAYS))
    yield from _machines(site, pieces, renderer)


def _article(site: Site, piece: Piece, renderer: Renderer) -> Page:
    return Page(
        site.path(piece), "article", lambda hours: renderer.article(piece, hours).html, title=piece.title, piece=piece,
        status=lambda hours: 410 if piece.withdrawn(hours) else 200,
        modified=lambda hours: piece.changed(hours, renderer.now))


def _sections(site: Site, pieces: list[Piece], renderer: Renderer) -> Iterator[Page]:
    for section, name in site.sections.items():
        own = [piece for piece in pieces if piece.section == section]
        count = max(1, -(-len(own) // site.per_page))
        for number in range(1, count + 1):
            kind = "category_article" if site.category_article and number == 1 else "listing"
            yield Page(site.section_path(section, number), kind, _listing(renderer, section, own, number, count), title=name)


def _listing(renderer: Renderer, section: str, own: list[Piece], number: int, count: int) -> Callable[[float], str]:
    def text(hours: float) -> str:
        size = renderer.site.per_page
        return renderer.listing(section, _left(own, hours)[(number - 1) * size:number * size], number, count, hours)
    return text


def _machines(site: Site, pieces: list[Piece], renderer: Renderer) -> Iterator[Page]:
    def newest(hours: float) -> datetime:
        return max(piece.changed(hours, renderer.now) for piece in pieces)
    yield Page("/robots.txt", "robots", _fixed(site.robots.replace("{base}", renderer.base)), "text/plain; charset=utf-8")
    if site.feed:
        yield Page(site.feed["path"], "feed", lambda hours: feed(renderer, _left(pieces, hours), hours),
                   f"application/{site.feed['kind']}+xml; charset=utf-8", modified=newest)
    if site.sitemap:
        parts = [site.sitemap[name] for name in ("posts", "news") if name in site.sitemap]
        for path in parts or [site.sitemap["path"]]:
            news = path == site.sitemap.get("news")
            yield Page(path, "sitemap", _sitemap(renderer, pieces, news), XML, modified=newest)
        if parts:
            yield Page(site.sitemap["path"], "sitemap", lambda hours: sitemap_index(renderer, parts, newest(hours)), XML,
                       modified=newest)


def _sitemap(renderer: Renderer, pieces: list[Piece], news: bool) -> Callable[[float], str]:
    return lambda hours: sitemap_urls(renderer, _left(pieces, hours), hours, news)


def _left(pieces: list[Piece], hours: float) -> list[Piece]:
    return [piece for piece in pieces if not piece.withdrawn(hours)]


def _fixed(text: str) -> Callable[[float], str]:
    return lambda hours: text


def _always(status: int) -> Callable[[float], int]:
    return lambda hours: status
