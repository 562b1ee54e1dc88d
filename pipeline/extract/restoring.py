"""The chosen blocks in, with the paragraphs and subheadings among them that were passed over out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.document import ancestors
from pipeline.extract.wording import is_noise, is_read_more, is_related_heading

PROSE: Final = 60
"""Characters from which a block passed over is a paragraph."""
HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())


def restored(blocks: Sequence[Block], kept: Sequence[int], excluded: Collection[int]) -> list[int]:
    """`kept` and the indexes of blocks that stand among them in the same part of the page and read like them."""
    there = set(kept)
    if not there:
        return []
    like = {(blocks[index].element.tag, _parent(blocks[index])) for index in kept if _is_paragraph(blocks[index])}
    found = set(there)
    # From the end, so that a heading above a subheading is seen to head something.
    for index in range(len(blocks) - 1, min(there), -1):
        if index in there or index in excluded:
            continue
        block = blocks[index]
        if _is_foreign(block):
            continue
        alike = (block.element.tag, _parent(block)) in like
        divides = _heads(blocks, index, found) or _divides(blocks, index, found) or _stands_among(blocks, index, there)
        if divides or (alike and _is_paragraph(block)):
            found.add(index)
    return sorted(found)


def is_subheading(block: Block) -> bool:
    """Whether a block is a heading by its tag, or short and bold as a whole."""
    if block.element.tag in HEADINGS:
        return True
    return len(block.text) < PROSE and len(block.pieces) == 1 and any(one.tag in ("strong", "b") for one in block.inside)


def _parent(block: Block) -> Any:
    return block.element.getparent()


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= PROSE and block.linked * 2 <= len(block.text)


def _is_foreign(block: Block) -> bool:
    return (block.linked * 2 > len(block.text) or is_noise(block.text) or is_read_more(block.text)
            or is_related_heading(block.text))


def _heads(blocks: Sequence[Block], index: int, there: Collection[int]) -> bool:
    """A heading right above a chosen block that stands beside it or in a box beside it."""
    if blocks[index].element.tag not in HEADINGS or index + 1 not in there:
        return False
    parent = _parent(blocks[index])
    return any(one is parent for one in islice(ancestors(blocks[index + 1].element), 8))


def _divides(blocks: Sequence[Block], index: int, there: Collection[int]) -> bool:
    """A short bold line beside the chosen blocks before and after it."""
    if not {index - 1, index + 1} <= set(there) or not is_subheading(blocks[index]):
        return False
    parent = _parent(blocks[index])
    return parent is _parent(blocks[index - 1]) and parent is _parent(blocks[index + 1])


def _stands_among(blocks: Sequence[Block], index: int, there: Collection[int]) -> bool:
    """A line that only line breaks divide from chosen ones right before and after it."""
    if not {index - 1, index + 1} <= set(there):
        return False
    element = blocks[index].element
    return element is blocks[index - 1].element and element is blocks[index + 1].element
