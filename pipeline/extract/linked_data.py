"""Texts of JSON-LD scripts in, their objects out in one flat list, and what an object says by name."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

Node = dict[str, Any]
MAX_NODES: Final = 500
"""Objects taken from a page at the most."""
MAX_DEPTH: Final = 12
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$")
ARTICLES: Final = frozenset(
    "article newsarticle blogposting reportagenewsarticle opinionnewsarticle analysisnewsarticle backgroundnewsarticle "
    "reviewnewsarticle askpublicnewsarticle report socialmediaposting scholarlyarticle techarticle satiricalarticle "
    "advertisercontentarticle".split())


def nodes_in(scripts: Iterable[str]) -> list[Node]:
    """Every object of the scripts that is readable; one broken script costs only itself."""
    found: list[Node] = []
    for script in scripts:
        text = _COMMENT.sub("", script)
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            try:
                data = json.loads(_CONTROL.sub(" ", html.unescape(text)).rstrip(" ;"), strict=False)
            except (ValueError, RecursionError):
                continue
        for node in _flatten(data, 0):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def _flatten(data: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for one in data:
            yield from _flatten(one, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for value in data.values():
            if isinstance(value, (dict, list)):
                yield from _flatten(value, depth + 1)


def types(node: Node) -> frozenset[str]:
    """The object's types in lower case, without schema.org's address."""
    stated = node.get("@type")
    return frozenset(str(one).rsplit("/", 1)[-1].lower() for one in (stated if isinstance(stated, list) else [stated]))


def is_article(node: Node) -> bool:
    """Whether the object is an article of any kind."""
    return bool(types(node) & ARTICLES)


def text(value: Any) -> str | None:
    """A plain string out of a value that may be a string, a list or an object with a name."""
    if isinstance(value, list):
        return next((found for one in value if (found := text(one))), None)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("headline"))
    if isinstance(value, str):
        return " ".join(html.unescape(html.unescape(value)).split()) or None
    return None


def texts(value: Any) -> list[str]:
    """All plain strings of a value."""
    return [found for one in (value if isinstance(value, list) else [value]) if (found := text(one))]
