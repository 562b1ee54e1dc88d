"""Two initiatives, events, laws or rankings as reported in, whether they are about one thing, and what speaks against it, out."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline.claims.towns import towns_differ
from pipeline.claims.values import days_apart, interval
from pipeline.claims.wording import folded, is_arabic, overlap, stems
from pipeline.events import Initiative, Law, PublicEvent, Ranking

INITIATIVE_STAGES: Final = {None: 0, "planned": 1, "announced": 1, "launched": 2, "under_way": 3, "completed": 4}
LAW_STAGES: Final = {
    None: 0, "drafting": 1, "adopted_council": 2, "adopted_parliament": 3, "published": 4, "in_force": 5}
EDITION_DAYS: Final = 60
"""Events of one name further apart are two editions."""
_DRAFTS: Final = ("projet de ", "proposition de ")


def initiative_link(one: Initiative, other: Initiative, *, alone: bool, one_language: bool) -> float:
    """0 where not known to be one, else 2 and more."""
    if one.entity_id and other.entity_id:
        return 3.0 if one.entity_id == other.entity_id else 0.0
    a, b = stems(one.name or one.name_surface), stems(other.name or other.name_surface)
    if a and b and is_arabic(one.name or one.name_surface) == is_arabic(other.name or other.name_surface):
        return 2.0 + overlap(a, b) if overlap(a, b) >= 0.75 else 0.0
    a, b = a | stems(one.object_surface), b | stems(other.object_surface)
    if one_language:
        return 2.0 + overlap(a, b) if overlap(a, b) >= 0.6 and len(a & b) >= 2 else 0.0
    return 2.0 if alone and one.kind == other.kind and one.stage == other.stage else 0.0


def event_link(one: PublicEvent, other: PublicEvent, *, alone: bool, one_language: bool) -> float:
    """0 where not known to be one event in one edition, else 2 and more."""
    apart = days_apart(one.date, other.date)
    if (apart is not None and apart > EDITION_DAYS) or _editions_differ(one, other):
        return 0.0
    if one.entity_id and other.entity_id:
        return 3.0 if one.entity_id == other.entity_id else 0.0
    if one_language:
        a, b = stems(one.name), stems(other.name)
        alike = folded(one.name) == folded(other.name) or (overlap(a, b) >= 0.6 and len(a & b) >= 2)
        return 2.0 + overlap(a, b) if alike else 0.0
    return 2.0 if alone and apart == 0 else 0.0


def _editions_differ(one: PublicEvent | Ranking, other: PublicEvent | Ranking) -> bool:
    a, b = ("".join(char for char in folded(each.edition or "") if char.isdecimal()) for each in (one, other))
    return bool(a and b and a != b)


def event_contradiction(one: PublicEvent, other: PublicEvent) -> str | None:
    """Days that do not overlap by more than one; another town (a hall is not held against its town)."""
    a, b = (_days(each) for each in (one, other))
    if a and b and max((b[0] - a[1]).days, (a[0] - b[1]).days) >= 2:
        return "date"
    return "place" if towns_differ(one.place, other.place) else None


def _days(event: PublicEvent) -> tuple[date, date] | None:
    return interval(f"{event.date}/{event.date_to}" if event.date_to else event.date)


def law_link(one: Law, other: Law, *, alone: bool, one_language: bool) -> float:
    """0 where not known to be one law, else 2 and more."""
    if one.number and other.number:
        return 3.0 if number_of(one.number) == number_of(other.number) else 0.0
    if family(one.kind) != family(other.kind):
        return 0.0
    a, b = stems(one.object_surface), stems(other.object_surface)
    if one_language and a and b:
        return 2.0 + overlap(a, b) if overlap(a, b) >= 0.6 else 0.0
    return 2.0 if alone else 0.0


def number_of(text: str) -> str:
    """The number of a law however it is written: 72.24, n° 72-24, 72/24."""
    return ".".join(word for word in folded(text).split() if word.isdecimal())


def family(kind: str) -> str:
    """The kind of law that a draft becomes."""
    plain = folded(kind)
    return next((plain.removeprefix(draft) for draft in _DRAFTS if plain.startswith(draft)), plain)


def law_contradiction(one: Law, other: Law) -> str | None:
    """Two days for one step."""
    apart = days_apart(one.date, other.date)
    exact = len(one.date or "") == len(other.date or "") == len("2026-11-25")
    return "date" if one.stage and one.stage == other.stage and exact and apart is not None and apart >= 2 else None


def ranking_link(one: Ranking, other: Ranking, *, alone: bool, one_language: bool) -> float:
    """0 where not known to be one place in one index; 2 and more where they agree, 1 to 2 where they may differ."""
    if _editions_differ(one, other) or (one.position is None) != (other.position is None) or not _same_ranked(one, other):
        return 0.0
    index = overlap(stems(one.index_surface), stems(other.index_surface))
    if one.index_surface and other.index_surface and one_language and index < 0.6:
        return 0.0
    if not ranking_contradiction(one, other):
        return 2.0 + index
    return 1.0 + index / 2 if index >= 0.75 and alone else 0.0


def _same_ranked(one: Ranking, other: Ranking) -> bool:
    if one.entity_id and other.entity_id:
        return one.entity_id == other.entity_id
    if not one.entity or not other.entity or is_arabic(one.entity) != is_arabic(other.entity):
        return True
    return overlap(stems(one.entity), stems(other.entity)) >= 0.5


def ranking_contradiction(one: Ranking, other: Ranking) -> str | None:
    """Another position, or another number of places won or lost."""
    if one.position is not None and other.position is not None:
        return "position" if one.position != other.position else None
    if one.delta is not None and other.delta is not None:
        return "delta" if (one.delta, one.direction) != (other.delta, other.direction) else None
    return None
