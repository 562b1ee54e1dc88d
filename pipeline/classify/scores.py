"""An article's text and the taxonomy's terms in, a score for every category and the place that weighed most out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from pipeline.classify.terms import Code, Terms
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Label, Mention

HINT: Final = 2.0
"""Weight of a watched entity whose mention suggests a category."""
OPENING: Final = 300
"""Code points of the body that count as its opening where no lead is marked."""
_ONCE: Final = 4.0
"""A term of the title, or one that stands four times in the rest, has weighed so much."""
Scheme = Literal["topic", "sector", "announcement", "novelty"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a term counts by its place."""

    title: float
    opening: float
    rest: float

    def of(self, passage: Passage) -> float:
        """The weight of that passage."""
        if passage.zone == "title":
            return self.title
        return self.opening if passage.zone == "lead" or (passage.zone == "body" and passage.start < OPENING) else self.rest


SUBJECT: Final = Weights(title=4.0, opening=2.0, rest=1.0)
"""A topic is what the whole text is about."""
NEWS: Final = Weights(title=6.0, opening=2.0, rest=0.25)
"""An announcement is what the headline and the opening say."""
TOLD_NOW: Final = Weights(title=3.0, opening=3.0, rest=0.1)
TOLD_AGAIN: Final = Weights(title=6.0, opening=0.7, rest=0.0)
"""A comment or a look back says so in its headline."""
_WEIGHTS: Final[dict[str, Weights]] = {"topic": SUBJECT, "sector": SUBJECT, "announcement": NEWS, "novelty": TOLD_NOW}
_BY_CODE: Final[dict[Code, Weights]] = {("novelty", "recalled"): TOLD_AGAIN}


@dataclass(slots=True)
class Scores:
    """What terms and mentions say for each category."""

    totals: dict[Code, float] = field(default_factory=dict)
    shown: dict[Code, tuple[float, Passage, Span]] = field(default_factory=dict)
    """The place that weighs most, as a span of the passage's text."""
    support: dict[Code, int] = field(default_factory=dict)
    """How many different terms and names speak for it; a repetition further on counts as one more, once."""
    headlined: set[Code] = field(default_factory=set)
    """Those that the headline speaks for."""
    _seen: dict[tuple[Code, str], float] = field(default_factory=dict)

    def add(self, code: Code, term: str, weight: float, passage: Passage, span: Span) -> None:
        """Count a term at a place. Repetitions count ever less, so that long texts do not weigh more for being long."""
        place = (_BY_CODE.get(code) or _WEIGHTS[code[0]]).of(passage)
        before = self._seen.get((code, term), 0.0)
        self._seen[code, term] = before + place
        if passage.zone == "title":
            self.headlined.add(code)
        if before <= _ONCE < before + place or before == 0.0:
            self.support[code] = self.support.get(code, 0) + 1
        gain = weight * (math.log1p(before + place) - math.log1p(before))
        self.totals[code] = self.totals.get(code, 0.0) + gain
        held = self.shown.get(code)
        if held is None or gain > held[0]:
            self.shown[code] = gain, passage, span

    def ranked(self, scheme: str) -> list[tuple[float, str]]:
        """Scores and codes of a scheme, highest first."""
        return sorted(((total, code) for (which, code), total in self.totals.items() if which == scheme), reverse=True)

    def label(self, scheme: str, code: str, score: float, decided_by: str) -> Label:
        """The label for a category, with the span that weighs most."""
        named = cast(Scheme, scheme)
        if (scheme, code) not in self.shown:
            return Label(scheme=named, code=code, score=score, decided_by=decided_by)
        _, passage, (start, end) = self.shown[scheme, code]
        return Label(
            scheme=named, code=code, score=score, decided_by=decided_by, zone=passage.zone,
            start=passage.start + start, end=passage.start + end, surface=passage.text[start:end])


def score_terms(text: ArticleText, terms: Terms, hints: Mapping[str, tuple[Code, ...]]) -> Scores:
    """Scores of all categories. Words inside a watched name do not count: what the name suggests (`hints`) does."""
    scores = Scores()
    for passage in text.passages:
        watched = [one for one in passage.mentions if one.entity_id is not None]
        for code, term, weight, span in _terms(passage, terms, watched):
            scores.add(code, term, weight, passage, span)
        for mention in watched:
            span = mention.start - passage.start, mention.end - passage.start
            for code in hints.get(str(mention.entity_id), ()):
                scores.add(code, f"@{mention.entity_id}", HINT, passage, span)
    return scores


def _terms(passage: Passage, terms: Terms, watched: list[Mention]) -> Iterator[tuple[Code, str, float, Span]]:
    taken = [(one.start - passage.start, one.end - passage.start) for one in watched]
    for found in terms.find(passage.folded.text, passage.language):
        start, end = passage.folded.span(found.start, found.end)
        if not any(first <= start and end <= last for first, last in taken):
            yield found.code, found.term, found.weight, (start, end)
