"""The blocks that Trafilatura chose in, those inside the element that holds the text out: boxes around it are none of it.

Trafilatura joins what reads like prose wherever it stands; comments, writers' notes and notices of other boxes read like
prose too. Where one element holds nearly all of the prose, the rest is not the article's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

from pipeline.extract.blocks import Block
from pipeline.extract.document import ancestors
from pipeline.extract.profile import SiteProfile, depth_of, in_places

SHARE: Final = 0.72
"""Of the chosen prose, what one element must hold to count as the text's own."""
PROSE: Final = 60
"""Unlinked characters from which a block counts as prose."""
LEAD: Final = 80
"""Characters from which a chosen block before the container may be the lead."""
ENOUGH: Final = 500
"""Characters of prose below which a page is too small to tell."""


def inside_container(blocks: Sequence[Block], chosen: Sequence[int], profile: SiteProfile | None = None) -> list[int]:
    """The indexes of `chosen` that stand where the profile has the outlet's texts, or else inside the smallest element
    that holds most of their prose."""
    if profile is not None and profile.places:
        inside = set(in_places(profile, blocks, chosen))
        if sum(_prose(blocks[index]) for index in inside) * 2 >= sum(_prose(blocks[index]) for index in chosen) and inside:
            return _with_lead(blocks, chosen, inside)
    weights = {index: _prose(blocks[index]) for index in chosen}
    total = sum(weights.values())
    if total < ENOUGH:
        return list(chosen)
    held: Counter[Any] = Counter()
    pieces: Counter[Any] = Counter()
    for index, weight in weights.items():
        if weight:
            for one in (blocks[index].element, *ancestors(blocks[index].element)):
                held[one] += weight
                pieces[one] += 1
    # A paragraph is no container, however long.
    holder = _smallest(Counter({one: weight for one, weight in held.items() if pieces[one] > 1}), total)
    if holder is None or holder.tag in ("p", "span"):
        return list(chosen)
    return _with_lead(blocks, chosen, {index for index in chosen if _is_inside(blocks[index].element, holder)})


def _with_lead(blocks: Sequence[Block], chosen: Sequence[int], inside: Collection[int]) -> list[int]:
    return [index for index in chosen if index in inside or (index < min(inside) and _may_lead(blocks[index]))]


def _may_lead(block: Block) -> bool:
    """Whether a block between headline and text reads like a standfirst: whole sentences, hardly linked."""
    return len(block.text) >= LEAD and block.linked * 2 <= len(block.text) and block.text.rstrip("»”\"')")[-1:] in ".!?…؟:"


def _prose(block: Block) -> int:
    own = len(block.text) - block.linked
    return own if own >= PROSE else 0


def _smallest(held: Counter[Any], total: int) -> Any | None:
    """The deepest of the elements that hold enough: it holds least of all that do, and is inside the others."""
    enough = [one for one, weight in held.items() if weight >= SHARE * total]
    return max(enough, key=depth_of, default=None)


def _is_inside(element: Any, holder: Any) -> bool:
    return element is holder or any(one is holder for one in ancestors(element))
