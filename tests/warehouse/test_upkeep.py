"""Upkeep: nothing is lost by compacting, backing up and restoring; what is wrong is named; what is erased stays away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.events import Fetch, Mention, PersonRole, Quote
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from tests.warehouse.press import Press, fill
from warehouse.erasure import erase
from warehouse.files import WarehouseError, writer_path
from warehouse.load import load
from warehouse.upkeep import backup, compact, prune, restore
from warehouse.verify import verify

TABLES = ("articles", "article_versions", "facts", "claims", "claim_facts", "claim_events", "stories", "consumed_offsets",
          "load_state")
PLACED = "placed-articles"


def all_rows(press: Press) -> dict[str, list[dict[str, Any]]]:
    return {table: press.ask(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return fill(tmp_path, stories=15)


def test_compacting_keeps_every_row_and_frees_space(press: Press) -> None:
    press.ask("DELETE FROM fetches")
    before = all_rows(press)
    press.ask("CREATE TABLE ballast AS SELECT repeat('x', 100) || range AS t FROM range(200000)")
    press.ask("DROP TABLE ballast")
    sizes = compact(press.settings)
    assert sizes.after < sizes.before
    assert all_rows(press) == before
    assert verify(press.settings) == ()


def test_a_backup_is_restored_and_the_load_goes_on_from_there(tmp_path: Path) -> None:
    on, bus = settings_in(tmp_path), FakeBus()
    press = Press(on)
    put(bus, PLACED, placed("a", amount(3e9)))
    load(bus, on, run_id="r")
    saved = backup(on, tmp_path / "kept")
    put(bus, PLACED, placed("b", amount(3.9e9), outlet="lefil", kind="same_event", hours=1))
    load(bus, on, run_id="r")
    whole = {table: press.ask(f"SELECT * FROM {table} ORDER BY ALL") for table in ("claims", "facts", "claim_facts")}
    writer_path(on).write_bytes(b"damaged")
    restore(on, saved)
    assert press.ask("SELECT article_id FROM articles") == [{"article_id": "a"}]
    sent = len(bus.logs["claim-events"])
    load(bus, on, run_id="r")
    assert {table: press.ask(f"SELECT * FROM {table} ORDER BY ALL") for table in whole} == whole
    assert len(bus.logs["claim-events"]) == sent + 1, "the dispute, under the id it had"
    assert press.ask("SELECT count(DISTINCT event_id) AS n, count(*) AS m FROM claim_events") == [{"n": 2, "m": 2}]


def test_a_damaged_backup_is_refused(tmp_path: Path, press: Press) -> None:
    saved = backup(press.settings, tmp_path / "kept")
    saved.write_bytes(saved.read_bytes()[:-1] + b"?")
    with pytest.raises(WarehouseError, match="damaged"):
        restore(press.settings, saved)
    with pytest.raises(WarehouseError, match="missing"):
        restore(press.settings, tmp_path / "nowhere.duckdb")


def test_old_backups_go(tmp_path: Path, press: Press) -> None:
    folder = tmp_path / "kept"
    for _ in range(3):
        press.ask("UPDATE load_state SET generation = generation + 1")
        last = backup(press.settings, folder, keep=2)
    assert len(list(folder.glob("*.duckdb"))) == 2
    assert last in folder.glob("*.duckdb")
    assert len(list(folder.glob("*.json"))) == 2


@pytest.mark.parametrize(("harm", "named"), [
    ("DELETE FROM claim_facts WHERE \"position\" = 1", "facts that report no claim"),
    ("DELETE FROM stories WHERE story_id = (SELECT min(story_id) FROM stories)", "articles without a story"),
    ("INSERT INTO articles SELECT * FROM articles LIMIT 1", "articles that stand twice"),
    ("UPDATE subject_weeks SET articles = articles + 1", "weeks that miscount their subjects"),
    ("DELETE FROM subject_months WHERE scheme = 'all'", "months that count otherwise than weeks"),
    ("UPDATE facts SET start_offset = start_offset + 1 WHERE is_current", "evidence that its text does not hold"),
])
def test_what_contradicts_itself_is_named(press: Press, harm: str, named: str) -> None:
    assert verify(press.settings) == ()
    press.ask(harm)
    found = verify(press.settings)
    assert named in [finding.about for finding in found]
    assert all(str(finding) and finding.examples for finding in found)


def test_only_old_doings_are_pruned(tmp_path: Path) -> None:
    on, bus = settings_in(tmp_path), FakeBus()
    now = datetime.now(UTC)
    for number, days in enumerate((1, 500)):
        put(bus, "fetches", Fetch(fetch_id=str(number), run_id="r", outlet="x", url="u", purpose="article",
                                  fetched_at=now - timedelta(days=days)))
    put(bus, PLACED, placed("a", hours=-24 * 900))
    load(bus, on, run_id="r")
    assert prune(on, days=400) == {"fetches": 1, "rejections": 0, "runs": 0, "dead_letters": 0}
    assert len(Press(on).table("articles")) == 1


def test_an_erased_outlet_is_gone_and_stays_away(press: Press) -> None:
    bus = FakeBus()
    held = len(press.ask("SELECT * FROM articles WHERE outlet = 'lefil'"))
    done = erase(press.settings, "outlet", "lefil", reason="its publisher asked")
    assert done.articles == held > 0
    assert done.left
    assert press.ask("SELECT * FROM articles WHERE outlet = 'lefil'") == []
    assert press.ask("SELECT * FROM claims WHERE list_contains(outlets, 'lefil') OR first_outlet = 'lefil'") == []
    assert press.ask("SELECT * FROM stories WHERE list_contains(outlets, 'lefil')") == []
    assert press.ask("SELECT * FROM claim_events WHERE event::VARCHAR LIKE '%lefil%'") == []
    assert verify(press.settings) == ()
    bus.generation = 2
    put(bus, PLACED, placed("back", amount(1e6), outlet="lefil"), placed("other"))
    load(bus, press.settings, run_id="r")
    assert press.ask("SELECT article_id FROM articles WHERE article_id IN ('back', 'other')") == [{"article_id": "other"}]


def with_person(event: Any) -> Any:
    import msgspec
    mention = Mention(kind="person", name="Salma Idrissi", surface="S. Idrissi", zone="body", start=0, end=5)
    classified = msgspec.structs.replace(event.classified, mentions=(*event.classified.mentions, mention))
    return msgspec.structs.replace(event, classified=classified)


@pytest.mark.parametrize("name", ["Salma Idrissi", "SALMA  IDRISSI"])
def test_an_erased_person_is_gone_and_stays_away(tmp_path: Path, name: str) -> None:
    on, bus = settings_in(tmp_path), FakeBus()
    facts = (Quote(text="Nous irons.", speaker="Salma Idrissi", speaker_surface="S. Idrissi"),
             PersonRole(person="Salma Idrissi", person_surface="Salma Idrissi", role_surface="directrice"), amount(3e9))
    put(bus, PLACED, with_person(placed("a", *facts, entities=("onee",))))
    load(bus, on, run_id="r")
    press = Press(on)
    done = erase(on, "person", name, reason="she asked")
    assert (done.facts, done.mentions) == (2, 1)
    put(bus, PLACED, with_person(placed("b", *facts, outlet="lefil", kind="same_event", hours=1)))
    load(bus, on, run_id="r")
    assert {row["kind"] for row in press.table("facts")} == {"amount"}
    assert {row["kind"] for row in press.table("claims")} == {"amount"}
    assert press.ask("SELECT name FROM mentions WHERE kind = 'person'") == []
    assert press.ask("SELECT * FROM claim_events WHERE event::VARCHAR LIKE '%Idrissi%'") == []
    assert press.ask("SELECT sources FROM claims") == [{"sources": 2}]
