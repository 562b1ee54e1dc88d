"""Two agreements as reported in, whether they are one and the same out."""

from __future__ import annotations

from typing import Final

from pipeline.claims.values import compatible, days_apart
from pipeline.claims.wording import folded, overlap, stems
from pipeline.events import Agreement, FactFields, Party

STAGES: Final = {"in_talks": 0, "planned": 1, "signed": 2, "renewed": 2, "terminated": 3}
DAYS: Final = 7
"""Dates of one agreement are at most so far apart (DESIGN section 4)."""


def shared_parties(one: Agreement, other: Agreement) -> int:
    """How many parties the two have in common."""
    free = list(other.parties)
    for party in one.parties:
        match = next((that for that in free if same_party(party, that)), None)
        if match is not None:
            free.remove(match)
    return len(other.parties) - len(free)


def same_party(one: Party, other: Party) -> bool:
    """Whether the two are one: by entity, where both are resolved, else by name ("Current AI", "AI Current")."""
    if one.entity_id and other.entity_id:
        return one.entity_id == other.entity_id
    if _words(one.name) == _words(other.name):
        return True
    a, b = stems(one.name), stems(other.name)
    return len(a & b) >= 2 and overlap(a, b) == 1.0


def _words(name: str) -> list[str]:
    """The name's words in any order; the press writes AI and IA in names of both languages."""
    return sorted("ai" if word == "ia" else word for word in folded(name).split())


def parties_of(fields: FactFields) -> frozenset[str]:
    """The parties of an agreement, each by its entity or else the words of its name; none for other facts."""
    if not isinstance(fields, Agreement):
        return frozenset()
    return frozenset(party.entity_id or " ".join(_words(party.name)) for party in fields.parties)


def agreement_link(one: Agreement, other: Agreement, *, alone: bool, one_language: bool) -> float:
    """How surely two agreements reported in one story are the same: 0 not, else 1 to 3.

    `alone`: each of the two articles tells of no other agreement, or of no other with a party that both have.
    """
    apart = days_apart(one.date, other.date)
    if apart is not None and apart > DAYS:
        return 0.0
    shared, least = shared_parties(one, other), min(len(one.parties), len(other.parties))
    objects = overlap(stems(one.object_surface), stems(other.object_surface))
    if shared >= 2 or (shared == least and shared and (objects or alone)):
        return 2.0 + shared / max(len(one.parties), len(other.parties), 1)
    if not one_language and alone and (shared or _same_sum(one, other)):
        return 1.5
    return 1.0 + objects if shared and objects >= 0.5 and not _both_resolved(one, other) else 0.0


def _same_sum(one: Agreement, other: Agreement) -> bool:
    return (one.amount_value is not None and other.amount_value is not None
            and one.amount_currency == other.amount_currency and compatible(one.amount_value, other.amount_value))


def _both_resolved(one: Agreement, other: Agreement) -> bool:
    return all(party.entity_id for agreement in (one, other) for party in agreement.parties)


def contradiction(one: Agreement, other: Agreement) -> str | None:
    """The field in which the two cannot both be right; a later stage, or a party more, is none."""
    sums = one.amount_value is not None and other.amount_value is not None and one.amount_currency == other.amount_currency
    if sums and not _same_sum(one, other):
        return "amount_value"
    apart = days_apart(one.date, other.date)
    if STAGES[one.status] == STAGES[other.status] and apart is not None and apart >= 2:
        return "date"
    return None
