"""A sentence in, the fields of its figures out: what the tests of this folder look at."""

from __future__ import annotations

from pipeline.classify.facts import figures
from pipeline.classify.text import article_text
from pipeline.events import Fact, FactFields, Language
from tests.pipeline.classify.samples import article


def facts(body: str, language: Language = "fr", headline: str = "Sans chiffre") -> list[Fact]:
    """Facts of an article of 2 July 2025."""
    return list(figures.find(article_text(article(headline, body, language=language), ())))


def fields(body: str, language: Language = "fr") -> list[FactFields]:
    """Their fields."""
    return [fact.fields for fact in facts(body, language)]
