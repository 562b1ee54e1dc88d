"""An HTML page or a plain-text scrape in, one page out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml import etree, html

from crawlers.charset import decode
from crawlers.given.source import Source
from pipeline.events import RawPage, Rejected

MAX_FILE_BYTES: Final = 64_000_000


def read_html(source: Source) -> Iterator[RawPage | Rejected]:
    """The page; its address is the one it states itself (rel=canonical, og:url), its id the file's name."""
    data = _bytes(source)
    if isinstance(data, Rejected):
        yield data
        return
    content = decode(data)
    yield source.page(content, "text/html", url=_stated_address(content), source_id=source.file.name)


def read_text(source: Source) -> Iterator[RawPage | Rejected]:
    """A scrape with title, menus and body all in one text; its id is the file's name."""
    data = _bytes(source)
    yield data if isinstance(data, Rejected) else source.page(decode(data), "text/plain", url=None, source_id=source.file.name)


def _bytes(source: Source) -> bytes | Rejected:
    if source.file.stat().st_size > MAX_FILE_BYTES:
        return source.refuse("", f"larger than {MAX_FILE_BYTES:,} bytes")
    return source.file.read_bytes()


def _stated_address(content: str) -> str | None:
    try:
        head = html.document_fromstring(content[:500_000].encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, ValueError):
        return None
    stated = [one.get("href") for one in head.iter("link") if one.get("rel") == "canonical"]
    stated += [one.get("content") for one in head.iter("meta") if one.get("property") == "og:url"]
    return next((url.strip() for url in stated if url and urlsplit(url.strip()).scheme in ("http", "https")), None)
