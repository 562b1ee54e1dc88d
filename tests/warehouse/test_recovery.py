"""A damaged writer's file made anew of the snapshot or of Parquet: the next load makes it what it was and tells nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from tests.warehouse.builders import amount, move, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from tests.warehouse.press import Press
from warehouse import kept, snapshot
from warehouse.erasure import erase
from warehouse.export import parquet
from warehouse.files import WarehouseError, snapshot_path, writer_path
from warehouse.load import load
from warehouse.public import public_path
from warehouse.publication import publish_all
from warehouse.recovery import from_parquet, from_snapshot
from warehouse.snapshot import publish
from warehouse.verify import verify

TABLES = ("articles", "article_versions", "labels", "mentions", "facts", "stories", "claims", "claim_facts", "conflicts",
          "subject_weeks", "placement_changes")
PLACED = "placed-articles"


@pytest.fixture
def bus() -> FakeBus:
    return FakeBus()


@pytest.fixture
def on(tmp_path: Path, bus: FakeBus) -> Settings:
    """A warehouse published and exported after three articles, with more loaded since."""
    settings = settings_in(tmp_path)
    put(bus, PLACED, placed("a", amount(3e9), topics=("eau",), entities=("onee",)),
        placed("b", amount(3e9), outlet="lefil", kind="same_event", hours=1), placed("c", hours=-24 * 40, story="s2"))
    load(bus, settings, run_id="r")
    publish_all(settings, force=True)
    parquet(settings, tmp_path / "files")
    put(bus, PLACED, placed("b", amount(3.9e9), outlet="lefil", kind="same_event", hours=1, version=2, fetched=5),
        move("c", ("s2", "new", None), ("s1", "same_event", None)))
    load(bus, settings, run_id="r")
    return settings


def rows(on: Settings) -> dict[str, list[dict[str, Any]]]:
    return {table: Press(on).ask(f"SELECT {'* EXCLUDE (loaded_in)' if table == 'articles' else '*'} FROM {table} ORDER BY ALL")
            for table in TABLES}


@pytest.mark.parametrize("source", ["snapshot", "parquet"])
def test_a_damaged_file_is_made_anew(on: Settings, bus: FakeBus, tmp_path: Path, source: str) -> None:
    before, told = rows(on), {record.value for record in bus.logs["claim-events"]}
    assert told
    writer_path(on).write_bytes(b"damaged")
    if source == "snapshot":
        from_snapshot(on)
    else:
        assert from_parquet(on, tmp_path / "files")["articles"] == 3
    assert writer_path(on).with_name("writer.before-restore.duckdb").read_bytes() == b"damaged"
    load(bus, on, run_id="r")
    assert rows(on) == before
    assert verify(on) == ()
    ids = Press(on).ask("SELECT count(*) AS n, count(DISTINCT event_id) AS m FROM claim_events")
    assert ids == [{"n": len(told), "m": len(told)}], "each change has the id it had, and none is new"
    assert publish_all(on, force=True) is not None


def test_what_is_not_whole_is_refused(on: Settings, tmp_path: Path) -> None:
    held = writer_path(on).read_bytes()
    with pytest.raises(WarehouseError, match="public"):
        from_snapshot(on, public_path(on))
    with pytest.raises(WarehouseError, match="missing"):
        from_snapshot(on, tmp_path / "nowhere.duckdb")
    (tmp_path / "files" / "articles" / "2026-11.parquet").unlink()
    with pytest.raises(WarehouseError, match="not a whole export"):
        from_parquet(on, tmp_path / "files")
    parquet(on, tmp_path / "bare", bodies=False)
    with pytest.raises(WarehouseError, match="with texts"):
        from_parquet(on, tmp_path / "bare")
    assert writer_path(on).read_bytes() == held


def test_the_last_snapshot_of_each_day_is_kept(on: Settings, bus: FakeBus) -> None:
    today = datetime.now(UTC).date()
    assert kept.kept_path(on, today) in kept.kept(on)
    assert kept.kept_path(on, today).samefile(snapshot_path(on)), "it takes no room of its own"
    for back in range(1, 5):
        kept.keep(on, today - timedelta(days=back))
    assert len(kept.kept(on)) == on.snapshot_days == 2
    publish(on, force=True)
    assert kept.kept(on)[-1].samefile(snapshot_path(on))
    from_snapshot(on, kept.kept(on)[0])
    erase(on, "outlet", "lefil", reason="its publisher asked")
    assert kept.kept(on) == [], "what was erased is in none of them"


def test_none_is_kept_where_that_is_wanted(on: Settings) -> None:
    kept.keep(on.model_copy(update={"snapshot_days": 0}), date(2026, 11, 25))
    assert kept.kept(on) == []
    assert snapshot.manifest(on) is not None
