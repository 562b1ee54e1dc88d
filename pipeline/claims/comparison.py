"""Two facts of one kind in, how surely they are about one thing and in what they contradict each other out.

One line a kind: what the kinds have in common is written nowhere else. Numbers are compared in pipeline.claims.alignment.
"""

from __future__ import annotations

import msgspec

from pipeline.claims import agreements, people, undertakings
from pipeline.claims.measures import measure_of
from pipeline.claims.quotes import quote_link
from pipeline.claims.wording import folded, stems
from pipeline.events import (
    Agreement,
    Appointment,
    FactFields,
    Initiative,
    Law,
    PersonRole,
    PublicEvent,
    Quote,
    Ranking,
    content_id,
)


def same_matter(  # noqa: PLR0911 - one line a kind
    one: FactFields, other: FactFields, *, alone: bool, one_language: bool,
) -> float:
    """0: not known to be about one thing. 2 and more: they agree. 1 to 2: they are about one thing, and may differ.

    `alone`: each of the two articles says nothing else of this kind.
    """
    match one, other:
        case Agreement(), Agreement():
            return agreements.agreement_link(one, other, alone=alone, one_language=one_language)
        case PersonRole(), PersonRole():
            return people.role_link(one, other)
        case Appointment(), Appointment():
            return people.appointment_link(one, other)
        case Law(), Law():
            return undertakings.law_link(one, other, alone=alone, one_language=one_language)
        case Initiative(), Initiative():
            return undertakings.initiative_link(one, other, alone=alone, one_language=one_language)
        case PublicEvent(), PublicEvent():
            return undertakings.event_link(one, other, alone=alone, one_language=one_language)
        case Ranking(), Ranking():
            return undertakings.ranking_link(one, other, alone=alone, one_language=one_language)
        case Quote(), Quote():
            return quote_link(one, other)
    return 3.0 if signature(one) == signature(other) else 0.0


def contradiction(one: FactFields, other: FactFields) -> str | None:
    """The field in which two facts about one thing cannot both be right; None where they can. A later stage is none."""
    match one, other:
        case Agreement(), Agreement():
            return agreements.contradiction(one, other)
        case Appointment(), Appointment():
            return people.appointment_contradiction(one, other)
        case Law(), Law():
            return undertakings.law_contradiction(one, other)
        case PublicEvent(), PublicEvent():
            return undertakings.event_contradiction(one, other)
        case Ranking(), Ranking():
            return undertakings.ranking_contradiction(one, other)
    a, b = measure_of(one), measure_of(other)
    return "value" if a and b and not a.agrees(b) else None


def stage(fields: FactFields) -> int:
    """How far a thing has come, for kinds that know stages; else 0."""
    match fields:
        case Agreement():
            return agreements.STAGES[fields.status]
        case Appointment():
            return people.STAGES[fields.status]
        case Law():
            return undertakings.LAW_STAGES[fields.stage]
        case Initiative():
            return undertakings.INITIATIVE_STAGES[fields.stage]
    return 0


def signature(fields: FactFields) -> str:
    """What tells a statement from its article's others, the same in every copy: what a claim's id is made from."""
    measure = measure_of(fields)
    if measure:
        return content_id(measure.kind, measure.role, measure.unit, repr(measure.value), measure.period or "")
    return content_id(str(fields.__struct_config__.tag), *_named(fields))


def _named(fields: FactFields) -> tuple[str, ...]:  # noqa: PLR0911 - one line a kind
    match fields:
        case Agreement():
            return tuple(sorted({party.entity_id or folded(party.name) for party in fields.parties}))
        case PersonRole():
            return fields.person_entity or folded(fields.person), fields.org_entity or folded(fields.org or fields.role_surface)
        case Appointment():
            return fields.person_entity or folded(fields.person), fields.status
        case Law():
            return (undertakings.number_of(fields.number),) if fields.number else (
                undertakings.family(fields.kind), *sorted(stems(fields.object_surface)))
        case Initiative():
            return (fields.entity_id,) if fields.entity_id else tuple(sorted(
                stems(fields.name or fields.name_surface or fields.object_surface)))
        case PublicEvent():
            return fields.entity_id or folded(fields.name), fields.edition or (fields.date or "")[:4]
        case Ranking():
            return *sorted(stems(fields.index_surface)), fields.entity_id or folded(fields.entity or ""), str(
                fields.position), str(fields.delta), fields.edition or ""
        case Quote():
            return (folded(fields.text),)
    return (msgspec.json.encode(fields).decode(),)
