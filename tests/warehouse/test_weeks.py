"""The counts that trends read: right after every load, whatever moved, and never stale in a snapshot."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.builders import move, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse import weeks
from warehouse.database import open_snapshot, open_writer
from warehouse.load import load
from warehouse.rows import dicts
from warehouse.snapshot import publish
from warehouse.verify import verify

COUNTS = """
SELECT scheme, code, outlet, week::VARCHAR AS week, articles, originals FROM subject_weeks WHERE scheme <> 'all' ORDER BY ALL"""


def counts(folder: Path) -> list[tuple[Any, ...]]:
    with closing(open_writer(settings_in(folder))) as con:
        return [tuple(row.values()) for row in dicts(con, COUNTS)]


def test_they_follow_what_moved(tmp_path: Path) -> None:
    on, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", placed("a", topics=("eau",)), placed("b", topics=("eau",), outlet="lefil"),
        placed("c", topics=("eau", "sante"), entities=("onee", "onee"), hours=24 * 7))
    load(bus, on, run_id="r")
    assert counts(tmp_path) == [
        ("entity", "onee", "almasdar", "2026-11-23", 1, 1), ("topic", "eau", "almasdar", "2026-11-16", 1, 1),
        ("topic", "eau", "almasdar", "2026-11-23", 1, 1), ("topic", "eau", "lefil", "2026-11-16", 1, 1),
        ("topic", "sante", "almasdar", "2026-11-23", 1, 1)]
    put(bus, "placed-articles", move("b", ("s1", "new", None), ("s1", "copy", "a")),
        placed("c", topics=("sante",), hours=24 * 14, version=2, text="Corrigé."))
    load(bus, on, run_id="r")
    assert counts(tmp_path) == [
        ("topic", "eau", "almasdar", "2026-11-16", 1, 1), ("topic", "eau", "lefil", "2026-11-16", 1, 0),
        ("topic", "sante", "almasdar", "2026-11-30", 1, 1)]
    assert verify(on) == ()
    with closing(open_writer(on)) as con:
        by_month = dicts(con, "SELECT outlet, month::VARCHAR AS month, articles, originals FROM subject_months "
                              "WHERE scheme = 'all' ORDER BY ALL")
    assert [tuple(row.values()) for row in by_month] == [
        ("almasdar", "2026-11-01", 1, 1), ("almasdar", "2026-12-01", 1, 1), ("lefil", "2026-11-01", 1, 0)]


def test_what_a_killed_load_left_is_counted_before_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", placed("a", topics=("eau",)))
    with monkeypatch.context() as cut:
        cut.setattr(weeks, "refresh", lambda con: 0)
        load(bus, on, run_id="r")
    assert counts(tmp_path) == []
    publish(on, force=True)
    with closing(open_snapshot(on)) as con:
        assert [tuple(row.values())[:3] for row in dicts(con, COUNTS)] == [("topic", "eau", "almasdar")]
        assert dicts(con, "FROM stale_weeks") == []
