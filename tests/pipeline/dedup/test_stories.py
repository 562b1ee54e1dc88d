"""One event in other words and languages is one story; other events of one affair, and issues of one series, are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.dedup import Deduper
from pipeline.dedup.names import skeleton
from pipeline.dedup.vocabulary import concepts
from pipeline.events import ClassifiedArticle, PlacementChanged, StoryMerged
from tests.pipeline.dedup.articles import Places, classified

QUAY = ("Safi : quatre groupements en lice pour l'extension du quai minéralier", """L'Agence nationale des ports a ouvert mardi
les offres de quatre groupements pour l'extension du quai minéralier de Safi, un chantier de 640 mètres évalué à 1,85 milliard
de dirhams. Le groupement Oumnia-Delta a remis l'offre la moins chère, devant Bertolucci et deux concurrents turcs.""")
QUAY_AGAIN = ("Extension du quai minéralier de Safi : Oumnia-Delta moins-disant", """Oumnia-Delta est le moins-disant
de l'appel d'offres portant sur 640 mètres de quai supplémentaires au port de Safi. Son offre, à 1,85 milliard, devance celle de
l'italien Bertolucci, selon le procès-verbal publié par l'Agence nationale des ports.""")
FILM = ("Tanger accueille une rétrospective du cinéaste Karim Benslimane", """La cinémathèque de Tanger projette à partir de jeudi
onze films de Karim Benslimane, dont trois copies restaurées à Bologne. Le réalisateur dialoguera avec le public samedi.""")
VISIT = ("Bukelwa reçue à Rabat par le ministre des Affaires étrangères", """La présidente du Botswanistan, Nomvula Bukelwa, a été
reçue jeudi à Rabat. Son pays a annoncé le retrait de sa reconnaissance du Polisario et ouvrira un consulat à Dakhla, 14 ans
après la rupture, en présence de Dembele et de Kuznetsov.""")
VISIT_ARABIC = ("بوكيلوا تستقبل بالرباط وسحب الاعتراف بالبوليساريو", """استقبل وزير الشؤون الخارجية يوم الخميس بالرباط رئيسة
البلاد نومفولا بوكيلوا، التي أعلنت سحب اعتراف بلادها بالبوليساريو وفتح قنصلية بالداخلة بعد 14 سنة من القطيعة، بحضور ديمبيلي
وكوزنيتسوف.""")


@pytest.fixture
def deduper(tmp_path: Path) -> Deduper:
    return Deduper(tmp_path / "place.sqlite")


def told(name: str, text: tuple[str, str], **more: Any) -> ClassifiedArticle:
    return classified(name, text[1], headline=text[0], **more)


def test_one_event_in_other_words_is_one_story_and_no_copy(deduper: Deduper) -> None:
    there = Places().feed(deduper, told("a", QUAY), told("b", QUAY_AGAIN, hours=9), told("c", FILM, hours=9))
    assert there.copies() == {"a": None, "b": None, "c": None}
    assert there.story("a") == there.story("b") != there.story("c")
    assert (there.at["a"].kind, there.at["b"].kind) == ("new", "same_event")


def test_the_same_words_much_later_are_another_event(deduper: Deduper) -> None:
    there = Places().feed(deduper, told("a", QUAY), told("b", QUAY_AGAIN, hours=24 * 9))
    assert there.story("a") != there.story("b")


def test_an_event_told_in_french_and_arabic_is_one_story(deduper: Deduper) -> None:
    there = Places().feed(deduper, told("a", VISIT), told("b", VISIT_ARABIC, hours=3, language="ar"))
    assert there.story("a") == there.story("b")


def test_watched_entities_join_what_words_do_not(deduper: Deduper) -> None:
    one = ("Le chantier avance", "Les deux partenaires ont fait le point sur le chantier de Tarfaya, qui compte 310 ouvriers.")
    other = ("Tarfaya: 310 ouvriers sur place", "Réunis hier, les partenaires se sont dits satisfaits de la marche du chantier.")
    shared = ("agence_du_vent", "fonds_atlantique", "tarfaya_parc")
    there = Places().feed(deduper, told("a", one, entities=shared), told("b", other, hours=2, entities=shared))
    assert there.story("a") == there.story("b")


def test_an_earlier_article_that_comes_late_takes_the_story_over(deduper: Deduper) -> None:
    there = Places().feed(deduper, told("b", QUAY_AGAIN, hours=9))
    outcome = deduper(told("a", QUAY))
    there.take(outcome)
    assert isinstance(outcome, tuple)
    assert {type(event) for event in outcome[1:]} == {StoryMerged, PlacementChanged}
    assert there.story("a") == there.story("b") == there.at["a"].story_id


def test_what_has_no_date_and_is_given_by_hand_finds_its_story_at_any_time(deduper: Deduper) -> None:
    undated = told("b", QUAY_AGAIN, dated=False, fetched=24 * 400)
    ref = msgspec.structs.replace(undated.article.ref, origin="import")
    undated = msgspec.structs.replace(undated, article=msgspec.structs.replace(undated.article, ref=ref))
    there = Places().feed(deduper, told("a", QUAY), undated)
    assert there.story("a") == there.story("b")


@pytest.mark.parametrize(("arabic", "latin"), [
    ("بوكيلي", "bukele"), ("سالفيني", "salvini"), ("كوشنر", "kushner"), ("لفتيت", "laftit"), ("باربادوس", "barbade"),
    ("البرنوصي", "bernoussi")])
def test_both_scripts_write_one_name_with_the_same_consonants(arabic: str, latin: str) -> None:
    assert skeleton(arabic.removeprefix("ال")) == skeleton(latin) != ""


def test_countries_and_their_adjectives_are_known_in_four_languages() -> None:
    assert {concepts(word)[-1] for word in ("mexique", "mexicain", "mexican", "mexico", "المكسيك", "مكسيكي")} == {"MX"}
    assert "police" in concepts("والشرطة".replace("ة", "ه"))
