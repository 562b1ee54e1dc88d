"""Numbers as the press writes them, in four languages."""

from __future__ import annotations

import pytest

from pipeline.events import Language
from pipeline.language.folding import fold
from pipeline.language.numbers import find_numbers

CASES: list[tuple[Language, str, list[float]]] = [
    ("fr", "22.649 étudiants", [22649]), ("fr", "1,5 milliard de dirhams", [1.5e9]),
    ("fr", "3 milliards 200 millions", [3.2e9]),
    ("fr", "38,2 MMDH", [38.2]), ("fr", "dix-sept milliards", [17e9]), ("fr", "12 000 emplois", [12000]),
    ("fr", "2,5 millions et demi", [3e6]),
    ("fr", "une centaine de kilomètres", [100]), ("fr", "4.800 milliards", [4.8e12]), ("fr", "70%", [70]),
    ("fr", "mille emplois", [1000]),
    ("fr", "1.125.000 habitants", [1125000]), ("fr", "un accord", []), ("fr", "deux millions d'euros", [2e6]),
    ("en", "1,200 jobs", [1200]), ("en", "$3.5 billion", [3.5e9]), ("en", "twenty-five projects", [25]),
    ("en", "half a million", [5e5]),
    ("en", "4.8 million", [4.8e6]),
    ("es", "1.200 empleos", [1200]), ("es", "3,5 millones", [3.5e6]), ("es", "mil millones", [1e9]),
    ("es", "veinticinco proyectos", [25]),
    ("ar", "310 ملايين درهم", [310e6]), ("ar", "مليوني درهم", [2e6]), ("ar", "مليار و200 مليون", [1.2e9]),
    ("ar", "1.125 مليار", [1.125e9]),
    ("ar", "خمسة وعشرون مشروعا", [25]), ("ar", "مليون ونصف", [1.5e6]), ("ar", "ألفي منصب", [2000]),
    ("ar", "٣٥ في المائة", [35]),
    ("ar", "ثلاثة ملايير", [3e9]),
]


@pytest.mark.parametrize(("language", "text", "want"), CASES)
def test_values(language: Language, text: str, want: list[float]) -> None:
    found = find_numbers(fold(text), language)
    assert [number.value for number in found] == pytest.approx(want)


def test_places_lead_back_to_the_words() -> None:
    text = "Le fonds reçoit deux milliards de dirhams en 2027."
    folded = fold(text)
    found = find_numbers(folded, "fr")
    assert [folded.surface(number.start, number.end) for number in found] == ["deux milliards", "2027"]
    assert [number.plain for number in found] == [False, True]
