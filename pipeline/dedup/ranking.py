"""An article in, its place in the order of originality out: who names another origin comes last, then time, then id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from pipeline.events import Article, Dating, Value
from pipeline.language.folding import fold_text

SLACK: Final = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}
UNDATED: Final = float("inf")


class Rank(Value, frozen=True, kw_only=True, order=True):
    """Sorts articles, the original before its copies; the same whenever they arrive."""

    states_origin: bool
    published_by: float
    """Latest moment that the stated publication time and its precision allow; undated articles come last."""
    article_id: str


def rank_of(article: Article) -> Rank:
    """The rank that this version of the article gives it; the least of its versions' counts."""
    return Rank(states_origin=article.original_outlet is not None, published_by=published_by(article.published),
                article_id=article.article_id)


def published_by(dating: Dating | None) -> float:
    """Seconds since 1970."""
    return (dating.at + SLACK.get(dating.precision, timedelta())).timestamp() if dating else UNDATED


class OutletNames:
    """Which outlet a text means that names one."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._outlets: dict[str, str] = {}
        for outlet, given in names.items():
            for name in (outlet, *given):
                self._outlets.setdefault(_plain(name), outlet)

    def outlets(self, article: Article) -> tuple[str, ...]:
        """Ids (as configured, else as the name reads) of the outlet and the agency that the article credits."""
        credited = [name for name in (article.original_outlet, article.agency) if name]
        return tuple(self._outlets.get(_plain(name), _plain(name)) for name in credited)

    def named(self, outlet: str) -> str:
        """What `outlets` calls this outlet."""
        return self._outlets.get(_plain(outlet), _plain(outlet))


def _plain(name: str) -> str:
    return "".join(char for char in fold_text(name) if char.isalnum())
