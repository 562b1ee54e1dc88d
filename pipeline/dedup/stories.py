"""Two texts in, how surely they tell of one event out: what they have in common, weighed, against the time between them.

The weights were fitted by logistic regression on the pairs of gold/story_pairs_fr.tsv and crosslingual_pairs.tsv (ten-fold:
F1 .880 in one language, .739 across; tests/bench/stories.py) and rounded.
"""

from __future__ import annotations

from math import exp, log1p
from typing import Final

from pipeline.dedup.copies import by_length, in_series
from pipeline.dedup.keys import Keys, Weighed
from pipeline.dedup.shingles import Hashes, shared
from pipeline.dedup.text import Text

DECIDED_BY: Final = "stories/1"
DAYS: Final = 7
"""Texts further apart tell of two events."""
LEAST: Final = 0.46
"""Sureness from which two texts of one language are of one story."""
LEAST_ACROSS: Final = 0.46
"""The same across languages."""
ONE_OCCASION: Final = 1.8
"""Read off the seeds: four texts of one conference, opened, closed and looked back on."""
UNDATED: Final = 1.5
"""Days that count as between texts of which one has no date."""
ALIKE: Final = 0.3
"""Share of wording from which two texts may be issues of one series."""
_DAY: Final = 86_400.0


def sureness(one: Text, other: Text) -> float | None:
    """0 to 1; None where the texts do not tell of one event."""
    apart = abs(one.at - other.at) / _DAY if one.dated and other.dated else UNDATED
    if apart > DAYS or _issues(one, other):
        return None
    if one.language == other.language:
        sure, least = _in_language(one.keys, other.keys, apart), LEAST
    else:
        sure, least = _across(one, other, apart), LEAST_ACROSS
    # Stored and compared: rounded, so that it is the same whichever of the two came first.
    return round(sure, 4) if sure >= least else None


def _issues(one: Text, other: Text) -> bool:
    short, long = by_length(one, other)
    common = shared(short.shingles, long.shingles)
    return common > 0 and common >= ALIKE * len(short.shingles) and in_series(short, long, common / len(short.shingles))


def _in_language(one: Keys, other: Keys, apart: float) -> float:
    strange = _strange(one, other) + _strange(other, one)
    return _logistic(
        -3.56 + _gathered(one, other) + 2.36 * _covered(one, other)
        + 3.02 * _share(one.full, other.full) + 1.01 * _entities(one, other) + 0.98 * _cosine(one.matters, other.matters)
        + 0.96 * log1p(shared(one.figures, other.figures)) - 1.11 * strange - _late(one, other, apart, 0.33, 0.57))


def _across(first: Text, second: Text, apart: float) -> float:
    one, other = first.keys, second.keys
    names = one.names.shared(other.names)
    other_act = bool(len(one.acts) and len(other.acts)) and not shared(one.acts, other.acts)
    return _logistic(
        -3.47 + 3.92 * _covered(one, other) + 3.42 * _cosine(one.matters, other.matters)
        + 0.59 * log1p(shared(one.figures, other.figures)) + 0.98 * log1p(names)
        + 2.23 * names / max(8.0, min(one.names.total, other.names.total)) - 2.85 * other_act
        + 1.19 * bool(shared(first.days, second.days)) + 1.25 * (not (first.dated and second.dated))
        - _late(one, other, apart, 1.27, 0.31))


def _gathered(one: Keys, other: Keys) -> float:
    """What it adds that both open with one event: its openings, signatures and echoes share few words."""
    return ONE_OCCASION if shared(one.occasions, other.occasions) else 0.0


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score))


def _late(one: Keys, other: Keys, apart: float, soon: float, later: float) -> float:
    """What the time between them takes away; less where both open with one event, which is told of for longer."""
    days = min(apart, 2.0) * soon + max(apart - 2.0, 0.0) * later
    return days * 0.4 if shared(one.occasions, other.occasions) else days


def _covered(one: Keys, other: Keys) -> float:
    """How much of each headline the other article says: of the less covered one."""
    return min(a.head.shared(b.full) / a.head.total if len(a.head.hashes) else 0.5 for a, b in ((one, other), (other, one)))


def _share(one: Weighed, other: Weighed) -> float:
    return one.shared(other) / max(min(one.total, other.total), 1.0)


def _entities(one: Keys, other: Keys) -> float:
    return one.entities.shared(other.entities) / max(3.0, min(one.entities.total, other.entities.total))


def _cosine(one: Weighed, other: Weighed) -> float:
    return one.product(other) / (one.norm * other.norm) if len(one.hashes) and len(other.hashes) else 0.0


def _strange(one: Keys, other: Keys) -> int:
    """1 where the one's headline has figures and the other none of them."""
    return int(len(one.head_figures) > 0 and not _any(one.head_figures, other))


def _any(figures: Hashes, other: Keys) -> bool:
    return shared(figures, other.figures) > 0 or shared(figures, other.head_figures) > 0
