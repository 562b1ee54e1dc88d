"""An article's text and facts in, its labels out: topics, sectors, the kind of announcement, and whether it is new."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from config.watch import Watch
from pipeline.classify.announcement import announced_kind, novelty
from pipeline.classify.decisions import MOST, decided
from pipeline.classify.features import features
from pipeline.classify.learnt import read_model
from pipeline.classify.scores import Scores, score_terms
from pipeline.classify.terms import Code, Terms
from pipeline.classify.text import ArticleText
from pipeline.events import Fact, Label

DECIDED_BY: Final = "terms/1"
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
    """Scores every category of the taxonomy by its terms; a trained model weighs these scores with all else that is seen.

    Schemes whose categories are not those that the model was trained for are decided by the rules alone.
    """

    def __init__(self, watch: Watch) -> None:
        taxonomy = watch.taxonomy
        schemes = {"topic": taxonomy.topics, "sector": taxonomy.sectors, "announcement": taxonomy.announcements,
                   "novelty": taxonomy.novelty}
        self._terms = Terms({(scheme, code): category for scheme, known in schemes.items() for code, category in known.items()})
        self._hints: dict[str, tuple[Code, ...]] = {
            entity_id: tuple(
                (scheme, hint) for hint in entity.hints for scheme, known in schemes.items()
                if scheme != "novelty" and hint in known)
            for entity_id, entity in watch.entities.entities.items() if entity.hints}
        self._model = read_model()
        self._learnt = all(self._model.knows(scheme, known) for scheme, known in schemes.items())

    def scores(self, text: ArticleText) -> Scores:
        """What the terms and mentions of the article say for each category."""
        return score_terms(text, self._terms, self._hints)

    def labels(self, text: ArticleText, facts: Sequence[Fact]) -> tuple[Label, ...]:
        """One to three topics, up to three sectors, at most one kind of announcement, new or recalled."""
        scores = self.scores(text)
        ruled = ruled_labels(scores, text, facts)
        if not self._learnt:
            return ruled
        return decided(self._model, features(scores, text, facts, ruled), scores, text)

    def features(self, text: ArticleText, facts: Sequence[Fact]) -> dict[str, float]:
        """What the model is trained on and decides from."""
        scores = self.scores(text)
        return features(scores, text, facts, ruled_labels(scores, text, facts))


def ruled_labels(scores: Scores, text: ArticleText, facts: Sequence[Fact]) -> tuple[Label, ...]:
    """What the rules alone give."""
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
