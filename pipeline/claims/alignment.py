"""Two statements in, how surely they are about the same thing out: what agrees weighs more than what disputes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pipeline.claims.agreements import DAYS, STAGES, shared_parties
from pipeline.claims.comparison import same_matter
from pipeline.claims.measures import Measure
from pipeline.claims.statement import Statement
from pipeline.claims.units import is_named, units_differ
from pipeline.claims.wording import is_arabic, overlap
from pipeline.events import Agreement, Appointment

FACTOR: Final = 2.0
"""Values further apart than this are about two things."""
UNSAID: Final = 1.5
"""The same, where the words cannot be compared and only role, unit and story speak for one thing."""
SURE_WORDS: Final = 0.75
"""Overlap of subjects from which two percentages dispute: every text has several, and their subjects are alike."""
TRIFLE: Final = 10
"""Numbers below it meet by chance."""
TERM: Final = timedelta(days=90)
"""Reports of one person's coming into one office are at most so far apart."""
TERMS: Final = frozenset({"year", "month", "day"})
"""Units of time."""
PROGRESS: Final = timedelta(days=180)
"""How long after its announcement an agreement's signature is still the same agreement."""


def link(one: Statement, other: Statement) -> float:
    """0: not known to be about the same thing. 2 and more: they agree. 1 to 2: they are, and may differ."""
    if one.kind != other.kind or not (one.story_id == other.story_id or _across(one, other)):
        return 0.0
    if one.measure and other.measure:
        return _measures(one, other, one.measure, other.measure)
    return _matters(one, other)


def barred(one: Statement, other: Statement) -> bool:
    """Whether the two can never be in one claim: one text says both as two things, or their periods or units differ."""
    if one.measure and other.measure:
        told_together = bool(one.texts & other.texts)
        two_things = not one.measure.agrees(other.measure) or one.measure.role != other.measure.role
        return one.measure.elsewhere(other.measure) or (told_together and two_things)
    if isinstance(one.fields, Agreement) and isinstance(other.fields, Agreement) and one.texts & other.texts:
        least = min(len(one.fields.parties), len(other.fields.parties))
        return shared_parties(one.fields, other.fields) < least
    return bool(one.texts & other.texts) and one.kind == other.kind and not _matters(one, other)


def _matters(one: Statement, other: Statement) -> float:
    alone = (one.alone and other.alone) or bool(one.sole & other.sole)
    return same_matter(one.fields, other.fields, alone=alone, one_language=_one_language(one, other))


def _measures(one: Statement, other: Statement, a: Measure, b: Measure) -> float:
    one_language = _one_language(one, other)
    if a.elsewhere(b) or (one_language and units_differ(a.unit, b.unit) is None):
        return 0.0
    words, comparable = overlap(a.subject, b.subject), bool(a.subject and b.subject) and one_language
    if a.agrees(b) and (a.value == b.value or _comparable(a, b)):
        alike = a.role == b.role or "other" in (a.role, b.role)
        worded = alike and (words > 0 or not comparable or a.telling)
        sure = worded or _one_figure(one, other, a, b) or (a.telling and b.telling and a.value == b.value)
        return 2.0 + words / 2 + (a.role == b.role) / 4 + (a.value == b.value) / 4 if sure else 0.0
    if one.articles & other.articles and not one.texts & other.texts:
        return _corrected(one, other, a, b, words)
    return _disputed(one, other, a, b, words if comparable else None)


def _comparable(a: Measure, b: Measure) -> bool:
    """Whether two values that differ may agree: surely in one unit, and of one size: "up to 600" says nothing about 4."""
    low, high = sorted((abs(a.value), abs(b.value)))
    return _one_unit(a, b) and low > 0 and high / low <= FACTOR


def _one_figure(one: Statement, other: Statement, a: Measure, b: Measure) -> bool:
    """Whether one event's reports give the same sum, or the same number of the same things: then no words are needed.

    Percentages are too many and too alike for that.
    """
    if one.story_id != other.story_id or a.value != b.value:
        return False
    if a.kind == "percentage":
        return bool(a.place & b.place) and a.role == b.role
    return abs(a.value) >= TRIFLE and a.unit == b.unit and (bool(a.block) or is_named(a.unit) or a.kind == "capacity")


def _corrected(one: Statement, other: Statement, a: Measure, b: Measure, words: float) -> float:
    same_sentence = overlap(one.sentence, other.sentence) >= 0.7
    return 1.9 if a.role == b.role and (words >= 0.5 or same_sentence) else 0.0


def _disputed(one: Statement, other: Statement, a: Measure, b: Measure, words: float | None) -> float:
    low, high = sorted((abs(a.value), abs(b.value)))
    if a.role != b.role or a.role == "other" or low <= 0 or high / low > FACTOR or not _one_unit(a, b):
        return 0.0
    if a.kind == "percentage" and (words is None or words < SURE_WORDS or not one.same_base(other)):
        return 0.0
    if not a.block:
        # Of things counted, the word for them is not yet what it is about; and years and months are said of everything.
        apart = (a.subject - a.counted, b.subject - b.counted)
        words = overlap(*apart) if words is not None and all(apart) and a.unit not in TERMS else 0.0
    if words is not None:
        return 1.0 + words / 2 if words >= 0.5 else 0.0
    same_entity = a.entity is not None and a.entity == b.entity
    return 1.2 if high / low <= UNSAID and one.alone and other.alone and (same_entity or not (a.entity and b.entity)) else 0.0


def _one_unit(one: Measure, other: Measure) -> bool:
    """Whether both surely measure in one unit: what a word of another language counts is a guess, and guesses don't dispute."""
    return one.unit == other.unit and (bool(one.block) or is_named(one.unit) or bool(one.subject & other.subject))


def _one_language(one: Statement, other: Statement) -> bool:
    if one.first.language and other.first.language:
        return one.first.language == other.first.language
    return is_arabic(one.first.fact.evidence.sentence) == is_arabic(other.first.fact.evidence.sentence)


def _across(one: Statement, other: Statement) -> bool:
    """Whether statements of two stories may be one claim: both resolved to the same key, and close in time or in progress."""
    if not (one.key.resolved and one.key == other.key):
        return False
    a, b = one.first.published, other.first.published
    if isinstance(one.fields, Appointment):
        return a is not None and b is not None and abs(a - b) <= TERM
    if not (isinstance(one.fields, Agreement) and isinstance(other.fields, Agreement)):
        return True
    if a is None or b is None:
        return False
    if abs(a - b) <= timedelta(days=DAYS):
        return True
    early, late = (one, other) if a < b else (other, one)
    assert isinstance(early.fields, Agreement)
    assert isinstance(late.fields, Agreement)
    return abs(a - b) <= PROGRESS and STAGES[early.fields.status] < STAGES[late.fields.status]
