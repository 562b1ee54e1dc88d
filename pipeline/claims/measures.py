"""The fields of a fact that states a number in, one view of them all out: what is measured, and in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.claims.units import unit_of, units_differ
from pipeline.claims.values import compatible, interval, significant
from pipeline.claims.wording import stems
from pipeline.events import Amount, Capacity, Count, FactFields, Modality, Percentage, Target

_MARKS: Final = tuple(frozenset(group.split()) for group in (
    "consol social groupe", "nation urbain rural region", "femmes hommes femini mascul jeunes", "import export",
    "brut net", "hausse baisse recul", "direct indire", "primai second tertia", "mensue annuel trimes",
    "صادرات واردات", "حضري قروي وطني", "نساء رجال شباب", "اناث ذكور"))
"""Stems of which two statements about one thing carry the same ones."""


@dataclass(frozen=True)
class Measure:
    """A stated number."""

    kind: str
    value: float
    """With its direction: a fall by 2 % is -2."""
    unit: str
    """ISO 4217, `%`, or what is counted (pipeline.claims.units)."""
    role: str
    subject: frozenset[str]
    """Stems of its words."""
    entity: str | None
    period: str | None
    modality: Modality
    place: frozenset[str] = frozenset()
    """Stems of the place it holds for."""
    counted: frozenset[str] = frozenset()
    """Stems of the words for its unit."""

    @property
    def block(self) -> str:
        """Measures of other blocks are never about one thing. Units in words may have another name in another language."""
        return self.unit if self.kind in ("amount", "percentage") else ""

    @property
    def telling(self) -> bool:
        """Whether the number is so particular that meeting it twice in one story is no chance."""
        if self.kind == "percentage":
            return significant(self.value) >= 3
        return significant(self.value) >= 2 and abs(self.value) >= 1000

    def agrees(self, other: Measure) -> bool:
        """Whether both numbers can be right."""
        return compatible(self.value, other.value, self.modality, other.modality)

    def elsewhere(self, other: Measure) -> bool:
        """Whether the two cannot be about one thing: other unit, period, entity, or a word that tells them apart."""
        if self.kind != other.kind or self.block != other.block or units_differ(self.unit, other.unit):
            return True
        if self.entity and other.entity and self.entity != other.entity:
            return True
        return self._other_period(other) or self._told_apart(other)

    def _other_period(self, other: Measure) -> bool:
        a, b = interval(self.period), interval(other.period)
        return a is not None and b is not None and a != b

    def _told_apart(self, other: Measure) -> bool:
        numbers = [{stem for stem in one.subject if stem.isdecimal()} for one in (self, other)]
        if all(numbers) and numbers[0] != numbers[1]:
            return True
        return any(self.subject & marks and other.subject & marks and self.subject & marks != other.subject & marks
                   for marks in _MARKS)


def measure_of(fields: FactFields) -> Measure | None:
    """The number that the fact states about something; None for kinds that state none."""
    match fields:
        case Amount():
            return _measure("amount", fields, unit=fields.currency, role=fields.role, period=fields.period)
        case Count():
            return _measure("count", fields, unit=unit_of(fields.unit), period=fields.period)
        case Percentage():
            sign = -1.0 if fields.direction == "down" and fields.value > 0 else 1.0
            return _measure("percentage", fields, unit="%", role=fields.kind, period=fields.period, sign=sign)
        case Target():
            unit = fields.currency or unit_of(fields.unit)
            return _measure("target", fields, unit=unit, period=fields.horizon)
        case Capacity():
            return _measure("capacity", fields, unit=unit_of(fields.unit), period=None)
    return None


def _measure(kind: str, fields: Amount | Count | Percentage | Target | Capacity, *, unit: str, period: str | None,
             role: str = "", sign: float = 1.0) -> Measure:
    return Measure(
        kind=kind, value=fields.value * sign, unit=unit, role=role, subject=stems(fields.subject),
        entity=fields.subject_entity, period=period, modality=fields.modality, place=stems(fields.place),
        counted=frozenset() if isinstance(fields, Amount | Percentage) else stems(fields.unit))
