"""Dates as outlets, feeds and machines write them, in four languages: right, or none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.language.dates import days_in, find_dates, parse_date
from pipeline.language.months import MONTHS, fold

CASABLANCA = ZoneInfo("Africa/Casablanca")
NOW = datetime(2026, 3, 10, 14, 30, tzinfo=CASABLANCA)

STATED = [
    # Machines
    ("2026-01-19T15:01:00+01:00", "2026-01-19T14:01", "second"), ("2026-01-19T14:01:00Z", "2026-01-19T14:01", "second"),
    ("2026-01-19T14:01:22.123456+00:00", "2026-01-19T14:01", "second"),
    ("2026-01-19 15:01", "2026-01-19T14:01", "minute"),
    ("2026-01-19", "2026-01-18T23:00", "day"), ("20260119", "2026-01-18T23:00", "day"),
    ("20260119T140100Z", "2026-01-19T14:01", "second"), ("Mon, 19 Jan 2026 14:01:00 GMT", "2026-01-19T14:01", "second"),
    ("Mon, 19 Jan 2026 15:01:00 +0100", "2026-01-19T14:01", "second"), ("1768831260", "2026-01-19T14:01", "second"),
    ("1768831260000", "2026-01-19T14:01", "second"), ("2026-01-19T00:00:00+01:00", "2026-01-18T23:00", "day"),
    ("2026-01", "2025-12-31T23:00", "month"), ("janvier 2026", "2025-12-31T23:00", "month"),
    # French
    ("Le 12 octobre 2023 à 15h38", "2023-10-12T14:38", "minute"),
    ("16 décembre 2019 - 18h00", "2019-12-16T17:00", "minute"),
    ("Vendredi 13 Mars 2026", "2026-03-13T00:00", "day"), ("1er juillet 2025", "2025-06-30T23:00", "day"),
    ("07/04/2025 12:18", "2025-04-07T11:18", "minute"), ("07/04/2025 à 12h18", "2025-04-07T11:18", "minute"),
    ("Publié dans Le Rivage le 01 - 07 - 2025", "2025-06-30T23:00", "day"), ("13 Déc 2019", "2019-12-12T23:00", "day"),
    ("Mardi 3 févr. 2026, 9h05", "2026-02-03T08:05", "minute"), ("27 mai 2022 à 10:18", "2022-05-27T09:18", "minute"),
    # Spanish
    ("12 de enero de 2026, 07:25 h", "2026-01-12T06:25", "minute"),
    ("2 de septiembre del 2025", "2025-09-01T23:00", "day"),
    ("martes, 3 feb. 2026 a las 18:40", "2026-02-03T17:40", "minute"),
    # English
    ("January 19, 2026 3:01 PM", "2026-01-19T14:01", "minute"), ("Jan. 19, 2026", "2026-01-18T23:00", "day"),
    ("19th January 2026 at 12:15 a.m.", "2026-01-18T23:15", "minute"), ("19 Sept 2025", "2025-09-18T23:00", "day"),
    # Arabic: Moroccan, eastern, Levantine and Maghrebi names, both kinds of digits
    ("السبت 11 يونيو 2022 - 00:36", "2022-06-10T23:36", "minute"),
    ("الإثنين ١٩ يناير ٢٠٢٦ - 16:54", "2026-01-19T15:54", "minute"),
    ("5 غشت 2025", "2025-08-04T23:00", "day"), ("7 يوليوز 2025", "2025-07-06T23:00", "day"),
    ("9 شتنبر 2025", "2025-09-08T23:00", "day"),
    ("3 نونبر 2025", "2025-11-02T23:00", "day"), ("31 دجنبر 2025", "2025-12-30T23:00", "day"),
    ("15 ماي 2025", "2025-05-14T23:00", "day"),
    ("الإثنين 18 أغسطس 2025 - 14:00", "2025-08-18T13:00", "minute"), ("12 آذار 2025", "2025-03-12T00:00", "day"),
    ("4 جانفي 2026", "2026-01-03T23:00", "day"), ("2 تشرين الثاني 2025", "2025-11-01T23:00", "day"),
    ("15 كانون الأول 2025", "2025-12-14T23:00", "day"), ("٢٠٢٦/٠١/١٩", "2026-01-18T23:00", "day"),
    ("أضيف في 19/01/2026 16:54:10", "2026-01-19T15:54", "second"),
    ("8 مارس 2026 على الساعة 10:30 صباحا", "2026-03-08T10:30", "minute"),
    ("8 مارس 2026 - 10:30 مساء", "2026-03-08T22:30", "minute"),
]


@pytest.mark.parametrize(("text", "at", "precision"), STATED)
def test_stated(text: str, at: str, precision: str) -> None:
    found = parse_date(text, CASABLANCA)
    assert found is not None
    assert (found.at.isoformat()[:16], found.precision) == (at, precision)
    assert found.at.tzinfo is UTC


RELATIVE = [
    ("il y a 3 heures", "2026-03-10", "day"), ("il y a 25 minutes", "2026-03-10", "minute"),
    ("Hier à 14:05", "2026-03-09", "minute"),
    ("avant-hier", "2026-03-08", "day"), ("avant hier", "2026-03-08", "day"), ("منذ 36 دقيقة", "2026-03-10", "minute"),
    ("منذ ساعتين", "2026-03-10", "day"), ("منذ 3 أيام", "2026-03-07", "day"), ("أمس", "2026-03-09", "day"),
    ("أول أمس", "2026-03-08", "day"),
    ("أمس الأول", "2026-03-08", "day"), ("hace dos días", "2026-03-08", "day"),
    ("ayer a las 9:15", "2026-03-09", "minute"),
    ("antes de ayer", "2026-03-08", "day"), ("5 hours ago", "2026-03-10", "day"),
    ("yesterday at 10:15", "2026-03-09", "minute"),
    ("the day before yesterday", "2026-03-08", "day"), ("il y a 2 mois", "2026-01-01", "month"),
    ("منذ سنة", "2025-01-01", "year"),
    ("aujourd'hui à 08h10", "2026-03-10", "minute"),
]


@pytest.mark.parametrize(("text", "day", "precision"), RELATIVE)
def test_relative(text: str, day: str, precision: str) -> None:
    found = find_dates(text, CASABLANCA, now=NOW)
    assert [(one.at.astimezone(CASABLANCA).date().isoformat(), one.precision) for one in found] == [(day, precision)]


@pytest.mark.parametrize("text", [
    "", "32 janvier 2026", "30/02/2026", "2026-13-01", "le 2 juillet", "70 %", "sa", "12.500.2026 DH", "n° 2026-17",
    "Aujourd'hui le Maroc",
    "1.234,31 août 2026", "الاتحاد", "two days before yesterday", "1 month and 21 days ago", "قبل عام 2020",
    "depuis trois semaines",
    "اليوم", "12/13", "15 mai", "5 mars 1023",
])
def test_no_date_is_better_than_a_wrong_one(text: str) -> None:
    assert find_dates(text, CASABLANCA, now=NOW) == []


def test_numeric_dates_that_could_be_both_are_left_out_in_english() -> None:
    assert find_dates("03/04/2025", UTC, day_first=None) == []
    assert [one.at.date().isoformat() for one in find_dates("13/04/2025 04/13/2025 05/05/2025", UTC,
        day_first=None)] == [
        "2025-04-13", "2025-04-13", "2025-05-05"]
    assert [one.at.date().isoformat() for one in find_dates("03/04/2025", UTC)] == ["2025-04-03"]


def test_several_in_their_order_with_their_places() -> None:
    text = "Mis à jour le 2 août 2025 · Publié le 1 août 2025 à 9h30"
    found = find_dates(text, CASABLANCA)
    assert [text[one.start:one.end] for one in found] == ["2 août 2025", "1 août 2025 à 9h30"]
    assert list(days_in(text, CASABLANCA)) == ["2025-08-02", "2025-08-01"]


def test_morocco_left_utc_plus_one_in_september_2026() -> None:
    before, after = parse_date("2 septembre 2026 à 12h00", CASABLANCA), parse_date("2 octobre 2026 à 12h00", CASABLANCA)
    assert before is not None
    assert after is not None
    assert (before.at.hour, after.at.hour) == (11, 12)


def test_every_month_name_is_read_in_a_date() -> None:
    for name, number in MONTHS.items():
        found = parse_date(f"17 {name} 2025", UTC)
        assert found is not None, name
        assert (found.at.month, found.at.day) == (number, 17), name


def test_folding_keeps_the_length() -> None:
    text = "Le 1er Août ٢٠٢٦ à l’école — أغسطس ﬁn"
    assert len(fold(text)) == len(text)
    assert fold("AOÛT ٢٠٢٦ أغسطس") == "aout 2026 اغسطس"
