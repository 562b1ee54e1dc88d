"""Who and what is named: watched entities in Arabic and Latin scripts, boundaries, capitals, guarded names, surnames."""

from __future__ import annotations

from itertools import pairwise

import pytest

from config.watch import Entities, WatchedEntity
from pipeline.classify.gazetteer import Gazetteer
from pipeline.classify.mentions import find_mentions
from pipeline.events import Language
from tests.pipeline.classify.samples import article


def _entity(kind: str, fr: str, ar: str = "", **more: tuple[str, ...]) -> WatchedEntity:
    return WatchedEntity.model_validate({"kind": kind, "name": {"fr": fr, **({"ar": ar} if ar else {})}, **more})


GAZETTEER = Gazetteer(Entities(entities={
    "min_eau": _entity("organisation", "Ministère de l'Eau", "وزارة الماء"),
    "min_eau_climat": _entity("organisation", "Ministère de l'Eau et du Climat"),
    "onee": _entity("organisation", "Office de l'électricité", "المكتب الوطني للكهرباء", aliases=("ONEE",)),
    "far": _entity("organisation", "Forces armées", aliases=("FAR",)),
    "unesco": _entity("organisation", "UNESCO", "اليونسكو"),
    "sale": _entity("place", "Salé", "سلا"),
    "maroc": _entity("place", "Maroc", "المغرب"),
    "souss": _entity("place", "Souss-Massa", "سوس ماسة"),
    "oriental": _entity("place", "région de l'Oriental", guarded=("Oriental",)),
    "jadida": _entity("place", "El Jadida", guarded=("الجديدة",)),
    "naji": _entity("person", "Salma El Naji", "سلمى الناجي"),
}))


def _found(text: str, language: Language = "fr") -> list[tuple[str | None, str]]:
    return [(one.entity_id, one.surface) for one in find_mentions(article("", text, language=language), GAZETTEER)]


def test_the_longest_name_wins() -> None:
    assert _found("Le ministère de l’Eau et du Climat répond.") == [("min_eau_climat", "ministère de l’Eau et du Climat")]


@pytest.mark.parametrize("text", ["سافر من المغرب", "بالمغرب", "وبالمغرب", "للمغرب", "وللمغرب", "والمغرب", "كالمغرب", "فالمغرب"])
def test_arabic_letters_attached_before_a_name(text: str) -> None:
    assert [found for found, _ in _found(text, "ar")] == ["maroc"]


@pytest.mark.parametrize("text", ["المغربية", "السلاح", "كسلان", "مغاربة"])
def test_a_longer_arabic_word_is_another_word(text: str) -> None:
    assert _found(text, "ar") == []


def test_an_arabic_place_without_article_takes_none() -> None:
    assert _found("السلا في القفة", "ar") == []
    assert _found("انطلق من سلا", "ar") == [("sale", "سلا")]


def test_an_acronym_needs_its_capitals_but_may_be_read_as_a_word() -> None:
    assert _found("Les FAR et l'Unesco") == [("far", "FAR"), ("unesco", "Unesco")]
    assert _found("so far so good, onee") == []


def test_accents_tell_a_short_name_from_a_common_word() -> None:
    assert _found("Il vit à Salé, un plat sale et salé.") == [("sale", "Salé")]
    assert _found("SALÉ EN FÊTE") == [("sale", "SALÉ")]


def test_a_hyphen_counts_as_a_space_and_offsets_are_those_of_the_text() -> None:
    text = "À Souss Massa, œuvre du ministère de l'Eau"
    for found in find_mentions(article("", text), GAZETTEER):
        assert text[found.start:found.end] == found.surface
    assert [found for found, _ in _found(text)] == ["souss", "min_eau"]


def test_a_guarded_name_needs_a_word_that_announces_it() -> None:
    assert _found("Un tapis Oriental.") == []
    assert _found("La province de l'Oriental attend.") == [("oriental", "Oriental")]
    assert _found("السيارات الجديدة", "ar") == []
    assert _found("وقع بمدينة الجديدة حادث", "ar") == [("jadida", "الجديدة")]


def test_a_surname_later_in_the_text_is_the_same_person() -> None:
    assert _found("Salma El Naji arrive. Mme El Naji repart, puis Naji revient.") == [
        ("naji", "Salma El Naji"), ("naji", "El Naji"), ("naji", "Naji")]
    assert _found("قالت سلمى الناجي، وأضافت الناجي", "ar") == [("naji", "سلمى الناجي"), ("naji", "الناجي")]


def test_a_surname_that_two_people_share_counts_for_neither() -> None:
    people = [m.surface for m in find_mentions(article("", "Salma El Naji et Karim Naji. Naji parle."), GAZETTEER)]
    assert people == ["Salma El Naji", "Karim Naji"]


def test_morocco_s_communes_are_known_and_rural_ones_need_an_announcement() -> None:
    plain = Gazetteer(Entities(entities={}))
    assert [one.name for one in plain.find("De Ouarzazate à la commune de Tabant.", "body")] == ["Ouarzazate", "Tabant"]
    assert plain.find("Massa critique et Jorf", "body") == []


def test_the_lead_is_told_from_the_body() -> None:
    given = article("ONEE", "ONEE ici.\nONEE là.", lead="ONEE ici.", captions="ONEE")
    assert [one.zone for one in find_mentions(given, GAZETTEER)] == ["title", "lead", "body", "caption"]


def test_no_mention_overlaps_another_in_a_zone() -> None:
    given = article("", "Le Conseil de Souss-Massa (CSM), la Société Naji Maroc et M. Karim Naji du ministère de l'Eau du Maroc")
    spans = [(one.start, one.end) for one in find_mentions(given, GAZETTEER)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
