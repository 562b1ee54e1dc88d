"""Two quotes as reported in, whether they are the same words out. Quotes confirm each other; they never dispute."""

from __future__ import annotations

from pipeline.claims.wording import folded, overlap, stems
from pipeline.events import Quote


def quote_link(one: Quote, other: Quote) -> float:
    """0 where not known to be the same words, else 2 and more."""
    if one.speaker_entity and other.speaker_entity and one.speaker_entity != other.speaker_entity:
        return 0.0
    if folded(one.text) == folded(other.text):
        return 3.0
    a, b = stems(one.text), stems(other.text)
    words = overlap(a, b)
    return 2.0 + words if words >= 0.8 and len(a & b) >= 4 else 0.0
