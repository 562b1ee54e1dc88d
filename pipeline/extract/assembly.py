"""The page's blocks and the text Trafilatura chose in, the body's lines as the page divides them out.

Trafilatura says where the article is; the page says where its paragraphs, list items and table rows begin and end. Blocks
between the first and last chosen one that are subheadings of chosen ones are kept with them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.container import inside_container
from pipeline.extract.document import ancestors
from pipeline.extract.profile import SiteProfile
from pipeline.extract.wording import is_noise

COVERED: Final = 0.6
"""Share of the chosen text that blocks must account for; below it the chosen lines are taken as they are."""
SHORT: Final = 24
"""Letters below which a block must be a chosen line by itself: in a long text short ones are found by chance."""
REPEATED: Final = 40
"""Letters from which the same text twice is the layout's doing."""
HEADINGS: Final = frozenset("h2 h3 h4 h5 h6".split())


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
    kept = _with_headings(blocks, inside_container(blocks, matched, profile), excluded)
    return _lines([blocks[index] for index in kept])


def _without(chosen: Sequence[str], excluded: Collection[str]) -> list[str]:
    return [line for line in chosen if _letters(line) not in excluded]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_chosen(letters: str, whole: str, single: Collection[str]) -> bool:
    return letters in single or (len(letters) >= SHORT and letters in whole)


def _with_headings(blocks: Sequence[Block], matched: list[int], excluded: Collection[int]) -> list[int]:
    """Indexes of matched blocks and of the subheadings right before them, without a text that is there already."""
    there = set(matched)
    kept: list[int] = []
    seen: set[str] = set()
    for index in range(matched[0], matched[-1] + 1):
        letters = _letters(blocks[index].text)
        belongs = index not in excluded and (_heads(blocks, index, there) or _stands_among(blocks, index, there))
        if (index in there and letters not in seen) or belongs:
            kept.append(index)
            if len(letters) > REPEATED:
                seen.add(letters)
    return kept


def _heads(blocks: Sequence[Block], index: int, there: set[int]) -> bool:
    block = blocks[index]
    if block.element.tag not in HEADINGS or index + 1 not in there or block.linked > len(block.text) / 2:
        return False
    return block.element.getparent() is blocks[index + 1].element.getparent()


def _stands_among(blocks: Sequence[Block], index: int, there: set[int]) -> bool:
    """A line that only line breaks divide from chosen ones right before and after it."""
    block = blocks[index]
    if not {index - 1, index + 1} <= there or block.linked > len(block.text) / 2 or is_noise(block.text):
        return False
    return block.element is blocks[index - 1].element and block.element is blocks[index + 1].element


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    last_row: Any = None
    last_item: Any = None
    for block in blocks:
        row, item = _row_of(block), _item_of(block)
        if row is not None and row is last_row:
            lines[-1] += " | " + block.text
        elif item is not None and item is not last_item:
            lines.append("- " + block.text.lstrip("•·▪-–— "))
        else:
            lines.append(block.text)
        last_row, last_item = row, item
    return lines


def _row_of(block: Block) -> Any | None:
    """The table row around a short cell."""
    if len(block.text) > 160:
        return None
    chain = [block.element, *list(ancestors(block.element))[:3]]
    return next((one for one in chain if one.tag == "tr"), None)


def _item_of(block: Block) -> Any | None:
    chain = [block.element, *list(ancestors(block.element))[:2]]
    return next((one for one in chain if one.tag == "li"), None)
