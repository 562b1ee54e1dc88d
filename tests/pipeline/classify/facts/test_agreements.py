"""Agreements: who binds themselves to whom, by what, when; denied and supposed ones are none."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.agreements import find
from pipeline.events import Agreement, Language, Mention
from tests.pipeline.classify.facts.finding import fields, found


def _one(body: str, language: Language = "fr", headline: str = "Titre") -> Agreement:
    (agreement,) = fields(find, body, language=language, headline=headline)
    assert isinstance(agreement, Agreement)
    return agreement


@pytest.mark.parametrize(
    ("body", "language", "parties", "instrument"),
    [
        (
            "La société Alpha et l'Office Beta ont signé une convention de partenariat.",
            "fr",
            {"société Alpha", "Office Beta"},
            "convention",
        ),
        (
            "Un protocole d'accord a été signé entre la Fondation Gamma et l'Agence Delta.",
            "fr",
            {"Fondation Gamma", "Agence Delta"},
            "protocole d'accord",
        ),
        ("Un contrat a été conclu avec la société Alpha.", "fr", {"société Alpha"}, "contrat"),
        (
            "وقعت وزارة الصحة وجامعة القرويين، أمس، اتفاقية شراكة تهم تكوين الأطباء.",
            "ar",
            {"وزارة الصحة", "جامعة القرويين"},
            "convention",
        ),
        ("تم توقيع مذكرة تفاهم بين مؤسسة الأمل ووكالة الجنوب.", "ar", {"مؤسسة الأمل", "وكالة الجنوب"}, "mémorandum"),
        ("La fondation Gamma a signé mardi un accord avec Omnitel pour la formation.", "fr",
         {"fondation Gamma", "Omnitel"}, "accord"),
        ("Rabat - The Alpha Group signed an agreement with Beta Holdings.", "en", {"Alpha Group", "Beta Holdings"}, "accord"),
        (
            "The Alpha Group and Beta Holdings signed a memorandum of understanding.",
            "en",
            {"Alpha Group", "Beta Holdings"},
            "mémorandum",
        ),
    ],
)
def test_parties_and_instrument(body: str, language: Language, parties: set[str], instrument: str) -> None:
    read = _one(body, language)
    assert {party.name for party in read.parties} == parties
    assert (read.instrument, read.status) == (instrument, "signed")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("La société Alpha et l'Office Beta vont signer une convention.", "planned"),
        ("Le conseil de la ville a adopté un projet de convention avec l'Office Beta.", "planned"),
        ("La société Alpha et l'Office Beta ont renouvelé leur convention.", "renewed"),
        ("La société Alpha négocie un accord avec l'Office Beta.", "in_talks"),
        ("La société Alpha a résilié le contrat avec l'Office Beta.", "terminated"),
    ],
)
def test_status(body: str, status: str) -> None:
    assert _one(body).status == status


def test_day_and_place_of_the_signing() -> None:
    read = _one(
        "La société Alpha et l'Office Beta ont signé, mardi à Rabat, une convention portant sur la formation des jeunes."
    )
    assert (read.date, read.place, read.object_surface) == ("2025-07-01", "Rabat", "la formation des jeunes")


def test_what_frames_a_signing_holds_for_the_agreements_told_after_it() -> None:
    body = (
        "Plusieurs conventions ont été signées mardi à Rabat entre la Fondation Gamma et des villes.\n"
        "Une convention a été signée avec l'Office Beta pour la formation.\nUn accord avec la société Alpha prévoit un stage."
    )
    read = [one for one in fields(find, body) if isinstance(one, Agreement)]
    assert [(one.date, one.place) for one in read] == [("2025-07-01", "Rabat")] * 3


def test_a_headline_and_its_sentence_are_one_agreement() -> None:
    read = _one(
        "La société Alpha et l'Office Beta ont signé une convention mardi.",
        headline="La société Alpha et l'Office Beta signent une convention",
    )
    assert read.date == "2025-07-01"


@pytest.mark.parametrize(
    "body",
    [
        "Le contrat n'a pas été signé avec la société Alpha.",
        "Le salon se tient en partenariat avec la société Alpha et l'Office Beta.",
        "La ville souhaite conclure un accord avec la société Alpha.",
        "ينظم المعرض بشراكة مع مؤسسة الأمل ووكالة الجنوب.",
        "Si un accord est signé avec la société Alpha, la ville paiera.",
        "Les contrats de travail signés avec la société Alpha sont nuls.",
        "Ils sont d'accord avec la société Alpha.",
        "La société Alpha coopère en partenariat étroit.",
    ],
)
def test_denied_supposed_and_other_senses_are_none(body: str) -> None:
    assert found(find, body) == []


def test_hearsay_is_attributed() -> None:
    (fact,) = found(find, "La Fondation Gamma aurait signé une convention avec la société Alpha.")
    assert fact.attributed_to == "unnamed"


@pytest.mark.parametrize(("body", "language"), [
    ("Ruritania could end its gas deal with Alpha Holdings.", "en"),
    ("Ruritania was the first country to sign the Budapest Convention on crime.", "en"),
    ("Ruritania's free trade agreements with Alpha Holdings helped exports.", "en"),
    ("The ministers spoke of a potential agreement between Alpha Holdings and Beta Group.", "en"),
    ("The two ports want to strengthen the partnership with Alpha Holdings.", "en"),
    ("Le prix est garanti dans le cadre d'un contrat conclu avec la société Alpha.", "fr"),
    ("تنظم الدورة في إطار اتفاقية مع مؤسسة الأمل.", "ar"),
])
def test_agreements_that_there_are_already_are_none(body: str, language: Language) -> None:
    assert found(find, body, language=language) == []


@pytest.mark.parametrize(("body", "language", "instrument"), [
    ("Trois conventions de partenariat ont été signées pour les souks.", "fr", "convention"),
    ("Le congrès a été couronné par la signature de 13 accords.", "fr", "accord"),
    ("Just yesterday, Alpha Holdings and Beta Group signed a deal aimed at boosting trade.", "en", "accord"),
])
def test_a_signing_counts_whoever_is_named(body: str, language: Language, instrument: str) -> None:
    assert _one(body, language).instrument == instrument


def test_the_same_parties_sign_once() -> None:
    body = ("Alpha Holdings and Beta Group have signed a framework agreement on water.\n"
            "Under the memorandum that Alpha Holdings and Beta Group signed, both will train engineers.")
    assert _one(body, "en").instrument == "accord"


def test_they_are_the_organisations_named_before() -> None:
    body = "L'office Alpha et l'agence Beta coopèrent.\nIls ont signé récemment un protocole d'accord sur l'eau."
    mentions = tuple(
        Mention(kind="organisation", name=name, surface=name, zone="body", start=at, end=at + len(name))
        for name, at in (("office Alpha", 2), ("agence Beta", 20)))
    (one,) = fields(find, body, mentions=mentions)
    assert isinstance(one, Agreement)
    assert [(party.name, party.surface) for party in one.parties] == [("office Alpha", "Ils ont"), ("agence Beta", "Ils ont")]


def test_what_heads_or_half_names_the_one_agreement_is_no_second_one() -> None:
    body = "La société Alpha et l'Office Beta ont signé une convention mardi.\nPour l'Office Beta, l'accord signé compte."
    assert _one(body, headline="Alpha et Beta nouent un partenariat").instrument == "convention"
