"""Values in the reader's language: amounts, agreements, dates, and any kind of fact that is still to come."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest

from pipeline.events import Language, Value
from tests.warehouse.digest.samples import DEAL, NOW, SUM, names
from warehouse.digest.amounts import money, number, percent
from warehouse.digest.describe import Description, describe
from warehouse.digest.wording import Table, Wording, table

FACES = {"fr": Wording("fr"), "ar": Wording("ar"), "en": Wording("en"), "es": Wording("es")}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("value", "currency", "fr", "ar", "en"), [
    (2.5e9, "MAD", "2,5 milliards de dirhams", "2,5 مليار درهم", "2.5 billion dirhams"),
    (3e9, "MAD", "3 milliards de dirhams", "3 ملايير درهم", "3 billion dirhams"),
    (36e6, "USD", "36 millions de dollars", "36 مليون دولار", "36 million US dollars"),
    (1e6, "EUR", "1 million d’euros", "1 مليون أورو", "1 million euros"),
    (12500, "MAD", "12 500 dirhams", "12.500 درهم", "12,500 dirhams"),
    (5, "MAD", "5 dirhams", "5 دراهم", "5 dirhams"),
    (45, "MAD", "45 dirhams", "45 درهما", "45 dirhams"),
    (1, "MAD", "1 dirham", "1 درهم", "1 dirham"),
    (944_077_305_853, "MAD", "944 077 305 853 dirhams", "944.077.305.853 درهما", "944,077,305,853 dirhams"),
    (4.2 * 1e9, "XOF", "4,2 milliards XOF", "4,2 مليار XOF", "4.2 billion XOF"),
    (-1.5e6, "MAD", "-1,5 million de dirhams", "-1,5 مليون درهم", "-1.5 million dirhams"),
])
def test_money_is_exact_and_reads_well(value: float, currency: str, fr: str, ar: str, en: str) -> None:
    languages: tuple[Language, ...] = ("fr", "ar", "en")
    assert [plain(money(value, currency, one)) for one in languages] == [fr, ar, en]


def test_numbers_and_percentages() -> None:
    assert plain(number(1234567.5, "fr")) == "1 234 567,5"
    assert plain(percent(12.5, "fr")) == "12,5 %"
    assert percent(12.5, "ar") == "12,5%"


def test_an_amount_in_french_and_arabic() -> None:
    fr = describe(SUM, "fr", FACES["fr"], names())
    assert (fr.heading, plain(fr.value)) == ("Investissement", "2,5 milliards de dirhams")
    assert [(one.label, one.text, one.language) for one in fr.details] == [
        ("Objet", "un centre de données à Nouaceur", "fr"), ("Période", "2027", "fr")]
    about = describe(msgspec.structs.replace(SUM, modality="about"), "fr", FACES["ar"], names())
    assert (about.heading, plain(about.value)) == ("استثمار", "حوالي 2,5 مليار درهم")
    assert [one.language for one in about.details] == ["fr", "ar"]


def test_an_agreement_names_parties_instrument_status_and_date_in_the_readers_language() -> None:
    ar = describe(DEAL, "fr", FACES["ar"], names())
    assert (ar.heading, ar.value, ar.surface) == ("اتفاقية", "وزارة الصحة – Atlas Calcul", "une convention")
    assert {"موقع", "23 نونبر 2026"} <= {one.text for one in ar.details}
    en = describe(msgspec.structs.replace(DEAL, amount_value=5e6, amount_currency="EUR", status="in_talks"), "fr", FACES["en"],
                  names())
    assert {"in talks", "5\u00a0million euros", "23 November 2026"} <= {one.text for one in en.details}


@pytest.mark.parametrize(("iso", "fr", "ar"), [
    ("2026-07-05", "5 juillet 2026", "5 يوليوز 2026"), ("2026-08", "août 2026", "غشت 2026"), ("2025", "2025", "2025"),
    ("2025-Q1", "T1 2025", "الربع 1 من 2025"), ("2025-S2", "S2 2025", "النصف 2 من 2025"), ("fin 2025", "fin 2025", "fin 2025"),
    ("2025-13", "2025-13", "2025-13"),
])
def test_dates_with_moroccan_months(iso: str, fr: str, ar: str) -> None:
    assert (FACES["fr"].date(iso), FACES["ar"].date(iso)) == (fr, ar)


def test_moments_are_casablanca_time_and_name_another_year() -> None:
    assert FACES["fr"].moment(NOW, NOW) == "24 novembre, 09:00"
    assert FACES["ar"].moment(NOW, NOW) == "24 نونبر، 09:00"
    assert FACES["en"].moment(NOW.replace(hour=0), NOW.replace(year=2027)) == "24 November 2026"
    assert FACES["fr"].moment(NOW.replace(month=7), NOW) == "24 juillet, 10:00"  # before Morocco left UTC+1
    assert FACES["fr"].moment(None, NOW) == "heure inconnue"


class Percentage(Value, tag="percentage", frozen=True, kw_only=True):
    value: float
    surface: str
    subject: str
    direction: str | None = None
    period: str | None = None
    modality: str = "exact"


class Target(Value, tag="target", frozen=True, kw_only=True):
    value: float
    unit: str
    surface: str
    horizon: str


class Appointment(Value, tag="appointment", frozen=True, kw_only=True):
    person: str
    org: str
    status: str


class Unheard(Value, tag="unheard", frozen=True, kw_only=True):
    surface: str


def told(fields: Value, language: str = "fr") -> Description:
    return describe(cast(Any, fields), "fr", FACES[language], names())


def test_kinds_without_a_form_of_their_own_are_told_by_their_fields() -> None:
    rise = told(Percentage(value=4.2, surface="4,2 %", subject="les exportations", direction="up", modality="more_than"))
    assert (rise.heading, plain(rise.value), rise.surface) == ("Pourcentage", "plus de 4,2 %", "4,2 %")
    assert [one.text for one in rise.details] == ["hausse", "les exportations"]
    aim = told(Target(value=52, unit="%", surface="52 %", horizon="2030"), "ar")
    assert (aim.heading, aim.value) == ("هدف", "52%")
    post = told(Appointment(person="Salma Idrissi", org="ANRT", status="appointed"))
    assert (post.heading, post.value, [one.text for one in post.details]) == ("Nomination", "Salma Idrissi", ["nommé", "ANRT"])


def test_a_kind_nobody_knows_is_told_by_its_words() -> None:
    odd = told(Unheard(surface="mot pour mot"), "ar")
    assert (odd.heading, odd.value, odd.value_language) == ("unheard", "mot pour mot", "fr")


def test_every_text_exists_in_every_language() -> None:
    words: Table = table()
    for column in (words.texts, words.kinds, words.codes, words.modalities, words.currencies):
        for key, forms in column.items():
            assert set(forms) == {"fr", "ar", "en", "es"}, key
            assert all(forms.values()), key
    assert {len(months) for months in words.months.values()} == {12}
    assert set(words.months) == set(words.days) == {"fr", "ar", "en", "es"}
