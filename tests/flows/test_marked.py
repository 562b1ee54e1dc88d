"""The page of an explained article: marks nest whatever overlaps, and nothing from outside becomes markup."""

from __future__ import annotations

from typing import Any

from flows.marked import article_page, marked
from flows.show import said
from warehouse.lookup import Article


def span(kind: str, start: int, end: int, zone: str = "body") -> dict[str, Any]:
    return {"kind": kind, "zone": zone, "start_offset": start, "end_offset": end}


def test_overlapping_marks_keep_the_text_and_nest() -> None:
    text = "وقعت الوزارة اتفاقية & شراكة"
    shown = str(marked(text, [span("organisation", 5, 12)], [span("amount", 0, 20)], ("body",)))
    assert shown == ('<mark class="fact">وقعت </mark><mark class="fact organisation">الوزارة</mark>'
                     '<mark class="fact"> اتفاقية</mark> &amp; شراكة')


def test_spans_of_other_zones_are_left_out() -> None:
    assert str(marked("Rabat", [span("place", 0, 5, "title")], [], ("body",))) == "Rabat"


def test_hostile_text_is_only_text() -> None:
    hostile = '<script>alert(1)</script>" onmouseover="x'
    row = {"language": "fr", "headline": hostile, "outlet": hostile, "date_published": None, "authors": [hostile],
           "canonical_url": "http://journal.test/a", "body": f"Un texte.\n{hostile}"}
    page = article_page(Article(row, (), (), (), (), (), None))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert '" onmouseover="' not in page


def test_fields_in_one_line() -> None:
    fields = {"value": 11_200_000_000.0, "currency": "MAD", "surface": "11,2 milliards", "modality": "exact", "period": None,
              "parties": [{"name": "OCP", "surface": "l'OCP"}, {"name": "UM6P", "surface": "UM6P"}]}
    assert said(fields) == "value 11,200,000,000 · currency MAD · modality exact · parties OCP, UM6P"
