"""The load: exactly once, whatever comes twice, cannot be read, or is cut off in the middle."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import codec, dead
from pipeline.bus import Record
from pipeline.codec import encode
from pipeline.events import DeadLetter, Fetch, Rejected, Run
from pipeline.outcome import Reason, reject
from tests.warehouse.builders import NOON, amount, merge, move, placed, put, settings_in
from tests.warehouse.fakes import FakeBus, FakeConsumer
from warehouse.database import open_writer
from warehouse.files import WarehouseError, sole_writer
from warehouse.load import load
from warehouse.rows import dicts

PLACED, BACKFILL = "placed-articles", "placed-articles.backfill"


def ask(folder: Path, sql: str) -> list[dict[str, Any]]:
    with closing(open_writer(settings_in(folder))) as con:
        return dicts(con, sql)


def test_an_article_becomes_rows(tmp_path: Path) -> None:
    bus = FakeBus()
    put(bus, PLACED, placed("a", amount(3e9), topics=("eau_environnement",), entities=("onee",)))
    report = load(bus, settings_in(tmp_path), run_id="r")
    assert (report.records, report.articles, report.stopped) == (1, 1, "idle")
    assert ask(tmp_path, "SELECT headline, outlet, story_id, placement, version, versions, status FROM articles") == [
        {"headline": "Titre de a", "outlet": "almasdar", "story_id": "s1", "placement": "new", "version": 1, "versions": 1,
         "status": "published"}]
    assert ask(tmp_path, "SELECT kind, value, currency, modality, fields->>'subject' s, is_current FROM facts") == [
        {"kind": "amount", "value": 3e9, "currency": "MAD", "modality": "exact", "s": "le plan eau", "is_current": True}]
    assert ask(tmp_path, "SELECT code FROM labels") == [{"code": "eau_environnement"}]
    assert ask(tmp_path, "SELECT entity_id FROM mentions") == [{"entity_id": "onee"}]
    assert ask(tmp_path, "SELECT count(*) AS n FROM entity_aliases WHERE entity_id = 'onee'") == [{"n": 3}]


def test_what_comes_twice_is_loaded_once(tmp_path: Path) -> None:
    bus, event = FakeBus(), placed("a", amount(1e6))
    rejected = reject("extract", Reason.TOO_SHORT, event.classified.article.ref)
    fetch = Fetch(fetch_id="f", run_id="r", outlet="almasdar", url="https://x.test/", purpose="article", fetched_at=NOON)
    run = Run(run_id="r", kind="crawl", started_at=NOON, finished_at=NOON, state="completed", counts={"pages": 2})
    dead = DeadLetter(event_id="d", stage="extract", topic="raw-pages", partition=0, offset=1, key="k", payload=b"\xff",
                      error="boom", stack="", failed_at=NOON)
    for _ in range(2):
        put(bus, PLACED, event, event)
        for topic, one in (("rejections", rejected), ("fetches", fetch), ("runs", run), ("extract.dead", dead)):
            put(bus, topic, one, one)
        load(bus, settings_in(tmp_path), run_id="r")
    for table in ("articles", "article_versions", "facts", "stories", "rejections", "fetches", "runs", "dead_letters"):
        assert ask(tmp_path, f"SELECT count(*) AS n FROM {table}") == [{"n": 1}], table
    assert ask(tmp_path, "SELECT payload FROM dead_letters") == [{"payload": b"\xff"}]


def test_a_new_log_is_read_from_its_start_and_adds_nothing_known(tmp_path: Path) -> None:
    bus = FakeBus()
    put(bus, PLACED, placed("a"), placed("b"))
    load(bus, settings_in(tmp_path), run_id="r")
    bus.generation += 1
    report = load(bus, settings_in(tmp_path), run_id="r")
    assert (report.records, report.articles) == (2, 0)


def test_a_log_cut_back_is_an_error_that_says_so(tmp_path: Path) -> None:
    bus = FakeBus()
    put(bus, PLACED, placed("a"), placed("b"))
    load(bus, settings_in(tmp_path), run_id="r")
    bus.logs[PLACED].pop()
    with pytest.raises(WarehouseError, match="ends at offset 1, but 2 records"):
        load(bus, settings_in(tmp_path), run_id="r")


def test_an_unreadable_record_becomes_a_dead_letter(tmp_path: Path) -> None:
    bus = FakeBus()
    bus.append(PLACED, b"not zstd", {"schema": "1"})
    bus.append(PLACED, encode(placed("new"))[0], {"schema": "99"})
    put(bus, PLACED, placed("a"))
    report = load(bus, settings_in(tmp_path), run_id="r")
    assert (report.unreadable, report.articles) == (2, 1)
    errors = [row["error"] for row in ask(tmp_path, "SELECT error FROM dead_letters WHERE stage = 'load' ORDER BY \"offset\"")]
    assert "not an event" in errors[0]
    assert "schema version 99" in errors[1]


def test_what_a_newer_version_wrote_is_loaded_after_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bus, on = FakeBus(), settings_in(tmp_path)
    value, headers = encode(placed("new"))
    bus.append(PLACED, value, {**headers, "schema": str(codec.SCHEMA + 1)})
    assert load(bus, on, run_id="r").articles == 0
    (letter,) = dead.open_letters(bus)
    assert (letter.stage, letter.origin.topic, dead.show(bus, letter.letter_id).payload) == ("load", PLACED, value)
    monkeypatch.setattr(codec, "SCHEMA", codec.SCHEMA + 1)
    dead.retry(bus, [letter])
    assert load(bus, on, run_id="r").articles == 1
    assert dead.open_letters(bus) == []


def test_a_record_that_no_table_takes_does_not_stop_the_others(tmp_path: Path) -> None:
    bus, event = FakeBus(), placed("a")
    huge = msgspec.structs.replace(event, version=2**40, event_id="huge")
    put(bus, PLACED, placed("b"), huge, placed("c"))
    report = load(bus, settings_in(tmp_path), run_id="r")
    assert (report.records, report.articles, report.unreadable) == (3, 2, 1)
    assert [row["article_id"] for row in ask(tmp_path, "SELECT article_id FROM articles ORDER BY 1")] == ["b", "c"]


def test_only_one_load_at_a_time(tmp_path: Path) -> None:
    on = settings_in(tmp_path)
    with sole_writer(on), pytest.raises(WarehouseError, match=r"another load is at work \(process \d+"):
        load(FakeBus(), on, run_id="r")


def test_the_time_limit_ends_the_load(tmp_path: Path) -> None:
    bus = FakeBus()
    put(bus, PLACED, placed("a"))
    assert load(bus, settings_in(tmp_path), run_id="r", seconds=0).stopped == "time limit"


class _Doomed(FakeBus):
    """Kills its own process some milliseconds after the poll numbered `after`: in the middle of writing that batch."""

    after = 0

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> FakeConsumer:
        bus = self

        class Consumer(FakeConsumer):
            def poll(self, timeout: float, limit: int) -> Sequence[Record]:
                bus.after -= 1
                if bus.after == 0:
                    threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGKILL)).start()
                return super().poll(timeout, limit)
        return Consumer(self, topics)


def _load_until_killed(folder: str, after: int) -> None:
    bus = _Doomed()
    bus.logs, bus.after = _world().logs, after
    load(bus, settings_in(Path(folder)), run_id="r", batch=20)


def _world() -> FakeBus:
    bus = FakeBus()
    put(bus, PLACED, *(placed(f"a{n}", amount(n * 1e6), story=f"s{n % 7}", hours=n / 10) for n in range(200)))
    put(bus, BACKFILL, *(placed(f"a{n}", story=f"s{n % 7}", version=2, text="Corrigé.", fetched=50) for n in range(40)))
    put(bus, PLACED, merge("s1", "s2"), move("a3", ("s3", "new", None), ("s4", "copy", "a4")))
    return bus


def test_killed_in_the_middle_and_run_again_gives_the_same(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    cut.mkdir()
    load(_world(), settings_in(whole), run_id="r")
    for after in (2, 5):
        worker = multiprocessing.get_context("spawn").Process(target=_load_until_killed, args=(str(cut), after))
        worker.start()
        worker.join(60)
        assert worker.exitcode == -signal.SIGKILL
    load(_world(), settings_in(cut), run_id="r")
    for table in ("articles", "article_versions", "facts", "stories", "story_redirects"):
        rows = f"SELECT {'* EXCLUDE (loaded_in)' if table == 'articles' else '*'} FROM {table} ORDER BY ALL"
        assert ask(whole, rows) == ask(cut, rows), table


def test_rejections_keep_reason_and_page(tmp_path: Path) -> None:
    bus, ref = FakeBus(), placed("a").classified.article.ref
    put(bus, "rejections", Rejected(event_id="x", stage="dedup", reason="unchanged", ref=ref))
    load(bus, settings_in(tmp_path), run_id="r")
    assert ask(tmp_path, "SELECT stage, reason, outlet, url FROM rejections") == [
        {"stage": "dedup", "reason": "unchanged", "outlet": "almasdar", "url": "https://almasdar.test/a"}]
