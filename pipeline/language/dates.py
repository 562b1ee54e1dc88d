"""A date as people and machines write it in, a moment with its precision out; what is not certain is no date.

Read are ISO 8601, mail dates, `07/04/2025 12:18`, `01 - 07 - 2025`, `Vendredi 13 Mars 2026`, `12 de enero de 2026, 07:25 h`,
`January 19, 2026 3:01 PM`, `الإثنين ١٩ يناير ٢٠٢٦ - 16:54`, and times relative to a given now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from pipeline.events import Precision
from pipeline.language.months import MONTH, MONTHS, fold
from pipeline.language.relative import relative

EARLIEST: Final = 1990
LATEST: Final = 2100
MAX_TEXT: Final = 2000
"""Characters searched at the most: dates stand in short texts."""
_ZONES: Final = {"z": 0, "gmt": 0, "utc": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "est": -5, "edt": -4}
_OFFSET = r"z\b|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?\b|gmt\b|utc\b|west\b|wet\b|bst\b|cest\b|cet\b|est\b|edt\b"
_CLOCK = (r"(?P<hour>\d{1,2})(?:\s?[:h]\s?(?P<minute>\d{2})(?:\s?[:m]\s?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
          r"|\s?(?P<round>h\b|heures?\b|(?=\s?(?:[ap]\.?m\b|صباحا|مساء))))"
          r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|صباحا|مساء|ظهرا|ليلا|ص\b|م\b))?"
          rf"(?:\s?(?:h|hrs)\b)?\s?\(?(?P<offset>{_OFFSET})?")
_AFTER = re.compile(r"(?:t|[\s,،؛;|·•–—-]{0,6}(?:a las|a|at|علي الساعه|الساعه|على|kl)?[\s:,–—-]{0,3})" + _CLOCK)
_BEFORE = re.compile(_CLOCK + r"[\s,،|·•–—-]{1,4}(?:le |on |el |يوم )?(?:[^\W\d]+[\s,،]{1,2})?$")
_NAMED = (rf"(?<!\d[.,])(?P<day>\d{{1,2}})(?:er|ere|st|nd|rd|th|º|°|\.)?\s?-?(?:de |of |من )?\s?(?P<name>{MONTH})(?![^\W\d])\.?"
          rf"(?:\s?/\s?(?:{MONTH})(?![^\W\d]))?[\s,،-]{{0,3}}(?:del? |من |سنه |عام )?(?P<year>\d{{4}})(?!\d)")
_FORMS: Final = tuple(re.compile(form) for form in (
    r"(?<![\d/.-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    rf"(?<!\d){_NAMED}",
    rf"(?<![^\W\d])(?P<name>{MONTH})(?![^\W\d])\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[\s,،]{{1,2}}(?P<year>\d{{4}})(?!\d)",
    r"(?<![\d/.-])(?P<first>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<other>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4})(?!\d)",
))
_MONTH_ONLY: Final = re.compile(rf"(?:(?P<name>{MONTH})\.?\s(?:de )?(?P<year>\d{{4}})"
    rf"|(?P<year2>\d{{4}})-(?P<month>\d{{2}}))")
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:t?(?P<time>\d{4,6})(?P<offset>z"
    r"|[+-]\d{2}:?\d{2})?)?")


@dataclass(frozen=True)
class Moment:
    """A date read: UTC, how precise, and where in the text it stood."""

    at: datetime
    precision: Precision
    start: int
    end: int


def find_dates(text: str, zone: tzinfo, *, now: datetime | None = None, day_first: bool | None = True) -> list[Moment]:
    """Every date in `text`, in its order. `zone` is that of times without one; `now` what "three hours ago" is relative to.

    `day_first` None leaves out numeric dates that could be read both ways (in English).
    """
    folded = fold(text[:MAX_TEXT])
    found: dict[int, Moment] = {}
    for form in _FORMS:
        for match in form.finditer(folded):
            moment = _moment(match, folded, zone, day_first)
            if moment and not any(one.start < moment.end and moment.start < one.end for one in found.values()):
                found[moment.start] = moment
    if now is not None:
        found |= {start: Moment(at, precision, start, end)
                  for at, precision, start, end in relative(folded, now.astimezone(zone))}
    return [found[start] for start in sorted(found)]


def parse_date(text: str, zone: tzinfo, *, now: datetime | None = None, day_first: bool | None = True) -> Moment | None:
    """The date that `text` as a whole states (a metadata field, say), or None. Also month and year alone, and timestamps."""
    text = text.strip()
    for only in (_stamp(text), _compact(text, zone), _month_only(text, zone)):
        if only:
            return only
    return next(iter(find_dates(text, zone, now=now, day_first=day_first)), None)


def _moment(match: re.Match[str], folded: str, zone: tzinfo, day_first: bool | None) -> Moment | None:
    parts = match.groupdict()
    if parts.get("first"):
        day, month = _order(int(parts["first"]), int(parts["other"]), day_first)
    else:
        day, month = int(parts["day"]), MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    year = int(parts["year"])
    if not EARLIEST <= year <= LATEST:
        return None
    clock = _AFTER.match(folded, match.end())
    start, end = match.start(), clock.end() if clock else match.end()
    if clock is None and (clock := _BEFORE.search(folded[max(0, start - 40):start])):
        start = max(0, start - 40) + clock.start()
    try:
        if clock is None:
            return Moment(datetime(year, month, day, tzinfo=zone).astimezone(UTC), "day", start, end)
        at, precision = _with_clock(datetime(year, month, day, tzinfo=zone), clock)
    except ValueError:
        # Not a time after all ("2026, 45:90"), or not a day.
        return _day(year, month, day, zone, match)
    return Moment(at, precision, start, end)


def _day(year: int, month: int, day: int, zone: tzinfo, match: re.Match[str]) -> Moment | None:
    try:
        return Moment(datetime(year, month, day, tzinfo=zone).astimezone(UTC), "day", match.start(), match.end())
    except ValueError:
        return None


def _order(first: int, other: int, day_first: bool | None) -> tuple[int, int]:
    """Day and month of a numeric date; (0, 0), which no date is, where it could be either."""
    if first > 12 or (day_first and other <= 12):
        return first, other
    if other > 12 or day_first is False:
        return other, first
    return (first, other) if first == other else (0, 0)


def _with_clock(day: datetime, clock: re.Match[str]) -> tuple[datetime, Precision]:
    hour, half = int(clock["hour"]), clock["half"] or ""
    if half[:1] in ("p", "م") and hour < 12:
        hour += 12
    elif half[:1] in ("a", "ص") and hour == 12:
        hour = 0
    at = day.replace(hour=hour, minute=int(clock["minute"] or 0), second=int(clock["second"] or 0))
    if clock["offset"]:
        at = at.replace(tzinfo=_offset(clock["offset"].strip()))
    midnight = clock["second"] and (at.hour, at.minute, at.second) == (0, 0, 0)
    # A machine's midnight is a day without a time; nobody publishes on that second.
    return at.astimezone(UTC), "day" if midnight else "second" if clock["second"] else "minute"


def _offset(text: str) -> timezone:
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text]))
    sign, digits = (-1 if "-" in text else 1), re.sub(r"[^\d]", "", text)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        raise ValueError(f"not an offset: {text}")
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _stamp(text: str) -> Moment | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return Moment(datetime.fromtimestamp(int(text[:10]), UTC), "second", 0, len(text))


def _compact(text: str, zone: tzinfo) -> Moment | None:
    match = _COMPACT.fullmatch(text.lower())
    if not match or not EARLIEST <= int(match["year"]) <= LATEST:
        return None
    clock = (match["time"] or "").ljust(6, "0")
    try:
        at = datetime(int(match["year"]), int(match["month"]), int(match["day"]),
                      int(clock[:2]), int(clock[2:4]), int(clock[4:6]), tzinfo=zone)
    except ValueError:
        return None
    if match["offset"]:
        at = at.replace(tzinfo=_offset(match["offset"]))
    return Moment(at.astimezone(UTC), "second" if match["time"] else "day", 0, len(text))


def _month_only(text: str, zone: tzinfo) -> Moment | None:
    match = _MONTH_ONLY.fullmatch(fold(text))
    year = int((match["year"] or match["year2"]) if match else 0)
    month = match and (MONTHS[match["name"]] if match["name"] else int(match["month"]))
    if not month or month > 12 or not EARLIEST <= year <= LATEST:
        return None
    return Moment(datetime(year, month, 1, tzinfo=zone).astimezone(UTC), "month", 0, len(text))


def days_in(text: str, zone: tzinfo) -> Iterator[str]:
    """ISO days of all dates in `text`, in its order, as `zone` counts days."""
    return (moment.at.astimezone(zone).date().isoformat() for moment in find_dates(text, zone))
