"""Text in any of the four languages in, folded words that can be compared out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.language.folding import fold_text

_NOT_WORD: Final = re.compile(r"[\W_]+")
_ARABIC_PREFIX: Final = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=\w{4}))(?=\w{2})")
_STEM: Final = 6
"""Letters of a word that count: endings differ by number, gender and, between French, English and Spanish, by language."""
_EMPTY: Final = frozenset((
    "les des une aux dans pour par sur avec sans est sont ete ces ses son sera cette plus moins pres environ "
    "quelque entre vers lors selon dont que qui leur leurs ainsi millions million milliards milliard milliers mille "
    "dirhams dirham dollars dollar euros euro the and for with from was were will has have been this that its their "
    "over under than about nearly total totale global montant los las una del por para con como mas sobre "
    "من الي علي عن مع في هذا هذه التي الذي بعد قبل ما لا ان قد نحو حوالي اكثر مليون مليار ملايين ملايير درهم دولار "
    "اورو يورو مبلغ"
).split())
"""Words that say nothing about a subject: articles, prepositions, auxiliaries, units of money."""


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Lower case, without accents, vowel signs and punctuation; forms of Arabic letters made one; single spaces."""
    return _NOT_WORD.sub(" ", fold_text(text)).strip()


@lru_cache(maxsize=50_000)
def stems(text: str | None) -> frozenset[str]:
    """The words that carry meaning, cut to their stems; numbers whole."""
    words = (_ARABIC_PREFIX.sub("", word) for word in folded(text or "").split())
    return frozenset(word[:_STEM] for word in words if (len(word) > 2 or word.isdecimal()) and word not in _EMPTY)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that the two have in common, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def is_arabic(text: str | None) -> bool:
    """Whether most letters are Arabic."""
    letters = [letter for letter in text or "" if letter.isalpha()]
    return sum("؀" <= letter <= "ۿ" for letter in letters) * 2 > len(letters)
