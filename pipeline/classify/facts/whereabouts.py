"""A sentence and a position in it in, the place where that happens out: a place named after "à", "في", "in" or the like."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.text import Passage

_AT: Final = re.compile(
    r"(?:^|[\s,(])(?:à|au|a|en|dans|près de|in|at|near|in the|across|from|de|d['’]|du|sur|en la|في|بـ|قرب|مدينة)"
    r"(?:\s(?:la |le |l['’])?(?:ville|province|région|commune|préfecture|localité|wilaya|zone|city|town|région "
    r"économique)(?:\sde(?:\sla)?|\sd['’]|\sdu|\sof)?)?\s?(?:la |le |l['’]|les |the )?$|"
    r"(?:^|\s)(?:ب|و?ب?(?:مدينة|إقليم|جهة|عمالة|جماعة|منطقة)\s|في\s)$",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"(?:^|\s)(?:de|d['’]|du|from|of)\s?(?:la |le |l['’])?$", re.IGNORECASE)
_LOCATIVE: Final = re.compile(
    r"(?:^|[\s,])à (?P<place>[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)?)|(?:^|[\s,])in "
    r"(?P<en>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)


def place_near(passage: Passage, at: int, *, within: tuple[int, int] | None = None) -> str | None:
    """Name of the place nearest to `at` (a position in the sentence's text) of those said to be where; canonical if watched."""
    low, high = within or (0, len(passage.text))
    places = [
        one
        for one in passage.mentions_within(low, high)
        if one.kind == "place" and _located(passage.text, one.start - passage.start)
    ]
    if places:
        return min(places, key=lambda one: abs(one.start - passage.start - at)).name
    if found := _LOCATIVE.search(passage.text, low, high):
        return found["place"] or found["en"]
    return None


def _located(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start]
    return _AT.search(before) is not None and not _OF.search(before)
