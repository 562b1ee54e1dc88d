"""Looking up one story, claim or article, under whatever name it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings
from tests.warehouse.builders import agreement, amount, merge, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse import lookup
from warehouse.load import load
from warehouse.snapshot import publish


@pytest.fixture
def on(tmp_path: Path) -> Settings:
    settings, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", placed("a", amount(3.2e9), topics=("eau",), entities=("onee",)),
        placed("b", amount(3.9e9), agreement("ONEE", "Rabat"), outlet="lefil", story="s2", hours=1))
    load(bus, settings, run_id="r")
    put(bus, "placed-articles", merge("s2", "s1"))
    load(bus, settings, run_id="r")
    publish(settings, force=True)
    return settings


def test_a_story_is_found_by_its_former_id_too(on: Settings) -> None:
    now, former = lookup.story(on, "s1"), lookup.story(on, "s2")
    assert now is not None
    assert former is not None
    assert ([row["article_id"] for row in now.articles], now.redirected_from) == (["a", "b"], None)
    assert (former.story, former.redirected_from) == (now.story, "s2")
    assert sorted(row["kind"] for row in now.claims) == ["agreement", "amount"]
    assert lookup.story(on, "nowhere") is None


def test_a_claim_shows_who_says_what_and_how_it_stood(on: Settings) -> None:
    story = lookup.story(on, "s1")
    assert story is not None
    (claim_id,) = (row["claim_id"] for row in story.claims if row["kind"] == "amount")
    found = lookup.claim(on, claim_id)
    assert found is not None
    assert [(row["outlet"], row["value"], row["fields"]["subject"]) for row in found.reports] == [
        ("almasdar", 3.2e9, "le plan eau"), ("lefil", 3.9e9, "le plan eau")]
    assert [row["sentence"] for row in found.reports] == [
        "Budget de 3200000000 DH pour le plan eau.", "Budget de 3900000000 DH pour le plan eau."]
    assert found.claim["state"] == "disputed"
    assert "3.2" in found.conflicts[0]["explanation_en"]
    assert [row["state"] for row in found.history] == ["new", "disputed"]
    assert [row["change"] for row in found.changes] == ["new", "disputed"]
    former = lookup.redirects(on)
    assert former
    assert all(lookup.claim(on, old) is not None for old in former)
    assert lookup.claim(on, "nowhere") is None


@pytest.mark.parametrize("name", ["b", "https://lefil.test/b"])
def test_an_article_is_found_by_id_and_address(on: Settings, name: str) -> None:
    found = lookup.article(on, name)
    assert found is not None
    assert found.article["article_id"] == "b"
    assert [fact["kind"] for fact in found.facts] == ["amount", "agreement"]
    assert all(fact["claim_id"] for fact in found.facts)
    assert [party["name"] for party in found.parties] == ["ONEE", "Rabat"]
    assert found.story is not None
    assert len(found.versions) == 1


def test_an_unknown_article_is_none(on: Settings) -> None:
    assert lookup.article(on, "nowhere") is None


def test_before_the_first_snapshot_nothing_is_redirected(tmp_path: Path) -> None:
    assert lookup.redirects(settings_in(tmp_path)) == {}
