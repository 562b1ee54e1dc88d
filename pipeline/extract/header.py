"""Blocks and the headline's element in, the page's header out: the short lines around the headline that say when and who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.document import ancestors
from pipeline.extract.wording import is_noise, plain

_OTHERS: Final = re.compile(r"[\W_]+")
PROSE: Final = 150
"""Characters from which a block is text of the article, not a line of its header."""
BEFORE: Final = 8
AFTER: Final = 25
"""Blocks looked at before and after the headline."""


@dataclass(frozen=True)
class Header:
    """Blocks near the headline, in page order."""

    before: tuple[Block, ...]
    """Short ones before it, nearest first."""
    after: tuple[Block, ...]
    """From it on, up to where the text of the article is under way."""

    @property
    def short(self) -> tuple[Block, ...]:
        """Short blocks, those after the headline first."""
        return (*(one for one in self.after if len(one.text) <= PROSE), *self.before)


def find_header(blocks: Sequence[Block], headline: Any | None) -> tuple[Header, int]:
    """The header, and the index of the first block after the headline (0 where no element shows it)."""
    at = next((index for index, block in enumerate(blocks) if headline is not None and _within(block, headline)), -1)
    start = at + 1
    while at >= 0 and start < len(blocks) and _within(blocks[start], headline):
        start += 1
    before = [block for block in reversed(blocks[:max(at, 0)]) if len(block.text) <= PROSE][:BEFORE]
    after: list[Block] = []
    prose = 0
    for block in blocks[start:start + AFTER]:
        after.append(block)
        prose += len(block.text) > PROSE and not is_noise(block.text)
        if prose >= 2:
            break
    return Header(tuple(before), tuple(after)), start


def _within(block: Block, element: Any) -> bool:
    return block.element is element or element in block.inside or any(one is element for one in ancestors(block.element))


def same_text(one: str, other: str) -> bool:
    """Whether two texts are equal but for accents, case and punctuation."""
    if not -12 < len(one) - len(other) < 12:
        return False
    return _bare(one) == _bare(other)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return _OTHERS.sub("", plain(text))
