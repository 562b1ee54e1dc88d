"""A tree in, its runs of text in page order out: what stands before, under and after the headline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from pipeline.extract.document import BLOCKS, HIDDEN, ancestors, names_of, squeeze

INLINE_BREAK: Final = frozenset(("br",))


@dataclass(frozen=True)
class Block:
    """A run of text not interrupted by a block element or line break."""

    element: Any
    """The nearest block element around it."""
    text: str
    linked: int
    """Characters of it that are links."""
    inside: tuple[Any, ...]
    """Inline elements in it."""
    pieces: tuple[str, ...] = ()
    """Its text as divided by inline elements."""

    @property
    def names(self) -> frozenset[str]:
        """Words of class, id, itemprop and rel on the block, its inline elements and its nearest two parents."""
        around = list(ancestors(self.element))[:2]
        return frozenset().union(*(names_of(one) for one in (self.element, *self.inside, *around)))

    @property
    def own_names(self) -> frozenset[str]:
        """The same for the block itself and its inline elements only."""
        return frozenset().union(*(names_of(one) for one in (self.element, *self.inside)))


def blocks_of(tree: Any) -> Iterator[Block]:
    """All blocks with text below `tree`, in its order."""
    parts: list[str] = []
    inside: list[Any] = []
    holders: list[Any] = [tree]
    in_link = linked = 0
    hidden = 0

    def flush() -> Iterator[Block]:
        nonlocal linked
        text = squeeze("".join(parts))
        if text:
            yield Block(holders[-1], text, linked, tuple(inside), tuple(filter(None, map(squeeze, parts))))
        parts.clear()
        inside.clear()
        linked = 0

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        block = node.tag in BLOCKS
        if event == "start":
            hidden += node.tag in HIDDEN
            if block and node is not tree:
                yield from flush()
                if node.tag not in INLINE_BREAK:
                    holders.append(node)
            elif not block:
                inside.append(node)
                in_link += node.tag == "a"
            said = node.text
        else:
            if block and node is not tree:
                yield from flush()
                if node.tag not in INLINE_BREAK:
                    holders.pop()
            elif not block:
                in_link -= node.tag == "a"
            hidden -= node.tag in HIDDEN
            said = node.tail if node is not tree else None
        if said and not hidden:
            parts.append(said)
            linked += len(said.strip()) if in_link else 0
    yield from flush()
