"""Positions and places won, in four languages; ordinals that rank nobody."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.figures import rankings
from pipeline.classify.text import article_text
from pipeline.events import Language, Ranking
from tests.pipeline.classify.facts.figures.reading import fields
from tests.pipeline.classify.samples import article


def _rankings(body: str, language: Language) -> list[Ranking]:
    found = [fact.fields for fact in rankings.find(article_text(article("Sans rang", body, language=language), ()))]
    return [one for one in found if isinstance(one, Ranking)]


@pytest.mark.parametrize(("said", "language", "position"), [
    ("Le pays occupe la 87e place de l'indice.", "fr", 87),
    ("Elle se hisse au troisième rang national.", "fr", 3),
    ("Il affiche le deuxième meilleur taux du marché.", "fr", 2),
    ("Le royaume est le premier exportateur africain de tomates.", "fr", 1),
    ("Le port est classé 4e au classement mondial.", "fr", 4),
    ("Le pays est tombé à la 109ᵉ position.", "fr", 109),
    ("L'équipe arrive en tête avec neuf points.", "fr", 1),
    ("Alpha, premier exploitant marocain de ports, investit.", "fr", 1),
    ("The group is the world’s largest exporter of phosphate.", "en", 1),
    ("The country fell to 95th out of the whole list.", "en", 95),
    ("The team tops the group with six points.", "en", 1),
    ("تتصدر نيجيريا الترتيب.", "ar", 1),
    ("تراجع البلد ليحتل المرتبة 87.", "ar", 87),
    ("يعد البلد أكبر مصدر للفوسفاط في العالم.", "ar", 1),
    ("The country ranked fifth in the index.", "en", 5),
    ("The university is ranked number 12 in Africa.", "en", 12),
    ("It is the third-largest exporter of fertiliser.", "en", 3),
    ("The index puts the city 59th globally.", "en", 59),
    ("احتل المغرب المرتبة الخامسة عشرة عالميا.", "ar", 15),
    ("حل الميناء في المركز 4 إفريقيا.", "ar", 4),
    ("إسبانيا هي خامس مورد للبلاد.", "ar", 5),
    ("احتل ميناء المدينة المرتبة الـ83 في القائمة.", "ar", 83),
    ("اللاعب المصنف الثاني في الفئة يستعد للنزال.", "ar", 2),
    ("المغرب أول دولة إفريقية تعتمد هذا النظام.", "ar", 1),
    ("Ce fonds caracole en tête du classement.", "fr", 1),
    ("C'est le premier pays d'Afrique à adopter la norme.", "fr", 1),
    ("El país ocupa el tercer puesto.", "es", 3),
])
def test_positions(said: str, language: Language, position: int) -> None:
    [found] = _rankings(said, language)
    assert found.position == position


def test_two_lists_in_one_sentence() -> None:
    assert [one.position for one in _rankings("احتل الجيش المرتبة 6 عربيا و55 عالميا.", "ar")] == [6, 55]


@pytest.mark.parametrize(("said", "language", "delta", "direction"), [
    ("Le pays gagne 14 places au classement.", "fr", 14, "up"),
    ("La ville a reculé de trois rangs.", "fr", 3, "down"),
    ("The country climbed 6 places in the ranking.", "en", 6, "up"),
    ("تراجع المغرب ب 7 مراتب.", "ar", 7, "down"),
])
def test_places_won_and_lost(said: str, language: Language, delta: int, direction: str) -> None:
    [found] = [one for one in _rankings(said, language) if one.delta]
    assert (found.delta, found.direction) == (delta, direction)
    assert fields(said, language) == []


@pytest.mark.parametrize(("said", "language"), [
    ("La 15e édition du classement paraît lundi.", "fr"),
    ("Le gouvernement s'est réuni pour la deuxième fois.", "fr"),
    ("Les ministres prennent place au premier rang desquels le doyen.", "fr"),
    ("Le classement sera ouvert du 1er au 16 mars.", "fr"),
    ("La direction change à la tête du groupe.", "fr"),
    ("Il compte 160 équipementiers de rang 1, dit-il.", "fr"),
    ("One of the world's largest ports lies there.", "en"),
    ("The world marks the 20th anniversary of the treaty.", "en"),
])
def test_ordinals_that_rank_nobody(said: str, language: Language) -> None:
    assert _rankings(said, language) == []
