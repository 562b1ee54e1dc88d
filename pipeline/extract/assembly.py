"""The page's blocks and the text Trafilatura chose in, the body's lines as the page divides them out.

Trafilatura says where the article is; the page says where its paragraphs, list items and table rows begin and end. Blocks
between the first and last chosen one that are subheadings of chosen ones are kept with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.container import inside_container
from pipeline.extract.document import ancestors
from pipeline.extract.profile import SiteProfile
from pipeline.extract.restoring import restored

_OTHERS: Final = re.compile(r"[\W_]+")
COVERED: Final = 0.6
"""Share of the chosen text that blocks must account for; below it the chosen lines are taken as they are."""
SHORT: Final = 24
"""Letters below which a block must be a chosen line by itself: in a long text short ones are found by chance."""
REPEATED: Final = 40
"""Letters from which the same text twice is the layout's doing."""


def assemble(blocks: Sequence[Block], chosen: Sequence[str], excluded: Collection[int],
             profile: SiteProfile | None = None) -> list[str]:
    """Lines of the body. `excluded` are indexes of blocks known to be none of it."""
    whole = _letters("".join(chosen))
    single = {_letters(cell) for line in chosen for cell in (line.removeprefix("- "), *line.split(" | "))}
    letters = [_letters(block.text) for block in blocks]
    matched = [index for index, said in enumerate(letters) if index not in excluded and _is_chosen(said, whole, single)]
    covered = sum(len(letters[index]) for index in matched)
    left_out = sum(len(letters[index]) for index in excluded if letters[index] in whole)
    if not matched or covered + left_out < COVERED * len(whole):
        return _without(chosen, {letters[index] for index in excluded})
    kept = restored(blocks, inside_container(blocks, matched, profile), excluded)
    return _lines(_once(blocks, kept))


def _without(chosen: Sequence[str], excluded: Collection[str]) -> list[str]:
    return [line for line in chosen if _letters(line) not in excluded]


def _letters(text: str) -> str:
    return _OTHERS.sub("", text)


def _is_chosen(letters: str, whole: str, single: Collection[str]) -> bool:
    return letters in single or (len(letters) >= SHORT and letters in whole)


def _once(blocks: Sequence[Block], kept: Sequence[int]) -> list[Block]:
    """The blocks without a text that is there already."""
    seen: set[str] = set()
    single: list[Block] = []
    for index in kept:
        letters = _letters(blocks[index].text)
        if letters not in seen:
            single.append(blocks[index])
        if len(letters) > REPEATED:
            seen.add(letters)
    return single


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    last_row: Any = None
    last_cell: Any = None
    last_item: Any = None
    for block in blocks:
        cell, item = _cell_of(block), _item_of(block)
        row = cell.getparent() if cell is not None else None
        if row is not None and row is last_row and cell is not last_cell:
            lines[-1] += " | " + block.text
        elif item is not None and item is not last_item:
            lines.append("- " + block.text.lstrip("•·▪-–— "))
        else:
            lines.append(block.text)
        last_row, last_cell, last_item = row, cell, item
    return lines


def _cell_of(block: Block) -> Any | None:
    """The table cell around a short block."""
    if len(block.text) > 160:
        return None
    chain = [block.element, *list(ancestors(block.element))[:2]]
    return next((one for one in chain if one.tag in ("td", "th")), None)


def _item_of(block: Block) -> Any | None:
    chain = [block.element, *list(ancestors(block.element))[:2]]
    return next((one for one in chain if one.tag == "li"), None)
