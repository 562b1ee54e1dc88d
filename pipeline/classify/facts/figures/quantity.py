"""What one number of a sentence measures: the value every numeric fact is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.events import Modality
from pipeline.language.numbers import Number

Kind = Literal["money", "percent", "measure", "duration", "things", "bare"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; positions in the folded text of its passage."""

    kind: Kind
    value: float
    """In base units: units of the currency, per cent, the unit as written."""
    start: int
    end: int
    """Of number and unit together: the surface."""
    number: Number
    unit: str = ""
    """ISO 4217 for money, else the unit or the noun as folded text has it; empty for bare numbers."""
    factor: float = 1.0
    """What the written number was multiplied by (million, MM of MMDH)."""
    sign: Literal["", "+", "-"] = ""
    bound: Modality | None = None
    """Modality that a range gives: at_least for its lower end, up_to for its upper."""
    rule: str = "stated"
    """How the unit was found: stated, ranged, compared, inherited, numbered."""
