"""A reader's language in, the digest's own words, dates and periods in that language out (table: wording.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from config.reading import Strict, read_yaml
from pipeline.events import Language

CASABLANCA = ZoneInfo("Africa/Casablanca")
Direction = Literal["rtl", "ltr"]
Column = dict[Language, str]

ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
ISO_PART = re.compile(r"(\d{4})-([QS])([1-4])")


class Table(Strict):
    """The whole of wording.yml."""

    texts: dict[str, Column]
    kinds: dict[str, Column]
    codes: dict[str, Column]
    modalities: dict[str, Column]
    months: dict[Language, tuple[str, ...]]
    days: dict[Language, tuple[str, str, str]]
    """How a day, a month, and a day without its year are written."""
    currencies: dict[str, Column]


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read once. Raises config.reading.ConfigError."""
    return read_yaml(Path(__file__).with_name("wording.yml"), Table)


def direction(language: str) -> Direction:
    """Which way a language is written."""
    return "rtl" if language == "ar" else "ltr"


@dataclass(frozen=True)
class Wording:
    """The digest's words in one language."""

    language: Language

    @property
    def dir(self) -> Direction:
        """Which way it is written."""
        return direction(self.language)

    def text(self, key: str, **values: object) -> str:
        """An interface text. Raises KeyError where the table has none of that name."""
        return table().texts[key][self.language].format(**values)

    def kind(self, code: str) -> str:
        """A kind of fact, or the role of an amount; a code that the table does not know reads as itself."""
        return self._known(table().kinds, code)

    def code(self, code: str) -> str:
        """A status, stage, direction or instrument."""
        return self._known(table().codes, code)

    def modal(self, modality: str, value: str) -> str:
        """`value` with its modality: "environ 3 %"."""
        forms = table().modalities.get(modality)
        return forms[self.language].format(value=value) if forms else value

    def date(self, iso: str) -> str:
        """An ISO date (year, month or day), quarter or half-year as read; anything else unchanged."""
        if part := ISO_PART.fullmatch(iso):
            year, letter, n = part.groups()
            return self.text("quarter" if letter == "Q" else "half", n=n, year=year)
        if not (found := ISO_DATE.fullmatch(iso)) or not found[2] or not 1 <= int(found[2]) <= 12:
            return iso
        year, month, day = found.groups()
        daily, monthly, _ = table().days[self.language]
        name = table().months[self.language][int(month) - 1]
        return daily.format(d=int(day), m=name, y=year) if day else monthly.format(m=name, y=year)

    def day(self, at: datetime) -> str:
        """The day in Casablanca."""
        return self.date(at.astimezone(CASABLANCA).date().isoformat())

    def moment(self, at: datetime | None, now: datetime) -> str:
        """Day and time in Casablanca, the year where it is not that of `now`; the day alone at exactly midnight, which is
        how a page's date without time arrives."""
        if at is None:
            return self.text("undated")
        local = at.astimezone(CASABLANCA)
        day = self.day(at)
        if local.year == now.astimezone(CASABLANCA).year:
            day = table().days[self.language][2].format(d=local.day, m=table().months[self.language][local.month - 1])
        return day if is_day_only(at) else f"{day}{self.comma} {local:%H:%M}"

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "،" if self.language == "ar" else ","

    @property
    def colon(self) -> str:
        """What stands between a label and its value, with the space that French wants."""
        return "\u00a0:" if self.language == "fr" else ":"

    def _known(self, column: dict[str, Column], code: str) -> str:
        return column[code][self.language] if code in column else code


def is_day_only(at: datetime) -> bool:
    """True where the time is midnight to the second in Casablanca."""
    local = at.astimezone(CASABLANCA)
    return (local.hour, local.minute, local.second) == (0, 0, 0)
