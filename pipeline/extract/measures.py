"""A tree in, sizes of every element's text and links out: what decides whether a block is prose or a list of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pipeline.extract.document import Element

HEADLINE: Final = 18
"""Characters (without spaces) from which the text of a link may be another article's headline."""
PROSE: Final = 70
"""Characters of unlinked text from which a block counts as prose."""


@dataclass(slots=True)
class Measure:
    """Text below one element, in characters that are not spaces."""

    size: int = 0
    linked: int = 0
    links: int = 0
    headlines: int = 0
    """Links that may be headlines."""
    prose: int = 0
    """Characters of blocks that are long and not linked."""

    @property
    def density(self) -> float:
        """Share of the text that is links."""
        return self.linked / self.size if self.size else 0.0


class Measures:
    """Measures of all elements of a tree at one moment; elements removed later are simply no longer asked for."""

    def __init__(self, tree: Element) -> None:
        self._elements = [element for element in tree.iter() if isinstance(element.tag, str)]
        self._position = {element: at for at, element in enumerate(self._elements)}
        self._of: dict[Any, Measure] = {}
        for element in reversed(self._elements):
            self._of[element] = self._measure(element)

    def __getitem__(self, element: Any) -> Measure:
        return self._of.get(element) or Measure()

    def position(self, element: Any) -> int:
        """Where the element stands in the page's order."""
        return self._position.get(element, -1)

    def _measure(self, element: Any) -> Measure:
        own = _solid(element.text)
        total = Measure()
        for child in element:
            own += _solid(child.tail)
            if (one := self._of.get(child)) is not None:
                total.size += one.size
                total.linked += one.linked
                total.links += one.links
                total.headlines += one.headlines
                total.prose += one.prose
        total.size += own
        if element.tag == "a" and element.get("href"):
            total.linked, total.links = total.size, 1
            total.headlines = int(total.size >= HEADLINE and _leads_on(element.get("href")))
        if total.prose == 0 and total.size - total.linked >= PROSE and element.tag in _HOLDERS:
            total.prose = total.size - total.linked
        return total


_HOLDERS: Final = frozenset("p div li blockquote td dd section article pre main span font center".split())


def _solid(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _leads_on(href: str) -> bool:
    where = href.strip().lower()
    # A bare "#" is a link that a script follows; "#name" leads to a place in the page itself.
    return where == "#" or not where.startswith(("#", "mailto:", "tel:", "javascript:", "whatsapp:"))
