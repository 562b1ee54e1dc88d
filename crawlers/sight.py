"""An outlet's home page in, what it shows of the outlet out: name, language, platform, feeds and sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

from config.outlet import Outlet
from crawlers.addresses import on_outlet
from crawlers.discover.look import looks_like_article
from crawlers.discover.section import parse_page
from pipeline.events import Language
from pipeline.language.detect import detect

MAX_SECTIONS: Final = 15
FEEDS: Final = {
    "wordpress": ("/feed/",), "spip": ("/spip.php?page=backend",), "drupal": ("/rss.xml",),
    "arc": ("/arc/outboundfeeds/rss/?outputType=xml",),
}
"""Where a platform keeps its feed."""
COMMON_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.rss")
COMMON_SITEMAPS: Final = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/news-sitemap.xml")
_PLATFORMS: Final = (
    ("wordpress", re.compile(r"/wp-(?:content|includes|json)/|content=[\"']wordpress", re.I)),
    ("spip", re.compile(r"spip\.php|content=[\"']spip", re.I)),
    ("drupal", re.compile(r"/sites/(?:default|all)/|content=[\"']drupal|data-drupal", re.I)),
    ("arc", re.compile(r"/arc/outboundfeeds/|fusion-metadata|arc-cdn", re.I)),
    ("joomla", re.compile(r"content=[\"']joomla", re.I)),
    ("blogger", re.compile(r"content=[\"']blogger", re.I)),
)
_NO_SECTION: Final = re.compile(
    r"(?:^|[/=_-])(?:tags?|mots?-cles?|sujet|keyword|auteurs?|authors?|autor|contact\w*|about|a-propos|qui-sommes|mentions|legal|privacy"
    r"|confidentialite|cgu|cgv|terms|cookies?|pub|publicite|advertis\w+|annonc\w+|login|connexion|signin|register|inscription|account|compte"
    r"|subscribe|abonn\w+|newsletter|search|recherche|buscar|rss|feed|feeds|sitemap|plan-du-site|wp-[\w-]+|cdn-cgi|cart|panier|shop|boutique"
    r"|emploi|jobs|meteo|weather|horoscope|prieres?|calendrier|calendar|agenda|live|direct|tv|videos?|photos?|galerie|gallery|podcasts?"
    r"|share|print|amp|embed|trap|archives?|app|mobile|lang|page|pages)(?:$|[/=._-])", re.I)
_FILES: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|zip|mp[34]|css|js|json|xml|rss|rdf|txt)$", re.I)


@dataclass(frozen=True)
class Sight:
    """What the home page shows."""

    title: str
    language: Language
    platform: str | None
    feeds: tuple[str, ...]
    sections: tuple[str, ...]
    articles: tuple[str, ...]
    """Addresses on it that look like articles'."""


def look_at(body: bytes, url: str, content_type: str | None, outlet: Outlet) -> Sight:
    """`outlet`: whose hosts count as its own. Raises UnreadableError where it is no page."""
    tree = parse_page(body, content_type)
    links = [(anchor, address) for anchor in tree.iter("a") if (address := _own_address(anchor.get("href"), url, outlet))]
    articles = dict.fromkeys(address for _, address in links if looks_like_article(outlet, address, announced=False))
    text = " ".join(str(part) for part in tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))
    return Sight(
        title=_title(tree, url), language=_language(tree, text), platform=_platform(body), feeds=_feeds(tree, url, outlet),
        sections=_sections(links, outlet, url), articles=tuple(articles))


def _own_address(href: str | None, url: str, outlet: Outlet) -> str | None:
    try:
        return on_outlet(outlet, urldefrag(urljoin(url, (href or "").strip())).url) if href else None
    except ValueError:
        return None


def _title(tree: html.HtmlElement, url: str) -> str:
    stated = [one.get("content") for one in tree.iter("meta") if one.get("property") in ("og:site_name", "al:ios:app_name")]
    whole = next((str(one.text_content()) for one in tree.iter("title")), "")
    parts = [part.strip() for part in re.split(r"\s[-|–—:·•»]\s", whole) if part.strip()]
    named = [" ".join(text.split()) for text in (*stated, *(Counter(parts).most_common(1)[0][:1] if parts else ())) if text]
    return next((name for name in named if 1 < len(name) <= 80), urlsplit(url).hostname or url)


def _language(tree: html.HtmlElement, text: str) -> Language:
    """By its words; the html element is often left as the theme had it."""
    stated = (tree.get("lang") or "").lower()[:2]
    fallback = cast(Language, stated) if stated in ("ar", "fr", "en", "es") else "fr"
    return detect(text[:20_000], fallback)


def _platform(body: bytes) -> str | None:
    text = body[:300_000].decode("utf-8", "replace")
    return next((name for name, pattern in _PLATFORMS if pattern.search(text)), None)


def _feeds(tree: html.HtmlElement, url: str, outlet: Outlet) -> tuple[str, ...]:
    """Those the page announces, comment feeds apart."""
    found: list[str] = []
    for link in tree.iter("link"):
        kind, named = (link.get("type") or "").lower(), (link.get("title") or "").lower()
        if "alternate" in (link.get("rel") or "").lower() and ("rss" in kind or "atom" in kind):
            address = _own_address(link.get("href"), url, outlet)
            if address and not re.search(r"comment|تعليق", named + address.lower()):
                found.append(address)
    return tuple(dict.fromkeys(found))


def _sections(links: Iterable[tuple[Any, str]], outlet: Outlet, url: str) -> tuple[str, ...]:
    """Addresses that look like lists, those in the page's menus first: short paths, neither articles nor service pages."""
    scores: dict[str, int] = {}
    for anchor, address in links:
        parts = urlsplit(address)
        path = unquote(parts.path).rstrip("/")
        where = path + (f"?{parts.query}" if parts.query else "")
        if not where or path.count("/") > 3 or address.rstrip("/") == url.rstrip("/") or _FILES.search(path):
            continue
        if _NO_SECTION.search(where) or looks_like_article(outlet, address, announced=False):
            continue
        scores[address] = max(scores.get(address, 0), 2 if _in_menu(anchor) else 1)
    ranked = sorted(scores, key=lambda address: -scores[address])
    return tuple(ranked[:MAX_SECTIONS])


def _in_menu(anchor: Any) -> bool:
    for element in anchor.iterancestors():
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
        if element.tag in ("nav", "header") or re.search(r"\b(?:menu|nav|navbar|navigation|rubriques)\b", marks):
            return True
    return False
