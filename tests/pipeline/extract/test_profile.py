"""What an outlet repeats is learnt from its pages and kept out of its articles."""

from __future__ import annotations

import pytest

from pipeline.events import Article, RawPage
from pipeline.extract import extract
from pipeline.extract.learning import learn
from pipeline.extract.profile import SiteProfile, decode_profile, encode_profile, says_the_same
from tests.pipeline.extract.pages import OUTLET, page

PLACES = ("Guercif", "Tarfaya", "Ouarzazate", "Berkane", "Zagora", "Settat", "Tiznit")
PROMISE = "La rédaction remercie ses mille donateurs, sans lesquels rien de tout cela ne paraîtrait."
TEASER = "Le musée de Figuig montre des manuscrits que l'on croyait perdus depuis un siècle entier."


def texts(place: str) -> list[str]:
    return [f"La commune de {place} a choisi hier l'entreprise qui construira sa nouvelle gare routière, après deux "
        f"appels d'offres.",
            f"Selon le maire de {place}, les travaux commenceront au printemps et dureront quatorze mois si la "
            f"saison des pluies est douce.",
            f"Les commerçants du centre de {place} demandent qu'un parking provisoire soit ouvert pendant toute la "
            f"durée du chantier."]


def article(place: str, *, lead: str | None = None) -> RawPage:
    paragraphs = [lead] * bool(lead) + texts(place)
    inner = "".join(f"<p>{one}</p>" for one in paragraphs)
    return page(f"<html><head><title>Une gare à {place}</title></head><body><div class='z1'>Édition du jour, offerte "
        f"par nos lecteurs fidèles</div>"
                f"<h1>Une gare routière pour {place}</h1><div class='story'>{inner}<p><i>{PROMISE}</i></p></div>"
                f"<div class='z2'><span>{TEASER}</span></div></body></html>",
                f"https://gazette.example.ma/gare-{place.lower()}")


def body_of(one: RawPage, profile: SiteProfile | None) -> str:
    found = extract(one, OUTLET, profile)
    assert isinstance(found, Article)
    return found.body


def test_a_few_pages_are_enough() -> None:
    profile = learn([article(place) for place in PLACES[:4]], OUTLET, number=3)
    unseen = article(PLACES[5])
    assert PROMISE in body_of(unseen, None)
    assert body_of(unseen, profile) == "\n".join(texts(PLACES[5]))
    assert (profile.number, profile.outlet, profile.pages) == (3, "gazette", 4)


def test_the_number_is_recorded_and_makes_another_reading() -> None:
    profile = learn(map(article, PLACES), OUTLET)
    without, with_it = extract(article(PLACES[0]), OUTLET), extract(article(PLACES[0]), OUTLET, profile)
    assert isinstance(without, Article)
    assert isinstance(with_it, Article)
    assert with_it.reading == f"{without.reading}+p1"
    assert with_it.event_id != without.event_id
    assert any(PROMISE in one.text for one in with_it.dropped)


def test_what_others_tease_stays_in_the_article_it_is_of() -> None:
    profile = learn(map(article, PLACES), OUTLET)
    assert TEASER in body_of(article("Figuig", lead=TEASER), profile)


def test_two_pages_teach_nothing_and_one_article_at_many_addresses_is_one() -> None:
    assert learn(map(article, PLACES[:2]), OUTLET).texts == frozenset()
    same = [page(article(PLACES[0]).content, f"https://gazette.example.ma/copie-{n}") for n in range(5)]
    assert learn(same, OUTLET).pages == 1
    assert learn(same, OUTLET).texts == frozenset()


def test_order_does_not_matter_and_bytes_are_equal() -> None:
    pages = [article(place) for place in PLACES]
    one, other = learn(pages, OUTLET), learn(reversed(pages), OUTLET)
    assert encode_profile(one) == encode_profile(other)
    assert decode_profile(encode_profile(one)) == one
    assert says_the_same(one, learn(pages, OUTLET, number=9))


@pytest.mark.parametrize("content", ["", "%PDF", "<html></html>", "{}"])
def test_other_pages_are_passed_over(content: str) -> None:
    assert learn([page(content)] * 3, OUTLET).pages == 0
