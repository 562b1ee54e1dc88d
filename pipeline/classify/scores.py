"""An article's text and the taxonomy's terms in, a score for every category and the term that weighed most out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from pipeline.classify.terms import Code, Found, Terms
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Label

TITLE: Final = 4.0
OPENING: Final = 2.0
"""The first two sentences of the body, or its lead."""
REST: Final = 1.0
Scheme = Literal["topic", "sector", "announcement", "novelty"]


@dataclass(frozen=True)
class Scores:
    """What the terms of an article say for each category."""

    totals: dict[Code, float] = field(default_factory=dict)
    shown: dict[Code, tuple[float, Passage, Found]] = field(default_factory=dict)
    """The term that weighs most, and the passage it stands in."""

    def label(self, scheme: str, code: str, decided_by: str) -> Label:
        """The label for a category, with the span of the term that weighs most."""
        total = self.totals[scheme, code]
        score = round(1 - math.exp(-total / 12), 3)
        if (scheme, code) not in self.shown:
            return Label(scheme=cast(Scheme, scheme), code=code, score=score, decided_by=decided_by)
        _, passage, found = self.shown[scheme, code]
        start, end = passage.folded.span(found.start, found.end)
        return Label(
            scheme=cast(Scheme, scheme), code=code, score=score, decided_by=decided_by, zone=passage.zone,
            start=passage.start + start, end=passage.start + end, surface=passage.text[start:end])


def score_terms(text: ArticleText, terms: Terms) -> Scores:
    """Each term counts with its weight and place, repetitions ever less; longer texts count no more for being long."""
    scores = Scores()
    seen: dict[tuple[Code, str], float] = {}
    for passage in text.passages:
        place = _place(passage)
        for found in terms.find(passage.folded.text, passage.language):
            key = found.code, found.term
            before = seen.get(key, 0.0)
            seen[key] = before + place
            gain = found.weight * (math.log1p(before + place) - math.log1p(before))
            scores.totals[found.code] = scores.totals.get(found.code, 0.0) + gain
            held = scores.shown.get(found.code)
            if held is None or gain > held[0]:
                scores.shown[found.code] = gain, passage, found
    return scores


def _place(passage: Passage) -> float:
    if passage.zone == "title":
        return TITLE
    if passage.zone == "lead" or (passage.zone == "body" and passage.start < 300):
        return OPENING
    return REST
