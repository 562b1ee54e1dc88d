"""Programmes, plans, projects and works: named, founded or described with a stage; mere words for them are none."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.initiatives import find
from pipeline.events import Initiative, Language, Mention
from tests.pipeline.classify.facts.finding import fields, found


def _one(body: str, language: Language = "fr", mentions: tuple[Mention, ...] = ()) -> Initiative:
    (one,) = fields(find, body, language=language, mentions=mentions)
    assert isinstance(one, Initiative)
    return one


@pytest.mark.parametrize(("body", "language", "name", "kind", "stage"), [
    ("Le ministère a lancé le programme «Villes vertes» mardi.", "fr", "Villes vertes", "programme", "launched"),
    ("La ville met en œuvre la stratégie Horizon Bleu.", "fr", "Horizon Bleu", "stratégie", "under_way"),
    ("أطلقت الوزارة برنامج “مدن خضراء” أمس.", "ar", "مدن خضراء", "programme", "launched"),
    ("The ministry unveiled the “Green Cities” programme.", "en", "Green Cities", "programme", "launched"),
    ("Last week the agency launched its Rural Roads Programme.", "en", "Rural Roads Programme", "programme", "launched"),
    ("وقدم المجلس للمخطط “أفق 2040” أمس.", "ar", "أفق 2040", "plan", "announced"),
    ("The ministry launched the project Blue Horizon.", "en", "Blue Horizon", "projet", "launched"),
    ("Voici la plateforme ChababAgri Parallèlement, on lance un prix.", "fr", "ChababAgri", "plateforme", "launched"),
    ("Elle salue la création du réseau des centres «Ibn Sina Labs».", "fr", "Ibn Sina Labs", "centre", "launched"),
    ("The office announced the launch of its “Light Tour” in Paris.", "en", "Light Tour", "entité", "launched"),
    ("L'office lance « Ville Lumière » pour attirer les familles.", "fr", "Ville Lumière", "entité", "launched"),
    ("La banque a lancé un produit baptisé « Dar Salam ».", "fr", "Dar Salam", "entité", "launched"),
    ("The bank also hosts the Global Seed and Water Program, which lends.", "en", "Global Seed and Water Program",
     "programme", "under_way"),
])
def test_named(body: str, language: Language, name: str | None, kind: str, stage: str | None) -> None:
    ones = [one for one in fields(find, body, language=language) if isinstance(one, Initiative)]
    expected = [(name, kind, stage)] if name else []
    assert [(one.name, one.kind, one.stage) for one in ones] == expected


@pytest.mark.parametrize(("body", "what", "stage"), [
    ("Le conseil a adopté un plan d'action pour la forêt, mardi.", "plan d'action pour la forêt", "announced"),
    ("Le groupe inaugure à Fès une usine de panneaux solaires.", "usine de panneaux solaires", "launched"),
    ("Il a annoncé la construction d'un hôpital de jour à Fès.", "hôpital de jour à Fès", "under_way"),
    ("La fondation met en service 11 nouveaux centres de formation.", "centres de formation", "launched"),
    ("La ville lance un appel à projets pour les musées.", "appel à projets pour les musées", "launched"),
    ("تم افتتاح مكتبة بلدية بالحي الجديد، أمس.", "مكتبة بلدية بالحي الجديد", "launched"),
    ("الوزارة أطلقت مخططا لتزويد القرى بالماء، أمس.", "مخططا لتزويد القرى بالماء", "launched"),
    ("Le groupe a inauguré mardi 4 mars à Fès une usine moderne de panneaux.", "usine moderne de panneaux", "launched"),
    ("صادق المجلس على برنامج تأهيل الأسواق القروية، أمس.", "برنامج تأهيل الأسواق القروية", "announced"),
])
def test_described_with_a_stage(body: str, what: str, stage: str) -> None:
    language: Language = "ar" if body[0] > "ء" else "fr"
    one = _one(body, language)
    assert (one.name, one.object_surface, one.stage) == (None, what, stage)


def test_a_mention_gives_the_canonical_name() -> None:
    body = "La stratégie Horizon avance."
    at = body.index("Horizon")
    mention = Mention(entity_id="hz", kind="programme", name="Horizon 2035", surface="Horizon", zone="body", start=at, end=at + 7)
    one = _one(body, mentions=(mention,))
    assert (one.name, one.entity_id, one.kind) == ("Horizon 2035", "hz", "stratégie")


def test_told_twice_is_one() -> None:
    body = "Le programme «Villes vertes» est lancé.\nLe programme «Villes vertes» avance."
    assert len(found(find, body)) == 1


@pytest.mark.parametrize("body", [
    "Ce programme est utile à tous.",
    "Sur le plan de la qualité, la ville a lancé un appel au calme.",
    "Le match se joue au stade « Grand Nord » mardi.",
    "Le livre est né à l'initiative de la Faculté des lettres, lancée hier.",
    "Les élèves suivent des projets de classe chaque année.",
    "Il a un plan.",
    "Le projet de loi sur les taxis est à l'étude.",
])
def test_mere_words_are_none(body: str) -> None:
    assert found(find, body) == []


@pytest.mark.parametrize(("body", "language", "what"), [
    ("La région a validé le plan d'actions de la métropole.", "fr", "plan d'actions de la métropole"),
    ("Au cœur du contrat figure un programme d'extension visant à doubler la flotte.", "fr", "programme d'extension"),
    ("Le texte prévoit la création d'une agence foncière régionale.", "fr", "agence foncière régionale"),
    ("Un comité de suivi a été créé pour le chantier.", "fr", "comité de suivi"),
    ("L'office annonce la mise en place d'un réseau de bornes de recharge.", "fr", "réseau de bornes de recharge"),
    ("Le ministère prépare un plan national de lutte contre les feux.", "fr", "plan national de lutte contre les feux"),
    ("During the visit, the port launched an industrial estate portal.", "en", "industrial estate portal"),
    ("Peru announced today the opening of a general consulate in Dakhla.", "en", "general consulate"),
    ("The state plans to build a desalination plant in Agadir.", "en", "desalination plant"),
    ("El Gobierno lanzó un plan nacional para la energía solar.", "es", "plan nacional para la energía solar"),
    ("La ministra inauguró una planta desaladora en Agadir.", "es", "planta desaladora en Agadir"),
])
def test_what_is_founded_prepared_or_meant(body: str, language: Language, what: str) -> None:
    one = _one(body, language)
    assert (one.name, one.object_surface) == (None, what)


def test_described_counts_where_the_text_comes_back_to_it() -> None:
    said = "Les élus parlent du programme de rénovation des marchés couverts."
    assert not fields(find, said)
    (one,) = fields(find, said + "\nCe programme concerne vingt villes.")
    assert isinstance(one, Initiative)
    assert one.object_surface == "programme de rénovation des marchés couverts"


@pytest.mark.parametrize(("body", "language"), [
    ("He works at the Human Rights Resource Center and likes it.", "en"),
    ("The states have launched several initiatives to close the gap.", "en"),
    ("La zone est une plateforme de référence pour l'automobile.", "fr"),
    ("The operation is an annual campaign that aims to help.", "en"),
    ("He met the Ministry of Education and School System Reform today.", "en"),
    ("Citing a report, Blue Strategy Consulting expects growth.", "en"),
    ("La loi facilite la création de SARL dans les villes.", "fr"),
    ("Il a suspendu l'application des droits de douane annoncés hier.", "fr"),
    ("صادق المجلس على مشروع «قانون هجرة العمالة الماهرة»، أمس.", "ar"),
])
def test_mere_words_are_none_either(body: str, language: Language) -> None:
    assert not fields(find, body, language=language)


def test_described_in_other_words_is_one() -> None:
    first = "Le conseil a validé un plan d'action pour renforcer la solidité de l'office."
    second = "Le conseil a aussi validé le plan d'action de l'office, mardi."
    body = first + " Il pleut sur la ville." * 12 + " " + second
    assert _one(body).object_surface == "plan d'action de l'office"


def test_a_plan_that_nothing_tells_apart_is_none() -> None:
    assert not fields(find, "Les fonds soutiendront la croissance prévue par la nouvelle feuille de route.")


def test_a_sentence_tells_more_than_a_heading() -> None:
    body = ("La création du réseau «Ibn Sina Labs»\nLa création du réseau «Ibn Sina Labs», qui réunira douze villes, "
            "a été saluée par les élus de la région.")
    (fact,) = found(find, body)
    assert fact.evidence.sentence.endswith("région.")
