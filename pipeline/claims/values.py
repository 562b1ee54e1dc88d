"""Two numbers, dates or places as reported in, whether both can be right out."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from pipeline.events import Modality

ROUNDING: Final = 0.05
"""A rounder figure stands for a finer one at most this far off: 11 for 11.2 billion, not 30 for 35."""
ABOUT: Final = 0.1
LOWER: Final = frozenset({"at_least", "more_than"})
UPPER: Final = frozenset({"up_to", "less_than", "potential"})
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
_PART: Final = re.compile(r"(\d{4})-([QST])([1-4])$")


def compatible(one: float, other: float, as_one: Modality = "exact", as_other: Modality = "exact") -> bool:
    """Whether both can be right, given how round they are and how they were put ("plus de", "près de")."""
    if (one < 0) != (other < 0) and one and other:
        return False
    if _rounded_alike(abs(one), abs(other)):
        return True
    if "about" in (as_one, as_other) and abs(one - other) <= ABOUT * max(abs(one), abs(other)):
        return True
    return _within(one, as_one, other, as_other) or _within(other, as_other, one, as_one)


def _within(bound: float, modality: Modality, value: float, as_value: Modality) -> bool:
    """Whether `bound` is an open end that leaves room for `value`."""
    if modality in LOWER:
        return value >= bound or as_value in LOWER
    return modality in UPPER and (value <= bound or as_value in UPPER)


def _rounded_alike(one: float, other: float) -> bool:
    if one == other:
        return True
    a, b = grain(one), grain(other)
    off = abs(one - other)
    return a != b and off <= 0.5 * max(a, b) * (1 + 1e-9) and off <= ROUNDING * max(one, other)


def grain(value: float) -> float:
    """The unit of the last digit that is not zero: 1e8 for 11.2 billion, 0.1 for 4.6, 1 for zero."""
    digits, _, power = f"{abs(value):.9e}".partition("e")
    kept = digits.replace(".", "").rstrip("0")
    return float(10.0 ** (int(power) - len(kept) + 1)) if kept else 1.0


def significant(value: float) -> int:
    """Digits that say something: 2 for 1.2 billion, 1 for 500."""
    return len(f"{abs(value):.9e}".partition("e")[0].replace(".", "").rstrip("0").lstrip("0"))


def interval(text: str | None) -> tuple[date, date] | None:
    """First and last day that an ISO date, quarter, half-year or `from/to` means; None where it is none of these."""
    if not text:
        return None
    first, _, last = text.partition("/")
    start, end = _period(first), _period(last or first)
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _period(text: str) -> tuple[date, date] | None:
    if part := _PART.match(text):
        months = 3 if part[2] in "QT" else 6
        last = int(part[3]) * months
        return _days(int(part[1]), last - months + 1, last) if last <= 12 else None
    found = _ISO.match(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        return (date(year, month, day),) * 2 if day else _days(year, month or 1, month or 12)
    except ValueError:
        return None


def _days(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (1 <= year <= 9999 and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def days_apart(one: str | None, other: str | None) -> int | None:
    """Days between two dates, 0 where they overlap; None where either is not stated."""
    a, b = interval(one), interval(other)
    if a is None or b is None:
        return None
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)
