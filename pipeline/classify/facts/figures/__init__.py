"""Sentences in, the facts that their figures state out: amounts, percentages, counts, capacities and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.classify.facts.figures.hedges import attribution, is_denied
from pipeline.classify.facts.figures.positions import Rank, ranks
from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.facts.figures.reading import quantities
from pipeline.classify.facts.figures.relevance import confidence_of
from pipeline.classify.facts.figures.repeats import Stated, stated, told_once
from pipeline.classify.facts.figures.statements import Before, Figure, Sentence, figure_of, sentence_of
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Amount, Capacity, Fact, Percentage

VERSION: Final = "1"
_OUT_OF: Final = re.compile(r"[^.;,]{0,24}(?:out of|among|of|sur|parmi|من اصل|من بين|de entre)(?: (?:the|les|un total de))? ")


def find(text: ArticleText) -> Iterator[Fact]:
    """Every figure worth a row, each statement once."""
    yield from told_once(_all(text))


def _all(text: ArticleText) -> Iterator[Stated]:
    """Every mention. A sentence whose amount says no role takes that of the sentence before."""
    role: str | None = None
    place: str | None = None
    previous: Passage | None = None
    for passage in text.passages:
        found: list[Stated] = []
        if read := quantities(passage):
            found = list(_stated(text, sentence_of(passage, text.day, read, previous, place), read, role))
        yield from found
        roles = [one.fact.fields.role for one in found if isinstance(one.fact.fields, Amount)]
        role = roles[-1] if roles else None
        place = next((one.name for one in reversed(passage.mentions) if one.kind == "place"), place)
        previous = passage


def _stated(text: ArticleText, sentence: Sentence, read: Sequence[Quantity], role: str | None) -> Iterator[Stated]:
    """Figures of a sentence. `role`: of the last amount in the sentence before."""
    passage = sentence.passage
    taken = ranks(passage) if any(one.kind in ("things", "measure") for one in read) else []
    source = attribution(passage)
    before = Before(role=role)
    for quantity in read:
        figure = None
        confidence = confidence_of(passage, quantity)
        ranked = any(_tells(rank, quantity, passage.folded.text) for rank in taken)
        if confidence > 0 and not ranked and not is_denied(passage.folded.text, quantity):
            figure = figure_of(sentence, quantity, before)
            fact = make_fact(
                text, passage, figure, extractor=f"figures/{VERSION}/{_rule(quantity, figure)}", confidence=confidence,
                attributed_to=source, at=quantity.start)
            yield stated(fact, quantity, passage)
        before = _after(before, quantity, figure)


def _tells(rank: Rank, quantity: Quantity, text: str) -> bool:
    """True where the number is the rank itself or the length of the list: "50th out of 182 nations"."""
    overlaps = rank.start < quantity.end and quantity.start < rank.end
    return overlaps or (quantity.start >= rank.end and _OUT_OF.fullmatch(text, rank.end, quantity.start) is not None)


def _after(before: Before, quantity: Quantity, figure: Figure | None) -> Before:
    """What the next quantity of the sentence has before it; `figure`: what `quantity` stated, if anything."""
    return Before(
        end=quantity.end,
        money_end=quantity.end if quantity.kind == "money" else before.money_end,
        role=figure.role if isinstance(figure, Amount) else before.role,
        change=figure.direction if isinstance(figure, Percentage) and figure.kind == "change" else None,
        subject=figure.subject if figure else before.subject,
        capacity=isinstance(figure, Capacity))


def _rule(quantity: Quantity, figure: Figure) -> str:
    kind = figure.__struct_config__.tag
    return f"{kind}-{quantity.kind if quantity.rule == 'stated' else quantity.rule}"

