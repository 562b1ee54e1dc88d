"""Scores and facts of an article in, its main kind of announcement and whether that is new out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from pipeline.classify.scores import OPENING, Scores
from pipeline.events import (
    Agreement,
    Amount,
    Appointment,
    Count,
    Fact,
    Initiative,
    Label,
    Law,
    Percentage,
    PublicEvent,
    Quote,
    Ranking,
    Target,
)

DECIDED_BY: Final = "announcement/1"
LEAST: Final = 3.0
"""A lower score is no announcement."""
LEAST_OF_BRIEFS: Final = 6.0
LEAST_SAID: Final = 0.3
_SAID: Final = "statement"
"""What announces nothing else, but has people speak, is their statement."""
_SHOWN_BY: Final[dict[type, tuple[str, float]]] = {
    Agreement: ("agreement_signed", 6.0), Appointment: ("appointment", 8.0), Law: ("law", 3.0), Ranking: ("ranking", 6.0),
    Target: ("target", 3.0), PublicEvent: ("event", 2.0), Initiative: ("programme_launch", 2.0), Quote: ("statement", 1.0),
    Percentage: ("results_figures", 1.5), Count: ("results_figures", 0.5), Amount: ("results_figures", 1.0)}
"""What a fact in headline or opening says about the kind, and how much."""
_SPENT: Final = frozenset({"investment", "budget", "loan", "aid", "contract"})
"""Roles of money that somebody puts into something."""
_MOST_OF_A_KIND: Final = 3
_IN_TITLE: Final = 2.0
"""What the headline itself states counts so many times."""
_A_QUESTION: Final = 5.0
"""Who asks in the headline explains or comments."""
_EVER_NEW: Final = frozenset({"agreement_signed", "investment", "appointment", "infrastructure", "results_figures", "ranking",
                              "programme_launch", "target"})


def announced_kind(scores: Scores, facts: Sequence[Fact], *, news_in_brief: bool = False) -> Label | None:
    """The main kind; None where nothing is announced. News of crimes and accidents announce only what they say outright."""
    totals = {code: total for total, code in scores.ranked("announcement")}
    seen: dict[type, int] = {}
    for fact in facts:
        kind = type(fact.fields)
        if kind in _SHOWN_BY and _at_the_front(fact) and seen.get(kind, 0) < _MOST_OF_A_KIND:
            code, weight = _SHOWN_BY[kind]
            if isinstance(fact.fields, Amount) and fact.fields.role in _SPENT:
                code = "investment"
            place = _IN_TITLE if fact.evidence.zone == "title" else 1.0
            totals[code] = totals.get(code, 0.0) + weight * place * fact.evidence.confidence
            seen[kind] = seen.get(kind, 0) + 1
    if not totals:
        return None
    least = LEAST_OF_BRIEFS if news_in_brief else LEAST
    total, code = max((total, code) for code, total in totals.items())
    if total < least and not news_in_brief and totals.get(_SAID, 0.0) > LEAST_SAID:
        total, code, least = totals[_SAID], _SAID, LEAST_SAID
    return scores.label("announcement", code, round(total / sum(totals.values()), 3), DECIDED_BY) if total >= least else None


def _at_the_front(fact: Fact) -> bool:
    return fact.evidence.zone in ("title", "lead") or (fact.evidence.zone == "body" and fact.evidence.start < OPENING)


def novelty(scores: Scores, headline: str, kind: Label | None) -> Label:
    """`new` where the article reports what happens now, else `recalled`."""
    said = {code: total for total, code in scores.ranked("novelty")}
    weight = said.get("new", 0.0) - 1.5 * said.get("recalled", 0.0)
    if headline.rstrip(" »”\"").endswith(("?", "؟")):
        weight -= _A_QUESTION
    if kind is None:
        weight -= 6.0
    else:
        weight += 4.0 if kind.code in _EVER_NEW else 1.0
    sure = 1 / (1 + math.exp(-abs(weight) / 4))
    return scores.label("novelty", "new" if weight > 0 else "recalled", round(sure, 3), DECIDED_BY)
