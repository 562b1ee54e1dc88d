"""A number that a model told and the sentence it named in, whether our own grammar reads the same number there out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from pipeline.classify.facts.figures.quantity import Kind
from pipeline.classify.facts.figures.reading import quantities
from pipeline.classify.text import Passage

_DIGITS: Final = re.compile(r"\d+")
_KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "amount": ("money",), "percentage": ("percent",), "count": ("things", "duration"), "capacity": ("measure", "things")}
"""How the grammar reads what each kind of fact states."""


def is_reread(kind: str, fields: Mapping[str, Any], passage: Passage) -> bool:
    """True where every number of the fact stands in the sentence, as our grammar reads it: its value, currency and nature."""
    if kind == "ranking":
        told = [fields.get("position"), fields.get("delta")]
        return any(told) and all(_stands(number, passage) for number in told if number is not None)
    if kind == "target":
        unit: tuple[Kind, ...] = ("money",) if fields.get("currency") else ("percent",) if fields.get("unit") == "%" else (
            "things", "measure", "duration")
        return _stated(unit, fields.get("value"), fields.get("currency"), passage)
    return kind not in _KINDS or _stated(_KINDS[kind], fields.get("value"), fields.get("currency"), passage)


def is_money(value: object, currency: object, passage: Passage) -> bool:
    """Whether the sentence states that sum."""
    return _stated(("money",), value, currency, passage)


def _stated(kinds: tuple[Kind, ...], value: object, currency: object, passage: Passage) -> bool:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return False
    return any(
        one.kind in kinds and math.isclose(one.value, value, rel_tol=1e-9) and (one.kind != "money" or one.unit == currency)
        for one in quantities(passage))


def _stands(number: object, passage: Passage) -> bool:
    """Of ordinals, which carry no unit: "50e place", "الرتبة 50"."""
    read = {one.value for one in passage.numbers} | {float(digits) for digits in _DIGITS.findall(passage.folded.text)}
    return isinstance(number, int) and float(number) in read
