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
    ("Il parlait lors de la journée «Ports Made in Fès».", "fr", "Ports Made in Fès", None),
    ("The university will host the “Week of Science” from May 28.", "en", "Week of Science", None),
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


@pytest.mark.parametrize(("body", "language", "name"), [
    ("L'office Alpha a tenu, le 4 juillet, une réunion axée sur la réforme des ports.", "fr",
     "réunion axée sur la réforme des ports"),
    ("Last night, on Tuesday, office Alpha held a working session.", "en", "working session"),
    ("عقد مجلس ألفا، أول أمس الأربعاء، اجتماعا لدراسة الملف.", "ar", "مجلس ألفا، أول أمس الأربعاء، اجتماعا"),
])
def test_a_body_that_meets_on_a_day(body: str, language: Language, name: str) -> None:
    surface = next(one for one in ("office Alpha", "مجلس ألفا") if one in body)
    at = body.index(surface)
    body_mention = Mention(kind="organisation", name=surface, surface=surface, zone="body", start=at, end=at + len(surface))
    assert _one(body, language, (body_mention,)).name_surface == name
    assert not fields(find, body, language=language)


def test_one_meeting_without_a_name_a_text() -> None:
    body = "L'office a tenu, lundi, une réunion sur l'eau.\nL'office a tenu, lundi, une rencontre à son siège."
    mentions = tuple(
        Mention(kind="organisation", name="office", surface="office", zone="body", start=at, end=at + 6)
        for at in (2, body.index("office", 10)))
    assert len(fields(find, body, mentions=mentions)) == 1
