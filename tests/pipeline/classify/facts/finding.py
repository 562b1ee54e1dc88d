"""Sentences in, what a finder makes of them out: without watched entities, as finders must do by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.classify.text import ArticleText, article_text
from pipeline.events import Fact, FactFields, Language, Mention
from tests.pipeline.classify.samples import article

Find = Callable[[ArticleText], Iterator[Fact]]


def found(
    find: Find, body: str, *, language: Language = "fr", headline: str = "Titre", mentions: tuple[Mention, ...] = (),
) -> list[Fact]:
    """Facts of an article with this body, each checked to stand verbatim where it says."""
    text = article_text(article(headline, body, language=language), mentions)
    facts = list(find(text))
    for fact in facts:
        zone = text.article.headline if fact.evidence.zone == "title" else text.article.body
        assert zone[fact.evidence.start:fact.evidence.end] == fact.evidence.sentence
    return facts


def fields(
    find: Find, body: str, *, language: Language = "fr", headline: str = "Titre", mentions: tuple[Mention, ...] = (),
) -> list[FactFields]:
    """Their fields."""
    return [fact.fields for fact in found(find, body, language=language, headline=headline, mentions=mentions)]
