"""A fact and its story in, the key of its claim out: what the fact is about, without what it says of it (DESIGN section 4)."""

from __future__ import annotations

from typing import Final

from pipeline.claims.report import ClaimKey
from pipeline.claims.undertakings import number_of
from pipeline.claims.units import is_named, unit_of
from pipeline.claims.wording import stems
from pipeline.events import (
    Agreement,
    Amount,
    Appointment,
    Capacity,
    Count,
    Fact,
    FactFields,
    Initiative,
    Law,
    Percentage,
    PersonRole,
    PublicEvent,
    Ranking,
    Target,
)

WHOLE: Final = frozenset({"budget", "revenue", "profit", "debt", "trade", "stock"})
"""Roles of which an entity has one a period. An investment or a contract is one of many, and keyed in its story."""
DONE: Final = frozenset({"announced", "launched", "completed"})
"""Stages at which something happened to an initiative. Its mere mention says nothing beyond its story, and a plan that a
thousand articles mention would tie all their stories together."""
Parts = tuple[str | None, ...]


def key_of(fact: Fact, story_id: str) -> ClaimKey:
    """What the claim of this fact is looked up by. Facts with equal ids may be one claim; `assemble` decides.

    Resolved only where every part is stated that tells the thing from others of its kind; else the story is a part.
    """
    fields = fact.fields
    kind = str(fields.__struct_config__.tag)
    parts = _resolved(fields)
    if parts is not None:
        return ClaimKey(kind=kind, parts=tuple(part or "" for part in parts), resolved=True)
    return ClaimKey(kind=kind, parts=("story", story_id, *(part for part in (_about(fields),) if part)), resolved=False)


def _resolved(fields: FactFields) -> Parts | None:  # noqa: PLR0911 - one line a kind
    """The parts of a key that holds across stories; None where one of them is missing."""
    match fields:
        case Amount() if fields.subject_entity and fields.period and fields.role in WHOLE:
            return fields.role, fields.subject_entity, fields.period, fields.place, fields.currency
        case Count() if fields.subject_entity and fields.period and is_named(unit_of(fields.unit)):
            return unit_of(fields.unit), fields.subject_entity, fields.period, fields.place
        case Percentage() if fields.subject_entity and fields.period:
            return fields.kind, fields.subject_entity, fields.period, fields.place
        case Target() if fields.subject_entity and fields.horizon and (fields.currency or fields.unit):
            return fields.subject_entity, fields.currency or unit_of(fields.unit), fields.horizon[:4]
        case Capacity() if fields.subject_entity:
            return fields.subject_entity, unit_of(fields.unit), None
        case Ranking() if fields.entity_id and fields.edition and fields.index_surface:
            return " ".join(sorted(stems(fields.index_surface))), fields.entity_id, fields.edition
        case _:
            return _matter(fields)


def _matter(fields: FactFields) -> Parts | None:
    match fields:
        case Agreement():
            entities = sorted({party.entity_id for party in fields.parties if party.entity_id})
            return tuple(entities) if len(entities) >= 2 and len(entities) == len(fields.parties) else None
        case Appointment() if fields.person_entity and fields.org_entity:
            return fields.person_entity, fields.org_entity
        case Law() if fields.number and number_of(fields.number):
            return (number_of(fields.number),)
        case Initiative() if fields.entity_id and fields.stage in DONE:
            return (fields.entity_id,)
        case PublicEvent() if fields.entity_id and (fields.edition or fields.date):
            return fields.entity_id, fields.edition or (fields.date or "")[:4]
    return None


def _about(fields: FactFields) -> str | None:
    """What a reader takes an unresolved key for; never part of the comparison beyond its story."""
    match fields:
        case Amount():
            return fields.role
        case Percentage():
            return fields.kind
        case PersonRole() | Appointment():
            return fields.person_entity
        case PublicEvent() | Initiative():
            return fields.entity_id
    return None
