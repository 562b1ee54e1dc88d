"""Facts of one article in, the same without what is told twice out: of each statement the fullest mention stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.text import Passage
from pipeline.events import Fact

ALIKE: Final = 0.34
"""Share of the shorter context's words found in the other from which two mentions of one number say the same."""
ROUNDED: Final = 0.06
"""Relative difference up to which "plus de 22 milliards" is taken as a rounding of "22,45 milliards"."""
TELLING: Final = 1000
"""From here on an equal number is the same one, whatever it is said to count ("50.000 éleveurs", "50.000 bénéficiaires")."""
SMALL: Final = 12
DIGITS: Final = 4
"""Significant digits from which an amount or percentage told twice is one."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_REACH: Final = 80
_DEFINITE: Final = re.compile(r"(?<![^\W\d_])(?:les|des|aux|ces|ses|leurs|the|these|its|los|las|هذه|هاته) ?$")
_COUNTRIES: Final = frozenset(("بلدا", "بلدان", "بلد", "دول", "دوله", "pays", "etats"))
_FAMILY: Final = {"money": "money", "percent": "percent"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact with what it takes to recognise its repetition."""

    fact: Fact
    family: str
    """money, percent or number."""
    value: float
    what: str
    """Currency, or the beginning of the noun: singular and plural alike."""
    context: frozenset[str]
    passing: bool
    """Named as known ("les neuf sociétés") or in brackets."""
    summary: bool
    """In the article's first sentences, which tell beforehand what follows."""

    @property
    def zone(self) -> str:
        """Of the evidence."""
        return self.fact.evidence.zone


def stated(fact: Fact, quantity: Quantity, passage: Passage) -> Stated:
    """The fact made from `quantity` of `passage`."""
    family = _FAMILY.get(quantity.kind, "number")
    text = passage.folded.text
    before = text[max(0, quantity.start - 10):quantity.start]
    passing = _DEFINITE.search(before) is not None or (before.endswith("(") and text[quantity.end:quantity.end + 1] == ")")
    return Stated(
        fact, family, round(quantity.value, 4), quantity.unit if family != "number" else quantity.unit[:5],
        _context(text, quantity.start, quantity.end), passing, passage.paragraph == 0)


def _context(text: str, start: int, end: int) -> frozenset[str]:
    """The first five letters of the longer words around a number, whatever their ending."""
    return frozenset(word[:5] for word in _WORD.findall(text[max(0, start - _REACH):start] + " " + text[end:end + _REACH]))


def told_once(stated: Iterable[Stated]) -> list[Fact]:
    """Drops repetitions: a title's number that the body tells, a rounded one told exactly, one told again of the same thing."""
    kept: list[Stated] = []
    for one in sorted(stated, key=lambda one: one.zone in ("title", "caption")):
        twin = next((i for i, other in enumerate(kept) if _repeats(one, other)), None)
        if twin is None:
            kept.append(one)
        elif _fullness(one) > _fullness(kept[twin]):
            kept[twin] = one
    return [one.fact for one in kept]


def _repeats(one: Stated, other: Stated) -> bool:
    if one.family != other.family or (one.what != other.what and (one.family != "number" or one.value != other.value)):
        return False
    heading = "title" in (one.zone, other.zone) or "caption" in (one.zone, other.zone)
    if one.value != other.value:
        return _rounds(one, other, heading) or _rounds(other, one, heading)
    if one.family == "number":
        same = one.what == other.what or {one.what, other.what} <= _COUNTRIES
        return same or one.value >= TELLING or one.passing or (heading and one.value > SMALL)
    if heading:
        return True
    if one.fact.evidence.start == other.fact.evidence.start:
        return False
    return one.passing or _is_telling(one.value) or _alike(one, other) >= ALIKE


def _is_telling(value: float) -> bool:
    """True for a value of so many digits that two things hardly have it by chance."""
    return len(f"{value:.9g}".replace(".", "").split("e")[0].strip("0")) >= DIGITS


def _rounds(rough: Stated, exact: Stated, heading: bool) -> bool:
    hedged = getattr(rough.fact.fields, "modality", "exact") != "exact" or heading
    close = abs(rough.value - exact.value) <= ROUNDED * abs(exact.value)
    return hedged and close and len(f"{rough.value:.9g}".rstrip("0")) < len(f"{exact.value:.9g}".rstrip("0"))


def _alike(one: Stated, other: Stated) -> float:
    return len(one.context & other.context) / max(1, min(len(one.context), len(other.context)))


def _fullness(one: Stated) -> float:
    fields = one.fact.fields
    told = sum(getattr(fields, name, None) is not None for name in ("period", "horizon", "place"))
    return (0.4 * told - 2.0 * one.passing - 1.0 * one.summary - 3.0 * (one.zone in ("title", "caption"))
            - 0.5 * (getattr(fields, "modality", "exact") != "exact"))
