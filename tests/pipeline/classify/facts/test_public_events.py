"""Conferences, fairs, sessions: name, days, place; common words for them alone are none."""

from __future__ import annotations

import pytest

from pipeline.classify.facts.public_events import find
from pipeline.events import Language, Mention, PublicEvent
from tests.pipeline.classify.facts.finding import fields, found


def _one(body: str, language: Language = "fr", mentions: tuple[Mention, ...] = ()) -> PublicEvent:
    (event,) = fields(find, body, language=language, mentions=mentions)
    assert isinstance(event, PublicEvent)
    return event


@pytest.mark.parametrize(("body", "language", "name", "edition"), [
    ("La ville accueille le Salon international de l'Artisanat en mai.", "fr", "Salon international de l'Artisanat", None),
    ("Il s'exprimait lors du 12e Forum de la Mer.", "fr", "12e Forum de la Mer", "12"),
    ("Le ministre a présidé une réunion du Conseil des Ports.", "fr", "réunion du Conseil des Ports", None),
    ("Réuni en session ordinaire, le conseil a voté.", "fr", "session ordinaire", None),
    ("افتتح الوزير المعرض الدولي للصناعة التقليدية، أمس.", "ar", "المعرض الدولي للصناعة التقليدية", None),
    ("نظمت الكلية ندوة علمية، الأربعاء، في موضوع “الماء في المدن القديمة”.", "ar", "الماء في المدن القديمة", None),
    ("The city hosts the Green Ports Summit 2026 and the Africa Forum on Trade.", "en", "Forum on Trade", None),
])
def test_named_events(body: str, language: Language, name: str, edition: str | None) -> None:
    found_ones = [one for one in fields(find, body, language=language) if isinstance(one, PublicEvent)]
    assert (name, edition) in [(one.name_surface, one.edition) for one in found_ones]


def test_days_and_place() -> None:
    event = _one("Le Salon de l'Artisanat se tient les 3 et 4 juillet à Fès.")
    assert (event.date, event.date_to, event.place) == ("2025-07-03", "2025-07-04", "Fès")


def test_the_year_of_a_name_is_its_own() -> None:
    event = _one("Réuni le 3 juillet, le comité prépare le Salon de l'Artisanat 2027.")
    assert event.date == "2027"


def test_a_mention_gives_the_canonical_name() -> None:
    body = "Le Siel ouvre jeudi prochain."
    mention = Mention(entity_id="siel", kind="event", name="Salon du livre", surface="Siel", zone="body", start=3, end=7)
    event = _one(body, mentions=(mention,))
    assert (event.name, event.entity_id, event.date) == ("Salon du livre", "siel", "2025-07-03")


@pytest.mark.parametrize("body", ["Le salon est meublé.", "Une réunion utile a eu lieu.", "Il a gagné la coupe."])
def test_common_words_are_none(body: str) -> None:
    assert found(find, body) == []
