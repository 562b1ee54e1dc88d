"""The store opens anywhere, by several processes at once, and says clearly when it cannot."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from pipeline.state import State, StateError, open_state
from pipeline.state.crawls import LEASE_SECONDS, CrawlLease, crawl_times
from pipeline.state.hosts import FIRST_BACK_OFF, Hosts, StoredRobots
from pipeline.state.tables import OUTLETS, SCHEMA, VERSION

NOW = 1_800_000_000.0


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'below' / 'state.sqlite'}"


def test_it_opens_in_a_folder_that_is_not_there_yet_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        with open_state(url(tmp_path)) as state, state.reading() as connection:
            assert connection.scalars(select(SCHEMA.c.version)).all() == [VERSION]
            assert {"addresses", "ways", "hosts", "deliveries"} <= set(inspect(state.engine).get_table_names())
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_many_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    def look(_: int) -> list[int]:
        with open_state(url(tmp_path)) as state, state.reading() as connection:
            return list(connection.scalars(select(SCHEMA.c.version)))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(16))) == [[VERSION]] * 16


@pytest.mark.parametrize("bad", ["nonsense", "nodialect://x", "sqlite:////dev/null/x/state.sqlite"])
def test_what_cannot_be_opened_is_said(bad: str) -> None:
    with pytest.raises(StateError, match="MARSAD_STATE_URL"):
        open_state(bad)


def test_a_host_is_asked_by_one_caller_at_a_time(tmp_path: Path) -> None:
    def reserve(_: int) -> float | None:
        with open_state(url(tmp_path)) as state:
            return Hosts(state).reserve("phare.ma", 2.0, NOW, NOW + 100)
    with ThreadPoolExecutor(6) as pool:
        times = sorted(one for one in pool.map(reserve, range(12)) if one is not None)
    assert times == [NOW + 2.0 * number for number in range(12)]


def test_who_knows_of_a_longer_delay_keeps_it_after_the_others_too(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        hosts = Hosts(state)
        assert hosts.reserve("a.ma", 10.0, NOW, NOW + 100) == NOW
        assert hosts.reserve("a.ma", 1.0, NOW, NOW + 100) == NOW + 10
        assert hosts.reserve("a.ma", 10.0, NOW, NOW + 100) == NOW + 20


def test_nothing_is_reserved_beyond_the_time_that_is_left(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        hosts = Hosts(state)
        assert hosts.reserve("a.ma", 60.0, NOW, NOW) == NOW
        assert hosts.reserve("a.ma", 60.0, NOW, NOW + 59) is None
        assert hosts.reserve("a.ma", 60.0, NOW, NOW + 60) == NOW + 60
        assert hosts.reserve("b.ma", 60.0, NOW, NOW) == NOW


def test_setbacks_grow_until_an_answer_and_retry_after_is_obeyed(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        hosts = Hosts(state)
        assert hosts.set_back("a.ma", NOW, None) == NOW + FIRST_BACK_OFF
        assert hosts.set_back("a.ma", NOW, None) == NOW + 2 * FIRST_BACK_OFF
        assert hosts.set_back("a.ma", NOW, 120.0) == NOW + 120
        assert hosts.reserve("a.ma", 1.0, NOW, NOW + 300) == NOW + 120
        hosts.answered("a.ma", 1.0, NOW + 120)
        assert hosts.set_back("a.ma", NOW + 200, None) == NOW + 200 + FIRST_BACK_OFF


def test_an_answer_does_not_shorten_a_wait(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        hosts = Hosts(state)
        hosts.set_back("a.ma", NOW, 500.0)
        hosts.answered("a.ma", 1.0, NOW + 1)
        assert hosts.reserve("a.ma", 1.0, NOW + 2, NOW + 900) == NOW + 500
        assert hosts.rests_until("a.ma") == NOW + 500
        assert hosts.rests_until("b.ma") == 0.0


def test_robots_are_remembered(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        hosts = Hosts(state)
        assert hosts.robots("https://a.ma") is None
        for status in (503, 200):
            hosts.keep_robots("https://a.ma", StoredRobots(NOW, status, b"User-agent: *", None))
        assert hosts.robots("https://a.ma") == StoredRobots(NOW, 200, b"User-agent: *", None)
        hosts.keep_robots("https://a.ma", StoredRobots(NOW, 200, b"User-agent: *", None, "http_503", NOW + 9))
        assert hosts.robots("https://a.ma") == StoredRobots(NOW, 200, b"User-agent: *", None, "http_503", NOW + 9)


def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state, state.writing() as connection:
        for statement in ("ALTER TABLE robots DROP COLUMN trouble", "ALTER TABLE robots DROP COLUMN tried_at",
                          "ALTER TABLE hosts DROP COLUMN rests_until", "ALTER TABLE hosts DROP COLUMN asked_at",
                          "UPDATE state_schema SET version = 1",
                          "INSERT INTO robots (site, read_at, status, content) VALUES ('https://a.ma', 1, 503, X''),"
                          " ('https://b.ma', 1, 200, X'')"):
            connection.execute(text(statement))
    with open_state(url(tmp_path)) as state:
        assert Hosts(state).robots("https://a.ma") is None
        assert Hosts(state).robots("https://b.ma") == StoredRobots(1.0, 200, b"", None)


def test_one_crawl_of_an_outlet_at_a_time(tmp_path: Path) -> None:
    with open_state(url(tmp_path)) as state:
        mine = CrawlLease(state, "phare")
        assert mine.take(NOW)
        hold(state, "phare", "elsewhere/1", NOW + LEASE_SECONDS)
        assert not mine.take(NOW)
        assert not mine.renew(NOW)
        assert crawl_times(state, "phare", NOW).held
        assert mine.take(NOW + LEASE_SECONDS)
        mine.give_back(NOW + 90, "completed")
        assert crawl_times(state, "phare", NOW + 91).last_state == "completed"
        assert not crawl_times(state, "phare", NOW + 91).held


def test_a_holder_that_died_here_is_noticed_at_once(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    with open_state(url(tmp_path)) as state:
        assert CrawlLease(state, "phare").take(NOW)
        hold(state, "phare", f"{os.uname().nodename}/{ended.pid}", NOW + LEASE_SECONDS)
        assert CrawlLease(state, "phare").take(NOW)


def hold(state: State, outlet: str, holder: str, until: float) -> None:
    with state.writing() as connection:
        connection.execute(OUTLETS.update().where(OUTLETS.c.outlet == outlet).values(holder=holder, held_until=until))
