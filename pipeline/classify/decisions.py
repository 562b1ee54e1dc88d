"""Probabilities of a trained model in, labels with the words that speak most for them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from pipeline.classify.features import words
from pipeline.classify.learnt import Model
from pipeline.classify.scores import Scores
from pipeline.classify.terms import Code
from pipeline.classify.text import ArticleText
from pipeline.events import Label

MOST: Final = 3
"""So many topics, and so many sectors, at most."""


def decided(model: Model, found: Mapping[str, float], scores: Scores, text: ArticleText) -> tuple[Label, ...]:
    """One to three topics where anything speaks for one, up to three sectors, at most one announcement, new or recalled."""
    chances = model.probabilities(found)
    chosen = _several(model, chances, "topic", least=1 if scores.ranked("topic") else 0)
    chosen += _several(model, chances, "sector", least=0)
    kind = max((code for code in chances if code[0] == "announcement"), key=lambda code: chances[code])
    if kind[1] != "none":
        chosen.append((kind, chances[kind]))
    new = chances["novelty", "new"]
    chosen.append((("novelty", "new"), new) if new >= model.least["novelty"] else (("novelty", "recalled"), 1 - new))
    return tuple(_shown(scores.label(*code, round(chance, 3), model.version), model, text) for code, chance in chosen)


def _several(model: Model, chances: Mapping[Code, float], scheme: str, *, least: int) -> list[tuple[Code, float]]:
    ranked = sorted(((code, chance) for code, chance in chances.items() if code[0] == scheme), key=lambda one: -one[1])
    return [one for at, one in enumerate(ranked[:MOST]) if at < least or one[1] >= model.least[scheme]]


def _shown(label: Label, model: Model, text: ArticleText) -> Label:
    """With the word that speaks most for it where no term of the taxonomy does."""
    code = label.scheme, label.code
    if label.surface is not None or code not in model.codes:
        return label
    best = max(((model.weight(f"word {stem}", code), -at, passage, span) for at, (passage, stem, span) in enumerate(words(text))),
               key=lambda one: one[:2], default=None)
    if best is None or best[0] <= 0:
        return label
    passage, (start, end) = best[2], best[2].folded.span(*best[3])
    return msgspec.structs.replace(
        label, zone=passage.zone, start=passage.start + start, end=passage.start + end, surface=passage.text[start:end])
