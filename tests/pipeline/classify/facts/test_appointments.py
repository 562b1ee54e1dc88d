"""People who come into an office or leave it."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.appointments import find
from pipeline.events import Appointment, Language
from tests.pipeline.classify.facts.finding import fields, found


@pytest.mark.parametrize(("body", "language", "person", "status"), [
    ("Karim Bennani a été nommé directeur général de Rabat Transport, mardi.", "fr", "Karim Bennani", "appointed"),
    ("Samira Alaoui est élue présidente de la Fédération du livre.", "fr", "Samira Alaoui", "elected"),
    ("Karim Bennani prend la présidence du conseil de Rabat Transport.", "fr", "Karim Bennani", "appointed"),
    ("تم تعيين خالد العلمي مديرا عاما للوكالة.", "ar", "خالد العلمي", "appointed"),
    ("Duncan Vidor nommé directeur général par intérim d'Alpha Group", "fr", "Duncan Vidor", "appointed"),
    ("Le groupe annonce la nomination de Duncan Vidor en tant que directeur général.", "fr", "Duncan Vidor", "appointed"),
    ("عين الملك خالد العلمي مندوبا ساميا للتخطيط.", "ar", "خالد العلمي", "appointed"),
    ("انتخب خالد العلمي أمينا عاما للحزب، خلفا لسعيد بناني.", "ar", "خالد العلمي", "elected"),
    ("Karim Bennani was appointed chief executive of Rabat Transport.", "en", "Karim Bennani", "appointed"),
])
def test_who_comes(body: str, language: Language, person: str, status: str) -> None:
    (one,) = fields(find, body, language=language)
    assert isinstance(one, Appointment)
    assert (one.person, one.status) == (person, status)


def test_office_organisation_and_day() -> None:
    (one,) = fields(find, "Karim Bennani a été nommé directeur général de Rabat Transport, mardi.")
    assert isinstance(one, Appointment)
    assert (one.role_surface, one.org, one.date) == ("directeur général de Rabat Transport", "Rabat Transport", "2025-07-01")


@pytest.mark.parametrize("body", [
    "Karim Bennani n'a pas été nommé directeur de Rabat Transport.",
    "Karim Bennani serait nommé directeur de Rabat Transport.",
    "Karim Bennani, directeur de Rabat Transport, est venu.",
    "Le directeur a été nommé hier.",
    "Elle a été nommée directrice de l'office, succédant à Karim Bennani.",
])
def test_denied_supposed_or_unnamed(body: str) -> None:
    assert found(find, body) == []
