"""Relative times in ("il y a 3 heures", "منذ ساعتين", "hace dos días", "yesterday at 10:15"), moments out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from pipeline.events import Precision

Found = tuple[datetime, Precision, int, int]

_UNITS: Final = {
    "minute": r"secondes?|seconds?|segundos?|minutes?|mins?|minutos?|ثانيه|ثوان|ثواني|دقيقه|دقيقتين|دقائق",
    "hour": r"heures?|hours?|hrs?|horas?|h|ساعه|ساعتين|ساعات",
    "day": r"jours?|days?|dias?|j|d|يوم|يومين|ايام",
    "week": r"semaines?|weeks?|semanas?|اسبوع|اسبوعين|اسابيع",
    "month": r"mois|months?|mes(?:es)?|شهر|شهرين|اشهر|شهور",
    "year": r"ans?|annees?|years?|anos?|سنه|سنتين|سنوات|عام|عامين|اعوام",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_NUMBER = r"(?P<number>\d{1,3}|une?|an?|una?|uno|deux|two|dos|trois|three|tres)"
_AGO: Final = re.compile(
    rf"(?<![^\W\d])(?:(?:il y a|hace|منذ|قبل)(?: (?:environ|unos|unas|حوالي"
    rf"|about))?\s?(?:{_NUMBER}\s?)?(?:{_UNIT})(?![^\W\d])"
    rf"|{_NUMBER.replace('number', 'count')}\s?(?:{_UNIT.replace('?P<', '?P<en_')})\s(?:ago\b|مضت))")
_WORDS: Final = {"one": 1, "un": 1, "une": 1, "a": 1, "an": 1, "una": 1, "uno": 1, "deux": 2, "two": 2, "dos": 2,
                 "trois": 3, "three": 3, "tres": 3}
_DAYS: Final = re.compile(
    r"(?<![^\W\d])(?P<word>aujourd'hui|today|hoy|اليوم|(?:the )?day before yesterday|avant[- ]hier|antes de ayer|anteayer|antier"
    r"|(?:اول|قبل)(?: يوم)? امس|امس الاول|hier|yesterday|ayer|امس|البارحه)(?![^\W\d])"
    r"(?:[\s,،-]{0,3}(?:a las|a|at|علي الساعه|الساعه)?\s?(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2}))?")
_BACK: Final = {"hier": 1, "yesterday": 1, "ayer": 1, "امس": 1, "البارحه": 1}
_TODAY: Final = frozenset(("aujourd'hui", "today", "hoy", "اليوم"))
_COUNTED: Final = re.compile(
    r"(?:\d|before|from|avant|antes de|anterior\w* de|قبل|بعد"
    r"|(?:months?|years?|weeks?|days?|hours?|jours?|semaines?|mois|heures?|dias?|semanas?|mes(?:es)?|horas?),?"
    r"(?: (?:and|et|y))?)\s*$")
"""What before a relative time makes it a part of a longer one, which is not read."""


def relative(folded: str, now: datetime) -> Iterator[Found]:
    """Each relative time in folded text: moment in UTC, precision, start and end. `now` carries the outlet's zone.

    Minutes are kept as such; hours and days say the day; weeks and months no more than the month, years the year.
    """
    for match in _AGO.finditer(folded):
        if _COUNTED.search(folded[:match.start()]) or re.match(r"\s?\d", folded[match.end():]):
            continue
        if found := _ago(match, now):
            yield *found, match.start(), match.end()
    for match in _DAYS.finditer(folded):
        back = 0 if match["word"] in _TODAY else _BACK.get(match["word"], 2)
        if _COUNTED.search(folded[:match.start()]):
            continue
        # "Today" and its like are also in the names of newspapers.
        if back == 0 and not match["hour"]:
            continue
        at = _midnight(now) - timedelta(days=back)
        if match["hour"] and int(match["hour"]) < 24 and int(match["minute"]) < 60:
            at = at.replace(hour=int(match["hour"]), minute=int(match["minute"]))
            yield at.astimezone(UTC), "minute", match.start(), match.end()
        elif back:
            yield at.astimezone(UTC), "day", match.start(), match.end()


def _ago(match: re.Match[str], now: datetime) -> tuple[datetime, Precision] | None:
    groups = match.groupdict()
    unit = next(name for name in _UNITS if groups[name] or groups[f"en_{name}"])
    word = groups[unit] or groups[f"en_{unit}"]
    said = groups["number"] or groups["count"]
    dual = word.endswith("ين") and word != "ثوانين"
    count = (int(said) if said.isdigit() else _WORDS[said]) if said else (2 if dual else 1)
    if unit == "minute":
        seconds = word.startswith(("sec", "seg", "ث"))
        return (now - timedelta(minutes=0 if seconds else count)).replace(second=0, microsecond=0).astimezone(UTC), "minute"
    if unit in ("hour", "day"):
        then = now - (timedelta(hours=count) if unit == "hour" else timedelta(days=count))
        return _midnight(then).astimezone(UTC), "day"
    if unit == "year":
        return _midnight(now).replace(year=now.year - count, month=1, day=1).astimezone(UTC), "year"
    then = now - timedelta(days=7 * count) if unit == "week" else _months_back(now, count)
    return _midnight(then).replace(day=1).astimezone(UTC), "month"


def _months_back(now: datetime, count: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - count, 12)
    return now.replace(year=year, month=month + 1, day=1)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
