"""Sentences in, the rankings they tell out: who stands where in which index or list, or by how many places it moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.facts.figures.positions import Rank, ranks
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Mention, Ranking

EXTRACTOR: Final = "rankings/1"
_WORD_START = r"(?<![^\W\d_])"
_LISTED: Final = re.compile(
    rf"{_WORD_START}(?:[وفبل]|لل)?(?:classements?|indices?|index|palmares|barometres?|ranking|score|clasificacion|"
    rf"(?:ال)?موشر|"
    rf"(?:ال)?تصنيف|(?:ال)?ترتيب)(?: [^,;:.()\"]{{3,90}})?")
_AFTER: Final = re.compile(r" ?(?:(?:du|de la|des|de|d'|au|parmi les|of|in|among|en|del|من|في|"
                           r"ب) ?)?(?P<phrase>[^\W\d_][^,;:.()\"\d]{3,80})")
_YEAR: Final = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_CONFIDENCE: Final = {"place": 0.85, "superlative": 0.7, "role": 0.75, "delta": 0.9, "listed": 0.75}


def find(text: ArticleText) -> Iterator[Fact]:
    """Rankings of the article, each once; a title's only where the body does not tell it."""
    told: set[tuple[int | None, int | None, str | None]] = set()
    for passage in sorted(text.passages, key=lambda one: one.zone == "title"):
        for rank in ranks(passage):
            ranking = _ranking(passage, rank)
            key = rank.position, rank.delta, ranking.entity
            if key in told or (passage.zone == "title" and any(key[:2] == other[:2] for other in told)):
                continue
            told.add(key)
            yield make_fact(
                text, passage, ranking, extractor=f"{EXTRACTOR}/{rank.rule}", confidence=_CONFIDENCE[rank.rule], at=rank.start)


def _ranking(passage: Passage, rank: Rank) -> Ranking:
    folded = passage.folded
    listed = _LISTED.search(folded.text)
    after = _AFTER.match(folded.text, rank.end)
    index = folded.surface(*listed.span()) if listed else folded.surface(*after.span("phrase")) if after else None
    who = _ranked(passage, rank)
    year = _YEAR.search(folded.text)
    return Ranking(
        position=rank.position, delta=rank.delta, direction=rank.direction, index_surface=index.strip() if index else None,
        entity=who.name if who else None, entity_id=who.entity_id if who else None, edition=year[0] if year else None,
        surface=folded.surface(rank.start, rank.end))


def _ranked(passage: Passage, rank: Rank) -> Mention | None:
    """Who is ranked: the nearest organisation, place or person named before, else the first one named."""
    at = passage.start + passage.folded.span(rank.start, rank.end)[0]
    named = [one for one in passage.mentions if one.kind in ("organisation", "place", "person")]
    before = [one for one in named if one.end <= at]
    return before[-1] if before else named[0] if named else None
