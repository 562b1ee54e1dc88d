"""Sentences in, tagged facts with their evidence out: one module a family of kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from pipeline.classify.facts import (
    agreements,
    appointments,
    figures,
    initiatives,
    laws,
    person_roles,
    public_events,
    quotes,
)
from pipeline.classify.facts.figures import rankings
from pipeline.classify.text import ArticleText
from pipeline.events import Appointment, Fact, PersonRole, Zone

Finder = Callable[[ArticleText], Iterator[Fact]]

FINDERS: Final[tuple[Finder, ...]] = (
    figures.find, rankings.find, quotes.find, person_roles.find, agreements.find, laws.find,
    public_events.find, initiatives.find,
    appointments.find)
"""Every finder; each module adds its own `find`."""
_ORDER: Final[dict[Zone, int]] = {"title": 0, "lead": 1, "body": 1, "caption": 2}
_WORDING: Final = frozenset({"surface", "person_surface", "speaker_surface", "role_surface", "name_surface"})
"""Fields that say how a thing was worded: two facts that differ in nothing else say the same."""


def find_facts(text: ArticleText) -> tuple[Fact, ...]:
    """All facts of the article by position, each once: of repetitions the surest, then the fullest sentence is kept.

    Where a sentence tells that somebody comes into an office, that they hold it is no fact besides.
    """
    facts = [fact for find in FINDERS for fact in find(text)]
    moves = {(fact.fields.person, fact.evidence.start) for fact in facts if isinstance(fact.fields, Appointment)}
    kept = (fact for fact in facts
            if not isinstance(fact.fields, PersonRole) or (fact.fields.person, fact.evidence.start) not in moves)
    return tuple(sorted(stated_once(kept), key=_position))


def stated_once(facts: Iterable[Fact]) -> list[Fact]:
    """Of facts of one kind whose normalised fields agree, the one with the highest confidence, then the longest sentence."""
    best: dict[object, Fact] = {}
    for fact in facts:
        key = _statement(fact)
        held = best.get(key)
        if held is None or _rank(fact) > _rank(held):
            best[key] = fact
    return list(best.values())


def _statement(fact: Fact) -> object:
    """What the fact says, without how it is worded."""
    values = [
        (name, value.casefold() if isinstance(value, str) else value)
        for name, value in msgspec.structs.asdict(fact.fields).items() if name not in _WORDING and value is not None]
    return fact.fields.__struct_config__.tag, fact.attributed_to, tuple(values)


def _rank(fact: Fact) -> tuple[float, int, int, int]:
    zone, start, _ = _position(fact)
    return fact.evidence.confidence, len(fact.evidence.sentence), -zone, -start


def _position(fact: Fact) -> tuple[int, int, str]:
    return _ORDER[fact.evidence.zone], fact.evidence.start, fact.fact_id
