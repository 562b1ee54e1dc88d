"""A reader's language in, the page's own words in that language out (table: wording.yml; what digests say is theirs)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from config.reading import Strict, read_yaml
from pipeline.events import Language
from warehouse.digest import amounts
from warehouse.digest.wording import CASABLANCA, Wording

PageLanguage = Literal["fr", "ar", "en"]
LANGUAGES: Final[tuple[PageLanguage, ...]] = get_args(PageLanguage)
"""What the interface speaks, the default first; what it shows is in the language of its source."""
OWN_NAMES: Final[dict[PageLanguage, str]] = {"fr": "Français", "ar": "العربية", "en": "English"}
ANNOUNCING: Final = ("agreement", "amount", "target", "law", "initiative", "appointment", "capacity", "ranking", "event", "count",
                     "percentage")
"""Kinds of fact that announce something; quotes and the roles of people do not."""
MAX_HEADER: Final = 500
"""Characters of Accept-Language that are read."""


class Texts(Strict):
    """The whole of wording.yml."""

    texts: dict[str, dict[PageLanguage, str]]
    codes: dict[str, dict[PageLanguage, str]]


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The table, read once. Raises config.reading.ConfigError."""
    return read_yaml(Path(__file__).with_name("wording.yml"), Texts)


@dataclass(frozen=True)
class Words(Wording):
    """The page's words in one language, beside those of the digest."""

    language: PageLanguage

    def say(self, key: str, **values: object) -> str:
        """A text of the page. Raises KeyError where the table has none of that name."""
        return texts().texts[key][self.language].format(**values)

    def number(self, value: float) -> str:
        """A number in this language's digits, four significant ones at the most after the point."""
        return amounts.number(float(f"{value:.4g}") if value % 1 else value, self.language)

    def sum(self, value: float | None, currency: str | None) -> str:
        """A sum of money, to four digits."""
        return amounts.money(float(f"{value:.4g}"), currency or "MAD", self.language) if value is not None else "–"

    def percent(self, value: float) -> str:
        """A percentage, to one decimal place."""
        return amounts.percent(round(value, 1), self.language)

    def short(self, at: datetime) -> str:
        """Day and month in Casablanca, the month by its number: 24/11."""
        local = at.astimezone(CASABLANCA)
        return f"{local.day}/{local.month}"

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of fact that announce something, by name."""
        return [(code, self.kind(code)) for code in ANNOUNCING]

    def tongues(self) -> list[tuple[str, str]]:
        """The languages that the press writes in."""
        return [(code, self.named(code)) for code in get_args(Language)]

    def field(self, name: str) -> str:
        """A field of the sign-up form, by the name of what it fills in config.watch.Subscription."""
        single = {"topics": "topic", "sectors": "sector", "entities": "entity", "kinds": "kind", "outlets": "outlet",
                  "languages": "language"}
        return self.say(single.get(name, name))

    def named(self, code: str) -> str:
        """A language, state, role or kind of thing; what the table does not know reads as itself."""
        known = texts().codes.get(code)
        return known[self.language] if known else code.replace("_", " ")


def chosen(accept_language: str) -> PageLanguage:
    """The best of our languages for an Accept-Language header (RFC 9110, 12.5.4); French where none fits."""
    best: tuple[float, int, PageLanguage] | None = None
    for position, part in enumerate(accept_language[:MAX_HEADER].split(",")):
        tag, _, parameters = part.partition(";")
        language = next((one for one in LANGUAGES if tag.strip().lower().split("-")[0] == one), None)
        quality = _quality(parameters)
        if language and quality > 0 and (best is None or (quality, -position) > best[:2]):
            best = (quality, -position, language)
    return best[2] if best else LANGUAGES[0]


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
