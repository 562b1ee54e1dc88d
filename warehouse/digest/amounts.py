"""A number in, the number as readers of a language write it out: exact, in the largest scale that keeps it short."""

from __future__ import annotations

from decimal import Decimal

from pipeline.events import Language
from warehouse.digest.wording import table

HARD = "\u00a0"
GROUP: dict[Language, str] = {"fr": "\u202f", "ar": ".", "en": ",", "es": HARD}
POINT: dict[Language, str] = {"fr": ",", "ar": ",", "en": ".", "es": ","}
SCALES: tuple[tuple[int, dict[Language, tuple[str, ...]]], ...] = (
    (10**9, {"fr": ("milliard", "milliards"), "ar": ("مليار", "ملايير", "مليار"), "en": ("billion",), "es": ("mil millones",)}),
    (10**6, {"fr": ("million", "millions"), "ar": ("مليون", "ملايين", "مليون"), "en": ("million",),
             "es": ("millón", "millones")}),
)
"""Forms as in `currencies` of wording.yml: one, many; in Arabic one and hundreds, 3 to 10, 11 to 99."""


def number(value: float | Decimal, language: Language) -> str:
    """All digits, grouped: 12 500,5."""
    exact = value if isinstance(value, Decimal) else _exact(value)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate({ord(","): GROUP[language], ord("."): POINT[language]})


def money(value: float, currency: str, language: Language) -> str:
    """A sum as readers write it: "2,5 milliards de dirhams", "2,5 مليار درهم", "2.5 billion dirhams"."""
    exact = _exact(value)
    names = table().currencies.get(currency)
    forms = tuple(names[language].split("|")) if names else (currency,)
    for scale, words in SCALES:
        part = exact / scale
        if abs(part) >= 1 and part == round(part, 3):
            name = forms[0] if language == "ar" else forms[-1]
            link = _link(name, language) if names else " "
            return f"{number(part, language)}{HARD}{_form(part, words[language], language)}{link}{name}"
    return f"{number(exact, language)}{HARD}{_form(exact, forms, language)}"


def percent(value: float, language: Language) -> str:
    """A percentage."""
    return f"{number(value, language)}{HARD if language in ('fr', 'es') else ''}%"


def _exact(value: float) -> Decimal:
    """The number without the noise of binary fractions (4.2 × 10⁹ is not always 4200000000)."""
    return Decimal(f"{value:.15g}")


def _form(count: Decimal, forms: tuple[str, ...], language: Language) -> str:
    """The form of a noun after `count`."""
    if language != "ar" or len(forms) < 3:
        plural = abs(count) >= 2 if language == "fr" else abs(count) != 1
        return forms[-1] if plural else forms[0]
    rest = count % 100
    if count % 1 or rest < 3:
        return forms[0]
    return forms[1] if rest <= 10 else forms[2]


def _link(name: str, language: Language) -> str:
    if language == "fr":
        return " d’" if name[0] in "aeioué" else " de "
    return " de " if language == "es" else " "
