"""Two roles or appointments as reported in, whether they are of one person in one office out."""

from __future__ import annotations

from typing import Final

from pipeline.claims.values import days_apart
from pipeline.claims.wording import folded, is_arabic, overlap, stems
from pipeline.events import Appointment, PersonRole

STAGES: Final = {"appointed": 0, "elected": 0, "dismissed": 1, "resigned": 1}
"""Who comes into an office may leave it later; the other way round it is another term."""
DAYS: Final = 60
"""Appointments of one person to one office further apart are two."""


def same_person(one: PersonRole | Appointment, other: PersonRole | Appointment) -> bool:
    """Whether the two are one: by entity where both are resolved, else by name, a family name alone included."""
    if one.person_entity and other.person_entity:
        return one.person_entity == other.person_entity
    a, b = stems(one.person), stems(other.person)
    return folded(one.person) == folded(other.person) or (
        overlap(a, b) == 1.0 and any(len(stem) >= 4 for stem in a & b))


def same_office(one: PersonRole | Appointment, other: PersonRole | Appointment) -> bool:
    """Whether nothing speaks against one office: organisations by entity or name, roles by their words in one script."""
    if one.org_entity and other.org_entity:
        return one.org_entity == other.org_entity
    if one.org and other.org and is_arabic(one.org) == is_arabic(other.org):
        return overlap(stems(one.org), stems(other.org)) >= 0.5
    if is_arabic(one.role_surface) != is_arabic(other.role_surface):
        return True
    return overlap(stems(one.role_surface), stems(other.role_surface)) >= 0.5


def role_link(one: PersonRole, other: PersonRole) -> float:
    """How surely the two say the same: 0 or 2.5. A role is worded in many ways; other words are no contradiction."""
    return 2.5 if same_person(one, other) and same_office(one, other) else 0.0


def appointment_link(one: Appointment, other: Appointment) -> float:
    """How surely the two tell of one appointment, or of the same person's coming and going: 0, else 2 to 2.5."""
    apart = days_apart(one.date, other.date)
    if not (same_person(one, other) and same_office(one, other)) or (apart is not None and apart > DAYS):
        return 0.0
    return 2.5 if STAGES[one.status] == STAGES[other.status] else 2.0


def appointment_contradiction(one: Appointment, other: Appointment) -> str | None:
    """The field in which the two cannot both be right."""
    apart = days_apart(one.date, other.date)
    exact = len(one.date or "") == len(other.date or "") == len("2026-11-25")
    if STAGES[one.status] == STAGES[other.status] and exact and apart is not None and apart >= 2:
        return "date"
    return None
