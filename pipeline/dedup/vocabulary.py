"""A folded word in, how much it tells and which concept it names out; from two small files and the Unicode locale data.

`weights.txt` holds, by stem, how rare a word is in the press (0: everywhere, 70: hardly ever; counted by
tests/bench/frequencies.py over articles in Arabic, French and English); a word that is not in it is rare. `concepts.txt` holds
words of the four languages for what news are about; the names of countries are those of the CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from babel import Locale

from pipeline.language.folding import fold_text

LANGUAGES: Final = ("ar", "fr", "en", "es")
RAREST: Final = 7.0
"""Weight of a word that stands in one article of eight thousand."""
UNLISTED: Final = 5.5
"""Weight of a word too rare to be listed (in fewer than one article of two hundred)."""
STEM: Final = 6
ACTS: Final = frozenset("death condolence arrest court visit seizure reaction protest appoint agreement".split())
"""Concepts which, in two headlines, tell two happenings of one affair apart."""
EVENTS: Final = frozenset(
    "assises forum salon sommet congres colloque symposium festival summit conference congress fair foro cumbre congreso feria "
    "منتدي مناظره معرض قمه مؤتمر ندوه مهرجان".split())
"""Nouns that, with the word after them, name an event."""
_PREFIX: Final = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=\w{4}))(?=\w{2})")
_NATION: Final = 5
"""Letters of a country's name that its adjectives begin with too: mexic-ain, mexic-an, مكسيك-ي."""
_HOME: Final = frozenset({"MA"})


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """The word without attached Arabic particles and article."""
    return _PREFIX.sub("", word) if word[:1] >= "\u0600" else word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What forms of a word have in common."""
    return plain(word)[:STEM]


@lru_cache(maxsize=200_000)
def weight(key: str) -> float:
    """How much a stem, a skeleton (`~BKL`) or an entity (`@id`) tells: 0 to RAREST."""
    return _weights().get(key, UNLISTED)


@lru_cache(maxsize=200_000)
def concepts(word: str) -> tuple[str, ...]:
    """Concepts and countries that the folded word names."""
    bare = plain(word)
    named = _concepts().get(word, ()) + (_concepts().get(bare, ()) if bare != word else ())
    nation = _nations().get(bare[:_NATION]) if len(bare) >= _NATION else None
    return (*dict.fromkeys(named), nation) if nation else tuple(dict.fromkeys(named))


@cache
def _weights() -> dict[str, float]:
    return {key: int(tenths) / 10 for key, tenths in (line.rsplit(" ", 1) for line in _lines("weights.txt"))}


@cache
def _concepts() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("concepts.txt"):
        name, _, named = line.partition(":")
        words = [fold_text(word) for word in named.split()]
        for word in {*words, *map(plain, words)}:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), name)))
    return found


@cache
def _nations() -> dict[str, str]:
    """Country code by the first letters of its name; names of several words and beginnings that two share say nothing."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            words = fold_text(name).split()
            if len(code) == 2 and code.isalpha() and code not in _HOME and len(words) == 1:
                found.setdefault(plain(words[0])[:_NATION], set()).add(code)
    return {start: codes.pop() for start, codes in found.items() if len(codes) == 1 and len(start) == _NATION}


def _lines(name: str) -> Iterator[str]:
    text = (files("pipeline.dedup") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
