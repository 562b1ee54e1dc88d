"""Counts, capacities and targets; numbers that are no facts."""

from __future__ import annotations

import pytest

from pipeline.events import Amount, Capacity, Count, Language, Target
from tests.pipeline.classify.facts.figures.reading import facts, fields


@pytest.mark.parametrize(("said", "language", "value", "unit"), [
    ("Le projet créera 6.000 emplois directs.", "fr", 6000, "emplois"),
    ("Le programme a touché 14 millions de personnes.", "fr", 14e6, "personnes"),
    ("L'offre réunit 45 PME.", "fr", 45, "PME"),
    ("Le nombre d'opérateurs s'élève à 36.", "fr", 36, "operateurs"),
    ("La zone s'étend sur 2.195 km².", "fr", 2195, "km²"),
    ("La garantie est valable dix-huit mois.", "fr", 18, "mois"),
    ("استفاد من البرنامج 500 ألف تلميذ.", "ar", 500_000, "تلميذ"),
    ("استورد البلد 5.6 ملايين قنطار.", "ar", 5.6e6, "quintaux"),
    ("تمتد الاتفاقية لثلاث سنوات.", "ar", 3, "ans"),
    ("The plant will employ 1,200 workers.", "en", 1200, "workers"),
    ("The scheme reached 40 small rural businesses.", "en", 40, "businesses"),
    ("El plan beneficia a 3.000 familias.", "es", 3000, "familias"),
])
def test_what_is_counted(said: str, language: Language, value: float, unit: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Count)
    assert (found.value, found.unit) == (value, unit)


def test_a_count_told_against_another() -> None:
    now, then = fields("Le nombre d'opérateurs s'élève à 36, contre 35 en 2024.")
    assert isinstance(then, Count)
    assert isinstance(now, Count)
    assert (now.value, then.value, then.period) == (36, 35, "2024")


@pytest.mark.parametrize(("said", "language", "value", "unit"), [
    ("Le parc aura une puissance de 500 MW.", "fr", 500, "MW"),
    ("L'hôpital compte 250 lits.", "fr", 250, "lits"),
    ("L'usine produira 10.000 tonnes par an.", "fr", 10_000, "tonnes/an"),
    ("The hall can accommodate 900 guests.", "en", 900, "guests"),
    ("تبلغ طاقة المحطة 300 ميغاواط.", "ar", 300, "MW"),
])
def test_capacities(said: str, language: Language, value: float, unit: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Capacity)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(("said", "language", "value", "horizon"), [
    ("L'objectif est de former 100.000 jeunes d'ici 2030.", "fr", 100_000, "2030"),
    ("Le groupe vise 2 milliards de dirhams de chiffre d'affaires à l'horizon 2028.", "fr", 2e9, "2028"),
    ("Le pays veut porter cette part à 52% d'ici la fin de l'année.", "fr", 52, "2025"),
    ("Le groupe vise 500 agences d'ici la fin de la décennie.", "fr", 500, "2030"),
    ("The firm aims to reach 500 branches by next year.", "en", 500, "2026"),
    ("يستهدف البرنامج 20 ألف مستفيد بحلول 2027.", "ar", 20_000, "2027"),
    ("The country aims to reach 26 million tourists by 2030.", "en", 26e6, "2030"),
    ("El objetivo es alcanzar 500 empresas para 2029.", "es", 500, "2029"),
])
def test_targets(said: str, language: Language, value: float, horizon: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Target)
    assert (found.value, found.horizon) == (value, horizon)


def test_money_spent_until_a_year_is_no_target() -> None:
    found = fields("Un budget de 3 milliards de dirhams est réparti jusqu'à l'horizon 2035.")
    assert [type(one) for one in found] == [Amount]


@pytest.mark.parametrize(("said", "language"), [
    ("La réunion se tient le 14 juillet 2025 à 15h30.", "fr"),
    ("La loi n° 50-17 et son article 12 entrent en vigueur.", "fr"),
    ("Un homme âgé de 33 ans a été interpellé.", "fr"),
    ("Appelez le 05 22 48 62 20.", "fr"),
    ("L'équipe l'a emporté 3-1.", "fr"),
    ("Il fera 38°C à Fès et 41 degrés à Taroudant.", "fr"),
    ("Le plan Maroc Digital 2030 avance depuis deux ans.", "fr"),
    ("La 15e édition du G20 aura lieu en 2026.", "fr"),
    ("Les deux pays se sont félicités de leurs relations.", "fr"),
    ("Le programme a publié ses résultats 2024 solides.", "fr"),
    ("3 مراقبة الأسعار", "ar"),
    ("Ils viennent des quatre coins du monde dans un hôtel 5 étoiles.", "fr"),
    ("Le pays importe 40,0000 tonnes.", "fr"),
    ("ينطلق اللقاء في 7,00 تغ من السبت.", "ar"),
    ("يبلغ من العمر 33 عاما.", "ar"),
    ("صدر القانون رقم 17.50 سنة 2021.", "ar"),
    ("تأسست الجمعية قبل عشر سنوات.", "ar"),
    ("The Covid-19 crisis began six years ago.", "en"),
    ("Article 12 of the 2011 constitution applies.", "en"),
])
def test_numbers_that_are_no_facts(said: str, language: Language) -> None:
    assert fields(said, language) == []


def test_an_amount_said_again_in_another_currency_counts_once() -> None:
    [found] = facts("The plan costs MAD 2.4 billion ($244 million).", "en")
    assert "MAD" in repr(found.fields)


def test_a_number_told_again_counts_once() -> None:
    body = "Le projet créera 6.000 emplois.\nUne longue suite de détails.\nAu total, 6.000 emplois directs seront créés en 2026."
    assert len(facts(body)) == 1


def test_a_total_counts_what_was_counted_before_it() -> None:
    first, total = fields("Le centre forme 2.500 talents en 2025, avec un objectif cumulé de 14.000 d'ici 2027.")
    assert isinstance(first, Count)
    assert isinstance(total, Target)
    assert (first.value, total.value, total.unit, total.horizon) == (2500, 14_000, "talents", "2027")
