"""Reading: the snapshot answers SELECTs and nothing else."""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import Settings
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse import isolated
from warehouse.database import open_snapshot
from warehouse.load import load
from warehouse.read import QueryError, ask, query
from warehouse.snapshot import publish


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_in(tmp_path_factory.mktemp("read"))
    bus = FakeBus()
    put(bus, "placed-articles", placed("a", amount(3e9)), placed("b", hours=1))
    load(bus, settings, run_id="r")
    assert publish(settings, force=True) is not None
    return settings


@pytest.mark.parametrize("sql", [
    "SELECT 1", "FROM articles", "WITH x AS (SELECT 1 AS a) SELECT * FROM x;", "SHOW TABLES", "DESCRIBE articles",
    "SUMMARIZE articles", "EXPLAIN SELECT 1", "EXPLAIN ANALYZE SELECT count(*) FROM articles", "VALUES (1)",
])
def test_reading_is_answered(on: Settings, sql: str) -> None:
    assert query(sql, on).rows


@pytest.mark.parametrize("sql", [
    "COPY articles TO '/tmp/marsad-stolen.csv'", "COPY (SELECT 1) TO '/tmp/marsad-stolen.csv'", "ATTACH '/tmp/marsad-other.db'",
    "ATTACH ':memory:' AS m", "INSTALL fts", "LOAD fts", "SELECT * FROM read_csv('/etc/passwd')", "FROM '/etc/passwd'",
    "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM glob('/etc/*')", "SELECT * FROM read_json('http://127.0.0.1:9/x')",
    "SELECT * FROM read_parquet('s3://b/x')", "SET memory_limit = '9GB'", "RESET memory_limit", "PRAGMA database_list",
    "PRAGMA enable_profiling", "CALL pragma_version()", "CREATE TABLE t (a INT)", "CREATE TEMP TABLE t (a INT)",
    "INSERT INTO articles SELECT * FROM articles", "DELETE FROM articles", "UPDATE articles SET headline = ''",
    "DROP TABLE articles",
    "WITH d AS (DELETE FROM articles RETURNING 1) SELECT * FROM d", "EXPORT DATABASE '/tmp/marsad-stolen'", "BEGIN", "CHECKPOINT",
    "VACUUM", "PREPARE p AS SELECT 1", "EXPLAIN ANALYZE DELETE FROM articles", "EXPLAIN ANALYZE COPY articles TO '/tmp/marsad-x'",
    "EXPLAIN (FORMAT json) INSERT INTO articles FROM articles", "SELECT * FROM enable_logging()", "USE memory",
    "CREATE SECRET (TYPE s3)", "SELECT 1; SELECT 2", "", "COMMENT ON TABLE articles IS 'x'", "DETACH marsad",
])
def test_all_else_is_refused(on: Settings, sql: str) -> None:
    with pytest.raises(QueryError) as told:
        query(sql, on)
    assert len(str(told.value)) > 20
    assert not list(Path("/tmp").glob("marsad-x*"))


def test_variables_of_the_program_are_out_of_reach(on: Settings) -> None:
    import pyarrow as pa
    secret = pa.table({"a": [1]})
    with pytest.raises(QueryError, match="secret"):
        query("SELECT * FROM secret", on)
    assert secret.num_rows == 1


def test_a_misspelt_column_or_table_brings_the_nearest(on: Settings) -> None:
    with pytest.raises(QueryError, match="headline"):
        query("SELECT headlin FROM articles", on)
    with pytest.raises(QueryError, match="articles"):
        query("SELECT * FROM artikles", on)
    with pytest.raises(QueryError, match=r"(?i)syntax"):
        query("SELEKT 1", on)


@pytest.mark.parametrize("sql", [
    "SELECT " + "(" * 40_000 + "1" + ")" * 40_000, "SELECT " + "+".join(["1"] * 40_000), "SELECT " + "[" * 20_000 + "]" * 20_000,
    "SELECT repeat('x', 4000000000)", "SELECT * FROM sniff_csv('/etc/passwd')", "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM query('COPY articles TO ''/tmp/marsad-x''')", "SELECT getenv('HOME')",
    "SELECT * FROM read_blob('/etc/passwd')", "SELECT '\ud800'", "SELECT '\x00'",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT sum(n) FROM t",
    "SELECT count(*) FROM range(1000000) a, range(1000000) b",
])
def test_hostile_questions_end_and_leave_the_service_intact(on: Settings, sql: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError) as told:
        query(sql, on, seconds=1)
    assert time.monotonic() - began < 30
    assert 20 < len(str(told.value)) < 500
    assert query("SELECT count(*) FROM articles", on).rows == ((2,),)


def test_a_question_that_heeds_no_interruption_is_killed() -> None:
    began = time.monotonic()
    assert isolated.in_own_process(time.sleep, (60,), 0.3, 4_000_000_000) is None
    assert time.monotonic() - began < 20


def test_a_process_that_dies_is_told() -> None:
    assert isolated.in_own_process(os._exit, (9,), 5, 4_000_000_000) == isolated.FAILED


def test_another_snapshot_is_seen_though_the_one_before_is_open(tmp_path: Path) -> None:
    settings, bus = settings_in(tmp_path), FakeBus()
    put(bus, "placed-articles", placed("a"))
    load(bus, settings, run_id="r")
    publish(settings, force=True)
    with closing(open_snapshot(settings)) as old:
        put(bus, "placed-articles", placed("b"))
        load(bus, settings, run_id="r")
        publish(settings, force=True)
        assert ask("SELECT count(*) FROM articles", settings).rows == ((2,),)
        assert old.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]


def test_rows_are_capped(on: Settings) -> None:
    some = query("SELECT * FROM range(100000)", on, rows=7)
    assert (len(some.rows), some.complete) == (7, False)
    every = query("SELECT range AS n FROM range(7)", on, rows=7)
    assert (len(every.rows), every.complete, every.columns) == (7, True, ("n",))


def test_time_is_limited(on: Settings) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 0\.3 s"):
        query("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1", on, seconds=0.3)
    assert time.monotonic() - began < 5


def test_size_is_limited(on: Settings) -> None:
    with pytest.raises(QueryError, match="characters"):
        query("SELECT '" + "x" * 10_000_000 + "'", on)
    cut = query("SELECT repeat('x', 1000000) FROM range(100)", on)
    assert not cut.complete
    assert len(cut.rows) == 64
    with pytest.raises(QueryError, match="memory"):
        query("SELECT list(range) FROM range(1000000000)", on)


def test_before_the_first_snapshot_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="marsad run"):
        query("SELECT 1", settings_in(tmp_path))
