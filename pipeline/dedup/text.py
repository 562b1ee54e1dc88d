"""A classified article in, what is compared of it with others out: shingles, numbers, days and story keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np

from pipeline.dedup.keys import Keys, keys_of
from pipeline.dedup.shingles import Hashes, dates, numbers, shingles, words
from pipeline.events import Article, ClassifiedArticle, Language
from pipeline.language.folding import fold_text

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
    body = words(article.body)
    if len(body) < SHORT:
        body = words(f"{article.headline}\n{article.body}")
    return Text(
        article_id=article.article_id, version=version, outlet=article.ref.outlet, language=article.language,
        at=event_time(article), shingles=shingles(body), numbers=_hashed(numbers(fold_text(article.body))),
        days=_hashed(dates(body) | dates(words(article.headline))), keys=keys_of(classified))


def _hashed(marks: frozenset[str]) -> Hashes:
    return np.unique(np.fromiter((crc32(mark.encode()) for mark in marks), np.uint32, len(marks)))
