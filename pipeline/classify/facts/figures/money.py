"""Folded text around a number in, its currency and factor out: MDH, MMDH, Mds de DH, M€, $5bn, مليون سنتيم and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CURRENCIES: Final = {
    "AED": r"dirhams? (?:des )?(?:emirati?s?|emirats)|aed|(?:ال)?درهم(?:ا)? (?:ال)?اماراتي(?:ا)?",
    "MAD": r"dirhams?(?: marocains?| moroccan)?|dhs?|mad|(?:ال)?درهما?(?: مغربيا?)?|(?:ال)?دراهم",
    "CENT": r"centimes?(?! d'euro)|سنتيما?|سنتيمات",
    "CAD": r"dollars? canadiens?|canadian dollars?|cad",
    "AUD": r"dollars? australiens?|australian dollars?",
    "USD": r"dollars?(?: americains?| us)?|us dollars?|us ?\$|\$ ?us|\$|usd|dolares|(?:ال)?دولار(?:ا|"
    r"ات)?(?: امريكي(?:ا|ه)?)?",
    "EUR": r"euros?|eur|€|(?:ال)?[اي]ورو",
    "GBP": r"livres? sterlings?|(?<=milliards de )livres|(?<=milliard de )livres|(?<=millions de )livres|"
           r"pounds? sterling|pounds?|gbp|£|جنيه(?:ا|ات)? استرليني(?:ا|ه)?",
    "XOF": r"f ?cfa|francs? cfa|xof|فرنك سيفا|فرنك افريقي",
    "CHF": r"francs? suisses?|chf|فرنك سويسري",
    "JPY": r"yens?|jpy|ين ياباني",
    "CNY": r"yuans?|renminbi|rmb|cny|يوان(?:ا)?(?: صيني(?:ا)?)?",
    "RUB": r"roubles?|rubles?|rub|روبل(?:ا)?(?: روسي(?:ا)?)?",
    "SAR": r"riyals? saoudiens?|saudi riyals?|sar|ريال(?:ا|ات)?(?: سعودي(?:ا|ه)?)?",
    "QAR": r"riyals? (?:qataris?|qatariens?)|ريال(?:ا)? قطري(?:ا)?",
    "DZD": r"dinars? algeriens?|dzd|دينار(?:ا)? جزايري(?:ا)?",
    "TND": r"dinars? tunisiens?|tnd|دينار(?:ا)? تونسي(?:ا)?",
    "KWD": r"dinars? koweitiens?|دينار(?:ا)? كويتي(?:ا)?",
    "EGP": r"livres? egyptiennes?|egyptian pounds?|egp|جنيه(?:ا|ات)?(?: مصري(?:ا)?)?",
    "TRY": r"livres? turques?|turkish liras?|ليره تركيه",
    "NGN": r"nairas?|ngn",
    "ZAR": r"rands?|zar",
    "INR": r"roupies? indiennes?|rupees?|inr",
}
# The more particular names come first: "ريال قطري" before "ريال", "dinars tunisiens" are never plain.
_ORDER: Final = sorted(_CURRENCIES, key=lambda code: code in ("MAD", "USD", "GBP", "SAR", "EGP"))
_NAMES: Final = "|".join(f"(?P<{code}>{_CURRENCIES[code]})" for code in _ORDER)
_FACTORS: Final = {"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e9, "md": 1e9, "mds": 1e9, "mrd": 1e9, "mrds": 1e9, "bn": 1e9, "b": 1e9,
                   "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "mmm": 1e12}
_ABBREVIATION: Final = "|".join(sorted(_FACTORS, key=len, reverse=True))
_AFTER: Final = re.compile(
    rf" ?(?:(?P<factor>{_ABBREVIATION})(?: ?(?=[€$£a-z])))?(?:de |d'|of |en )?(?:{_NAMES})(?![^\W\d_])")
_BEFORE: Final = re.compile(
    r"(?:(?<![^\W\d_])(?:us|ca|a)? ?(?P<USD>\$)|(?P<EUR>€)|(?P<GBP>£)|(?<![^\W_])(?:(?P<USD2>usd)|(?P<EUR2>eur)|"
    r"(?P<MAD>mad|dhs?)) )"
    r" ?$|(?:(?<![^\W\d_])(?:(?P<USD3>usd)|(?P<EUR3>eur)|(?P<MAD2>mad|dhs?)))$")
_FACTOR_ONLY: Final = re.compile(r" ?(?P<factor>mn|bn|md|m|b|k)(?![^\W\d_])")
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Money:
    """The currency of a number: ISO code, factor of the written number, and where the expression stands."""

    currency: str
    factor: float
    start: int
    end: int


def read_money(text: str, start: int, end: int, floor: int) -> Money | None:
    """The currency of text[start:end], a number with its scale. A currency before it stands at `floor` or later."""
    if match := _AFTER.match(text, end, end + _LONGEST):
        code = str(match.lastgroup)
        factor = _FACTORS[match["factor"]] if match["factor"] else 1.0
        if code == "CENT":
            return Money("MAD", factor / 100, start, match.end())
        return Money(code, factor, start, match.end())
    if not (head := _BEFORE.search(text, max(floor, start - 5), start)):
        return None
    scale = _FACTOR_ONLY.match(text, end)
    factor, end = (_FACTORS[scale["factor"]], scale.end()) if scale else (1.0, end)
    return Money(str(head.lastgroup)[:3], factor, head.start(), end)
