"""Blocks after the headline and the body's lines in, the lead out: the standfirst that a page marks or keeps outside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.byline import byline_in
from pipeline.extract.document import ancestors
from pipeline.extract.header import same_text
from pipeline.extract.wording import is_noise, is_read_more, is_related_heading, plain

NAMES: Final = frozenset("chapo chapeau lead lede standfirst intro introduction summary subtitle subheadline dek "
    "deck entradilla bajada sumario "
                         "excerpt hightlight highlight sapo teaser accroche soustitre subtitulo description abstract "
                         "mokadima".split())
SHORTEST: Final = 45
LOOK: Final = 14
"""Blocks after the headline among which the lead stands."""
SAME: Final = 40
"""Characters in which block and description must agree at the start."""


def find_lead(after: Sequence[Block], lines: Sequence[str], description: str | None, known: Sequence[str],
              near: Collection[Any] = ()) -> tuple[list[str], str | None]:
    """The body's lines with the lead in front, and the lead where the page marks one. `known` are header lines and captions,
    `near` the elements around the headline: what stands in them unmarked is the lead too."""
    first = _first_of_body(after, lines)
    found: list[Block] = []
    for block in after[:min(first + 1, LOOK)]:
        if _may_lead(block, known) and (_is_marked(block, description) or _stands_apart(block, after, first, near)):
            found.append(block)
    marked = [block for block in found if _is_marked(block, description)]
    texts = [block.text for block in (marked or found)[:2]]
    if not texts or (len(texts) > 1 and not marked):
        texts = texts[:1]
    missing = [text for text in texts if not any(_covers(line, text) for line in lines[:4])]
    body = [*missing, *lines]
    lead = "\n".join(texts) if texts and body[:len(texts)] == texts else None
    return body, lead


def _first_of_body(after: Sequence[Block], lines: Sequence[str]) -> int:
    """Index of the block with which the lines begin; that of the last block looked at where none matches."""
    heads = [plain(line)[:SAME] for line in lines[:2] if len(line) >= SHORTEST]
    for index, block in enumerate(after[:LOOK]):
        if any(plain(block.text).startswith(head) for head in heads):
            return index
    return min(len(after), LOOK) - 1 if lines else -1


def _may_lead(block: Block, known: Sequence[str]) -> bool:
    text = block.text
    return (len(text) >= SHORTEST and block.linked <= len(text) / 2 and not is_noise(text) and not is_read_more(text)
            and not is_related_heading(text) and not any(same_text(text, one) for one in known)
            and not (len(text) <= 120 and byline_in(text)))


def _is_marked(block: Block, description: str | None) -> bool:
    if block.names & NAMES:
        return True
    said = plain(description or "").rstrip(" .…")[:SAME]
    return len(said) >= SAME * 0.75 and plain(block.text).startswith(said) and not _in_row(block)


def _in_row(block: Block) -> bool:
    """Whether the block is one of several paragraphs of one parent: then it is body like the others."""
    holder = block.element if block.element.tag == "p" else None
    parent = holder.getparent() if holder is not None else None
    return parent is not None and sum(child.tag == "p" for child in parent) > 1


def _stands_apart(block: Block, after: Sequence[Block], first: int, near: Collection[Any]) -> bool:
    """Prose right under the headline, before the block with which the lines begin, in the same part of the page."""
    if first < 0 or first >= len(after) or block is after[first] or len(block.text) < 80 or block.text[-1] not in ".!?…»”\"؟:":
        return False
    if block.element not in near and block.element.getparent() not in near:
        return False
    around = set(islice(ancestors(block.element), 3))
    return any(one in around for one in ancestors(after[first].element))


def _covers(line: str, text: str) -> bool:
    return plain(text)[:80] in plain(line) or plain(line) == plain(text)
