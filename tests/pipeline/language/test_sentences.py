"""Sentences end where a reader ends them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import MAX_SENTENCE, sentences

CASES = [
    ("Le pont ouvre. La route suit.", ["Le pont ouvre.", "La route suit."]),
    ("M. Alaoui a signé. Mme Tazi aussi.", ["M. Alaoui a signé.", "Mme Tazi aussi."]),
    ("Le coût est de 3.500.000 DH. Il baisse de 2.5 %.", ["Le coût est de 3.500.000 DH.", "Il baisse de 2.5 %."]),
    ("« Nous avançons. » Il a souri.", ["« Nous avançons. »", "Il a souri."]),
    ("Dr. Amine et S.M. le Roi. Puis rien.", ["Dr. Amine et S.M. le Roi.", "Puis rien."]),
    ("Un accord par an.Le projet suit.", ["Un accord par an.", "Le projet suit."]),
    ("Titre sans point\nTexte avec un point.", ["Titre sans point", "Texte avec un point."]),
    ("¿Qué pasa? Nada. Todo sigue!", ["¿Qué pasa?", "Nada.", "Todo sigue!"]),
    ("افتتحت المحطة يوم الثلاثاء. وستزود المدينة بالماء.", ["افتتحت المحطة يوم الثلاثاء.", "وستزود المدينة بالماء."]),
    ("هل انتهى الأمر؟ لا!", ["هل انتهى الأمر؟", "لا!"]),
    ("The U.S. envoy left at 5 p.m. yesterday. He returns.",
     ["The U.S. envoy left at 5 p.m. yesterday.", "He returns."]),
    ("", []), ("  \n ", []),
]


@pytest.mark.parametrize(("text", "want"), CASES)
def test_sentences(text: str, want: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == want


def test_a_run_without_end_is_cut() -> None:
    text = "mot " * 2000
    assert max(end - start for start, end in sentences(text)) <= MAX_SENTENCE


@given(st.text(alphabet="aB.!؟ \n«»ه,1", max_size=80))
def test_spans_are_in_order_trimmed_and_lose_no_letter(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert [char for char in kept if char.isalnum()] == [char for char in text if char.isalnum()]
