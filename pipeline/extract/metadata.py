"""A Document in, section, tags, description, access and language as its metadata state them out."""

from __future__ import annotations

import re
from typing import Any, Final

from pipeline.events import Language
from pipeline.extract.document import Document, squeeze, words
from pipeline.extract.linked_data import is_article, text, texts
from pipeline.language.detect import as_language

MOST: Final = 30
"""Tags kept of one article."""


def section_of(document: Document) -> str | None:
    """The section the article is filed under."""
    for node in document.nodes:
        if is_article(node) and (found := text(node.get("articleSection"))):
            return found
    return document.first_meta("article:section", "og:section", "section", "articlesection", "cxenseparse:section")


def tags_of(document: Document) -> tuple[str, ...]:
    """Tags and keywords, without doubles, in the page's order."""
    found: list[str] = list(document.meta.get("article:tag", []))
    for node in document.nodes:
        if is_article(node):
            found += texts(node.get("keywords"))
    found += document.meta.get("news_keywords", []) + document.meta.get("keywords", [])
    found += [words(element).lstrip("#") for element in document.tree.xpath("//a[contains(concat(' ', @rel, ' '), ' "
        "tag ')]")]
    single = (squeeze(part) for one in found for part in re.split(r"[,،;]", one))
    return tuple(dict.fromkeys(tag for tag in single if 1 < len(tag) <= 60))[:MOST]


def description_of(document: Document) -> str | None:
    """The summary in the metadata; often cut off."""
    return document.first_meta("description", "og:description", "twitter:description")


def is_free(document: Document) -> bool | None:
    """Whether everybody may read it, where the page says so."""
    for node in document.nodes:
        if is_article(node) and "isAccessibleForFree" in node:
            return _truth(node["isAccessibleForFree"])
    stated = document.first_meta("isaccessibleforfree", "article:content_tier", "og:article:content_tier")
    return {"free": True, "metered": None, "locked": False}.get(stated.lower(), _truth(stated)) if stated else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).strip().lower().rsplit("/", 1)[-1])


def stated_language(document: Document) -> Language | None:
    """The language that the html element or JSON-LD claims; templates often lie, so the text decides first."""
    return as_language(document.tree.get("lang") or document.first_meta("og:locale", "content-language"))
