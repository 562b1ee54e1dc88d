"""Search: any spelling and ending of a word finds it; the index follows the snapshot and shows nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.builders import NOON, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.database import open_snapshot, open_writer
from warehouse.files import WarehouseError
from warehouse.load import load
from warehouse.search import Filters, Refreshed, rebuild, refresh, search
from warehouse.search.words import parse, stem, stems
from warehouse.snapshot import publish

TEXTS = {
    "fr": "Les hôpitaux régionaux signent des conventions de développement agricole à Fès.",
    "ar": "وقّعت الوزارة اتفاقيات للتنمية بالمغرب، وأعلنت عن مدرسة جديدة بمدينة فاس.",
    "en": "The ministry signed several agreements on water desalination.",
    "es": "El ministerio firma acuerdos sobre el agua.",
}


class Desk:
    def __init__(self, folder: Path) -> None:
        self.on, self.bus = settings_in(folder), FakeBus()

    def load(self, *events: Any) -> Refreshed:
        put(self.bus, "placed-articles", *events)
        load(self.bus, self.on, run_id="r")
        publish(self.on, force=True)
        return refresh(self.on)

    def find(self, query: str, order: Any = "best", **more: Any) -> list[str]:
        return [hit.article_id for hit in search(self.on, query, Filters(**more), order=order).hits]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("search"))
    made.load(*(placed(language, text=text, language=language, hours=number * 24,
                       outlet="lefil" if language == "fr" else "almasdar")
                for number, (language, text) in enumerate(TEXTS.items())))
    return made


@pytest.mark.parametrize(("query", "found"), [
    ("hopital", "fr"), ("HÔPITAUX", "fr"), ("convention", "fr"), ("developpement", "fr"), ("agricoles", "fr"), ("fes", "fr"),
    ("اتفاقية", "ar"), ("الاتفاقيه", "ar"), ("والاتفاقيات", "ar"), ("التنمية", "ar"), ("المغرب", "ar"), ("المدرسة", "ar"),
    ("مدينة", "ar"), ("وقعت", "ar"), ("agreement", "en"), ("acuerdo agua", "es"), ("\"développement agricole\"", "fr"),
    ("signent convention -agreements", "fr"), ("titre", "es en ar fr"),
])
def test_a_word_is_found_in_any_spelling_and_ending(desk: Desk, query: str, found: str) -> None:
    assert desk.find(query, order="newest") == found.split()


@pytest.mark.parametrize("query", [
    "", "   ", "\"", "-", "\"agricole développement\"", "hopital agreement", "-hopital", "(", "NEAR(a b)", "'", "x*"])
def test_what_is_not_there_is_not_found(desk: Desk, query: str) -> None:
    assert desk.find(query) == []


def test_filters_and_pages(desk: Desk) -> None:
    assert desk.find("titre", language="ar") == ["ar"]
    assert desk.find("titre", outlet="lefil") == ["fr"]
    day = NOON.date()
    assert desk.find("titre", since=day, until=date.fromordinal(day.toordinal() + 1), order="newest") == ["ar", "fr"]
    page = search(desk.on, "titre", limit=1, offset=1, order="newest")
    assert ([hit.article_id for hit in page.hits], page.total) == (["en"], 4)


def test_excerpts_mark_what_was_asked_for(desk: Desk) -> None:
    (hit,) = search(desk.on, "agricoles convention").hits
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["conventions", "agricole"]
    (hit,) = search(desk.on, "وقعت").hits
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["وقّعت"]


def test_headlines_weigh_more(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(placed("a", text="L'eau. Le titre de zebre est long. zebre"), placed("zebre", text="Autre chose."))
    assert desk.find("zebre") == ["zebre", "a"]


def test_of_very_many_matches_the_last_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    for n in range(5):
        desk.load(placed("zebre" if n == 0 else f"a{n}", text=f"Un zebre, numéro {n}.", hours=n))
    assert desk.find("zebre")[0] == "zebre", "its headline says so too"
    monkeypatch.setattr("warehouse.search.find.MOST_RANKED", 3)
    assert (set(desk.find("zebre")), search(desk.on, "zebre").total) == ({"a2", "a3", "a4"}, 5)
    assert set(desk.find("zebre", language="fr")) == {"a2", "a3", "a4"}
    assert len(desk.find("zebre", order="newest")) == 5


def test_an_open_snapshot_is_used(desk: Desk) -> None:
    with closing(open_snapshot(desk.on)) as con:
        assert search(desk.on, "agricole", snapshot=con) == search(desk.on, "agricole")
        assert search(desk.on, "hopital", snapshot=con).total == 1, "and left open"


def test_the_index_follows_the_snapshot(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(WarehouseError, match="cannot be searched"):
        search(desk.on, "eau")
    assert desk.load(placed("a", text="Un barrage."), placed("b", text="Un hôpital.")).anew
    assert desk.load() == Refreshed(0, 0)
    more = desk.load(placed("a", text="Une usine.", version=2, fetched=5), placed("c", text="Un barrage neuf."))
    assert more == Refreshed(2, 0)
    assert (desk.find("barrage"), desk.find("usine")) == (["c"], ["a"])
    assert search(desk.on, "barrage").total == 1, "an entry of a text that was replaced counts no more"


def test_nothing_is_shown_that_the_snapshot_does_not_hold(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(placed("a", text="Un barrage."), placed("b", text="Un barrage aussi."), placed("c", text="Rien."),
              placed("d", text="Rien."))
    with closing(open_writer(desk.on)) as con:
        con.execute("DELETE FROM articles WHERE article_id = 'a'")
        con.execute("UPDATE load_state SET generation = generation + 1")
    publish(desk.on, force=True)
    assert desk.find("barrage") == ["b"], "before the index knows"
    assert refresh(desk.on) == Refreshed(0, 1)
    assert search(desk.on, "barrage").total == 1


def test_a_damaged_or_outdated_index_is_made_anew(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(placed("a", text="Un barrage."))
    path = desk.on.data / "search.sqlite"
    path.write_bytes(b"not a database" * 100)
    assert refresh(desk.on).anew
    with closing(sqlite3.connect(path)) as index:
        index.execute("PRAGMA user_version = 99")
    assert refresh(desk.on).anew
    assert rebuild(desk.on).indexed == 1
    assert desk.find("barrage") == ["a"]


def test_many_replaced_texts_make_the_index_anew(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(placed("a", text="Un barrage."))
    assert desk.load(placed("a", text="Une usine.", version=2, fetched=5)).anew


def test_stems_and_queries_are_bounded() -> None:
    assert stems("Les chevaux, l'école 2030!", "fr") == "les cheval l ecol 2030"
    assert stem("بالمدارس", "ar") == stem("مدارس", "fr")
    assert len(parse("mot " * 1000)) == 16
    assert parse("x" * 10_000)[0].alternatives[0][0] == "x" * 300
