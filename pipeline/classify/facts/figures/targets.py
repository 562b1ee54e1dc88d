"""A number and the horizons of its sentence in, the one it is meant to reach out, where the sentence says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.classify.facts.figures.periods import Horizon, Span
from pipeline.classify.facts.figures.quantity import Quantity

SPENT: Final = frozenset({"budget", "investment", "loan", "contract", "aid", "cost", "fine"})
"""Roles of money that is spent until the horizon rather than reached by it."""
FARTHEST: Final = 140
"""Characters between a number and its horizon, at most."""
_INTENT: Final = re.compile(
    r"(?<![^\W\d_])(?:objectif\w*|vis(?:e|ent|ant|er|ait)|ambition\w*|cibl\w*|but|compte(?:nt)?|entend(?:ent)?|"
    r"table(?:nt)? sur|devr\w+|attendu\w*|souhait\w*|veut|veulent|mise(?:nt)? sur|s'engag\w*|engagee?s? a|permettr\w+|"
    r"prevoi\w*|prevu\w*|projet(?:te|tent)|porter|atteindre|hisser|d'ici|parvenir|doubler|tripler|passer de|"
    r"aims?|aiming|target\w*|goals?|plan(?:s|ning)?|expects?|expected|intends?|seeks?|will|reach|raise|wants?|hopes?|"
    r"committed|"
    r"objetivo\w*|preve\w*|aspira\w*|alcanzar|pretende\w*|meta|"
    r"[وفبل]?(?:ال)?(?:هدف\w*|اهداف|[يت]ستهدف|استهداف|[يت]طمح|طموح|[يت]توقع|متوقع|[يت]رتقب|مرتقب|[يت]سعي|[يت]عتزم|بلوغ|"
    r"الوصول|[يت]راهن|رفع|[سن]يصل|سيبلغ|ستصل|ستبلغ|يروم|تروم))(?![^\W\d_])")
_AIMED: Final = re.compile(
    r"(?<![^\W\d_])(?:objectif\w*|atteindre|vis(?:e|ent|ant|er)|porter|cibl\w*|aims?|target\w*|reach|"
    r"هدف\w*|بلوغ|[يت]ستهدف)(?![^\W\d_])")


def horizon_of(
    horizons: Sequence[Horizon], spans: Sequence[Span], text: str, quantity: Quantity, *, spent: bool = False,
) -> Horizon | None:
    """The horizon by which the number is to be reached; None where none is named or nobody means to reach it.

    `spans`: periods of the sentence, of which a nearer past one shows that the number is no target.
    `spent`: money of a role that is spent, of which only an aim said in as many words makes a target.
    """
    if not horizons or not (own := _nearest(horizons, spans, quantity)):
        return None
    if spent:
        return own if is_aimed_at(text, quantity) else None
    promised = own.firm and (own.end <= quantity.start or own.start - quantity.end <= 40)
    return own if promised or _INTENT.search(text, max(0, quantity.start - 130), quantity.start) else None


def is_aimed_at(text: str, quantity: Quantity) -> bool:
    """True where an aim is named close before the number ("objectif", "atteindre", "porter à")."""
    return _AIMED.search(text, max(0, quantity.start - 45), quantity.start) is not None


def _nearest(horizons: Sequence[Horizon], spans: Sequence[Span], quantity: Quantity) -> Horizon | None:
    nearest = min(horizons, key=lambda one: _gap(one, quantity))
    gap = _gap(nearest, quantity)
    past = any(_gap(span, quantity) < gap for span in spans if span.period[:4] < nearest.year)
    return nearest if gap <= FARTHEST and not past else None


def _gap(span: Span | Horizon, quantity: Quantity) -> int:
    """Characters between; what stands after a number is nearer than what stands before it."""
    return span.start - quantity.end if span.start >= quantity.end else quantity.start - span.end + 15
