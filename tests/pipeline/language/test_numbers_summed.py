"""Numbers said in parts: millions, thousands and units of Arabic put together."""

from __future__ import annotations

import pytest

from pipeline.events import Language
from pipeline.language.folding import fold
from pipeline.language.numbers import find_numbers


@pytest.mark.parametrize(("text", "language", "values"), [
    ("تلقى الجرعة 6 ملايين و476 ألفا و64 شخصا", "ar", [6_476_064]),
    ("مليون و174 ألفا و28 حالة", "ar", [1_174_028]),
    ("بين 12 مدينة و64 قرية", "ar", [12, 64]),
    ("إحدى عشرة سنة", "ar", [11]),
    ("أحد الوزراء", "ar", []),
    ("3 milliards 200 millions de dirhams", "fr", [3.2e9]),
    ("3 millions et 64 autres", "fr", [3e6, 64]),
])
def test_parts_of_one_number_are_summed(text: str, language: Language, values: list[float]) -> None:
    assert [number.value for number in find_numbers(fold(text), language)] == values
