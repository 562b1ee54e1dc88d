"""Words and charts: every text in every language, round scales, numbers that read well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.web.press import NOW
from warehouse.web.charts import Point, bar_chart, scale
from warehouse.web.edits import statement_diffs, word_diff
from warehouse.web.words import LANGUAGES, Words, texts


def test_every_text_has_every_language_and_the_same_places() -> None:
    for table in (texts().texts, texts().codes):
        for key, column in table.items():
            assert set(column) == set(LANGUAGES), key
            places = {frozenset(part.split("}")[0] for part in text.split("{")[1:]) for text in column.values()}
            assert len(places) == 1, key


@given(st.floats(0.001, 1e12))
def test_a_scale_reaches_the_largest_value_in_round_steps(largest: float) -> None:
    levels = scale(largest)
    assert levels[0] == 0
    assert levels[-1] >= largest * 0.999999
    assert 2 <= len(levels) <= 5
    assert levels[-1] <= largest * 3.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_lie_within_the_picture(language: str) -> None:
    points = [Point(NOW - timedelta(weeks=back), value, "") for back, value in enumerate((0, 3, 7.5, 1))]
    chart = bar_chart(points, "t", Words(language))  # type: ignore[arg-type]
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width and bar.y >= 0 and bar.height >= 0 for bar in chart.bars)
    assert max(chart.bars, key=lambda bar: bar.height) is chart.bars[2]


def test_numbers_read_as_in_their_language() -> None:
    percents, numbers = [Words(one).percent(12.345) for one in LANGUAGES], [Words(one).number(12500) for one in LANGUAGES]
    assert percents == ["12,3\u00a0%", "12,3%", "12.3%"]
    assert numbers == ["12\u202f500", "12.500", "12,500"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    from warehouse.digest.view import clean
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == clean(before)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == clean(after)


def test_sentences_are_paired_by_likeness() -> None:
    diffs = statement_diffs(
        ["Le budget est de 3 millions de dirhams cette année.", "Tout le monde rentre."],
        ["Le budget est de 4 millions de dirhams cette année.", "Une usine ouvre à Settat."])
    assert [[piece.kind for piece in diff] for diff in diffs] == [["same", "removed", "added", "same"], ["removed"], ["added"]]
