"""Text or a query in, light stems out: the same for all spellings and, as far as a light stem goes, all endings of a word.

French, English and Spanish are stemmed by Snowball; Arabic by light10 (Larkey, Ballesteros and Connell 2007), on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import Stemmer

from pipeline.language.folding import fold, fold_text

WORD: Final = re.compile(r"[^\W_]+")
ARABIC: Final = re.compile("[\u0620-\u064a]")
_PREFIX: Final = re.compile("(?:وال|بال|كال|فال|لل|ال|و(?=.{3}))(?=.{2})")
_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST: Final = 2
"""Letters of an Arabic stem, at the least."""
_ATTACHED: Final = "وفبلك"
"""Letters that Arabic writes together with the word after them; light10 takes off only the first."""
_SNOWBALL: Final = {"fr": "french", "en": "english", "es": "spanish"}
MOST_TERMS: Final = 16
MOST_CHARACTERS: Final = 300


@dataclass(frozen=True)
class Term:
    """One word or phrase of a query: alternatives, each a sequence of stems."""

    alternatives: tuple[tuple[str, ...], ...]
    excluded: bool = False


def stems(text: str, language: str) -> str:
    """The stems of a text in that language, separated by spaces; Arabic words in it by their script."""
    return " ".join(stem(word, language) for word in WORD.findall(fold_text(text)))


def spans(text: str, wanted: frozenset[str], language: str) -> Iterator[tuple[int, int]]:
    """Where words with one of the wanted stems stand in the text."""
    folded = fold(text)
    for found in WORD.finditer(folded.text):
        if stem(found[0], language) in wanted:
            yield folded.span(found.start(), found.end())


@lru_cache(maxsize=500_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    if ARABIC.search(word):
        return _light10(word)
    if len(word) < 4 or not word.isalpha():
        return word
    stemmed: str = _stemmer(_SNOWBALL.get(language, "french")).stemWord(word)
    return stemmed


def parse(query: str) -> tuple[Term, ...]:
    """Words and "phrases" of a query, all of which must occur; -word must not. At most MOST_TERMS."""
    terms = []
    for excluded, phrase, word in re.findall(r'(-?)(?:"([^"]{1,200})"|(\S+))', query[:MOST_CHARACTERS])[:MOST_TERMS]:
        words = WORD.findall(fold_text(phrase or word))
        if words:
            terms.append(Term(_alternatives(words), bool(excluded)))
    return tuple(terms)


def _alternatives(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The words as a text in each language has them; a single Arabic word with letters written together with it, too."""
    found = dict.fromkeys(tuple(stem(word, language) for word in words) for language in _SNOWBALL)
    if len(words) == 1 and ARABIC.search(words[0]):
        found |= dict.fromkeys((letter + one,) for (one,) in tuple(found) for letter in _ATTACHED)
    return tuple(found)


@lru_cache(maxsize=8)
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


def _light10(word: str) -> str:
    word = _PREFIX.sub("", word, count=1) if _PREFIX.match(word) else word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            word = word[:-len(suffix)]
    return word
