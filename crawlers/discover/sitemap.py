"""The bytes of a sitemap, sitemap index or news sitemap in (gzipped or not), its links and further sitemaps out."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from crawlers.discover import Link, Reading, UnreadableError
from pipeline.state.ways import Child

MAX_URLS: Final = 50_000
"""The protocol's limit (sitemaps.org)."""
MAX_INFLATED: Final = 52_428_800
_DECLARES: Final = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.I)


def read_sitemap(body: bytes) -> Reading:
    """What it names, in its order. Raises UnreadableError where it is no sitemap, too large, or declares entities."""
    content = _inflated(body).lstrip()
    if _DECLARES.search(content):
        raise UnreadableError("it declares XML entities")
    links: list[Link] = []
    children: list[Child] = []
    for name, fields in _entries(content):
        if name == "sitemap":
            children.append(Child(fields["loc"], "sitemap", fields.get("lastmod")))
        else:
            links.append(Link(
                fields["loc"], fields.get("title"), _moment(fields.get("publication_date")), fields.get("publication_date"),
                _moment(fields.get("lastmod"))))
        if len(links) + len(children) >= MAX_URLS:
            break
    if not links and not children and not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", content[:2000]):
        raise UnreadableError(f"no sitemap: begins with {content[:40]!r}")
    return Reading(tuple(links), tuple(children))


def _entries(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The fields of each `url` and `sitemap` element, as far as the document can be read."""
    events = etree.iterparse(io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, recover=True,
                             load_dtd=False, huge_tree=False)
    try:
        for _, element in events:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in ("url", "sitemap"):
                fields = _fields(element)
                element.clear()
                if "loc" in fields:
                    yield name, fields
    except etree.XMLSyntaxError:
        return


def _fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in element.iterdescendants():
        if isinstance(child.tag, str) and child.text and (text := child.text.strip()):
            # The first counts: images and videos within have a `loc` and `title` of their own.
            fields.setdefault(etree.QName(child).localname, text)
    return fields


def _inflated(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    inflater = zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(body, MAX_INFLATED)
    except zlib.error as error:
        raise UnreadableError(f"the compressed sitemap is damaged: {error}") from error
    if inflater.unconsumed_tail:
        raise UnreadableError(f"inflates to more than {MAX_INFLATED:,} bytes")
    return content


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found and found.tzinfo else found.replace(tzinfo=UTC) if found else None
