"""A text in; its words, the hashes of its four-word shingles, its numbers and its dates out."""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipeline.language.folding import fold_text
from pipeline.language.months import MONTHS

Hashes = npt.NDArray[np.uint32]
WIDTH: Final = 4
"""Words in a shingle (research/language.md: containment of copies .90 and more, of unrelated texts .23 and less)."""
MOST_WORDS: Final = 20_000
"""Words of a text that are looked at."""
_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,]\d{3})+(?!\w)|(?<![\w.,])\d+(?:[.,]\d+)?")
_SEPARATOR: Final = re.compile(r"[ .,]")
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_KEPT: Final = 200_000


class _WordHashes(dict[str, int]):
    """Hash by word, learnt as words are met; forgotten when too many."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        value = self[word] = crc32(word.encode())
        return value


_hashes: Final = _WordHashes()


def words(text: str) -> list[str]:
    """The folded words, numbers among them, in their order; MOST_WORDS at the most."""
    return split(fold_text(text))


def split(folded: str) -> list[str]:
    """The words of a folded text."""
    return _WORD.findall(folded)[:MOST_WORDS]


def shingles(text_words: list[str]) -> Hashes:
    """Sorted distinct hashes of every four words that follow each other; of all words together where there are fewer."""
    hashed = np.fromiter((_hashes[word] for word in text_words), np.uint64, len(text_words))
    rolled = hashed[:max(len(hashed) - WIDTH + 1, min(len(hashed), 1))].copy()
    for step in range(1, min(WIDTH, len(hashed))):
        rolled *= _FACTOR
        rolled ^= rolled >> np.uint64(29)
        rolled += hashed[step:step + len(rolled)]
    rolled *= _FACTOR
    return np.unique((rolled >> np.uint64(32)).astype(np.uint32))


def shared(one: Hashes, other: Hashes) -> int:
    """How many hashes two sorted arrays have in common."""
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return 0
    at = np.searchsorted(other, one)
    at[at == len(other)] = 0
    return int(np.count_nonzero(other[at] == one))


def numbers(folded: str) -> frozenset[str]:
    """Numbers as digits alone, so that 1.839, 1 839 and 1,839 are one."""
    return frozenset(_SEPARATOR.sub("", number) for number in _NUMBER.findall(folded))


def dates(text_words: list[str]) -> frozenset[str]:
    """Days that are named with their month, as `12-06`."""
    found = set()
    for at, word in enumerate(text_words):
        if word in MONTHS:
            for day in (*text_words[max(at - 1, 0):at], *text_words[at + 1:at + 2]):
                digits = day[:2].rstrip("er")
                if len(day) <= 3 and digits.isdecimal() and 1 <= int(digits) <= 31:
                    found.add(f"{MONTHS[word]:02}-{int(digits):02}")
    return frozenset(found)
