"""A Document and its Outlet in, the names by which the site calls itself out: they are neither headline nor author."""

from __future__ import annotations

from urllib.parse import urlsplit

from config.outlet import Outlet
from pipeline.extract.document import Document
from pipeline.extract.linked_data import is_article, text, types


def site_names(document: Document, outlet: Outlet | None) -> tuple[str, ...]:
    """Names of the site: of the outlet's file, of metadata, of its host."""
    host = (urlsplit(document.url).hostname or "").removeprefix("www.")
    names = [host, host.rsplit(".", 1)[0] if not host.replace(".", "").isdigit() else ""]
    if outlet is not None:
        names += [outlet.title, outlet.title_ar or "", outlet.id.replace("_", " "), *outlet.aliases]
    names += document.meta.get("og:site_name", []) + document.meta.get("application-name", [])
    for node in document.nodes:
        if is_article(node):
            names.append(text(node.get("publisher")) or "")
        elif types(node) & {"website", "newsmediaorganization", "organization"}:
            names += [text(node.get("name")) or "", text(node.get("alternateName")) or ""]
    return tuple(dict.fromkeys(name.strip() for name in names if name and len(name.strip()) > 1))
