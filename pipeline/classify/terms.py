"""Words and phrases of the taxonomy in, where they stand in folded text out: one automaton for all categories and languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick

from config.watch import Category
from pipeline.classify.aliases import searchable
from pipeline.classify.gazetteer import begins_word, ends_word, word_end
from pipeline.events import Language
from pipeline.language.folding import fold_text

STRONG: Final = 3.0
WEAK: Final = 1.0
Code = tuple[str, str]
"""Scheme and code: ("topic", "sante")."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term of a category at a place of the folded text."""

    code: Code
    term: str
    weight: float
    start: int
    end: int


class Terms:
    """All terms of all categories, ready to be looked for in one language at a time."""

    def __init__(self, categories: Mapping[Code, Category]) -> None:
        self._by_language: dict[Language, tuple[list[str], dict[str, list[tuple[Code, float, bool]]], AhoCorasick | None]] = {}
        for language in _LANGUAGES:
            known: dict[str, list[tuple[Code, float, bool]]] = {}
            for code, category in categories.items():
                for term, weight in _weighted(category, language):
                    known.setdefault(searchable(fold_text(term.removesuffix("*"))), []).append((code, weight, term.endswith("*")))
            texts = list(known)
            self._by_language[language] = texts, known, AhoCorasick(texts) if texts else None

    def find(self, folded: str, language: Language) -> Iterator[Found]:
        """Every term of that language, overlapping ones too."""
        texts, known, automaton = self._by_language[language]
        if automaton is None:
            return
        haystack = searchable(folded)
        for index, start, end in automaton.find_matches_as_indexes(haystack, overlapping=True):
            if not begins_word(haystack, start):
                continue
            whole = ends_word(haystack, end)
            for code, weight, open_ended in known[texts[index]]:
                if whole or open_ended:
                    yield Found(code, texts[index], weight, start, end if whole else word_end(haystack, end))


_LANGUAGES: Final[tuple[Language, ...]] = ("ar", "fr", "en", "es")


def _weighted(category: Category, language: Language) -> Iterator[tuple[str, float]]:
    for term in category.strong.get(language, ()):
        yield term, STRONG
    for term in category.terms.get(language, ()):
        yield term, WEAK
