"""Text in, spans of its sentences out (code points), in Arabic, French, English and Spanish.

A newline always ends a sentence. A full stop does unless it stands in a number, after an abbreviation or an initial, or
before a small letter; where a page lost the space after it ("par an.Le projet"), a capital is enough.
"""

from __future__ import annotations

import re
from typing import Final

MAX_SENTENCE: Final = 1500
"""Code points; a longer run without an end (a table, a list of names) is cut at a space."""
_END: Final = re.compile(r"\n+|[.!?؟…]+(?:[»”\"’'\)\]]|[ \u00a0\u202f][»”])*|\s[>•▪‣]\s(?=[^\W\d_])")
_ABBREVIATIONS: Final = frozenset(
    "m mm mr mrs ms mme mmes mlle dr drs pr prof engr me st ste sté art al cf p pp ex no nos n° vol env av bd bld "
    "boul tél tel fig chap "
    "éd ed hon gen col lt sgt sen rep gov inc ltd co corp jr sr sra srta d dª dña ud uds ee.uu u.s u.k e.g i.e vs "
    "approx "
    "jan fév févr avr juil sept oct nov déc feb aug dec s.m s.e s.a.r s.a.s s.a s.e.m د أ م ص أ.د".split())
_OPENING: Final = "«“\"'(‘[-–—•>"


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in order, without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[0][0].isspace() or _ends(text, match):
            _add(spans, text, start, match.end() if not match[0][0].isspace() else match.start())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = cut if cut > 0 else start + MAX_SENTENCE
        _add(spans, text, start, cut)
        while cut < end and text[cut].isspace():
            cut += 1
        start = cut
    if end > start:
        spans.append((start, end))


def _ends(text: str, match: re.Match[str]) -> bool:
    marks = match[0].rstrip("»”\"’')]")
    after = text[match.end():match.end() + 40]
    following = after.lstrip()
    if not following:
        return True
    if following == after:
        return _glued(text, match, after)
    first = following.lstrip(_OPENING + " \u00a0")[:1]
    if first.islower():
        return False
    arabic = "\u0600" <= first <= "\u06ff"
    if arabic and first in "،؛":
        return False
    if marks != ".":
        return not (arabic and marks[-1] in ".…")
    return not _abbreviated(text, match.start())


def _abbreviated(text: str, stop: int) -> bool:
    word = re.split(r"[\s(«“\"'’]", text[max(0, stop - 12):stop])[-1]
    if word.lower() in _ABBREVIATIONS:
        return True
    return len(word) == 1 and word.isalpha() and (word.isupper() or "\u0600" <= word <= "\u06ff")


def _glued(text: str, match: re.Match[str], after: str) -> bool:
    """No white space follows: an end only where a word stops and a capital (or, in Arabic, a word) begins."""
    before = text[match.start() - 1:match.start()]
    if match[0].rstrip("»”") != "." or not before:
        return False
    head = after.lstrip(_OPENING)[:2]
    if "\u0600" <= before <= "\u06ff" and head and "\u0600" <= head[0] <= "\u06ff":
        return not _abbreviated(text, match.start())
    year = re.search(r"\b(?:19|20)\d\d$", text[max(0, match.start() - 5):match.start()])
    stops = before.islower() or before in ")%»”" or year is not None
    return stops and head[:1].isupper() and (len(head) < 2 or not head[1].isupper())
