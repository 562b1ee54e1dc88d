"""Excerpts: short, cut between words, and every character the sentence's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warehouse.digest.excerpt import LIMIT, excerpt

LONG = " ".join(f"mot{n}" for n in range(200))


def test_a_short_sentence_is_whole() -> None:
    cut = excerpt("Le prêt atteint 3 milliards.", "3 milliards")
    assert (cut.before, cut.marked, cut.after) == ("Le prêt atteint ", "3 milliards", ".")
    assert not cut.cut_start
    assert not cut.cut_end


def test_a_long_one_keeps_what_matters_between_whole_words() -> None:
    cut = excerpt(LONG, "mot150 mot151")
    assert cut.marked == "mot150 mot151"
    assert len(cut.text) <= LIMIT
    assert cut.cut_start
    assert cut.cut_end
    assert set(cut.text.split()) <= set(LONG.split())


def test_a_value_that_is_not_in_the_sentence_marks_nothing() -> None:
    cut = excerpt(LONG, "absent")
    assert (cut.before, cut.marked, cut.cut_start) == ("", "", False)
    assert LONG.startswith(cut.text)


@given(st.text(alphabet="ab و٣ ", min_size=0, max_size=900), st.integers(0, 900), st.integers(0, 500))
def test_always_a_substring_within_the_limit(sentence: str, start: int, length: int) -> None:
    cut = excerpt(sentence, sentence[start:start + length])
    assert cut.text in sentence
    assert len(cut.text) <= LIMIT
    assert cut.cut_start == (not sentence.startswith(cut.text)) or sentence.count(cut.text) > 1
    assert cut.cut_end or sentence.endswith(cut.text)
