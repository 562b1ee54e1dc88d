"""A quantity in its sentence in, the fields of the fact it states out: amount, percentage, count, capacity or target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pipeline.classify.facts.figures.capacity import is_capacity
from pipeline.classify.facts.figures.changes import percentage_kind
from pipeline.classify.facts.figures.hedges import modality_of
from pipeline.classify.facts.figures.periods import Horizon, Span, horizons, period_at, periods
from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.facts.figures.roles import Cue, is_unit_price, role_in, role_of
from pipeline.classify.facts.figures.subjects import (
    after_number,
    before_number,
    entity_near,
    place_near,
    sentence_subject,
)
from pipeline.classify.facts.figures.symbols import symbol_of
from pipeline.classify.facts.figures.targets import SPENT, horizon_of, is_aimed_at
from pipeline.classify.text import Passage
from pipeline.events import Amount, Capacity, Count, Percentage, Target

Figure = Amount | Percentage | Count | Capacity | Target
_PER_UNIT_TOO: Final = frozenset({"profit", "cost", "aid"})
"""Roles that an amount a kilo or a litre may also have; else it is a price."""
_SMALL_SUM: Final = 20_000
_FOR: Final = re.compile(r"(?<![^\W\d_])(?:a|a partir de|at|for|ب) ?$")
"""What a small sum without another cue is asked for a thing: "des consoles à 20 dirhams"."""
_RATE_WORD: Final = re.compile(r"(?<![^\W\d_])(?:taux|rate|tasa|معدل|نسبه|marge|contre|against|مقابل|a|at|to|"
                               r"الي)(?![^\W\d_])")
_ADDED: Final = re.compile(r"[^.;:()\d]{0,18}?(?:, ?(?:et |and |و)?| et | and | و)(?:de |d'|of )?")
_NATIONAL: Final = re.compile(r"(?<![^\W\d_])(?:nationale?s?|du royaume|national|المملكه|الوطنيه?)(?![^\W\d_])")


@dataclass(frozen=True)
class Sentence:
    """A passage with what its quantities are read against."""

    passage: Passage
    spans: Sequence[Span]
    horizons: Sequence[Horizon]
    previous: Passage | None = None
    """The sentence before it."""
    place: str | None = None
    """The last place named in earlier sentences."""


@dataclass(frozen=True)
class Before:
    """What was read before a quantity."""

    end: int = 0
    """Where the quantity before it in the sentence ended; 0 for the first."""
    money_end: int = 0
    """Where the amount of money before it in the sentence ended; 0 where there is none."""
    role: str | None = None
    """Role of the last amount, also of earlier sentences."""
    change: Literal["up", "down"] | None = None
    """Direction of the percentage before it in the sentence, where that is a change."""
    subject: str | None = None
    """Subject of the figure before it in the sentence."""
    capacity: bool = False
    """Whether the number before it in the sentence is a capacity."""


def sentence_of(
    passage: Passage, day: date | None, read: Sequence[Quantity], previous: Passage | None, place: str | None,
) -> Sentence:
    """The passage with its periods and horizons; `read`: its quantities, which are no years; `place`: named before."""
    text = passage.folded.text
    spans = [span for span in periods(text, day) if not any(one.start < span.end and span.start < one.end for one in read)]
    return Sentence(passage, spans, horizons(text, day), previous, place)


def figure_of(sentence: Sentence, quantity: Quantity, before: Before) -> Figure:
    """What the quantity states."""
    if quantity.kind == "money":
        return _amount(sentence, quantity, before)
    if quantity.kind == "percent":
        return _percentage(sentence, quantity, before)
    return _count(sentence, quantity, before)


def _amount(sentence: Sentence, quantity: Quantity, before: Before) -> Amount | Target:
    passage, text = sentence.passage, sentence.passage.folded.text
    cue = role_of(text, quantity, before.money_end)
    role = _role(sentence, quantity, before, cue)
    subject = _subject(passage, quantity, before, cue)
    modality = modality_of(text, quantity)
    horizon = horizon_of(sentence.horizons, sentence.spans, text, quantity, spent=cue is not None and cue.role in SPENT)
    if horizon:
        return Target(
            value=quantity.value, currency=quantity.unit, surface=_surface(passage, quantity), modality=modality, subject=subject,
            subject_entity=entity_near(passage, quantity), horizon=horizon.year,
            horizon_surface=passage.folded.surface(horizon.start, horizon.end), place=place_near(passage, quantity))
    return Amount(
        value=quantity.value, currency=quantity.unit, surface=_surface(passage, quantity), modality=modality,
        role=role, subject=subject, subject_entity=entity_near(passage, quantity),
        period=_period(sentence, quantity), place=place_near(passage, quantity))


def _role(sentence: Sentence, quantity: Quantity, before: Before, cue: Cue | None) -> str:
    """The role its own cue says; that of the amount before where it goes on from it or stands without a cue."""
    if (cue is None or cue.role not in _PER_UNIT_TOO) and is_unit_price(sentence.passage.folded.text, quantity.end):
        return before.role if before.money_end and before.role in _PER_UNIT_TOO else "price"
    goes_on = before.money_end > 0 and (quantity.rule != "stated" or cue is None or cue.end <= before.money_end)
    if before.role and goes_on:
        return before.role
    if cue or before.role:
        return cue.role if cue else str(before.role)
    if quantity.value < _SMALL_SUM and _FOR.search(sentence.passage.folded.text, max(0, quantity.start - 14), quantity.start):
        return "price"
    return (sentence.previous and role_in(sentence.previous.folded.text)) or "other"


def _percentage(sentence: Sentence, quantity: Quantity, before: Before) -> Percentage | Target:
    floor = before.end
    passage, text = sentence.passage, sentence.passage.folded.text
    kind, direction = percentage_kind(text, quantity, floor)
    if before.change and kind == "rate" and direction is None and not _RATE_WORD.search(text, floor, quantity.start):
        # "+10,7 % pour A, 6,5 % pour B": one change after the other.
        kind, direction = "change", before.change
    subject = after_number(passage, quantity.end) if kind == "share" else None
    subject = subject or _subject(passage, quantity, before, None)
    modality = modality_of(text, quantity)
    horizon = horizon_of(sentence.horizons, sentence.spans, text, quantity)
    if horizon and (horizon.firm or is_aimed_at(text, quantity)):
        return Target(
            value=quantity.value, unit="%", surface=_surface(passage, quantity), modality=modality, subject=subject,
            subject_entity=entity_near(passage, quantity), horizon=horizon.year,
            horizon_surface=passage.folded.surface(horizon.start, horizon.end), place=place_near(passage, quantity))
    return Percentage(
        value=quantity.value, surface=_surface(passage, quantity), modality=modality, kind=kind, direction=direction,
        subject=subject, subject_entity=entity_near(passage, quantity),
        period=_period(sentence, quantity), place=place_near(passage, quantity))


def _count(sentence: Sentence, quantity: Quantity, before: Before) -> Count | Capacity | Target:
    floor = before.end
    passage, text = sentence.passage, sentence.passage.folded.text
    subject = _noun_phrase(passage, quantity) or _subject(passage, quantity, before, None)
    entity, place = entity_near(passage, quantity), place_near(passage, quantity)
    surface, modality = _surface(passage, quantity), modality_of(text, quantity)
    if quantity.kind != "duration" and (horizon := horizon_of(sentence.horizons, sentence.spans, text, quantity)):
        return Target(
            value=quantity.value, unit=_unit(passage, quantity), surface=surface, modality=modality, subject=subject,
            subject_entity=entity,
            horizon=horizon.year, horizon_surface=passage.folded.surface(horizon.start, horizon.end), place=place)
    follows = before.capacity and _ADDED.fullmatch(text, floor, quantity.start) is not None
    if follows or is_capacity(text, quantity, floor):
        place = place or sentence.place
        if not place_near(passage, quantity) and _NATIONAL.search(text, 0, quantity.start):
            place = "Maroc"
        return Capacity(value=quantity.value, unit=_room(quantity) or _unit(passage, quantity), surface=surface,
                        modality=modality, subject=subject, subject_entity=entity, place=place)
    return Count(value=quantity.value, unit=_unit(passage, quantity), surface=surface, modality=modality, subject=subject,
                 subject_entity=entity, period=_period(sentence, quantity), place=place)


def _period(sentence: Sentence, quantity: Quantity) -> str | None:
    return period_at(sentence.spans, sentence.passage.folded.text, quantity.start, quantity.end)


def _surface(passage: Passage, quantity: Quantity) -> str:
    return passage.folded.surface(quantity.start, quantity.end)


def _unit(passage: Passage, quantity: Quantity) -> str:
    """The unit by its one name, and a rate (`/an`); things counted as the text writes them."""
    name, slash, rate = quantity.unit.partition("/")
    if quantity.kind != "things":
        return symbol_of(name) + slash + rate
    written = passage.folded.surface(max(quantity.start, quantity.end - len(name)), quantity.end)
    return (written if quantity.rule == "stated" and len(written) == len(name) else name) + slash + rate


def _room(quantity: Quantity) -> str | None:
    """The one name of what is counted as room (beds, seats, rooms); None for other things."""
    name = symbol_of(quantity.unit)
    return name if name != quantity.unit or name in ("lits", "places", "chambres") else None


def _noun_phrase(passage: Passage, quantity: Quantity) -> str | None:
    """The counted noun with what completes it: "emplois directs", "jours de travail"."""
    if quantity.rule != "stated":
        return quantity.unit or None
    start = quantity.end - len(quantity.unit.partition("/")[0])
    rest = after_number(passage, quantity.end)
    noun = passage.folded.surface(start, quantity.end)
    return f"{noun} {rest}" if rest and f"{noun} {rest}" in passage.text else noun


def _subject(passage: Passage, quantity: Quantity, before: Before, cue: Cue | None) -> str | None:
    """The phrase at the cue, else before the number; else the subject of the figure before, or of the sentence."""
    if cue and cue.start >= quantity.end:
        return after_number(passage, quantity.end)
    own = before_number(passage, quantity.start, before.end, cue.start if cue else None)
    return own or before.subject or sentence_subject(passage, quantity.start) or after_number(passage, quantity.end)
