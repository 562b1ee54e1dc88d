"""Laws, bills and decrees: number, object and stage; a mere "par la loi" is none."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.laws import find
from pipeline.events import Language, Law
from tests.pipeline.classify.facts.finding import fields, found


def _one(body: str, language: Language = "fr") -> Law:
    (law,) = fields(find, body, language=language)
    assert isinstance(law, Law)
    return law


@pytest.mark.parametrize(("body", "language", "kind", "number", "stage"), [
    ("Le conseil de gouvernement a adopté le projet de loi n° 12-25 relatif aux taxis.", "fr",
     "projet de loi", "12-25", "adopted_council"),
    ("La Chambre des représentants a voté le projet de loi n°12.25 relatif aux taxis.", "fr",
     "projet de loi", "12.25", "adopted_parliament"),
    ("Un projet de loi sur les taxis est en cours d'élaboration.", "fr", "projet de loi", None, "drafting"),
    ("La loi 12-25 est entrée en vigueur en mai.", "fr", "loi", "12-25", "in_force"),
    ("Le décret n° 2-25-12 a été publié au Bulletin officiel.", "fr", "décret", "2-25-12", "published"),
    ("صادق مجلس الحكومة على مشروع القانون رقم 12.25 المتعلق بسيارات الأجرة.", "ar", "projet de loi", "12.25", "adopted_council"),
    ("صادق مجلس الحكومة على مشروع المرسوم رقم 2.25.12 بتحديد التعريفة.", "ar", "projet de décret", "2.25.12", "adopted_council"),
    ("يناقش النواب مراجعة مدونة الشغل هذا الشهر.", "ar", "code", None, "drafting"),
    ("تحدث الخبير عن مراجعة الظهير المتعلق بالمياه.", "ar", "dahir", None, "drafting"),
    ("Le chef de l'État a promulgué la loi mardi.", "fr", "loi", None, "in_force"),
    ("Les députés débattent de la refonte du Code du travail.", "fr", "code", None, "drafting"),
    ("The cabinet approved a law regulating taxis.", "en", "loi", None, "adopted_council"),
    ("ينص القانون رقم 12.25 على ذلك.", "ar", "loi", "12.25", "in_force"),
    ("The House of Representatives passed draft law No. 12.25 on the taxis.", "en",
     "projet de loi", "12.25", "adopted_parliament"),
    ("Le conseil passe à l'examen de trois projets de décrets.", "fr", "projet de décret", None, "drafting"),
    ("Dans une circulaire datée du 6 juin, l'office détaille son plan.", "fr", "circulaire", None, "published"),
    ("Le ministère travaille à la rédaction d'un Code de la fiscalité locale.", "fr", "code", None, "drafting"),
    ("The royal decree granting land to the town was published on Friday.", "en", "décret", None, "published"),
    ("The bill would allow the port to hire more pilots.", "en", "projet de loi", None, "drafting"),
    ("A ministerial circular bans plastic bags in schools.", "en", "circulaire", None, "published"),
    ("من المقرر أن يتبنى مجلس الوزراء مشروع «قانون الهجرة» غدا.", "ar", "projet de loi", None, "adopted_council"),
    ("دخل قانون العقوبات البديلة حيز التنفيذ هذا الأسبوع.", "ar", "loi", None, "in_force"),
    ("صدر بالجريدة الرسمية قرار وزير الصحة المتعلق بأثمنة الأدوية.", "ar", "arrêté", None, "published"),
    ("أصدرت الوزارة دورية تمنع حفر الآبار.", "ar", "circulaire", None, "published"),
    ("El Gobierno aprobó el proyecto de ley de vivienda.", "es", "projet de loi", None, "adopted_council"),
    ("La ley 20/2024 entró en vigor ayer.", "es", "loi", "20/2024", "in_force"),
])
def test_kind_number_and_stage(body: str, language: Language, kind: str, number: str | None, stage: str) -> None:
    law = _one(body, language)
    assert (law.kind, law.number, law.stage) == (kind, number, stage)


def test_the_object_ends_where_the_clause_goes_on() -> None:
    law = _one("Le projet de loi n° 12-25 relatif aux taxis et aux bus a été soumis au parlement.")
    assert law.object_surface == "projet de loi n° 12-25 relatif aux taxis et aux bus"


def test_a_bill_told_twice_is_one() -> None:
    body = "Le projet de loi n° 12-25 relatif aux taxis est à l'examen.\nCe projet de loi est soumis au conseil."
    assert [law.number for law in fields(find, body) if isinstance(law, Law)] == ["12-25"]


def test_texts_of_one_kind_are_told_apart_by_their_objects() -> None:
    body = "Le conseil a examiné un projet de loi relatif aux mines et un projet de loi relatif à la presse."
    laws = [law.object_surface for law in fields(find, body) if isinstance(law, Law)]
    assert sorted(map(str, laws)) == ["projet de loi relatif aux mines", "projet de loi relatif à la presse"]


@pytest.mark.parametrize(("body", "language", "objects"), [
    ("Le conseil a examiné trois projets de décrets.\nLe premier vise à modifier les tarifs des taxis, le deuxième porte "
     "sur la création d'un musée.\nLe troisième décret concerne les tarifs des bus.", "fr",
     ["Le premier vise à modifier les tarifs des taxis", "le deuxième porte sur la création d'un musée",
      "Le troisième décret concerne les tarifs des bus"]),
    ("صادق مجلس الحكومة على مشروعي مرسومين.\nيتعلق الأول بتحديد التعويضات، فيما يهم الثاني إحداث لجنة.", "ar",
     ["يتعلق الأول بتحديد التعويضات", "يهم الثاني إحداث لجنة"]),
])
def test_texts_of_a_list_are_told_one_by_one(body: str, language: Language, objects: list[str]) -> None:
    laws = [law for law in fields(find, body, language=language) if isinstance(law, Law)]
    assert [law.object_surface for law in laws] == objects
    assert {law.kind for law in laws} == {"projet de décret"}


def test_a_bill_on_a_code_is_one_text() -> None:
    assert _one("صادق مجلس النواب على مشروع قانون المسطرة الجنائية.", "ar").kind == "projet de loi"


@pytest.mark.parametrize("body", [
    "يعرف القانون الجنائي هذه الأفعال.",
    "The energy bill has doubled for the households.",
    "C'est interdit par la loi.",
    "Ce contenu est protégé par la loi n° 2-00 relative aux droits d'auteur.",
    "La loi du marché décide.",
    "يلعب في مركز الظهير الأيمن منذ عامين.",
    "أوقفت دورية للشرطة سائقا مساء أمس.",
    "Le Code du travail prévoit des congés.",
    "Il a marqué 12-25 au tableau.",
])
def test_no_text_of_law(body: str) -> None:
    assert found(find, body) == []
