"""Names that nobody watches: people by title, office or given name, organisations by the form of their name."""

from __future__ import annotations

import pytest

from pipeline.classify.names import find_names


def _people(text: str) -> list[str]:
    return [one.surface for one in find_names(text, "body") if one.kind == "person"]


def _organisations(text: str) -> list[str]:
    return [one.surface for one in find_names(text, "body") if one.kind == "organisation"]


@pytest.mark.parametrize(("text", "name"), [
    ("Mme Zineb Ait Lahcen a répondu.", "Zineb Ait Lahcen"),
    ("selon M. Dupont-Aignel, du centre", "Dupont-Aignel"),
    ("Youssef El Amrani, trésorier, sourit", "Youssef El Amrani"),
    ("le ministre Gordan Vukic a salué", "Gordan Vukic"),
    ("le directeur général de la banque, Tibor Nagy, part", "Tibor Nagy"),
    ("Minister Olga Brandt said", "Olga Brandt"),
    ("قال محمد بن يوسف الراضي إن", "محمد بن يوسف الراضي"),
    ("وأوضح عبد الرحيم بوعزاوي، رئيس الجمعية", "عبد الرحيم بوعزاوي"),
    ("حضر اللقاء كريم بنجلون، مدير المعهد", "كريم بنجلون"),
])
def test_people(text: str, name: str) -> None:
    assert _people(text) == [name]


@pytest.mark.parametrize("text", [
    "Produit Net Bancaire en hausse", "Le Maroc et la France", "على المستوى الوطني", "حياة المواطنين", "عبد الله",
    "عبد", "عبد،", "قال مولاي.", "جاء عبد، ثم ذهب", "Conseil de Rabat",
])
def test_no_people(text: str) -> None:
    assert _people(text) == []


@pytest.mark.parametrize(("text", "name"), [
    ("avec l'Association nationale des Apiculteurs du Gharb.", "Association nationale des Apiculteurs du Gharb"),
    ("La start-up Veltrax livre", "Veltrax"),
    ("un prêt de la Atlas Pine Bank hier", "Atlas Pine Bank"),
    ("la Ligue pour la Défense des Oasis", "Ligue pour la Défense des Oasis"),
    ("Jeunes Verts Solidaires (JVS) agit", "Jeunes Verts Solidaires"),
    ("وقعت شركة “فيلتراكس” العقد", "شركة “فيلتراكس”"),
    ("بشراكة مع المعهد العالي للدراسات البحرية", "المعهد العالي للدراسات البحرية"),
])
def test_organisations(text: str, name: str) -> None:
    assert _organisations(text) == [name]


@pytest.mark.parametrize("text", [
    "Le Produit Net Bancaire (PNB) monte", "Au Maroc", "le Conseil d’Administration", "وأكدت الجمعية المذكورة", "المجلس الوطني",
])
def test_no_organisations(text: str) -> None:
    assert _organisations(text) == []


@pytest.mark.parametrize("text", [
    "A" * 50_000, "Le A" * 10_000, "A.A-A’" * 10_000, "Aa " * 10_000, "ال" * 20_000, "شركة ال" * 5_000])
@pytest.mark.timeout(20)
def test_no_text_makes_the_search_slow(text: str) -> None:
    """A search that goes back over the whole text from each of its places takes minutes here."""
    assert all(one.surface == text[one.start:one.end] for one in find_names(text, "body"))
