"""A text in, names of people and organisations that are not watched out: told by a given name, a title, a head noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.given_names import LATIN, PARTICLES
from pipeline.classify.names_arabic import find_arabic_names
from pipeline.events import Mention, Zone
from pipeline.language.folding import fold_text

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞŒ"
_PART: Final = rf"[{_CAPITAL}][\w’'\-]*"
_TITLE: Final = re.compile(
    rf"(?<!\w)(?:MM?\.|Mmes?\.?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame|Sr\.|Sra\.)[ \u00a0]+"
    rf"(?P<name>{_PART}(?:[ \u00a0]+(?:(?:{'|'.join(sorted(PARTICLES))})[ \u00a0]+)?{_PART}){{0,3}})")
_RUN: Final = re.compile(
    rf"(?<![\w’'.\-]){_PART}(?:[ \u00a0]+(?:(?:{'|'.join(sorted(PARTICLES))})[ \u00a0]+){{0,2}}{_PART}){{1,4}}")
_TITLES: Final = frozenset("m mm mme mmes mlle mr mrs ms dr pr me monsieur madame sr sra sm sar".split())
_MAX_PARTS: Final = 5


def find_names(text: str, zone: Zone) -> list[Mention]:
    """People and organisations by name, in order."""
    if re.search(r"[\u0600-\u06ff]", text):
        return find_arabic_names(text, zone)
    return sorted((*_people(text, zone),), key=lambda one: one.start)


def _people(text: str, zone: Zone) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        yield _person(text, *match.span("name"), zone)
    for match in _RUN.finditer(text):
        words = list(re.finditer(r"[^ \u00a0]+", match[0]))
        for at, word in enumerate(words[:-1]):
            if fold_text(word[0]) in LATIN:
                last = words[min(len(words), at + _MAX_PARTS) - 1]
                yield _person(text, match.start() + word.start(), match.start() + last.end(), zone)
                break


def _person(text: str, start: int, end: int, zone: Zone) -> Mention:
    while text[end - 1] in "’'-":
        end -= 1
    surface = text[start:end]
    return Mention(kind="person", name=" ".join(surface.split()), surface=surface, zone=zone, start=start, end=end)
