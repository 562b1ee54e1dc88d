"""A page that lists articles in, the links on it and its next page out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import etree, html

from config.outlet import Section
from crawlers.charset import decode
from crawlers.discover import Link, Reading, UnreadableError
from pipeline.state.ways import Child

MAX_LINKS: Final = 3000
MAX_PARSED: Final = 3_000_000
_NEXT: Final = re.compile(
    r"^\W*(?:(?:page )?suivante?|articles? (?:suivants?|plus anciens?)|next(?: page)?|older(?: posts| entries)?|siguiente"
    r"|m[aá]s antiguas?|(?:الصفحة )?التالية?|المزيد|أقدم|voir plus|load more|plus d.articles|›|»|→|>|>>|❯)\W*$", re.I)
_NUMBER: Final = re.compile(r"\d+")


def parse_page(body: bytes, content_type: str | None) -> html.HtmlElement:
    """The page as a tree. Raises UnreadableError where there is none to be had."""
    text = decode(body[:MAX_PARSED], content_type)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise UnreadableError(f"no HTML: begins with {text[:40]!r}") from error


def read_section(body: bytes, url: str, content_type: str | None, rules: Section | None = None) -> Reading:
    """Its links in page order, each once, and the page after it as the only child."""
    tree = parse_page(body, content_type)
    base = _base(tree, url)
    links: dict[str, Link] = {}
    for anchor in _anchors(tree, rules.links if rules else None):
        address = _address(anchor, base)
        if address and address not in links and len(links) < MAX_LINKS:
            links[address] = Link(address, _text(anchor))
    following = _next_page(tree, base, url, rules.next_page if rules else None)
    return Reading(tuple(links.values()), (Child(following, "section"),) if following else (), tuple(_dates(tree)))


def _dates(tree: html.HtmlElement) -> Iterator[datetime]:
    for element in itertools.islice(tree.iter("time"), MAX_LINKS):
        try:
            found = datetime.fromisoformat((element.get("datetime") or "").strip())
        except ValueError:
            continue
        yield found if found.tzinfo else found.replace(tzinfo=UTC)


def _base(tree: html.HtmlElement, url: str) -> str:
    stated = next((one.get("href") for one in tree.iter("base")), None)
    return urljoin(url, stated) if stated else url


def _anchors(tree: html.HtmlElement, expression: str | None) -> Iterator[Any]:
    if expression is None:
        yield from tree.iter("a")
        return
    found = etree.XPath(expression)(tree)
    for element in found if isinstance(found, list) else []:
        if isinstance(element, etree._Element):
            yield from [element] if element.get("href") else element.iter("a")


def _address(anchor: Any, base: str) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
        return None
    try:
        address = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _text(anchor: Any) -> str | None:
    text = " ".join(str(anchor.text_content()).split()) if hasattr(anchor, "text_content") else ""
    return text[:300] if len(text) > 20 else None


def _next_page(tree: html.HtmlElement, base: str, url: str, expression: str | None) -> str | None:
    for anchor in _anchors(tree, expression) if expression else (*_marked(tree), *_worded(tree)):
        address = _address(anchor, base)
        if address and address != url and urlsplit(address).netloc == urlsplit(url).netloc:
            return address
    return None if expression else _numbered(tree, base, url)


def _marked(tree: html.HtmlElement) -> Iterator[Any]:
    for name in ("link", "a"):
        yield from (one for one in tree.iter(name) if "next" in (one.get("rel") or "").lower().split())


def _worded(tree: html.HtmlElement) -> Iterator[Any]:
    for anchor in tree.iter("a"):
        marks = f"{anchor.get('class') or ''} {anchor.get('aria-label') or ''} {anchor.get('title') or ''}".lower()
        words = " ".join(str(anchor.text_content()).split())
        if len(words) < 30 and (_NEXT.match(words) or re.search(r"\b(?:next|suivant|pager__item--next)\b", marks)):
            yield anchor


def _numbered(tree: html.HtmlElement, base: str, url: str) -> str | None:
    """The page whose address is this one's but for a page number one higher."""
    here = _page_number(url)
    for anchor in tree.iter("a"):
        words = "".join(str(anchor.text_content()).split())
        address = _address(anchor, base) if words.isdigit() and len(words) < 5 and int(words) == here + 1 else None
        if address and urlsplit(address).netloc == urlsplit(url).netloc and address != url:
            return address
    return None


def _page_number(url: str) -> int:
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in ("page", "paged", "p", "pg") and value.isdigit() and len(value) < 5:
            return int(value)
    found = re.search(r"/page[/-](\d{1,4})(?:/|$)", parts.path) or re.search(r"(?:[./-])(\d{1,3})(?:\.html?)?/?$", parts.path)
    return int(found.group(1)) if found else 1
