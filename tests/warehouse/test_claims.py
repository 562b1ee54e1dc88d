"""Claims in the load: the same whatever the batches, each change told once, only news alerts."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.codec import decode
from pipeline.events import ClaimEvent, FactFields, PlacedArticle, content_id
from tests.warehouse.builders import agreement, amount, merge, move, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.claims import rekey
from warehouse.database import open_writer
from warehouse.load import load
from warehouse.rows import dicts

PLACED = "placed-articles"
TABLES = ("claims", "claim_facts", "conflicts")


class Desk:
    """A warehouse that is loaded step by step."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.settings = settings_in(folder)
        self.bus = FakeBus()

    def load(self, *events: Any) -> list[ClaimEvent]:
        """Load the events; the changes announced by it."""
        put(self.bus, PLACED, *events)
        before = len(self.bus.logs["claim-events"])
        load(self.bus, self.settings, run_id="r")
        return [decode(record.value, record.headers, ClaimEvent) for record in self.bus.logs["claim-events"][before:]]

    def ask(self, sql: str) -> list[dict[str, Any]]:
        with closing(open_writer(self.settings)) as con:
            return dicts(con, sql)

    def claim(self, *columns: str) -> tuple[Any, ...]:
        (row,) = self.ask(f"SELECT {', '.join(columns)} FROM claims")
        return tuple(row.values())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def told(events: list[ClaimEvent]) -> list[tuple[str, bool]]:
    return [(event.change, event.alert) for event in events]


def test_a_first_report_makes_a_claim_and_one_alert(desk: Desk) -> None:
    (event,) = desk.load(placed("a", amount(3e9), topics=("eau",), sectors=("eau",), entities=("onee",)))
    assert (event.change, event.alert, event.seq, event.topics, event.sectors, event.entities) == (
        "new", True, 1, ("eau",), ("eau",), ("onee",))
    assert (event.story_id, event.story_headline) == ("s1", "Titre de a")
    assert [(report.outlet, report.independent, report.fields) for report in event.reports] == [("almasdar", True, amount(3e9))]
    assert desk.claim("state", "value", "currency", "sources", "reports", "fresh", "subject", "outlets") == (
        "new", 3e9, "MAD", 1, 1, True, "le plan eau", ["almasdar"])
    assert desk.ask("SELECT position, independent, is_current FROM claim_facts") == [
        {"position": 1, "independent": True, "is_current": True}]


def test_an_independent_source_confirms_and_a_copy_does_not(desk: Desk) -> None:
    desk.load(placed("a", amount(3e9)))
    assert desk.load(placed("b", amount(3e9), outlet="lefil", kind="copy", copy_of="a", hours=1)) == []
    assert desk.claim("state", "sources", "reports") == ("new", 1, 2)
    assert told(desk.load(placed("c", amount(3e9), outlet="autre", kind="same_event", hours=2))) == [("confirmed", True)]
    assert desk.claim("state", "sources", "reports", "outlets") == ("confirmed", 2, 3, ["almasdar", "autre", "lefil"])


def test_a_dispute_is_told_once_with_both_sides_and_ends_by_correction(desk: Desk) -> None:
    desk.load(placed("a", amount(3.2e9)))
    (event,) = desk.load(placed("b", amount(3.9e9), outlet="lefil", kind="same_event", hours=1))
    assert (event.change, event.alert, [report.outlet for report in event.reports]) == ("disputed", True, ["almasdar", "lefil"])
    (row,) = desk.ask("SELECT field, explanation_fr, explanation_ar, explanation_en FROM conflicts")
    assert row["field"] == "value"
    assert all("almasdar" in row[f"explanation_{language}"] for language in ("fr", "ar", "en"))
    assert desk.load(placed("c", amount(3.9e9), outlet="autre", kind="same_event", hours=2)) == []
    assert desk.claim("state", "sources") == ("disputed", 3)
    settled = desk.load(placed("a", amount(3.9e9), version=2, fetched=5))
    assert [event.change for event in settled if event.change != "updated"] == ["settled"]
    assert desk.claim("settled", "value") == (True, 3.9e9)
    assert desk.ask("SELECT * FROM conflicts") == []


def test_a_corrected_amount_is_one_update(desk: Desk) -> None:
    desk.load(placed("a", amount(3.2e9)))
    (event,) = desk.load(placed("a", amount(3.9e9), version=2, fetched=5))
    assert (event.change, event.alert, [report.fields for report in event.reports]) == ("updated", True, [amount(3.9e9)])
    assert desk.claim("state", "value", "reports") == ("updated", 3.9e9, 1)
    assert desk.load(placed("b", amount(3.9e9), outlet="lefil", kind="same_event", hours=7)) == []


