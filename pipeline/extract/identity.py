"""A page and its rel=canonical in, article id and canonical address out; an address that cannot be right is not believed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from config.outlet import Outlet
from pipeline.events import PageRef, content_id
from pipeline.extract.document import Document
from pipeline.urls import article_id, canonical_url

READING: Final = "extract/2"
"""Version of this code: raised when the same page would be read differently."""
_ARTICLE_LIKE: Final = re.compile(r"\d{4,}|(?:[^/-]+-){3,}[^/-]+$")


def identify(ref: PageRef, document: Document, outlet: Outlet | None) -> tuple[str, str]:
    """Article id and canonical URL: of the page's own canonical link where it names a credible one, else the ref's."""
    own = _own(ref)
    stated = _stated(document, ref.final_url or ref.url)
    if own is None or stated is None or not _is_credible(stated, _own_final(ref) or own, outlet):
        return ref.article_id, own or ref.url
    return (ref.article_id, own) if article_id(stated) == ref.article_id else (article_id(stated), stated)


def reading_of(outlet: Outlet | None, profile: int | None = None) -> str:
    """Version of the code, of the outlet's rules that bear on how its pages are read, and number of its profile."""
    return _reading(outlet) + (f"+p{profile}" if profile is not None else "")


@lru_cache(maxsize=512)
def _reading(outlet: Outlet | None) -> str:
    if outlet is None:
        return READING
    rules = outlet.model_dump_json(include={"title", "title_ar", "language", "timezone", "hosts", "article_url",
        "not_article_url", "read", "drop",
                                            "drop_lines", "aggregator", "aliases"})
    return f"{READING}+{content_id(rules)[:12]}"


def _own(ref: PageRef) -> str | None:
    try:
        return canonical_url(ref.url)
    except ValueError:
        return None


def _own_final(ref: PageRef) -> str | None:
    try:
        return canonical_url(ref.final_url)
    except ValueError:
        return None


def _stated(document: Document, base: str) -> str | None:
    for link in document.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            try:
                return canonical_url(urljoin(base, href))
            except ValueError:
                return None
    return None


def _is_credible(stated: str, final: str, outlet: Outlet | None) -> bool:
    """Same site, not its home, not a section above the page, and not the page's address without what tells articles apart."""
    there, here = urlsplit(stated), urlsplit(final)
    hosts = {_bare(here.netloc), *(_bare(host) for host in (outlet.all_hosts if outlet else ()))}
    path, own_path = there.path.rstrip("/"), here.path.rstrip("/")
    if _bare(there.netloc) not in hosts or (not path and not there.query):
        return False
    if own_path.startswith(path + "/") or (path == own_path and here.query and not there.query):
        return bool(_ARTICLE_LIKE.search(path))
    return True


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
