"""An erasure reaches every store: afterwards nothing of the outlet or the person is found in any file but the tombstone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.settings import settings
from flows.cli import app
from pipeline.state import open_state
from pipeline.state.subscribers import Subscriber, Subscribers
from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import fresh_world
from warehouse.read import ask

__all__ = ["fresh_world"]


def naming(data: Path, text: str) -> list[str]:
    """Tables of the snapshot in whose rows the text is found."""
    on = settings().model_copy(update={"data": data})
    tables = [name for (name,) in ask("SELECT table_name FROM duckdb_tables()", on).rows]
    return [name for name in tables if ask(f"SELECT 1 FROM {name} one WHERE contains(one::VARCHAR, '{text}') LIMIT 1", on).rows]


@pytest.mark.slow
def test_nothing_of_an_erased_outlet_is_left(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    gone, stays = sorted(fresh_world.bases)[:2]
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    assert marsad("run", gone, stays).code == 0
    assert marsad("export", "parquet").code == 0
    before = json.loads(marsad("sql", f"SELECT count(*) AS n FROM articles WHERE outlet = '{stays}'", "--format", "json").out)
    done = marsad("erase", "outlet", gone, "--reason", "the publisher asked")
    assert done.code == 0, done.err
    for store in ("tombstone", "warehouse", "snapshots", "search", "Parquet", "replays", "issues on disk", "archive", "profiles",
                  "place.sqlite", "operational state", "bus, dead letters", "backups"):
        assert store in done.out
    url = fresh_world.bases[gone].encode()
    left = {str(file.relative_to(marsad.data)) for file in marsad.data.rglob("*") if file.is_file() and url in file.read_bytes()}
    # The day's snapshot is kept as another name of the one published after the erasure.
    left -= {f"snapshots/{file.name}" for file in (marsad.data / "snapshots").iterdir()
             if file.samefile(marsad.data / "marsad.duckdb")}
    # The bus and logs end by their retention; robots.txt says nothing of articles; of the databases see below.
    allowed = {"state.sqlite", "state.sqlite-wal", "marsad.duckdb", "warehouse/writer.duckdb"}
    assert {name for name in left if not name.startswith(("bus/", "logs/"))} <= allowed, left
    assert set(naming(marsad.data, fresh_world.bases[gone])) <= {"outlets"}
    question = "SELECT outlet, count(*) AS n FROM articles GROUP BY 1"
    rows = [json.loads(line) for line in marsad("sql", question, "--format", "json").out.splitlines()]
    assert rows == [{"outlet": stays, "n": before["n"]}]
    assert f"paused: {gone}" in marsad("run").err


def test_a_reader_is_forgotten() -> None:
    address, now = "lectrice@example.org", datetime.now(UTC)
    with open_state(settings().operational_url) as state:
        readers = Subscribers(state.engine)
        wish = Subscriber("own-1", address, "{}", now)
        assert readers.sign_up(wish, "key", since=now - timedelta(days=1), mails=3, subscriptions=3)
        readers.confirm("own-1", now)
        done = CliRunner().invoke(app, ["erase", "reader", address, "--reason", "asked"])
        assert (done.exit_code, "1 subscriptions" in done.output) == (0, True), done.output
        assert readers.confirmed() == ()
