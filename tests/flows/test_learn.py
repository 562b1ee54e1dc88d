"""What an outlet repeats is learnt from its archive, kept under a number that never changes, and read with from then on."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import settings
from crawlers.answer import Answer
from crawlers.archive import Archive
from flows.desk import Desk
from flows.learn import is_wanted, learn_outlet
from flows.learn_apart import newest_pages
from pipeline import profiles
from pipeline.events import Article, PageRef, RawPage
from pipeline.extract.profile import SiteProfile
from pipeline.stages import PROFILES, reader
from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
TEASER = "Retrouvez chaque matin notre lettre consacrée aux ports, aux routes et aux gares du royaume, lue par des milliers."
PARAGRAPH = ("<p>Phrase {part} de l'article {number}, qui dit une chose que les autres ne disent point, sur le lieu {number}. "
             "Elle est assez longue pour compter comme prose.</p>")


def page(number: int) -> str:
    own = "".join(PARAGRAPH.format(part=part, number=number) for part in range(4))
    title = f"Titre numéro {number} du jour"
    return (f"<html lang=fr><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"<div class=texte>{own}<p>{TEASER}</p></div></article></body></html>")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    (outlets / "phare.yml").write_text("title: Le Phare\nlanguage: fr\nhosts: [phare.ma]\n", encoding="utf-8")
    monkeypatch.setenv("MARSAD_OUTLETS", str(outlets))
    settings.cache_clear()
    return Desk(settings())


def fill(desk: Desk, count: int) -> None:
    archive = Archive(desk.settings.data, "phare")
    for number in range(count):
        url = f"https://phare.ma/articles/titre-numero-{number}.html"
        answer = Answer(url, 200, {"content-type": "text/html"}, page(number).encode())
        archive.append(url, answer, AT + timedelta(hours=6 * number))
    archive.close()


@pytest.mark.parametrize(("pages", "at_last", "wanted"), [
    (0, 0, False), (19, 0, False), (20, 0, True), (30, 20, False), (40, 20, True), (1400, 1000, False), (1500, 1000, True)])
def test_when_an_outlet_is_learnt(pages: int, at_last: int, wanted: bool) -> None:
    assert is_wanted(pages, at_last) is wanted


def test_a_teaser_among_the_paragraphs_is_learnt_once(desk: Desk) -> None:
    fill(desk, 8)
    first = learn_outlet(desk, "phare")
    assert (first.number, first.is_new) == (1, True), first.told
    again = learn_outlet(desk, "phare")
    assert (again.number, again.is_new) == (1, False)
    ref = PageRef(page_id="p", article_id="a", outlet="phare", url="https://phare.ma/articles/titre-numero-99.html",
                  final_url="https://phare.ma/articles/titre-numero-99.html", status=200, fetched_at=AT, origin="live")
    outcome = reader(desk.settings.outlets, 3_000_000, desk.settings.data / PROFILES)(RawPage(ref=ref, content=page(99)))
    assert isinstance(outcome, tuple)
    (article,) = outcome
    assert isinstance(article, Article)
    assert article.reading.endswith("+p1")
    assert TEASER not in article.body
    assert "Phrase 3 de l'article 99" in article.body


def test_the_newest_pages_are_looked_at(desk: Desk) -> None:
    fill(desk, 10)
    urls = [page.ref.url for page in newest_pages(desk.settings.data, "phare", most=6)]
    assert urls == [f"https://phare.ma/articles/titre-numero-{number}.html" for number in range(4, 10)]


def test_a_profile_never_changes_and_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    one = SiteProfile(outlet="phare", number=1, pages=3, texts=frozenset({"a"}))
    profiles.keep(tmp_path, one)
    with pytest.raises(FileExistsError):
        profiles.keep(tmp_path, SiteProfile(outlet="phare", number=1, pages=9, texts=frozenset()))
    known = profiles.Profiles(tmp_path)
    assert known.of("phare") == one
    time.sleep(0.02)
    (tmp_path / "phare" / "2.json").write_bytes(b'{"outlet": "pha')
    assert known.of("phare") == one
    assert profiles.next_number(tmp_path, "phare") == 3
    assert known.of("unknown") is None


@pytest.mark.slow
def test_pages_read_before_are_read_once_more(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    outlet = sorted(fresh_world.bases)[0]
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    assert marsad("run", outlet).code == 0
    learnt = marsad("outlet", "learn", outlet, "--reread")
    assert (learnt.code, "pages on the backfill lane" in learnt.out) == (0, True), (learnt.out, learnt.err)
    digests = sorted((marsad.data / "digests").rglob("*"))
    assert marsad("run", outlet).code == 0
    question = "SELECT count(*) AS n, count(*) FILTER (reading LIKE '%+p1') AS anew, max(versions) AS versions FROM articles"
    (row,) = [json.loads(line) for line in marsad("sql", question, "--format", "json").out.splitlines()]
    assert row["n"] == row["anew"] > 3
    assert sorted((marsad.data / "digests").rglob("*")) == digests
    assert ": 0 pages" in marsad("outlet", "learn", outlet, "--reread").out
