"""Facts of the vocabulary in, rows of `facts` and `fact_parties` out, and back; nothing decided."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec

from pipeline.claims import key_of
from pipeline.events import Agreement, Evidence, Fact, FactFields, PlacedArticle

Row = dict[str, Any]
TEXTS: Final = (
    "currency", "unit", "surface", "modality", "role", "subject", "subject_entity", "period", "horizon", "direction",
    "index_surface", "entity", "entity_id", "edition", "instrument", "object", "status", "stage", "number", "name", "person",
    "person_surface", "person_entity", "role_surface", "org", "org_entity", "speaker", "speaker_surface", "speaker_entity",
    "text", "date", "date_to", "place", "variety",
)
RENAMED: Final = {
    "value": "amount_value", "currency": "amount_currency", "object": "object_surface", "surface": "instrument_surface",
    "variety": "kind"}
"""Columns that some kinds of fact call differently."""
EMPTY: Final[Row] = dict.fromkeys((*TEXTS, "value", "position", "delta", "partial"))
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(FactFields)


def fact_row(event: PlacedArticle, fact: Fact, *, current: bool) -> Row:
    """A row of `facts`: fields by name where there is a column, all of them as JSON."""
    evidence = fact.evidence
    return {
        **columns_of(fact.fields), "fact_id": fact.fact_id, "article_id": event.classified.article.article_id,
        "version": event.version, "is_current": current, "kind": kind_of(fact.fields), "attributed_to": fact.attributed_to,
        "fields": _encoder.encode(fields_of(fact.fields)).decode(), "sentence": evidence.sentence, "zone": evidence.zone,
        "start_offset": evidence.start, "end_offset": evidence.end, "extractor": evidence.extractor,
        "confidence": evidence.confidence, "claim_key": claim_key(fact),
    }


def claim_key(fact: Fact) -> str | None:
    """What the fact is about beyond its story; None where only its story says."""
    key = key_of(fact, "")
    return key.id if key.resolved else None


def columns_of(fields: FactFields) -> Row:
    """The fields that have a column of their own, under its name; the other columns are empty."""
    row = dict(EMPTY)
    for column, name in _own_columns(type(fields)):
        value = getattr(fields, name)
        row[column] = number(value) if column == "value" else value
    return row


@cache
def _own_columns(kind: type[FactFields]) -> tuple[tuple[str, str], ...]:
    """Columns that facts of this type fill, each with the field it shows."""
    fields = kind.__struct_fields__
    named = ((column, column if column in fields else RENAMED.get(column, column)) for column in EMPTY)
    return tuple((column, name) for column, name in named if name in fields)


def party_rows(event: PlacedArticle, fact: Fact) -> list[Row]:
    """Rows of `fact_parties`."""
    if not isinstance(fact.fields, Agreement):
        return []
    return [
        {"fact_id": fact.fact_id, "article_id": event.classified.article.article_id, "version": event.version,
         "position": position, "name": party.name, "surface": party.surface, "entity_id": party.entity_id}
        for position, party in enumerate(fact.fields.parties, 1)]


def fields_of(fields: FactFields) -> Row:
    """All fields by name, those at their default too, as plain values."""
    plain: Row = _plain(fields)
    return plain


def kind_of(fields: FactFields) -> str:
    """The kind of fact: amount, agreement, ..."""
    return str(fields.__struct_config__.tag)


def fields_from(kind: str, fields: str) -> FactFields:
    """The fields again, from the columns `kind` and `fields`."""
    tagged = f'{{"type":"{kind}",{fields[1:]}' if fields.strip() != "{}" else f'{{"type":"{kind}"}}'
    decoded: FactFields = _decoder.decode(tagged)
    return decoded


def fact_from(row: Row) -> Fact:
    """The fact again, from its row."""
    return Fact(
        fact_id=row["fact_id"], fields=fields_from(row["kind"], row["fields"]), attributed_to=row["attributed_to"],
        evidence=Evidence(
            sentence=row["sentence"], zone=row["zone"], start=row["start_offset"], end=row["end_offset"],
            extractor=row["extractor"], confidence=row["confidence"]))


def number(value: object) -> float | None:
    """A number as such, anything else as none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
