"""Back up, destroy, restore: the same tables, and the next round fetches, places and sends nothing again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.equality import counts, differences
from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]


@pytest.mark.slow
def test_a_destroyed_folder_comes_back(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    outlets = sorted(fresh_world.bases)[:2]
    assert marsad("run", *outlets).code == 0
    whole = tmp_path / "whole"
    saved = marsad("backup", str(tmp_path / "kept"))
    assert (saved.code, "state.sqlite" in saved.out) == (0, True), saved.err
    shutil.move(marsad.data, whole)
    assert "not empty" not in (put_back := marsad("restore", str(tmp_path / "kept"))).err
    assert put_back.code == 0, put_back.err
    assert differences(whole / "marsad.duckdb", marsad.data / "marsad.duckdb") == []
    assert marsad("restore", str(tmp_path / "kept")).code == 4

    before, issues = counts(marsad.data / "marsad.duckdb"), sorted((marsad.data / "digests").rglob("*"))
    asked = len(fresh_world.requests())
    assert marsad("run", "--now", *outlets).code == 0
    assert counts(marsad.data / "marsad.duckdb")["articles"] == before["articles"]
    assert sorted((marsad.data / "digests").rglob("*")) == issues
    assert len([one for one in fresh_world.requests()[asked:] if "/article" in one["path"]]) == 0
