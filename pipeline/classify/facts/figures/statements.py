"""A quantity in its sentence in, the fields of the fact it states out: amount, percentage, count, capacity or target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.classify.facts.figures.changes import percentage_kind
from pipeline.classify.facts.figures.hedges import modality_of
from pipeline.classify.facts.figures.periods import Horizon, Span, horizons, period_at, periods
from pipeline.classify.facts.figures.quantity import Quantity
from pipeline.classify.facts.figures.roles import Cue, is_unit_price, role_of
from pipeline.classify.facts.figures.subjects import after_number, before_number, entity_near, place_near
from pipeline.classify.text import Passage
from pipeline.events import Amount, Capacity, Count, Percentage, Target

Figure = Amount | Percentage | Count | Capacity | Target
_INTENT: Final = re.compile(
    r"(?<![^\W\d_])(?:objectif\w*|vis(?:e|ent|ant|er|ait)|ambition\w*|cibl\w*|but|compte(?:nt)?|entend(?:ent)?|"
    r"table(?:nt)? sur|devr\w+|attendu\w*|"
    r"prevoi\w*|prevu\w*|projet(?:te|tent)|porter|atteindre|hisser|d'ici|parvenir|doubler|tripler|passer de|"
    r"aims?|aiming|target\w*|goals?|plans? to|expects?|expected|intends?|seeks?|will|reach|raise|"
    r"objetivo\w*|preve\w*|aspira\w*|alcanzar|pretende\w*|meta|"
    r"[وفبل]?(?:ال)?(?:هدف\w*|اهداف|[يت]ستهدف|استهداف|[يت]طمح|طموح|[يت]توقع|متوقع|[يت]رتقب|مرتقب|[يت]سعي|[يت]عتزم|بلوغ|"
    r"الوصول|[يت]راهن|رفع|[سن]يصل|سيبلغ|ستصل|ستبلغ|يروم|تروم))(?![^\W\d_])")
_SPENT: Final = frozenset({"budget", "investment", "loan", "contract", "aid", "cost", "fine"})
_STRONG: Final = re.compile(r"(?<![^\W\d_])(?:objectif\w*|atteindre|vis(?:e|ent|ant|er)|porter|cibl\w*|aims?|target\w*|"
                            r"reach|هدف\w*|بلوغ|[يت]ستهدف)(?![^\W\d_])")
_POWER: Final = re.compile(r"(?:giga|mega|kilo)?watts?(?:[ -]?cretes?)?$|[kmgt]wc?p?$|(?:جيغا|كيغا|ميغا|ميكا|"
                           r"كيلو) ?(?:واط|وات)ا?$|megavatios$")
_HOLDS: Final = re.compile(
    r"(?<![^\W\d_])(?:capacites?|puissance|concu\w* pour|dimensionne\w*|peut (?:accueillir|produire|traiter|stocker|"
    r"contenir)|pouvant (?:accueillir|produire|traiter|stocker)|"
    r"d'une contenance|capable de (?:produire|traiter|stocker|fournir)|capacity|capable of|able to (?:produce|hold|"
    r"handle|process)|can (?:hold|produce|handle)|capacidad|potencia|"
    r"[وفبل]?(?:ال)?(?:طاقه|قدره|سعه|[يت]تسع|قادر[هة]? علي|طاقتها?|قدرتها?|سعتها?|[يت]سع)(?: \w+)?)(?![^\W\d_])")
_ROOM: Final = re.compile(r"(?:lits?|places?|sieges?|beds?|seats?|camas|plazas|سريرا?|اسره|مقعدا?|مقاعد)$")
_NATIONAL: Final = re.compile(r"(?<![^\W\d_])(?:nationale?s?|du royaume|national|المملكه|الوطنيه?)(?![^\W\d_])")


@dataclass(frozen=True)
class Sentence:
    """A passage with what its quantities are read against."""

    passage: Passage
    day: date | None
    spans: Sequence[Span]
    horizons: Sequence[Horizon]


@dataclass(frozen=True)
class Before:
    """What was read before a quantity."""

    end: int = 0
    """Where the quantity before it in the sentence ended; 0 for the first."""
    money_end: int = 0
    """Where the amount of money before it in the sentence ended; 0 where there is none."""
    role: str | None = None
    """Role of the last amount, also of earlier sentences."""


def sentence_of(passage: Passage, day: date | None) -> Sentence:
    """The passage with its periods and horizons."""
    text = passage.folded.text
    return Sentence(passage, day, periods(text, day), horizons(text, day))


def figure_of(sentence: Sentence, quantity: Quantity, before: Before) -> Figure:
    """What the quantity states."""
    floor = before.end
    if quantity.kind == "money":
        return _amount(sentence, quantity, before)
    if quantity.kind == "percent":
        return _percentage(sentence, quantity, floor)
    return _count(sentence, quantity, floor)


def _amount(sentence: Sentence, quantity: Quantity, before: Before) -> Amount | Target:
    passage, text = sentence.passage, sentence.passage.folded.text
    floor = before.end
    cue = role_of(text, quantity, before.money_end)
    role = _role(sentence, quantity, before, cue)
    subject = _subject(passage, quantity, floor, cue)
    modality = modality_of(text, quantity)
    horizon = _horizon(sentence, quantity, floor, spent=cue is not None and cue.role in _SPENT)
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
    goes_on = before.money_end > 0 and (quantity.rule != "stated" or cue is None or cue.end <= before.money_end)
    if before.role and goes_on:
        return before.role
    if cue:
        return cue.role
    return "price" if is_unit_price(sentence.passage.folded.text, quantity.end) else before.role or "other"


def _percentage(sentence: Sentence, quantity: Quantity, floor: int) -> Percentage | Target:
    passage, text = sentence.passage, sentence.passage.folded.text
    kind, direction = percentage_kind(text, quantity, floor)
    subject = after_number(passage, quantity.end) if kind == "share" else None
    subject = subject or before_number(passage, quantity.start, floor)
    modality = modality_of(text, quantity)
    horizon = _horizon(sentence, quantity, floor, spent=False)
    if horizon and (horizon.firm or _STRONG.search(text[max(floor, quantity.start - 60):quantity.start])):
        return Target(
            value=quantity.value, unit="%", surface=_surface(passage, quantity), modality=modality, subject=subject,
            subject_entity=entity_near(passage, quantity), horizon=horizon.year,
            horizon_surface=passage.folded.surface(horizon.start, horizon.end), place=place_near(passage, quantity))
    return Percentage(
        value=quantity.value, surface=_surface(passage, quantity), modality=modality, kind=kind, direction=direction,
        subject=subject, subject_entity=entity_near(passage, quantity),
        period=_period(sentence, quantity), place=place_near(passage, quantity))


def _count(sentence: Sentence, quantity: Quantity, floor: int) -> Count | Capacity | Target:
    passage, text = sentence.passage, sentence.passage.folded.text
    subject = _noun_phrase(passage, quantity) or before_number(passage, quantity.start, floor)
    entity, place = entity_near(passage, quantity), place_near(passage, quantity)
    surface, modality = _surface(passage, quantity), modality_of(text, quantity)
    if quantity.kind != "duration" and (horizon := _horizon(sentence, quantity, floor, spent=False)):
        return Target(
            value=quantity.value, unit=_unit(passage, quantity), surface=surface, modality=modality, subject=subject,
            subject_entity=entity,
            horizon=horizon.year, horizon_surface=passage.folded.surface(horizon.start, horizon.end), place=place)
    if _is_capacity(text, quantity, floor):
        if place is None and _NATIONAL.search(text, 0, quantity.start):
            place = "Maroc"
        return Capacity(value=quantity.value, unit=_unit(passage, quantity), surface=surface, modality=modality, subject=subject,
                        subject_entity=entity, place=place)
    return Count(value=quantity.value, unit=_unit(passage, quantity), surface=surface, modality=modality, subject=subject,
                 subject_entity=entity, period=_period(sentence, quantity), place=place)


def _is_capacity(text: str, quantity: Quantity, floor: int) -> bool:
    if quantity.kind == "measure" and _POWER.fullmatch(quantity.unit.split("/")[0]):
        return True
    near = _HOLDS.search(text, max(floor, quantity.start - 75), quantity.start) is not None
    if quantity.kind == "measure":
        return near or (_HOLDS.search(text, quantity.end, quantity.end + 22) is not None)
    return quantity.kind == "things" and (near or _ROOM.fullmatch(quantity.unit) is not None)


def _horizon(sentence: Sentence, quantity: Quantity, floor: int, *, spent: bool) -> Horizon | None:
    """The horizon by which the number is meant to be reached, where the sentence says that it is meant."""
    if not sentence.horizons:
        return None
    text = sentence.passage.folded.text
    own = _own_horizon(sentence, quantity)
    if own is None:
        return None
    before = text[max(0, quantity.start - 130):quantity.start]
    if spent:
        close = text[max(floor, quantity.start - 45):quantity.start]
        return own if _STRONG.search(close) else None
    promised = own.firm and (own.end <= quantity.start or own.start - quantity.end <= 40)
    return own if promised or _INTENT.search(before) else None


def _own_horizon(sentence: Sentence, quantity: Quantity) -> Horizon | None:
    """The nearest horizon, unless a past period stands nearer."""
    def gap(start: int, end: int) -> int:
        return start - quantity.end if start >= quantity.end else quantity.start - end + 15
    nearest = min(sentence.horizons, key=lambda one: gap(one.start, one.end))
    past = [span for span in sentence.spans if span.period[:4].isdigit() and int(span.period[:4]) < int(nearest.year)]
    if any(gap(span.start, span.end) < gap(nearest.start, nearest.end) for span in past):
        return None
    return nearest if gap(nearest.start, nearest.end) <= 140 else None


def _period(sentence: Sentence, quantity: Quantity) -> str | None:
    return period_at(sentence.spans, sentence.passage.folded.text, quantity.start, quantity.end)


def _surface(passage: Passage, quantity: Quantity) -> str:
    return passage.folded.surface(quantity.start, quantity.end)


def _unit(passage: Passage, quantity: Quantity) -> str:
    """The unit as the text writes it, and a rate (`/an`)."""
    name, slash, rate = quantity.unit.partition("/")
    written = passage.folded.surface(max(quantity.start, quantity.end - len(name)), quantity.end)
    return (written if quantity.rule == "stated" and len(written) == len(name) else name) + slash + rate


def _noun_phrase(passage: Passage, quantity: Quantity) -> str | None:
    """The counted noun with what completes it: "emplois directs", "jours de travail"."""
    if quantity.rule != "stated":
        return quantity.unit or None
    start = quantity.end - len(quantity.unit.partition("/")[0])
    rest = after_number(passage, quantity.end)
    noun = passage.folded.surface(start, quantity.end)
    return f"{noun} {rest}" if rest and f"{noun} {rest}" in passage.text else noun


def _subject(passage: Passage, quantity: Quantity, floor: int, cue: Cue | None) -> str | None:
    if cue and cue.start >= quantity.end:
        return after_number(passage, quantity.end)
    return before_number(passage, quantity.start, floor, cue.start if cue else None) or after_number(passage, quantity.end)
