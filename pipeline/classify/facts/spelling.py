"""A regular expression with Arabic words as people write them in, the same as folded text spells them out; and quick looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ahocorasick_rs import AhoCorasick

from pipeline.language.folding import fold_text

_ARABIC: Final = re.compile(r"[\u0600-\u06ff]+")
_FIRST_ARABIC: Final = "\u0621"
MAX_ATTACHED: Final = 4
"""Letters that may be attached to an Arabic word: "وبال"."""


def spelt(pattern: str) -> str:
    """`pattern` with its Arabic letters folded; all else (classes such as \\W above all) is left as it is."""
    return _ARABIC.sub(lambda match: fold_text(match[0]), pattern)


class Stems:
    """Beginnings of words that are looked for all at once, before a costly expression is tried."""

    def __init__(self, words: str) -> None:
        """`words`: the beginnings, set apart by white space; they are folded."""
        self._find: Final = AhoCorasick(sorted(set(fold_text(words).split())))

    def anywhere(self, folded: str) -> bool:
        """Whether one of them stands anywhere in the folded text."""
        return bool(self._find.find_matches_as_indexes(folded))

    def word_starts(self, folded: str) -> Iterator[int]:
        """Where the words begin that have one of them, in order: at their start, in Arabic after up to MAX_ATTACHED letters."""
        last = -1
        for _, at, _ in self._find.find_matches_as_indexes(folded, overlapping=True):
            start = at
            while start and folded[start - 1].isalpha():
                start -= 1
            attached = at - start
            if start > last and (attached == 0 or (attached <= MAX_ATTACHED and folded[at] >= _FIRST_ARABIC)):
                last = start
                yield start


def stems(words: str) -> Stems:
    """The beginnings of words, folded, to look for with `mentions_any` before a costly expression is tried."""
    return Stems(words)


def mentions_any(folded: str, beginnings: Stems) -> bool:
    """Whether one of them stands anywhere in the folded text."""
    return beginnings.anywhere(folded)


def matches_at(pattern: re.Pattern[str], folded: str, beginnings: Stems) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives where each match begins with a word that has one of the beginnings."""
    end = 0
    for start in beginnings.word_starts(folded):
        if start >= end and (match := pattern.match(folded, start)):
            end = match.end()
            yield match
