"""A tree in, its runs of text in page order out: what stands before, under and after the headline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
    parts: tuple[str, ...] = ()
    """Its text as divided by inline elements, with the white space of the source."""

    @property
    def pieces(self) -> tuple[str, ...]:
        """Its text as divided by inline elements."""
        return tuple(filter(None, map(squeeze, self.parts)))

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
    run = _Run([tree])
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if node is not tree and node.tag in BLOCKS:
            if block := run.end():
                yield block
            run.enter_or_leave_block(event, node)
        elif node is not tree:
            run.enter_or_leave_inline(event, node)
        if node.tag in HIDDEN:
            run.hidden += 1 if event == "start" else -1
        if event == "start":
            run.read(node.text)
        elif node is not tree:
            run.read(node.tail)
    if block := run.end():
        yield block


@dataclass
class _Run:
    """The block being read."""

    holders: list[Any]
    parts: list[str] = field(default_factory=list)
    inside: list[Any] = field(default_factory=list)
    in_link: int = 0
    linked: int = 0
    hidden: int = 0

    def end(self) -> Block | None:
        """The block up to here, if it has text; the next begins."""
        text = squeeze("".join(self.parts))
        block = Block(self.holders[-1], text, self.linked, tuple(self.inside), tuple(self.parts)) if text else None
        self.parts, self.inside, self.linked = [], [], 0
        return block

    def enter_or_leave_block(self, event: str, node: Any) -> None:
        if node.tag in INLINE_BREAK:
            return
        if event == "start":
            self.holders.append(node)
        else:
            self.holders.pop()

    def enter_or_leave_inline(self, event: str, node: Any) -> None:
        if event == "start":
            self.inside.append(node)
        self.in_link += (node.tag == "a") * (1 if event == "start" else -1)

    def read(self, text: str | None) -> None:
        """Take text, unless it is in a hidden element."""
        if text and not self.hidden:
            self.parts.append(text)
            self.linked += len(text.strip()) if self.in_link else 0
