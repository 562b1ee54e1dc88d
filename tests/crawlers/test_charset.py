"""Whatever header and meta element say, the text comes out right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.charset import decode

ARABIC = "وقعت الحكومة المغربية اتفاقية جديدة مع شركائها في مدينة الدار البيضاء"
META = '<meta charset="{}">'


@pytest.mark.parametrize(("body", "header"), [
    (ARABIC.encode(), "text/html; charset=iso-8859-1"),
    (ARABIC.encode(), None),
    (("\ufeff" + ARABIC).encode("utf-16-le"), "text/html"),
    (ARABIC.encode("cp1256"), "text/html; charset=windows-1256"),
    (ARABIC.encode("cp1256"), "text/html"),
    (ARABIC.encode("cp1256"), "text/html; charset=utf-8"),
])
def test_arabic(body: bytes, header: str | None) -> None:
    assert decode(body, header) == ARABIC


def test_the_meta_element_wins_over_a_wrong_header() -> None:
    page = META.format("windows-1256") + ARABIC
    assert decode(page.encode("cp1256"), "text/html; charset=iso-8859-1") == page


def test_western_accents_without_a_word_on_the_encoding() -> None:
    assert decode("L'été à Fès, où le marché s'élève à 3 M€".encode("cp1252")) == "L'été à Fès, où le marché s'élève à 3 M€"


def test_a_few_broken_bytes_do_not_make_the_page_another_encoding() -> None:
    broken = (META.format("utf-8") + ARABIC).encode() + b"\xff" + ARABIC.encode()
    assert decode(broken, "text/html; charset=utf-8").count(ARABIC) == 2


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=30)))
def test_it_never_fails(body: bytes, header: str | None) -> None:
    assert "\0" not in decode(body, header)
