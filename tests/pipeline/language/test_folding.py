"""Folding brings spellings together and leads back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.folding import fold, fold_text


@pytest.mark.parametrize(("one", "other"), [
    ("Équipement", "equipement"), ("الأمنُ", "الامن"), ("مدرسة", "مدرسه"), ("مصطفى", "مصطفي"), ("إفريقيا", "افريقيا"),
    ("العـــربية", "العربيه"),
    ("ڭلميم", "كلميم"), ("٣٥", "35"), ("l’eau", "l'eau"), ("«mot»", '"mot"'), ("Œuvre", "oeuvre"), ("cœur", "coeur"),
    ("12 000", "12 000"),
    ("a\u00a0b", "a b"), ("mot\u200bclé", "motcle"), ("São", "sao"), ("ﻻ", "لا"),
])
def test_one_spelling(one: str, other: str) -> None:
    assert fold_text(one) == other


def test_surface_is_what_stood_in_the_text() -> None:
    text = "Le cœur de l’Afrique : الـأمنُ الغذائي"
    folded = fold(text)
    start = folded.text.index("coeur")
    assert folded.surface(start, start + 5) == "cœur"
    start = folded.text.index("الامن")
    assert folded.surface(start, start + 5) == "الـأمنُ"


def test_newlines_stay() -> None:
    assert fold_text("a\nb") == "a\nb"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_spans_lie_in_the_text_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    for at in range(len(folded.text)):
        first, last = folded.span(at, at + 1)
        assert 0 <= first < last <= len(text)
