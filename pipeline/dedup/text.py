"""A classified article in, what is compared of it with others out: shingles, numbers, days and story keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.dedup.keys import Keys, hashed, keys_of
from pipeline.dedup.shingles import Hashes, dates, numbers, shingles, split, words
from pipeline.events import Article, ClassifiedArticle, Language
from pipeline.language.folding import fold_text

FIGURES_READ: Final = 20_000
"""Characters of a body whose numbers are compared."""
ANY_TIME: Final = 0.0
SHORT: Final = 25
"""Bodies of fewer words say too little alone: the headline is taken with them."""


@dataclass(frozen=True, eq=False)
class Text:
    """One version of one article, as far as it is compared."""

    article_id: str
    version: int
    outlet: str
    language: Language
    at: float
    """Event time: publication, else the fetch; seconds since 1970. ANY_TIME where neither says when it was published."""
    shingles: Hashes
    numbers: Hashes
    days: Hashes
    keys: Keys

    @property
    def dated(self) -> bool:
        """Whether it is known when it was published."""
        return self.at != ANY_TIME


def event_time(article: Article) -> float:
    """When it was published. Without a date, what is fetched live is new, and what is read from the past is of any time."""
    if article.published:
        return article.published.at.timestamp()
    return article.ref.fetched_at.timestamp() if article.ref.origin == "live" else ANY_TIME


def text_of(classified: ClassifiedArticle, version: int) -> Text:
    """What is compared of the article."""
    article = classified.article
    headline, folded = words(article.headline), fold_text(article.body)
    body = split(folded)
    compared = body if len(body) >= SHORT else [*headline, *body]
    figures = numbers(folded[:FIGURES_READ])
    return Text(
        article_id=article.article_id, version=version, outlet=article.ref.outlet, language=article.language,
        at=event_time(article), shingles=shingles(compared), numbers=hashed(figures), days=hashed(dates(body) | dates(headline)),
        keys=keys_of(classified, headline, body, figures | numbers(fold_text(article.headline))))
