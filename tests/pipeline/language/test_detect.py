"""The language of a text, of its four."""

from __future__ import annotations

import pytest

from pipeline.language.detect import as_language, detect

CASES = [
    ("La commune a inauguré une station de dessalement", "fr"),
    ("The town opened a desalination plant on Tuesday", "en"),
    ("El ayuntamiento inauguró una planta desaladora el martes", "es"), ("افتتحت الجماعة محطة لتحلية مياه البحر", "ar"),
    ("هادشي مزيان ولكن خاص المراقبة ديال بصح", "ar"), ("أعلنت شركة OCP عن مشروع Green Hydrogen بالداخلة", "ar"),
    ("Royal Air Maroc ouvre une ligne Casablanca-Beijing", "fr"),
    ("Hydrogène vert : TotalEnergies et OCP signent à Dakhla", "fr"),
    ("Morocco's OCP signs green ammonia deal with Fortescue", "en"),
    ("Marruecos y España firman un acuerdo sobre pesca", "es"),
]


@pytest.mark.parametrize(("text", "language"), CASES)
def test_detect(text: str, language: str) -> None:
    assert detect(text, "en" if language == "fr" else "fr") == language


def test_too_little_text_gives_what_the_outlet_writes_in() -> None:
    assert detect("OCP 2030", "ar") == "ar"
    assert detect("", "es") == "es"


@pytest.mark.parametrize(("tag", "language"), [
    ("fr-MA", "fr"), ("ar_AR", "ar"), ("EN", "en"), ("de", None), (None, None), ("", None), ("esp", None),
])
def test_tags(tag: str | None, language: str | None) -> None:
    assert as_language(tag) == language
