"""A sentence and the place of a number in it in, the period the number is about and the horizon it is meant for out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.classify.facts.spelling import mentions_any, stems
from pipeline.language.months import MONTH, MONTHS

_QUARTER: Final = (("premier|1er|first|t1|q1|اول|primer", 1), ("deuxieme|2e|2eme|second|t2|q2|ثاني|segundo", 2),
                   ("troisieme|3e|3eme|third|t3|q3|ثالث|tercer", 3),
                   ("quatrieme|4e|4eme|dernier|fourth|last|t4|q4|رابع|اخير|cuarto", 4))
_NTH = "|".join(words for words, _ in _QUARTER)
_YEAR = r"(?:19[5-9]|20)\d\d"
_PERIOD: Final = re.compile(
    rf"(?<!\d)(?:(?:(?P<nth>{_NTH})[ -])?(?:(?P<half>semestre|half)|(?P<quarter>trimestre|quarter))(?: (?P<nth2>{_NTH}))?"
    rf"|(?:(?:ال)?(?:(?P<half_ar>نصف)|(?P<quarter_ar>ربع|فصل)|(?P<half_ar2>اسدس)) (?:ال)?(?P<nth_ar>{_NTH}))"
    rf"|(?P<short>[ts][1-4]|[qh][1-4]))(?![^\W\d_])(?: ?(?:de|of|من|del?|)[ -]?(?:l'annee |l'exercice |سنه |عام |"
    rf"the year )?(?P<year>{_YEAR}))?")
_PARTS: Final = stems("trimestre semestre quarter half t1 t2 t3 t4 s1 s2 s3 s4 q1 q2 q3 q4 h1 h2 h3 h4 نصف ربع فصل اسدس")
_TO_COME: Final = stems("ici prochain venir coming next year exercices fin decennie decade العقد سنوات نهايه متم")
"""Quick looks before the expressions."""
_RANGE: Final = re.compile(rf"(?<![\d.,])(?P<first>{_YEAR}) ?(?:-|a|et|to|and|/|الي|و) ?(?P<last>{_YEAR}|\d\d)(?![\d.,])")
_MONTH_YEAR: Final = re.compile(rf"(?<![^\W\d_])(?P<month>{MONTH}) (?:de |من )?(?:سنه |عام )?(?P<year>{_YEAR})(?!\d)")
_ONE_YEAR: Final = re.compile(rf"(?<![\d.,/$€£])(?P<year>{_YEAR})(?![\d/]|[.,]\d)")
_HORIZON: Final = re.compile(
    r"(?<![^\W\d_])(?:(?P<firm>(?:d')?ici(?: a)?(?: la)?(?: fin| l'horizon| l'annee| l'an)?(?: de)?|"
    r"a (?:l')?horizon(?: de)?|a l'horizon(?: de)?|horizon|"
    r"by(?: the)?(?: end)?(?: of)?(?: the year)?|before|until|para(?: el ano)?|hasta|de aqui a|en el horizonte(?: de)?|"
    r"antes de|avant(?: la)?(?: fin)?|"
    r"(?:في |ب|ل)?(?:افق|افاق|حلول|حدود|غايه|نهايه|متم)(?: (?:نهايه|متم|افق))?(?: (?:ال)?(?:سنه|عام))?|قبل(?: (?:نهايه|"
    r"متم))?(?: (?:سنه|عام))?)"
    r"|(?P<loose>en|in|pour|for|fin|(?:في|خلال|سنه|عام|برسم)(?: (?:سنه|عام))?))(?: (?:decembre|december|دجنبر|juin|june|"
    r"يونيو))? (?:ال)?(?P<year>20[2-9]\d)(?!\d)")
_COUNTED: Final = {
    "un": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "sept": 7, "dix": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10,
    "الثلاث": 3, "ثلاث": 3, "الاربع": 4, "اربع": 4,
    "الخمس": 5, "خمس": 5, "العشر": 10, "عشر": 10}
_COUNT = "|".join((*sorted(_COUNTED, key=len, reverse=True), r"\d{1,2}"))
_AHEAD: Final = re.compile(
    rf"(?<![^\W\d_])(?:(?P<firm>d'ici)(?: a)? (?:(?P<years>{_COUNT}) ans|(?P<end>la fin de (?:l'annee|cette annee)|"
    rf"fin decembre))"
    rf"|(?:dans|sur|au cours de|over|within|in|during)(?: les| des| the)? (?P<coming>{_COUNT}) "
    r"(?:prochaines annees|ans a venir|prochains exercices|(?:coming |next )?years)"
    rf"|(?:over|within|in) the (?:next|coming) (?P<next>{_COUNT}) years"
    rf"|خلال (?:ال)?سنوات (?P<ar>{_COUNT}) (?:ال)?(?:مقبله|قادمه)"
    r"|(?P<decade>(?:d'ici |avant )?(?:a )?(?:la )?fin de (?:la|cette) decennie|(?:by|before) the end of the decade|"
    r"(?:قبل|ب|في)? ?نهايه العقد(?: (?:الحالي|الجاري))?)"
    r"|(?:d'ici|des|avant) (?P<next_year>l'annee prochaine|l'an prochain)|by (?P<next_year_en>next year)"
    r"|(?:by|before) the (?P<end_en>end of (?:the|this) year)"
    r"|(?:قبل|ب|في)? ?(?P<end_ar>(?:نهايه|متم) (?:السنه|العام) (?:الجاريه|الحاليه|الجاري|الحالي)))(?![^\W\d_])")
_BACK: Final = re.compile(
    r"(?:un an (?:plus tot|auparavant)|une annee (?:plus tot|auparavant)|l'annee (?:precedente|derniere|ecoulee|"
    r"d'avant)|l'an (?:dernier|passe)|"
    r"a la meme periode|a year (?:earlier|ago|before)|last year|previous year|year-earlier|un ano antes|ano anterior|"
    r"قبل سنه|قبل عام|السنه الماضيه|العام الماضي|السنه المنصرمه|السنه الفارطه|السنه السابقه|العام السابق|"
    r"الفتره نفسها من|نفس الفتره من)")


@dataclass(frozen=True, slots=True)
class Span:
    """A period named in the text and where."""

    period: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Horizon:
    """A year to come that something is meant for. `firm`: the wording says "by then", not just "in"."""

    year: str
    start: int
    end: int
    firm: bool


def periods(text: str, day: date | None) -> list[Span]:
    """All periods of a folded sentence: quarters, halves, ranges of years, months and years."""
    found: list[Span] = []
    if mentions_any(text, _PARTS):
        for match in _PERIOD.finditer(text):
            _add(found, _part_of_year(match, day), match)
    dated = "20" in text or "19" in text
    for match in _RANGE.finditer(text) if dated else ():
        last = match["last"] if len(match["last"]) == 4 else match["first"][:2] + match["last"]
        if int(match["first"]) < int(last):
            _add(found, f"{match['first']}/{last}", match)
    for match in _MONTH_YEAR.finditer(text) if dated else ():
        _add(found, f"{match['year']}-{MONTHS[match['month']]:02d}", match)
    for match in _ONE_YEAR.finditer(text) if dated else ():
        _add(found, match["year"], match)
    if day:
        for match in _BACK.finditer(text):
            _add(found, str(day.year - 1), match)
    return sorted(found, key=lambda span: span.start)


def _add(found: list[Span], period: str | None, match: re.Match[str]) -> None:
    if period and not any(one.start < match.end() and match.start() < one.end for one in found):
        found.append(Span(period, match.start(), match.end()))


def _part_of_year(match: re.Match[str], day: date | None) -> str | None:
    groups = match.groupdict()
    year = groups["year"] or (str(day.year) if day else None)
    if year is None:
        return None
    if short := groups["short"]:
        return f"{year}-{'Q' if short[0] in 'tq' else 'S'}{short[1]}" if groups["year"] else None
    said = groups["nth"] or groups["nth2"] or groups["nth_ar"]
    if not said:
        return None
    nth = next(number for words, number in _QUARTER if said in words.split("|"))
    if groups["half"] or groups["half_ar"] or groups["half_ar2"]:
        return f"{year}-S{min(nth, 2)}"
    return f"{year}-Q{nth}"


def period_at(spans: Sequence[Span], text: str, start: int, end: int) -> str | None:
    """The period of the number at text[start:end]: that after it in its clause, else the nearest before, else the only one."""
    after = next((span for span in spans if span.start >= end), None)
    if after and after.start - end <= 45 and not any(mark in text[end:after.start] for mark in ",;") and not any(
            char.isdigit() for char in text[end:after.start]):
        return after.period
    before = [span for span in spans if span.end <= start]
    if before:
        return before[-1].period
    return after.period if after and len(spans) == 1 else None


def _year_ahead(match: re.Match[str], day: date) -> str:
    """The year that a match of _AHEAD means in a text of that day."""
    if match["decade"]:
        return str((day.year // 10 + 1) * 10)
    if match["next_year"] or match["next_year_en"]:
        return str(day.year + 1)
    said = match["years"] or match["coming"] or match["next"] or match["ar"]
    return str(day.year + ((int(said) if said.isdigit() else _COUNTED[said]) if said else 0))


def horizons(text: str, day: date | None) -> list[Horizon]:
    """Years to come that the sentence names. In an undated article none is to come."""
    if day is None:
        return []
    ahead = [Horizon(_year_ahead(match, day), match.start(), match.end(), match["firm"] is not None)
             for match in (_AHEAD.finditer(text) if mentions_any(text, _TO_COME) else ())]
    named = [Horizon(match["year"], match.start(), match.end(), match["firm"] is not None)
             for match in (_HORIZON.finditer(text) if "20" in text else ())
             if int(match["year"]) > day.year or (match["firm"] and int(match["year"]) == day.year)]
    return ahead + named
