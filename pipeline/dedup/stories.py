"""Two texts in, how surely they tell of one event out."""

from __future__ import annotations

from typing import Final

from pipeline.dedup.copies import CREDITED, SET_PHRASES, by_length, in_series
from pipeline.dedup.shingles import shared
from pipeline.dedup.text import Text

DECIDED_BY: Final = "stories/1"


def sureness(one: Text, other: Text) -> float | None:
    """0 to 1; None where the texts do not tell of one event."""
    short, long = by_length(one, other)
    size, common = len(short.shingles), shared(short.shingles, long.shingles)
    if not common or common < size * CREDITED + SET_PHRASES or in_series(short, long, common / size):
        return None
    return common / size
