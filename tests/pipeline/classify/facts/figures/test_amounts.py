"""Sums of money in four languages: value, currency, role, modality."""

from __future__ import annotations

import pytest

from pipeline.events import Amount, Language
from tests.pipeline.classify.facts.figures.reading import facts, fields


@pytest.mark.parametrize(("said", "language", "value", "currency"), [
    ("Le port coûte 9,5 MMDH.", "fr", 9.5e9, "MAD"),
    ("Le port coûte 269,5 MDH.", "fr", 269.5e6, "MAD"),
    ("Le port coûte 5 071 KDH.", "fr", 5.071e6, "MAD"),
    ("Le port coûte 1,16 Md de DH.", "fr", 1.16e9, "MAD"),
    ("Le port coûte 9,1 MrdDH.", "fr", 9.1e9, "MAD"),
    ("Le port coûte 25,1 Mrds DH.", "fr", 25.1e9, "MAD"),
    ("Le port coûte 302 M MAD.", "fr", 302e6, "MAD"),
    ("Le port coûte 178millions MAD.", "fr", 178e6, "MAD"),
    ("Le port coûte 245 M€.", "fr", 245e6, "EUR"),
    ("Le port coûte 21,5 Md$.", "fr", 21.5e9, "USD"),
    ("Le port coûte 2 Mds de $.", "fr", 2e9, "USD"),
    ("Le port coûte 170 milliards USD.", "fr", 170e9, "USD"),
    ("Le port coûte dix-sept milliards de dirhams.", "fr", 17e9, "MAD"),
    ("Le port coûte 60 milliards de FCFA.", "fr", 60e9, "XOF"),
    ("Le litre coûte 9 centimes.", "fr", 0.09, "MAD"),
    ("Le port coûte 3 millions de dollars canadiens.", "fr", 3e6, "CAD"),
    ("كلف الميناء مليوني درهم.", "ar", 2e6, "MAD"),
    ("كلف الميناء 1.125 مليار درهم.", "ar", 1.125e9, "MAD"),
    ("كلف الميناء ٣ ملايير درهم.", "ar", 3e9, "MAD"),
    ("كلف الميناء مليون سنتيم.", "ar", 1e4, "MAD"),
    ("كلف الميناء مليارين و200 مليون درهم.", "ar", 2.2e9, "MAD"),
    ("كلف الميناء 40 مليون دولار أمريكي.", "ar", 40e6, "USD"),
    ("كلف الميناء 5 ملايين ريال سعودي.", "ar", 5e6, "SAR"),
    ("Les ventes ont chuté de 2 milliards de livres.", "fr", 2e9, "GBP"),
    ("The port costs $5.6 billion.", "en", 5.6e9, "USD"),
    ("The port costs €300 million.", "en", 300e6, "EUR"),
    ("The port costs MAD 3.2 billion.", "en", 3.2e9, "MAD"),
    ("The port costs 12bn dirhams.", "en", 12e9, "MAD"),
    ("El puerto cuesta 250 millones de euros.", "es", 250e6, "EUR"),
    ("El puerto cuesta 1.500 millones de dírhams.", "es", 1.5e9, "MAD"),
])
def test_forms_of_money(said: str, language: Language, value: float, currency: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Amount)
    assert (found.value, found.currency) == (pytest.approx(value), currency)  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(("said", "language", "role"), [
    ("Une enveloppe budgétaire de 3 milliards de dirhams est prévue.", "fr", "budget"),
    ("Le chiffre d'affaires s'établit à 3 milliards de dirhams.", "fr", "revenue"),
    ("La société affiche 3 milliards de dirhams de chiffre d'affaires.", "fr", "revenue"),
    ("Le résultat net atteint 3 millions de dirhams.", "fr", "profit"),
    ("Les exportations ont atteint 3 milliards de dirhams.", "fr", "trade"),
    ("La banque accorde un prêt de 3 millions d'euros.", "fr", "loan"),
    ("Il écope d'une amende de 3.000 dirhams.", "fr", "fine"),
    ("Le kilo se vend 3,5 dirhams le kilo.", "fr", "price"),
    ("La cuvette est proposée à 30 dirhams.", "fr", "price"),
    ("بلغت قيمة الصادرات 3 مليارات درهم.", "ar", "trade"),
    ("حصلت الشركة على قرض بقيمة 3 ملايين درهم.", "ar", "loan"),
    ("The company announced an investment of $3 million.", "en", "investment"),
    ("La multa fue de 3.000 euros.", "es", "fine"),
])
def test_the_nearest_word_gives_the_role(said: str, language: Language, role: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Amount)
    assert found.role == role


