"""A fact and its story in, the key of its claim out: what the fact is about, without what it says of it."""

from __future__ import annotations

from typing import Final

from pipeline.claims.report import ClaimKey
from pipeline.events import Agreement, Amount, Fact

WHOLE: Final = frozenset({"budget", "revenue", "profit", "debt", "trade", "stock"})
"""Roles of which an entity has one a period. An investment or a contract is one of many, and keyed in its story."""


def key_of(fact: Fact, story_id: str) -> ClaimKey:
    """What the claim of this fact is looked up by. Facts with equal ids may be one claim; `assemble` decides."""
    fields = fact.fields
    kind = str(fields.__struct_config__.tag)
    if isinstance(fields, Amount):
        return _amount(kind, fields, story_id)
    if isinstance(fields, Agreement):
        return _agreement(kind, fields, story_id)
    return _in_story(kind, story_id)


def _in_story(kind: str, story_id: str, *parts: str | None) -> ClaimKey:
    return ClaimKey(kind=kind, parts=("story", story_id, *(part or "" for part in parts)), resolved=False)


def _amount(kind: str, fields: Amount, story_id: str) -> ClaimKey:
    if fields.subject_entity and fields.period and fields.role in WHOLE:
        parts = (fields.role, fields.subject_entity, fields.period, fields.place or "", fields.currency)
        return ClaimKey(kind=kind, parts=parts, resolved=True)
    return _in_story(kind, story_id, fields.role)


def _agreement(kind: str, fields: Agreement, story_id: str) -> ClaimKey:
    entities = sorted({party.entity_id for party in fields.parties if party.entity_id})
    if len(entities) >= 2 and len(entities) == len(fields.parties):
        return ClaimKey(kind=kind, parts=tuple(entities), resolved=True)
    return _in_story(kind, story_id)