def test_a_later_stage_updates_an_agreement(desk: Desk) -> None:
    desk.load(placed("a", agreement("ONEE", "Rabat", status="planned")))
    events = desk.load(placed("b", agreement("ONEE", "Rabat"), outlet="lefil", kind="same_event", hours=9))
    assert told(events) == [("updated", True)]
    assert desk.claim("state", "status", "first_outlet") == ("updated", "signed", "almasdar")


def test_a_withdrawal_is_told_once_and_its_return_is_no_news(desk: Desk) -> None:
    desk.load(placed("a", amount(3e9)))
    assert told(desk.load(placed("a", status="withdrawn", fetched=10))) == [("withdrawn", True)]
    assert desk.claim("state", "reports") == ("withdrawn", 0)
    assert desk.load(placed("b", amount(3e9), outlet="lefil", kind="same_event", hours=11)) == []
    assert desk.claim("state", "reports", "first_outlet") == ("new", 1, "almasdar")


def test_a_late_first_report_takes_its_place_without_news(desk: Desk) -> None:
    desk.load(placed("b", amount(3e9), outlet="lefil", hours=5))
    (was,) = desk.claim("claim_id")
    events = desk.load(placed("a", amount(3e9), outlet="almasdar", kind="same_event", hours=0, fetched=20))
    assert [event.change for event in events] == ["confirmed"]
    assert desk.claim("first_outlet", "first_article_id", "sources") == ("almasdar", "a", 2)
    assert desk.claim("claim_id") == (was,)


def test_a_first_report_in_other_figures_takes_the_id_along(desk: Desk) -> None:
    desk.load(placed("b", amount(3.2e9), outlet="lefil", hours=5))
    (was,) = desk.claim("claim_id")
    events = desk.load(placed("a", amount(3.9e9), kind="same_event", hours=0, fetched=20))
    assert [event.change for event in events] == ["disputed"]
    (now,) = desk.claim("claim_id")
    assert now != was
    assert {"claim_id": was, "into_claim_id": now} in desk.ask("SELECT * FROM claim_redirects")


@pytest.mark.parametrize(("origin", "hours", "fetched"), [
    ("backfill", 0, None), ("import", 0, None), ("replay", 0, None), ("live", 0, 73), ("live", -1000, 1)])
def test_only_fresh_live_reports_alert(desk: Desk, origin: str, hours: float, fetched: float | None) -> None:
    assert told(desk.load(placed("a", amount(3e9), origin=origin, hours=hours, fetched=fetched))) == [("new", False)]
    assert desk.claim("fresh", "origin") == (False, origin)


def test_an_undated_report_does_not_alert(desk: Desk) -> None:
    assert told(desk.load(placed("a", amount(3e9), dated=False))) == [("new", False)]


def test_a_fresh_copy_of_old_news_does_not_alert(desk: Desk) -> None:
    old = placed("a", amount(3e9), hours=-2000, origin="backfill")
    assert told(desk.load(old, placed("b", amount(3e9), outlet="lefil", kind="same_event"))) == [("new", False)]


def test_merged_stories_redirect_and_tell_nothing(desk: Desk) -> None:
    assert len(desk.load(placed("a", amount(3e9)), placed("b", amount(3e9), outlet="lefil", story="s2", hours=1))) == 2
    ids = {row["claim_id"] for row in desk.ask("SELECT claim_id FROM claims")}
    assert [event.change for event in desk.load(merge("s2", "s1"))] == ["confirmed"]
    (now,) = desk.claim("claim_id")
    assert {row["claim_id"] for row in desk.ask("SELECT claim_id FROM claim_redirects")} >= ids - {now}
    assert desk.ask("SELECT DISTINCT into_claim_id AS i FROM claim_redirects") == [{"i": now}]


def test_a_split_story_tells_nothing(desk: Desk) -> None:
    desk.load(placed("a", amount(3e9)), placed("b", amount(3e9), outlet="lefil", kind="same_event", hours=1))
    assert desk.load(move("b", ("s1", "same_event", None), ("s9", "new", None))) == []
    assert desk.ask("SELECT count(*) AS n FROM claims") == [{"n": 2}]


