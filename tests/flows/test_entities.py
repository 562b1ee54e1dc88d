"""`marsad entities review`: names nobody watches, by how many articles give them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from flows import cli_entities
from flows.cli import app
from pipeline.events import Mention, PlacedArticle
from tests.warehouse.builders import placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.load import load
from warehouse.snapshot import publish


def _naming(name: str, people: tuple[str, ...], outlet: str) -> PlacedArticle:
    event = placed(name, outlet=outlet, entities=("onee",))
    named = tuple(Mention(kind="person", name=who, surface=who, zone="body", start=0, end=len(who)) for who in people)
    return replace(event, classified=replace(event.classified, mentions=(*event.classified.mentions, *named)))


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    on, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", _naming("a", ("Rim Alaoui", "Rim Alaoui", "Samir Tazi"), "lefil"),
        _naming("b", ("Rim Alaoui",), "almasdar"), _naming("c", ("Rîm Alaoui", "Samir Tazi"), "lefil"))
    load(bus, on, run_id="r")
    publish(on, force=True)
    monkeypatch.setattr(cli_entities, "opened_settings", lambda: on)
    return CliRunner()


def test_names_come_by_the_number_of_articles_whatever_their_accents(reviewed: CliRunner) -> None:
    done = reviewed.invoke(app, ["entities", "review", "--format", "json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["name"], row["articles"], row["outlets"]) for row in rows] == [("Rim Alaoui", 3, 2), ("Samir Tazi", 2, 1)]


def test_rare_names_and_other_kinds_are_left_out(reviewed: CliRunner) -> None:
    asked = ["entities", "review", "--format", "json"]
    assert "Samir" not in reviewed.invoke(app, [*asked, "--least", "3"]).stdout
    assert reviewed.invoke(app, [*asked, "--kind", "organisation"]).stdout == ""
