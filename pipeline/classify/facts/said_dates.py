"""Folded text and the day of publication in, the dates said in it out as ISO 8601: "le 25 juin", "mardi", "أول أمس"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipeline.classify.facts.spelling import spelt
from pipeline.language.folding import fold_text
from pipeline.language.months import MONTH, MONTHS

_DAY = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_TO = r"(?: ?(?:et|au|-|and|to|y|al|الي|و) ?(?:le |the )?(?P<to>\d{1,2})(?:st|nd|rd|th)?)?"
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W\d_])"
_DATED: Final = re.compile(
    rf"{_EDGE}{_DAY}{_TO} ?(?:de |of |من )?(?P<month>{MONTH}){_END}(?:\.|,)?(?: (?:del? |سنه |عام )?(?P<year>(?:19|"
    rf"20)\d\d)(?!\d))?"
    rf"|{_EDGE}(?P<month2>{MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: ?(?:-|and|to) ?(?P<to2>\d{{1,2}}))?(?!\d)(?:,? "
    rf"(?P<year2>(?:19|20)\d\d))?"
    rf"|{_EDGE}(?P<day3>\d{{1,2}})[/.-](?P<number>\d{{1,2}})[/.-](?P<year3>(?:19|20)\d\d)(?!\d)"
)
_MONTHLY: Final = re.compile(
    rf"{_EDGE}(?:(?:en|mi-|fin|debut|in|last|شهر|خلال|في) )?[بو]?(?P<month>{MONTH}){_END} (?:de |سنه |عام "
    rf")?(?:(?P<year>(?:19|20)\d\d)(?!\d)|(?P<back>dernier|passe|ecoule|الماضي|المنصرم|الفارط)|"
    rf"(?P<ahead>prochain|المقبل|القادم))|{_EDGE}(?:en|mi-|fin|debut|in|last|شهر|خلال|في) (?P<month2>{MONTH}){_END}"
)
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday lunes الاثنين الاتنين",
            "mardi tuesday martes الثلاثاء",
            "mercredi wednesday miercoles الاربعاء",
            "jeudi thursday jueves الخميس",
            "vendredi friday viernes الجمعه",
            "samedi saturday sabado السبت",
            "dimanche sunday domingo الاحد",
        )
    )
    for name in fold_text(names).split()
}
_WEEKDAY: Final = re.compile(
    rf"{_EDGE}(?P<name>{'|'.join(_WEEKDAYS)}){_END}(?: (?P<ahead>prochain|المقبل|القادم)| "
    rf"(?:dernier|الماضي|المنصرم))?(?! \d)"
)
_RELATIVE: Final = re.compile(
    spelt(
        r"(?<![^\W_])(?P<word>avant-hier|hier|yesterday|ayer|اول امس|امس|البارحه|aujourd'hui|ce jour|today|اليوم|demain|"
        r"tomorrow|غدا)(?![^\W_])"
    )
)
_SHIFT: Final = {
    "avant-hier": -2,
    "اول امس": -2,
    "hier": -1,
    "yesterday": -1,
    "ayer": -1,
    "امس": -1,
    "البارحه": -1,
    "demain": 1,
    "tomorrow": 1,
    "غدا": 1,
}
_YEAR: Final = re.compile(
    r"(?:en|in|debut|fin|annee|depuis|de|edition|سنه|عام|خلال|في) (?P<year>(?:19[89]|"
    r"20)\d\d)(?![\d.,-])"
)
_DAY_BEFORE: Final = re.compile(r"(?:veille|lendemain|eve of) ?(?:de |d'|du )?$")


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date and where the folded text says it; `until` ends a span of days."""

    iso: str
    start: int
    end: int
    until: str | None = None


def said_dates(folded: str, day: date | None) -> list[SaidDate]:
    """Dates in order; the more precise of two that overlap. Those without a year are the ones nearest to `day`."""
    found: list[SaidDate] = []
    for reader in (_with_day, _with_month, _relative, _weekday, _year):
        for one in reader(folded, day):
            if all(one.end <= other.start or other.end <= one.start for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def nearest_date(folded: str, day: date | None, at: int) -> SaidDate | None:
    """The date said nearest to a position; days before months before years."""
    return min(
        said_dates(folded, day), key=lambda one: (-len(one.iso), min(abs(one.start - at), abs(one.end - at))), default=None
    )


def _with_day(folded: str, day: date | None) -> Iterator[SaidDate]:
    for match in _DATED.finditer(folded):
        number = int(match["day"] or match["day2"] or match["day3"])
        name = match["month"] or match["month2"]
        month = MONTHS[name] if name else int(match["number"])
        year = match["year"] or match["year2"] or match["year3"]
        read = _calendar(int(year), month, number) if year else _nearest(day, month, number)
        last = match["to"] or match["to2"]
        if read:
            until = _calendar(read.year, month, int(last)) if last and int(last) > number else None
            yield SaidDate(read.isoformat(), match.start(), match.end(), until.isoformat() if until else None)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: date | None, month: int, number: int) -> date | None:
    if day is None:
        return None
    years = filter(None, (_calendar(day.year + shift, month, number) for shift in (-1, 0, 1)))
    return min(years, key=lambda one: abs((one - day).days), default=None)


def _with_month(folded: str, day: date | None) -> Iterator[SaidDate]:
    for match in _MONTHLY.finditer(folded):
        month = MONTHS[match["month"] or match["month2"]]
        if match["year"]:
            yield SaidDate(f"{match['year']}-{month:02}", match.start(), match.end())
        elif day is not None and len(match["month"] or match["month2"]) > 2:
            year = day.year - (month > day.month) if not match["ahead"] else day.year + (month < day.month)
            yield SaidDate(f"{year}-{month:02}", match.start(), match.end())


def _relative(folded: str, day: date | None) -> Iterator[SaidDate]:
    if day is not None:
        for match in _RELATIVE.finditer(folded):
            yield SaidDate((day + timedelta(_SHIFT.get(match["word"], 0))).isoformat(), match.start(), match.end())


def _weekday(folded: str, day: date | None) -> Iterator[SaidDate]:
    if day is None:
        return
    for match in _WEEKDAY.finditer(folded):
        back = (day.weekday() - _WEEKDAYS[match["name"]]) % 7
        shift = 7 - back if match["ahead"] else -back
        if not _DAY_BEFORE.search(folded[max(0, match.start() - 14) : match.start()]):
            yield SaidDate((day + timedelta(shift)).isoformat(), match.start(), match.end())


def _year(folded: str, _: date | None) -> Iterator[SaidDate]:
    for match in _YEAR.finditer(folded):
        yield SaidDate(match["year"], match.start(), match.end())