def reread(event: PlacedArticle, *facts: Any, reading: str = "extract/2") -> PlacedArticle:
    """The same text as other rules read it: other facts behind the same sentences."""
    old = event.classified.facts
    made = tuple(
        msgspec.structs.replace(was, fields=fields, fact_id=content_id("reread", was.fact_id, repr(fields)))
        for was, fields in zip(old, facts, strict=True))
    article = msgspec.structs.replace(event.classified.article, reading=reading)
    classified = msgspec.structs.replace(event.classified, article=article, facts=made)
    return msgspec.structs.replace(event, classified=classified, event_id=content_id("reread", event.event_id, reading))


def test_better_rules_redirect_and_tell_nothing(desk: Desk) -> None:
    event = placed("a", amount(3e9))
    desk.load(event)
    (was,) = desk.claim("claim_id")
    assert desk.load(reread(event, amount(3e6))) == []
    now, value = desk.claim("claim_id", "value")
    assert value == 3e6
    assert {"claim_id": was, "into_claim_id": now} in desk.ask("SELECT * FROM claim_redirects")


def test_other_rules_of_claims_make_all_anew_silently(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.load(placed("a", amount(3e9), agreement("ONEE", "Rabat")), placed("b", amount(4e9), story="s2", outlet="lefil"))
    before = {table: desk.ask(f"FROM {table} ORDER BY ALL") for table in TABLES}
    for sql in ("DELETE FROM claims", "DELETE FROM claim_facts", "UPDATE facts SET claim_key = 'stale'"):
        desk.ask(sql)
    monkeypatch.setattr(rekey, "rules_version", lambda: "other rules")
    assert desk.load() == []
    assert {table: desk.ask(f"FROM {table} ORDER BY ALL") for table in TABLES} == before
    assert desk.ask("SELECT count(*) AS n FROM facts WHERE claim_key = 'stale'") == [{"n": 0}]


def test_resolved_claims_go_across_stories_loaded_apart(desk: Desk) -> None:
    known: dict[str, Any] = {"subject_entity": "onee", "period": "2026"}
    desk.load(placed("a", amount(3.2e9, **known)))
    events = desk.load(placed("b", amount(3.9e9, **known), outlet="lefil", story="s2", hours=30))
    assert [event.change for event in events] == ["disputed"]
    desk.load(placed("a", amount(3.9e9, **known), version=2, fetched=40))
    assert desk.claim("sources", "value") == (2, 3.9e9)


def test_the_claims_do_not_depend_on_batches_or_order(tmp_path: Path) -> None:
    dice = random.Random(7)
    events: list[Any] = []
    for n in range(60):
        story = f"s{n % 6}"
        figure = dice.choice([3.2e9, 3.2e9, 3.9e9])
        facts: list[FactFields] = [
            amount(figure, subject=f"plan {n % 2}"), agreement("ONEE", "Rabat", status=dice.choice(["planned", "signed"]))]
        copy = f"a{n - 6}" if n % 5 == 0 and n > 6 else None
        events.append(placed(f"a{n}", *facts, story=story, outlet=dice.choice(["almasdar", "lefil", "x", "y"]), hours=n / 3,
                             kind="copy" if copy else "same_event", copy_of=copy, agency="MAP" if n % 4 == 0 else None))
        if n % 9 == 0:
            events.append(placed(f"a{n}", amount(4.4e9, subject="plan 0"), story=story, version=2, fetched=90, hours=n / 3))
        if n % 13 == 0:
            events.append(placed(f"a{n}", story=story, status="withdrawn", fetched=95, hours=n / 3, version=3))
    events += [merge("s4", "s5"), move("a2", ("s2", "same_event", None), ("s3", "same_event", None))]
    whole, apart = Desk(tmp_path / "whole"), Desk(tmp_path / "apart")
    whole.load(*events)
    shuffled = dice.sample(events, len(events))
    for at in range(0, len(shuffled), 7):
        apart.load(*shuffled[at:at + 7])
    for table in TABLES:
        assert whole.ask(f"FROM {table} ORDER BY ALL") == apart.ask(f"FROM {table} ORDER BY ALL"), table
    noted = apart.ask("SELECT claim_id, change, what, count(*) AS n FROM claim_events GROUP BY ALL HAVING n > 1")
    assert noted == []
    stands = apart.ask("""
        SELECT claim_id, arg_max(state, noted_at) AS state FROM claim_history GROUP BY claim_id
        HAVING state NOT IN ('replaced', 'dropped') ORDER BY ALL""")
    assert stands == apart.ask("SELECT claim_id, state FROM claims ORDER BY ALL")
