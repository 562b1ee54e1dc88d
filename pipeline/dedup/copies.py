"""Two texts in, how much of the shorter is in the longer out, or nothing where they are not copies."""

from __future__ import annotations

from typing import Final

from pipeline.dedup.shingles import shared
from pipeline.dedup.text import Text

DECIDED_BY: Final = "copies/1"
COPIED: Final = 0.88
"""Containment from which a text is a copy. Copies of the press world have .95 and more; two outlets' own editing of one press
release reaches .86, and is the same event (tests/bench/copies.py)."""
ONE_AGENCY: Final = 0.7
"""The same where both credit one agency."""
CREDITED: Final = 0.5
"""The same where one names the other as its origin (research/language.md: unrelated texts share .23 at the most)."""
SET_PHRASES: Final = 12
"""Shingles that two short texts may share by custom ("dans un communiqué de la Direction générale ..."), so that a text of
40 shingles is a copy from .80 on, and one of 24 only where it is wholly contained. Read off 7,691 pairs of the corpus."""
LONG: Final = 200
"""Shingles from which a text may be edited in its numbers and still be a copy."""
SAME_NUMBERS: Final = 0.7
"""Share of the shorter text's numbers that a copy keeps. Bulletins of a series keep their words and change their numbers."""
EDITED_NUMBERS: Final = 0.5
WORD_FOR_WORD: Final = 0.93
UNMISTAKEN: Final = 60
"""Shingles and containment that no series reaches: a text so like another is a copy of it, with a figure put right."""
MANY: Final = 8
"""Numbers which prove, where nearly all agree, that a text is no other issue of a series."""


def containment(one: Text, other: Text, least: float = COPIED) -> float | None:
    """Share of the shorter text's shingles found in the longer, 0 to 1; None where neither was copied from the other.

    `least`: COPIED, ONE_AGENCY or CREDITED.
    """
    short, long = by_length(one, other)
    size, common = len(short.shingles), shared(short.shingles, long.shingles)
    if not common:
        return None
    needed = max(least, min(1.0, CREDITED + SET_PHRASES / size))
    if common < needed * size or (needed == 1.0 and len(long.shingles) > 2 * size):
        return None
    return None if in_series(short, long, common / size) else common / size


def by_length(one: Text, other: Text) -> tuple[Text, Text]:
    """The shorter first."""
    return (one, other) if len(one.shingles) <= len(other.shingles) else (other, one)


def in_series(short: Text, long: Text, found: float) -> bool:
    """Whether two texts of like wording tell of different days or figures: weather, seizures, councils, daily counts.

    `found`: how much of the shorter is in the longer.
    """
    kept = shared(short.numbers, long.numbers) / len(short.numbers) if len(short.numbers) else 1.0
    if len(short.days) and len(long.days) and not shared(short.days, long.days):
        return kept < 0.9 or len(short.numbers) < MANY
    if found >= WORD_FOR_WORD and len(short.shingles) >= UNMISTAKEN:
        return False
    return kept < (EDITED_NUMBERS if len(short.shingles) >= LONG else SAME_NUMBERS)
