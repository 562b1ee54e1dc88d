"""Spelled numbers in, their values out: French, English and Spanish by text2num, Arabic by a small table of our own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from text_to_num import text2num

from pipeline.events import Language

_FR = ("un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts "
    "trente quarante "
       "cinquante soixante septante huitante octante nonante cent cents mille")
_EN = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen "
       "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand")
_ES = ("un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho "
       "diecinueve veinte veintiun veintiuno veintiuna veintidos veintitres veinticuatro veinticinco veintiseis "
       "veintisiete "
       "veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos "
       "doscientas "
       "trescientos trescientas cuatrocientos quinientos quinientas seiscientos setecientos ochocientos novecientos "
       "mil")
_JOINS: Final[dict[Language, str]] = {"fr": r"[ -]|[ -]et[ -]", "en": r"[ -]|[ -]and[ -]", "es": r" | y "}
_ROUGH: Final = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
                 "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "dozen": 12, "decena": 10, "veintena": 20,
                 "centenar": 100}
_UNITS: Final = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1,
    "اثنين": 2, "اثنان": 2, "اثنتين": 2, "اثنتان": 2, "اثنا": 2, "اثني": 2, "ثلاثه": 3,
    "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5,
    "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7, "ثمانيه": 8, "ثماني": 8, "ثمان": 8, "تسعه": 9, "تسع": 9,
    "عشره": 10, "عشر": 10,
    **{name + ending: ten for name, ten in (("عشر", 20), ("ثلاث", 30), ("اربع", 40), ("خمس", 50), ("ست", 60), ("سبع", 70),
                                            ("ثمان", 80), ("تسع", 90)) for ending in ("ون", "ين")},
}
_HUNDREDS: Final = {f"{name}{hundred}": value * 100 for name, value in (
    ("", 1), ("ثلاث", 3), ("اربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8), ("تسع", 9))
    for hundred in ("مائه", "مايه", "ميه")} | {f"{two}{end}": 200 for two in ("مائت", "مايت", "ميت") for end in ("ين",
        "ان", "ي")}
_ARABIC: Final = _UNITS | _HUNDREDS
_SMALL = {"fr": _FR, "en": _EN, "es": _ES}


@lru_cache(maxsize=4)
def pattern(language: Language) -> re.Pattern[str]:
    """Finds runs of number words in folded text of the language; groups `rough` (une dizaine) and `words`."""
    if language == "ar":
        word = "|".join(sorted(_ARABIC, key=len, reverse=True))
        return re.compile(rf"(?<![^\W\d_])[وفبلك]?(?P<words>(?:{word})(?: و?(?:{word}))*)(?![^\W\d_])(?P<rough>)")
    word = "|".join(sorted(_SMALL[language].split(), key=len, reverse=True))
    rough = "|".join(_ROUGH)
    return re.compile(
        rf"(?<![^\W\d_])(?:(?:une|a|una|un) (?P<rough>{rough})"
        rf"|(?P<words>(?:{word})(?:(?:{_JOINS[language]})(?:{word}))*))(?![^\W\d_])")


def rough_value(word: str) -> int:
    """What `une dizaine` and its like stand for."""
    return _ROUGH[word]


@lru_cache(maxsize=4096)
def value_of(words: str, language: Language) -> int | None:
    """The number a run of number words stands for (as spelled, accents kept); None where it is none ("un deux")."""
    if language == "ar":
        return _arabic(words)
    try:
        return int(text2num(words.lower().replace("\u00a0", " "), language))
    except ValueError:
        return None


def _arabic(words: str) -> int | None:
    total = 0
    for token in words.split():
        value = _ARABIC.get(token) or _ARABIC.get(token.removeprefix("و"))
        if value is None:
            return None
        # "خمس مائة": a unit before its hundred multiplies it.
        total = total * 100 if value == 100 and 3 <= total <= 9 else total + value
    return total
