"""Ordinal words and forms of four languages in, their numbers out; patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = (
    ("premiers?|premieres?|first|top|primer|primero|primera|اول|اولي", 1),
    ("deuxiemes?|seconde?|second|segund[oa]|ثاني|ثانيه", 2),
    ("troisiemes?|third|tercer|tercer[oa]|ثالث|ثالثه", 3),
    ("quatriemes?|fourth|cuart[oa]|رابع|رابعه", 4),
    ("cinquiemes?|fifth|quint[oa]|خامس|خامسه", 5),
    ("sixiemes?|sixth|sext[oa]|سادس|سادسه", 6),
    ("septiemes?|seventh|septim[oa]|سابع|سابعه", 7),
    ("huitiemes?|eighth|octav[oa]|ثامن|ثامنه", 8),
    ("neuviemes?|ninth|noven[oa]|تاسع|تاسعه", 9),
    ("dixiemes?|tenth|decim[oa]|عاشر|عاشره", 10),
    ("onziemes?|eleventh", 11), ("douziemes?|twelfth", 12), ("treizieme", 13), ("quatorzieme", 14), ("quinzieme", 15),
    ("vingtieme", 20), ("centieme", 100),
)
_TENS: Final = {"عشر": 10, "عشره": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40,
                "خمسين": 50, "خمسون": 50,
                "ستين": 60, "ستون": 60, "سبعين": 70, "سبعون": 70, "ثمانين": 80, "ثمانون": 80, "تسعين": 90, "تسعون": 90}
_VALUES: Final = tuple((re.compile(words), value) for words, value in _WORDS)
_WORD: Final = "|".join(words for words, _ in _WORDS)
ORDINAL: Final = (
    rf"(?:(?:ال)?(?:{_WORD})(?: ?(?:و ?)?(?:ال)?(?:{'|'.join(sorted(_TENS, key=len, reverse=True))}))?(?![^\W\d_])"
    r"|\d{1,3} ?(?:ers?|eres?|iemes?|emes?|es?|nde?|st|rd|th|ᵉʳ?|ᵉᵐᵉ|ⁿᵈᵉ?|ʳᵈ|ᵗʰ|ˢᵗ|[ºª]|\.[ºª])(?![^\W\d_]))")
"""An ordinal, in a word or in figures: `deuxième`, `87e`, `3rd`, `الخامسة عشرة`."""


def ordinal_value(said: str) -> int | None:
    """The number of an ordinal that ORDINAL (or digits) matched."""
    if digits := re.match(r"\d+", said):
        return int(digits[0])
    head, *rest = said.replace(" و", " ").split()
    tens = sum(_TENS.get(word.removeprefix("و").removeprefix("ال"), 0) for word in rest)
    bare = head.removeprefix("ال")
    units = next((value for pattern, value in _VALUES if pattern.fullmatch(bare)), _TENS.get(bare))
    return units + tens if units is not None else None
