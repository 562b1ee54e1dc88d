"""The fields of a fact that states a number in, one view of them all out: what is measured, and in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.claims.values import compatible, interval, significant
from pipeline.claims.wording import stems
from pipeline.events import Amount, FactFields, Modality

_MARKS: Final = tuple(frozenset(group.split()) for group in (
    "consol social groupe", "nation urbain rural region", "femmes hommes femini mascul jeunes", "import export",
    "brut net", "hausse baisse recul", "صادرات واردات", "حضري قروي وطني"))
"""Stems of which two statements about one thing carry the same ones."""


@dataclass(frozen=True)
class Measure:
    """A stated number."""

    kind: str
    value: float
    unit: str
    role: str
    subject: frozenset[str]
    """Stems of its words."""
    entity: str | None
    period: str | None
    modality: Modality

    @property
    def telling(self) -> bool:
        """Whether the number is so particular that meeting it twice in one story is no chance."""
        return significant(self.value) >= 2 and abs(self.value) >= 1000

    def agrees(self, other: Measure) -> bool:
        """Whether both numbers can be right."""
        return compatible(self.value, other.value, self.modality, other.modality)

    def elsewhere(self, other: Measure) -> bool:
        """Whether the two cannot be about one thing: other unit, period, entity, or a word that tells them apart."""
        if (self.kind, self.unit) != (other.kind, other.unit):
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
    if isinstance(fields, Amount):
        return Measure(
            kind="amount", value=fields.value, unit=fields.currency, role=fields.role, subject=stems(fields.subject),
            entity=fields.subject_entity, period=fields.period, modality=fields.modality)
    return None
