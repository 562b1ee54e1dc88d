"""`marsad export VIEW`: a file, or one line that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import cli_look
from flows.cli import app
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.load import load
from warehouse.snapshot import publish


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    on, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", placed("a", amount(3e9)))
    load(bus, on, run_id="r")
    publish(on, force=True)
    monkeypatch.setattr(cli_look, "opened_settings", lambda: on)
    return tmp_path


def test_a_view_and_a_query_are_written(folder: Path) -> None:
    told = CliRunner().invoke(app, ["export", "announcements_new", "--out", str(folder / "a.csv")])
    assert (told.exit_code, "1 rows" in told.output) == (0, True)
    assert (folder / "a.csv").read_text().startswith("claim_id,")
    query = ["export", "SELECT value FROM claims", "--format", "parquet", "--out", str(folder / "a.parquet")]
    assert CliRunner().invoke(app, query).exit_code == 0
    assert (folder / "a.parquet").read_bytes()[:4] == b"PAR1"


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["announcement_new", "--out", "x.csv"], 4, "announcements_new"), (["announcements_new"], 2, "--out"),
    (["articles", "--format", "csv"], 2, "FROM articles"), (["SELECT 1", "--out", "x", "--format", "jsonl"], 2, "csv or parquet"),
])
def test_what_cannot_be_written_is_told(folder: Path, arguments: list[str], code: int, said: str) -> None:
    told = CliRunner().invoke(app, ["export", *[str(folder / one) if one.startswith("x") else one for one in arguments]])
    assert (told.exit_code, said in " ".join(told.output.split())) == (code, True), told.output
