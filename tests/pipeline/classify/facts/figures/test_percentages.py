"""Shares, changes and rates, their direction, in four languages."""

from __future__ import annotations

import pytest

from pipeline.events import Language, Percentage
from tests.pipeline.classify.facts.figures.reading import fields


@pytest.mark.parametrize(("said", "language", "value", "kind", "direction"), [
    ("Les ventes ont progressé de 6,4%.", "fr", 6.4, "change", "up"),
    ("Les ventes affichent une baisse de 3 %.", "fr", 3, "change", "down"),
    ("Le titre cède du terrain (-6,18%).", "fr", 6.18, "change", "down"),
    ("Près de 82% de ces importations viennent d'Asie.", "fr", 82, "share", None),
    ("Elle détient 7% du marché.", "fr", 7, "share", None),
    ("Le taux directeur reste à 2,25%.", "fr", 2.25, "rate", None),
    ("Le taux d'emploi est en hausse à 60%.", "fr", 60, "rate", "up"),
    ("Une commission de 0,5 pour cent est perçue.", "fr", 0.5, "rate", None),
    ("ارتفعت الصادرات بنسبة 12 في المائة.", "ar", 12, "change", "up"),
    ("تراجع الإنتاج بنسبة 69 بالمائة.", "ar", 69, "change", "down"),
    ("استحوذت الشركة على 41 في المائة من السوق.", "ar", 41, "share", None),
    ("Exports grew by 7.9% last year.", "en", 7.9, "change", "up"),
    ("The figures represent an 80% increase over the same period.", "en", 80, "change", "up"),
    ("The firm owns 30 percent of the market.", "en", 30, "share", None),
    ("Las exportaciones aumentaron un 5 por ciento.", "es", 5, "change", "up"),
])
def test_kind_and_direction(said: str, language: Language, value: float, kind: str, direction: str | None) -> None:
    [found] = fields(said, language)
    assert isinstance(found, Percentage)
    assert (found.value, found.kind, found.direction) == (value, kind, direction)


def test_one_change_after_the_other() -> None:
    found = fields("Les prix ont augmenté de 2,1% pour les légumes et 1,7% pour les fruits.")
    assert [(one.kind, one.direction) for one in found if isinstance(one, Percentage)] == [("change", "up"), ("change", "up")]


def test_points_of_a_rate_are_percentage_points() -> None:
    [points, level] = fields("Le taux de couverture a perdu 3,3 points à 59,3%.")
    assert isinstance(points, Percentage)
    assert isinstance(level, Percentage)
    assert (points.value, points.kind, points.direction, level.value) == (3.3, "change", "down", 59.3)


def test_wholly_is_no_percentage() -> None:
    assert fields("Une entreprise 100% marocaine ouvre ses portes.") == []
