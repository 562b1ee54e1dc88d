"""An article's text and facts in, its labels out: topics, sectors, the kind of announcement, and whether it is new."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from config.watch import Watch
from pipeline.classify.announcement import announced_kind, novelty
from pipeline.classify.scores import Scores, score_terms
from pipeline.classify.terms import Code, Terms
from pipeline.classify.text import ArticleText
from pipeline.events import Fact, Label

DECIDED_BY: Final = "terms/1"
MOST: Final = 3
TOPIC_SHARE: Final = 0.54
"""A further topic needs this share of the first one's score."""
TOPIC_LEAST: Final = 7.0
SECTOR_SHARE: Final = 0.48
SECTOR_LEAST: Final = 8.0
"""Many articles belong to none: the least are some strong terms of the opening, or one of the headline taken up later."""


HEADLINED: Final = 0.6
"""So much less is asked of what the headline itself speaks of."""
SUPPORT: Final = 2
"""One word alone, however often, makes no sector."""


_COURTS_AND_CRIME: Final = "justice_securite"


class Labeller:
    """Scores every category of the taxonomy by its terms and keeps the best."""

    def __init__(self, watch: Watch) -> None:
        taxonomy = watch.taxonomy
        self._terms = Terms({
            (scheme, code): category
            for scheme, categories in (("topic", taxonomy.topics), ("sector", taxonomy.sectors),
                                       ("announcement", taxonomy.announcements), ("novelty", taxonomy.novelty))
            for code, category in categories.items()})
        schemes = (("topic", taxonomy.topics), ("sector", taxonomy.sectors), ("announcement", taxonomy.announcements))
        self._hints: dict[str, tuple[Code, ...]] = {
            entity_id: tuple((scheme, hint) for hint in entity.hints for scheme, known in schemes if hint in known)
            for entity_id, entity in watch.entities.entities.items() if entity.hints}

    def scores(self, text: ArticleText) -> Scores:
        """What the terms and mentions of the article say for each category."""
        return score_terms(text, self._terms, self._hints)

    def labels(self, text: ArticleText, facts: Sequence[Fact]) -> tuple[Label, ...]:
        """One to three topics, up to three sectors, at most one kind of announcement, new or recalled."""
        scores = self.scores(text)
        topics = scores.ranked("topic")
        kind = announced_kind(scores, facts, news_in_brief=bool(topics) and topics[0][1] == _COURTS_AND_CRIME)
        return (
            *_best(scores, "topic", TOPIC_SHARE, TOPIC_LEAST, least=1),
            *_best(scores, "sector", SECTOR_SHARE, SECTOR_LEAST, least=0),
            *((kind,) if kind else ()), novelty(scores, text.article.headline, kind))


def _best(scores: Scores, scheme: str, share: float, floor: float, *, least: int) -> list[Label]:
    ranked = [(total, code) for total, code in scores.ranked(scheme) if scores.support[scheme, code] >= SUPPORT or least][:MOST]
    return [
        scores.label(scheme, code, _sureness(total), DECIDED_BY) for at, (total, code) in enumerate(ranked)
        if at < least or total >= max(floor, share * ranked[0][0]) * (HEADLINED if (scheme, code) in scores.headlined else 1.0)]


def _sureness(total: float) -> float:
    return round(1 - math.exp(-total / 12), 3)
