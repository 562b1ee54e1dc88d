"""An address in, what a reader of the sample press finds there out: the answer, the text, the links."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError

import feedparser
from lxml import etree, html

from config.outlet import Feed, Section, Sitemap

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


def get(url: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to a request with these headers (`If_None_Match=...`); error statuses are answers too."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def squeeze(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def page_text(content: bytes) -> str:
    """All text of an HTML page, single blanks."""
    return squeeze("".join(etree.ElementTextIterator(html.document_fromstring(content.decode()))))


def links(way: Feed | Sitemap | Section) -> set[str]:
    """All addresses that a way of discovery leads to, its further pages and maps included."""
    found: set[str] = set()
    waiting = [way.url]
    while waiting:
        content = get(waiting.pop())[2]
        if isinstance(way, Feed):
            found |= {str(entry.link) for entry in feedparser.parse(content).entries}
        elif isinstance(way, Sitemap):
            tree = etree.fromstring(content)
            named = {str(loc.text) for loc in tree.iter("{*}loc")}
            waiting += sorted(named) if etree.QName(tree).localname == "sitemapindex" else []
            found |= named
        else:
            anchors = list(html.document_fromstring(content.decode()).iter("a"))
            waiting += [str(one.get("href")) for one in anchors if one.get("rel") == "next"]
            found |= {str(one.get("href")) for one in anchors}
    return found
