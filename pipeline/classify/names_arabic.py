"""An Arabic text in, people that are not watched out: a given name and what follows it, as there are no capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.given_names import ARABIC, ARABIC_PARTICLES
from pipeline.events import Mention, Zone
from pipeline.language.folding import fold

_WORD: Final = re.compile(r"[\u0621-\u064a]+")
_MAX_PARTS: Final = 5
_NO_SURNAME: Final = re.compile(
    r"^(?:في|من|الي|علي|عن|ان|انه|انها|ب|هو|هي|هذا|هذه|ذلك|قد|لقد|كما|بعد|قبل|عند|خلال|حول|بين|مع|ضد|لدي|حتي|كان|كانت|يكون|قال|قالت|اكد|اكدت|"
    r"اوضح|اوضحت|اضاف|اضافت|اشار|اشارت|اعلن|اعلنت|صرح|ابرز|ابرزت|شدد|شددت|كشف|كشفت|اعتبر|اعتبرت|رئيس|رئيسه|وزير|وزيره|مدير|مديره|عضو|كاتب|"
    r"النائب|الرئيس|الوزير|الوزيره|المدير|الامين|الكاتب|المستشار|المستشاره|الي|التي|الذي|الذين|اليوم|امس|السابق|السابقه|الدولي|الوطني|المغربي|المغربيه|"
    r"[يتن]\w{3,}|ب\w{2,}ه|لل\w+)$")


def find_arabic_names(text: str, zone: Zone) -> list[Mention]:
    """People by name, in order."""
    folded = fold(text)
    words = list(_WORD.finditer(folded.text))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        last = _name_end(folded.text, words, at)
        if last is None:
            at += 1
            continue
        start, end = folded.span(_head_start(words[at]), words[last].end())
        found.append(Mention(
            kind="person", name=" ".join(text[start:end].split()), surface=text[start:end], zone=zone, start=start, end=end))
        at = last + 1
    return found


def _head_start(word: re.Match[str]) -> int:
    return word.start() + (0 if word[0] in ARABIC else 1)


def _name_end(text: str, words: list[re.Match[str]], at: int) -> int | None:
    """Index of the last word of the name that begins at `at`: given names, particles and one surname."""
    if words[at][0] not in ARABIC and not (len(words[at][0]) > 3 and words[at][0][0] in "وفبلك" and words[at][0][1:] in ARABIC):
        return None
    surname = False
    last = at
    for here in _neighbours(text, words, at):
        word = words[here][0]
        if word in ARABIC_PARTICLES or (word in ARABIC and not surname) or words[here - 1][0] in ARABIC_PARTICLES:
            last, surname = here, surname or words[here - 1][0] in ARABIC_PARTICLES
        elif not surname and not _NO_SURNAME.match(word):
            last, surname = here, True
        else:
            break
    if words[last][0] in ARABIC_PARTICLES:
        last -= 1
    return last if last > at else None


def _neighbours(text: str, words: list[re.Match[str]], at: int) -> Iterator[int]:
    """The next words, as long as nothing but a space lies between."""
    for here in range(at + 1, min(at + _MAX_PARTS, len(words))):
        if text[words[here - 1].end():words[here].start()] != " ":
            return
        yield here
