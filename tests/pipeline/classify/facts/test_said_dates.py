"""Dates as sentences say them, relative to the day of publication (Wednesday 2 July 2025)."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.classify.facts.said_dates import nearest_date, said_dates
from pipeline.language.folding import fold_text

DAY = date(2025, 7, 2)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("signé le 25 juin à Rabat", "2025-06-25"),
        ("le 28 octobre 2024", "2024-10-28"),
        ("on July 12", "2025-07-12"),
        ("June 3, 2024", "2024-06-03"),
        ("يوم 18 يونيو 2025", "2025-06-18"),
        ("في 5 غشت المقبل", "2025-08-05"),
        ("mardi à Rabat", "2025-07-01"),
        ("ce mercredi", "2025-07-02"),
        ("jeudi prochain", "2025-07-03"),
        ("hier", "2025-07-01"),
        ("أمس الثلاثاء", "2025-07-01"),
        ("أول أمس", "2025-06-30"),
        ("en août 2023", "2023-08"),
        ("en décembre dernier", "2024-12"),
        ("في شهر أبريل الماضي", "2025-04"),
        ("en 2019", "2019"),
        ("el 4 de marzo de 2025", "2025-03-04"),
        ("le 31/12/2024", "2024-12-31"),
    ],
)
def test_one_date(text: str, iso: str) -> None:
    assert [one.iso for one in said_dates(fold_text(text), DAY)][:1] == [iso]


def test_a_span_of_days() -> None:
    (span,) = said_dates(fold_text("les 1er et 2 juillet 2025"), DAY)
    assert (span.iso, span.until) == ("2025-07-01", "2025-07-02")


def test_days_before_years_and_the_nearer_of_two() -> None:
    said = nearest_date(fold_text("le 3 mai, puis signé le 20 juin, comme en 2024"), DAY, 18)
    assert said is not None
    assert said.iso == "2025-06-20"


def test_without_a_day_of_publication_only_full_dates_count() -> None:
    assert [one.iso for one in said_dates(fold_text("mardi 3 juin, puis le 4 juin 2024, hier"), None)] == ["2024-06-04"]


@pytest.mark.parametrize("text", ["le 45 juin 2024", "le 30 février 2024", "la veille de mardi", "12 maisons"])
def test_what_is_no_date(text: str) -> None:
    assert not [one for one in said_dates(fold_text(text), DAY) if len(one.iso) == 10]
