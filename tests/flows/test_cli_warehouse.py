"""The `marsad warehouse` commands, over a small loaded warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.settings import Settings, settings
from flows.cli import app
from tests.warehouse.builders import amount, placed, put
from tests.warehouse.fakes import FakeBus
from warehouse.files import sole_writer
from warehouse.load import load
from warehouse.publication import publish_all
from warehouse.search import search

runner = CliRunner()


@pytest.fixture
def on() -> Settings:
    made, bus = settings(), FakeBus()
    put(bus, "placed-articles", placed("a", amount(3e9)), placed("b", outlet="lefil"))
    load(bus, made, run_id="r")
    publish_all(made, force=True)
    return made


def test_upkeep_in_turn(on: Settings, tmp_path: Path) -> None:
    for arguments, told in (
        (["verify"], "nothing wrong found"), (["compact"], "MB became"), (["backup", str(tmp_path / "kept")], "saved as"),
        (["index"], "2 articles indexed"), (["prune", "--days", "30"], "deleted 0 fetches"),
        (["erase", "outlet", "lefil", "--reason", "asked"], "erased 1 articles"),
    ):
        done = runner.invoke(app, ["warehouse", *arguments])
        assert (done.exit_code, told in done.output) == (0, True), (arguments, done.output)
    assert [hit.article_id for hit in search(on, "titre").hits] == ["a"]
    (saved,) = (tmp_path / "kept").glob("*.duckdb")
    assert runner.invoke(app, ["warehouse", "restore", str(saved)]).exit_code == 0
    assert runner.invoke(app, ["warehouse", "verify"]).exit_code == 0


def test_refusals_say_why(on: Settings, tmp_path: Path) -> None:
    missing = runner.invoke(app, ["warehouse", "restore", str(tmp_path / "nowhere.duckdb")])
    assert (missing.exit_code, "missing or damaged" in missing.output) == (4, True)
    with sole_writer(on):
        busy = runner.invoke(app, ["warehouse", "compact"])
    assert (busy.exit_code, "another load is at work" in busy.output) == (3, True)
