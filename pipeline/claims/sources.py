"""An article and its place in, whom it rests on out: what rests on one source confirms nothing twice."""

from __future__ import annotations

from pipeline.claims.report import COPY
from pipeline.claims.wording import folded
from pipeline.events import Article, Placement


def source_of(article: Article, placement: Placement) -> str:
    """The independence key of what the article reports.

    A copy rests on its original (`article:<id>`; judge and assemble follow it to the original's own source where that
    is among the reports), a credited agency's text on the agency, a text that names another outlet as its origin on
    that outlet, everything else on the outlet that published it.
    """
    if placement.copy_of is not None:
        return f"{COPY}{placement.copy_of}"
    if article.agency:
        return f"agency:{folded(article.agency)}"
    if article.original_outlet:
        return f"named:{folded(article.original_outlet)}"
    return f"outlet:{article.ref.outlet}"
