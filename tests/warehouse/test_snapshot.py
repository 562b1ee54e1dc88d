"""The snapshots: published when due, whole for every reader, in a form that older clients open, and one without texts."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse import snapshot
from warehouse.database import open_file, open_snapshot
from warehouse.durable import read_json, write_json
from warehouse.files import WarehouseError, manifest_path, snapshot_path
from warehouse.load import load
from warehouse.public import public_path, publish_public
from warehouse.publication import publish_all
from warehouse.rows import dicts
from warehouse.search import search
from warehouse.snapshot import manifest, publish

SECRET = "Une phrase que seul le journal publie."


@pytest.fixture
def bus() -> FakeBus:
    return FakeBus()


@pytest.fixture
def on(tmp_path: Path, bus: FakeBus) -> Settings:
    settings = settings_in(tmp_path)
    put(bus, "placed-articles", placed("a", amount(3e9)), placed("b", text=SECRET, hours=1))
    put(bus, "placed-articles", placed("b", text="Autre chose.", hours=1, version=2, fetched=9))
    load(bus, settings, run_id="r")
    return settings


def test_a_warehouse_lost_and_loaded_anew_is_published(on: Settings, bus: FakeBus) -> None:
    first = publish(on)
    assert first is not None
    shutil.rmtree(on.data / "warehouse")
    load(bus, on, run_id="r")
    again = publish(on, force=True)
    assert again is not None
    assert again.generation == first.generation, "it counts from the start, and happens to have come as far"


def test_it_is_published_when_something_changed_and_the_pause_is_over(on: Settings, bus: FakeBus) -> None:
    first = publish(on)
    assert first is not None
    assert first.rows["articles"] == 2
    assert manifest(on) == first
    assert publish(on, force=True) is None, "nothing changed"
    put(bus, "placed-articles", placed("c"))
    load(bus, on, run_id="r")
    assert publish(on) is None, "the pause is not over"
    written = read_json(manifest_path(on))
    write_json(manifest_path(on), {**written, "published_at": (datetime.now(UTC) - timedelta(seconds=61)).isoformat()})
    again = publish(on)
    assert again is not None
    assert (again.rows["articles"], again.generation > first.generation) == (3, True)
    with closing(open_snapshot(on)) as con:
        assert dicts(con, "SELECT generation FROM load_state") == [{"generation": again.generation}]


def test_a_long_publication_makes_a_long_pause(on: Settings) -> None:
    ago = (datetime.now(UTC) - timedelta(seconds=100)).isoformat()
    assert snapshot.pause_over(ago, 1)
    assert not snapshot.pause_over(ago, 10)


def test_it_is_in_a_form_that_clients_older_than_2_open(on: Settings) -> None:
    publish_all(on, force=True)
    for path in (snapshot_path(on), public_path(on)):
        # DuckDB's main header: 8 bytes of checksum, "DUCK", then the storage version; 64 to 67 are read by 1.0 to 1.4 and later.
        magic, version = struct.unpack("<8x4sQ", path.read_bytes()[:20])
        assert (magic, version) == (b"DUCK", 65), path


def test_a_failed_copy_leaves_the_snapshot_before(on: Settings, bus: FakeBus, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(on)
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")
    put(bus, "placed-articles", placed("c"))
    load(bus, on, run_id="r")
    monkeypatch.setattr("warehouse.snapshot.shutil.copyfile", full)
    with pytest.raises(WarehouseError, match="No space left"):
        publish(on, force=True)
    with closing(open_snapshot(on)) as con:
        assert dicts(con, "SELECT count(*) AS n FROM articles") == [{"n": 2}]
    assert not list(on.data.glob(".*.new"))


def test_the_public_snapshot_holds_no_texts(on: Settings) -> None:
    assert publish_all(on, force=True) is not None
    path = public_path(on)
    assert SECRET.encode() in snapshot_path(on).read_bytes() or SECRET.encode()[:20] in snapshot_path(on).read_bytes()
    assert SECRET.encode()[:20] not in path.read_bytes()
    with closing(open_file(path, on)) as con:
        assert dicts(con, "SELECT DISTINCT body FROM articles") == [{"body": ""}]
        assert dicts(con, "SELECT count(*) AS n FROM article_versions WHERE body IS NOT NULL") == [{"n": 0}]
        assert dicts(con, "SELECT sentence FROM facts") == [{"sentence": "Budget de 3000000000 DH pour le plan eau."}]
        assert len(dicts(con, "FROM announcements_new")) == 1
        assert dicts(con, "SELECT count(*) AS n FROM claim_events") == [{"n": 0}]
    assert publish_public(on, force=True) is None, "made of this snapshot already"


def test_what_follows_may_fail_by_itself(on: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: Settings) -> None:
        raise WarehouseError("disk")
    monkeypatch.setattr("warehouse.publication.search.refresh", broken)
    assert publish_all(on, force=True) is not None
    assert public_path(on).is_file()


def test_search_follows_publication(on: Settings) -> None:
    publish_all(on, force=True)
    assert [hit.article_id for hit in search(on, "budget").hits] == ["a"]


READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
views = [name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
for view in views:
    con.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchall()
con.execute("SELECT * FROM claims_as_of(now())").fetchall()
bare = con.execute("SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL").fetchone()[0]
print(duckdb.__version__, len(views) >= 25, bare)
"""


def test_it_opens_with_nothing_but_duckdb(on: Settings) -> None:
    """Of this version, and of the older one in the folder DUCKDB_OLDER (pip install --no-deps --target FOLDER duckdb==1.5.5)."""
    publish_all(on, force=True)
    for folder in dict.fromkeys(("", os.environ.get("DUCKDB_OLDER", ""))):
        told = subprocess.run([sys.executable, "-c", READER, str(snapshot_path(on))], capture_output=True, text=True, timeout=60,
                              check=False, env={**os.environ, "PYTHONPATH": folder})
        assert told.stdout.split()[1:] == ["True", "0"], told.stderr
        assert not folder or told.stdout.startswith("1.")
