"""An article's text in, its labels out: topics, sectors, the kind of announcement, and whether it is new."""

from __future__ import annotations

from typing import Final

from config.watch import Watch
from pipeline.classify.scores import Scores, score_terms
from pipeline.classify.terms import Terms
from pipeline.classify.text import ArticleText
from pipeline.events import Label

DECIDED_BY: Final = "terms/1"


class Labeller:
    """Scores every category of the taxonomy by its terms and keeps the best."""

    def __init__(self, watch: Watch) -> None:
        taxonomy = watch.taxonomy
        self._terms = Terms({
            **{("topic", code): category for code, category in taxonomy.topics.items()},
            **{("sector", code): category for code, category in taxonomy.sectors.items()},
            **{("announcement", code): category for code, category in taxonomy.announcements.items()}})

    def labels(self, text: ArticleText) -> tuple[Label, ...]:
        """One to three topics, up to three sectors, at most one kind of announcement, new or recalled."""
        scores = score_terms(text, self._terms)
        return (
            *_best(scores, "topic", 3, 0.5, 1), *_best(scores, "sector", 3, 0.5, 0),
            *_best(scores, "announcement", 1, 1.0, 0))


def _best(scores: Scores, scheme: str, most: int, share: float, least: int) -> list[Label]:
    ranked = sorted(((score, code) for (which, code), score in scores.totals.items() if which == scheme), reverse=True)
    return [scores.label(scheme, code, DECIDED_BY) for at, (score, code) in enumerate(ranked[:most])
            if at < least or score >= share * ranked[0][0]]
