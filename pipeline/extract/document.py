"""HTML text in, the parsed Document out: tree, metadata fields, JSON-LD nodes; and how text is read off elements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from lxml import etree, html
from lxml.html import HtmlElement as Element

from pipeline.extract.linked_data import Node, nodes_in

__all__ = ["BLOCKS", "HIDDEN", "Document", "Element", "ancestors", "drop", "names_of", "parse", "select", "squeeze", "words"]
BLOCKS: Final = frozenset((
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol option p pre section summary table tbody td tfoot th thead tr ul br").split())
HIDDEN: Final = frozenset("script style noscript template iframe svg select option button input textarea object head".split())
MAX_DEPTH: Final = 400
"""Elements nested deeper are no article's; libxml2 is told not to follow them."""
_WIDTHLESS: Final = re.compile("[\u00ad\u200b\ufeff\u2060]")
_NAMING: Final = ("class", "id", "itemprop", "rel", "data-testid")
_NAMELESS: Final[frozenset[str]] = frozenset()
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)


@dataclass(frozen=True)
class Document:
    """A parsed page."""

    tree: Element
    url: str

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of meta elements by lower-case name, property or itemprop (microdata elsewhere in the page too)."""
        found: dict[str, list[str]] = defaultdict(list)
        for element in self.tree.iter("meta"):
            for attribute in ("name", "property", "itemprop"):
                if (name := element.get(attribute)) and (content := (element.get("content") or "").strip()):
                    found[name.strip().lower()].append(content)
        return dict(found)

    @cached_property
    def nodes(self) -> list[Node]:
        """All JSON-LD objects of the page, flattened."""
        return nodes_in(str(element.text_content()) for element in self.tree.iter("script")
                        if "ld+json" in (element.get("type") or ""))

    def first_meta(self, *names: str) -> str | None:
        """The first content of the first of the names that is there."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def body(self) -> Element:
        """The body element, or the whole tree of a page without one."""
        found: Any = self.tree.find(".//body")
        return found if found is not None else self.tree

    @cached_property
    def title(self) -> str:
        """Text of the title element."""
        return next((squeeze(str(element.text_content())) for element in self.tree.iter("title")), "")


def parse(content: str, url: str) -> Document | None:
    """The page, or None where there is no element in it."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False, encoding="utf-8")
    cleaned = _DECLARATION.sub("", content.replace("\0", ""))
    try:
        # Bytes, because lxml refuses decoded text with an encoding declaration; they are ours, so the encoding is certain.
        tree: Any = html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return Document(tree, url) if isinstance(tree, Element) else None


def squeeze(text: str) -> str:
    """`text` with each run of white space as one space, without soft hyphens and marks of no width."""
    return " ".join((text if text.isascii() else _WIDTHLESS.sub("", text)).split())


def words(element: Any) -> str:
    """Visible text of an element on one line, with a space wherever blocks meet."""
    parts: list[str] = []
    _collect(element, parts)
    return squeeze("".join(parts))


def _collect(element: Any, parts: list[str]) -> None:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if node.tag in BLOCKS:
            parts.append(" ")
        if event == "start" and node.text and not _is_hidden(node):
            parts.append(node.text)
        elif event == "end" and node is not element and node.tail:
            parts.append(node.tail)


def _is_hidden(node: Any) -> bool:
    return node.tag in HIDDEN


def names_of(element: Any) -> frozenset[str]:
    """Words of class, id, itemprop and rel, split at hyphens, underscores and capitals, in lower case."""
    if not element.attrib:
        return _NAMELESS
    return _split(" ".join([said for name in _NAMING if (said := element.get(name))]))


@lru_cache(maxsize=4096)
def _split(said: str) -> frozenset[str]:
    return frozenset(_HUMP.sub(" ", said).replace("-", " ").replace("_", " ").lower().split())


def drop(element: Any) -> None:
    """Take an element out of its tree and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        # A space, lest the words on both sides grow together.
        tail = element.tail if element.tail[:1].isspace() or element.tag not in BLOCKS else " " + element.tail
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def ancestors(element: Any) -> Iterator[Any]:
    """Parents of an element, nearest first."""
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def select(tree: Any, expressions: Iterable[str]) -> list[Any]:
    """Elements and strings that XPath expressions find, in the order of the expressions, then of the page."""
    found: list[Any] = []
    for expression in expressions:
        result = tree.xpath(expression)
        found.extend(result if isinstance(result, list) else [str(result)])
    return found
