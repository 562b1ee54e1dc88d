"""Edits in the public snapshot: the sentences that changed, as excerpts, and never so many that they stand for the text."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from config.settings import Settings
from tests.warehouse.builders import placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from tests.warehouse.web.reader import parsed, reading
from warehouse.database import open_file
from warehouse.excerpts import CHARACTERS, SENTENCES, SHARE, changed_sentences
from warehouse.load import load
from warehouse.public import public_path, publish_public
from warehouse.snapshot import publish
from warehouse.web.app import create_app
from warehouse.web.site import Site

REST = [f"Le paragraphe numéro {n} ne change pas et raconte la suite du chantier de la digue." for n in range(12)]
BEFORE = " ".join(["La digue sera achevée en mars.", *REST])
AFTER = " ".join(["La digue sera achevée en juin.", *REST, "Le ministre l'a confirmé."])


def test_only_what_changed_is_shown() -> None:
    assert changed_sentences(BEFORE, AFTER) == (
        ["La digue sera achevée en mars."], ["La digue sera achevée en juin.", "Le ministre l'a confirmé."])
    assert changed_sentences(BEFORE, BEFORE) == ([], [])


@pytest.mark.parametrize(("before", "after"), [
    (BEFORE, "Tout autre chose."), ("", AFTER), (BEFORE, ""), ("Un. Deux. Trois.", "Un. Deux. Quatre!"),
    (BEFORE, " ".join(f"Phrase toute nouvelle numéro {n} sur la digue et ses coûts." for n in range(6)))])
def test_a_text_that_changed_a_lot_is_not_shown(before: str, after: str) -> None:
    assert changed_sentences(before, after) == ([], [])


def test_excerpts_are_few_and_short() -> None:
    long = " ".join(["mot"] * 200) + "."
    many = " ".join([*REST * 4, long, *(f"Ajout {n} de la rédaction." for n in range(9))])
    removed, added = changed_sentences(" ".join(REST * 4), many)
    assert (removed, len(added)) == ([], SENTENCES)
    assert all(len(one) <= CHARACTERS + 2 for one in added)
    assert sum(map(len, added)) <= SHARE * len(many)


def test_arabic_sentences() -> None:
    rest = " ".join(f"الفقرة رقم {n} لا تتغير وتحكي بقية الخبر عن السد." for n in range(12))
    assert changed_sentences(f"سينتهي السد في مارس. {rest}", f"سينتهي السد في يونيو. {rest}") == (
        ["سينتهي السد في مارس."], ["سينتهي السد في يونيو."])


@pytest.fixture
def on(tmp_path: Path) -> Settings:
    settings = settings_in(tmp_path)
    bus = FakeBus()
    put(bus, "placed-articles", placed("digue", text=BEFORE), placed("digue", text=AFTER, version=2, fetched=9),
        placed("autre", text="Rien n'y change.", story="s2"))
    load(bus, settings, run_id="r")
    publish(settings, force=True)
    publish_public(settings, force=True)
    return settings


def test_the_public_snapshot_has_them_and_the_page_shows_them_as_a_diff(on: Settings) -> None:
    with closing(open_file(public_path(on), on)) as con:
        assert con.execute("SELECT article_id, version, removed FROM edit_excerpts").fetchall() == [
            ("digue", 2, ["La digue sera achevée en mars."])]
    assert REST[3].encode() not in public_path(on).read_bytes()
    with reading(create_app(Site(on, public_path(on)))) as reader:
        tree = parsed(reader.get("/fr/story/s1"))
    assert tree.xpath("//del/text()") == ["mars."]
    assert tree.xpath("//ins/text()") == ["juin.", "Le ministre l'a confirmé."]


def test_a_public_snapshot_of_older_code_is_made_anew(on: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse import public
    assert publish_public(on, force=True) is None
    monkeypatch.setattr(public, "FORM", 99)
    assert publish_public(on, force=True) is not None


def test_the_page_reads_a_snapshot_without_them(on: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse.web import edits
    monkeypatch.setattr(edits, "EXCERPTS", edits.EXCERPTS.replace("edit_excerpts", "of_another_time"))
    with reading(create_app(Site(on, public_path(on)))) as reader:
        assert reader.get("/fr/story/s1").status_code == 200
