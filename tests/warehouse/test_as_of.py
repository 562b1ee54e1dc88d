"""What was known when: articles and facts by fetch, claims by load."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.events import AnyEvent
from tests.warehouse.builders import NOON, amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.database import open_writer
from warehouse.load import load
from warehouse.rows import dicts


class World:
    def __init__(self, folder: Path) -> None:
        self.on, self.bus = settings_in(folder), FakeBus()

    def load(self, *events: AnyEvent) -> datetime:
        put(self.bus, "placed-articles", *events)
        load(self.bus, self.on, run_id="r")
        return datetime.now(UTC)

    def ask(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with closing(open_writer(self.on)) as con:
            return dicts(con, sql, values)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def hour(number: float) -> str:
    return (NOON + timedelta(hours=number)).isoformat()


def test_articles_are_as_they_were_last_seen(world: World) -> None:
    world.load(placed("a", amount(3e9)), placed("a", amount(4e9), version=2, text="Corrigé.", fetched=10),
               placed("a", status="withdrawn", fetched=20, version=2), placed("b", hours=12))
    def at(number: float) -> list[tuple[Any, ...]]:
        rows = world.ask("SELECT article_id, version, body, status FROM articles_as_of(?) ORDER BY 1", hour(number))
        return [tuple(row.values()) for row in rows]
    first = "Texte de a. Budget de 3000000000 DH pour le plan eau."
    assert at(0.5) == []
    assert at(5) == [("a", 1, first, "published")]
    assert at(11) == [("a", 2, "Corrigé.", "published")]
    assert at(30) == [("a", 2, "Corrigé.", "withdrawn"), ("b", 1, "Texte de b. ", "published")]
    def values(number: float) -> list[float]:
        return [row["value"] for row in world.ask("SELECT value FROM facts_as_of(?)", hour(number))]
    assert (values(0.5), values(5), values(11)) == ([], [3e9], [4e9])


def test_claims_are_as_they_stood_after_each_load(world: World) -> None:
    before = datetime.now(UTC)
    one = world.load(placed("a", amount(3.2e9)))
    two = world.load(placed("b", amount(3.9e9), outlet="lefil", kind="same_event", hours=1))
    three = world.load(placed("a", amount(3.9e9), version=2, fetched=5))
    def at(moment: datetime) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in world.ask("SELECT state, value, sources FROM claims_as_of(?)", moment.isoformat())]
    assert at(before) == []
    assert at(one) == [("new", 3.2e9, 1)]
    assert at(two) == [("disputed", 3.2e9, 2)]
    assert at(three) == [(row["state"], row["value"], row["sources"]) for row in world.ask("SELECT * FROM claims")]
    (life,) = world.ask("SELECT * FROM claims_over_time")
    assert before < life["known_from"] < one < life["disputed_at"] < two
    assert (life["first_value"], life["value"], life["values"], life["withdrawn_at"]) == (3.2e9, 3.9e9, 2, None)


def test_a_claim_under_another_id_keeps_its_past(world: World) -> None:
    one = world.load(placed("b", amount(3.2e9), outlet="lefil", hours=5))
    two = world.load(placed("a", amount(3.9e9), kind="same_event", hours=0, fetched=20))
    assert len(world.ask("SELECT * FROM claims_as_of(?)", one.isoformat())) == 1
    assert len(world.ask("SELECT * FROM claims_as_of(?)", two.isoformat())) == 1
    (life,) = world.ask("SELECT known_from FROM claims_over_time")
    assert life["known_from"] < one
