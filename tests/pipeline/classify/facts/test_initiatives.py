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
