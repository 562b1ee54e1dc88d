"""Sentences in, the facts that their figures state out: amounts, percentages, counts, capacities and targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.classify.facts.figures.hedges import attribution, is_denied
from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.facts.figures.rankings import ranks
from pipeline.classify.facts.figures.reading import quantities
from pipeline.classify.facts.figures.relevance import confidence_of
from pipeline.classify.facts.figures.repeats import Stated, stated, told_once
from pipeline.classify.facts.figures.statements import Before, Figure, figure_of, sentence_of
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Amount, Fact, Percentage

VERSION: Final = "1"


def find(text: ArticleText) -> Iterator[Fact]:
    """Every figure worth a row, each statement once."""
    roles: list[str] = []
    yield from told_once(one for passage in text.passages for one in _stated(text, passage, roles))


def _stated(text: ArticleText, passage: Passage, roles: list[str]) -> Iterator[Stated]:
    """Figures of a sentence. `roles`: those of the amounts before it, to which it adds."""
    read = quantities(passage)
    if not read:
        return
    taken = ranks(passage)
    sentence = sentence_of(passage, text.day, read)
    source = attribution(passage)
    before = Before(role=roles[-1] if roles else None)
    for quantity in read:
        change = None
        confidence = confidence_of(passage, quantity)
        ranked = any(rank.start < quantity.end and quantity.start < rank.end for rank in taken)
        if confidence > 0 and not ranked and not is_denied(passage.folded.text, quantity):
            figure = figure_of(sentence, quantity, before)
            change = figure.direction if isinstance(figure, Percentage) and figure.kind == "change" else None
            roles += [figure.role] if isinstance(figure, Amount) else []
            fact = make_fact(
                text, passage, figure, extractor=f"figures/{VERSION}/{_rule(quantity, figure)}", confidence=confidence,
                attributed_to=source, at=quantity.start)
            yield stated(fact, quantity, passage)
        money_end = quantity.end if quantity.kind == "money" else before.money_end
        before = Before(quantity.end, money_end, roles[-1] if roles else None, change)


def _rule(quantity: Quantity, figure: Figure) -> str:
    kind = figure.__struct_config__.tag
    return f"{kind}-{quantity.kind if quantity.rule == 'stated' else quantity.rule}"