@pytest.mark.parametrize(("said", "language", "modality"), [
    ("Il coûtera plus de 3 millions de dirhams.", "fr", "more_than"),
    ("Il coûtera près de 3 millions de dirhams.", "fr", "about"),
    ("Il coûtera jusqu'à 3 millions de dirhams.", "fr", "up_to"),
    ("Il coûtera au moins 3 millions de dirhams.", "fr", "at_least"),
    ("Il coûtera moins de 3 millions de dirhams.", "fr", "less_than"),
    ("Le chantier pourrait coûter 3 millions de dirhams.", "fr", "potential"),
    ("كلف المشروع أكثر من 3 ملايين درهم.", "ar", "more_than"),
    ("كلف المشروع حوالي 3 ملايين درهم.", "ar", "about"),
    ("كلف المشروع ما لا يقل عن 3 ملايين درهم.", "ar", "at_least"),
    ("It costs nearly $3 million.", "en", "about"),
    ("Costará más de 3 millones de euros.", "es", "more_than"),
])
def test_words_before_the_number_say_how_exact_it_is(said: str, language: Language, modality: str) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Amount)
    assert found.modality == modality


def test_both_ends_of_a_range_are_told() -> None:
    low, high = fields("Le chantier coûtera entre 3 et 5 milliards de dirhams.")
    assert isinstance(low, Amount)
    assert isinstance(high, Amount)
    assert [(one.value, one.modality) for one in (low, high)] == [(3e9, "at_least"), (5e9, "up_to")]


def test_what_it_is_compared_with_has_its_own_period() -> None:
    now, then = fields("Les recettes ont atteint 4 milliards de dirhams en 2024, contre 3 milliards en 2023.")
    assert isinstance(now, Amount)
    assert isinstance(then, Amount)
    assert [(one.value, one.period, one.role) for one in (now, then)] == [(4e9, "2024", "revenue"), (3e9, "2023", "revenue")]


def test_a_denied_amount_is_no_fact() -> None:
    assert fields("La commune n'a pas reçu 3 millions de dirhams.") == []


def test_the_source_named_is_kept() -> None:
    [fact] = facts("Selon la Banque centrale, la dette atteint 3 milliards de dirhams.")
    assert fact.attributed_to == "la Banque centrale"


def test_the_title_repeats_its_article() -> None:
    found = facts("Le port coûtera 3 milliards de dirhams.", headline="Un port à 3 MMDH")
    assert [fact.evidence.zone for fact in found] == ["body"]


def test_evidence_and_surface_are_verbatim() -> None:
    body = "Rien ici.\nLe port coûtera 3 milliards de dirhams."
    [fact] = facts(body)
    assert body[fact.evidence.start:fact.evidence.end] == fact.evidence.sentence
    assert isinstance(fact.fields, Amount)
    assert fact.fields.surface == "3 milliards de dirhams"


@pytest.mark.parametrize(("said", "values"), [
    ("Elles passent à 4,2 MMDH (431 millions de dollars) contre 2,7 milliards en 2024.", {4.2e9, 2.7e9}),
    ("Elles réalisent 345 MMDH de chiffre d'affaires et 115 milliards d'investissements.", {345e9, 115e9}),
    ("Le résultat atteint 6,9 MMDH, en hausse de 19,6% par rapport aux 5,8 milliards de 2024.", {6.9e9, 5.8e9}),
])
def test_a_currency_holds_for_the_amount_after_it(said: str, values: set[float]) -> None:
    assert {one.value for one in fields(said) if isinstance(one, Amount) and one.currency == "MAD"} == values
