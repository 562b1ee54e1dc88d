"""Export: the exact shapes of the contract, and only what changed as Parquet."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from config.settings import Settings
from pipeline.events import Dating, PlacedArticle
from tests.warehouse.builders import agreement, amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.export import articles, facts, parquet, table
from warehouse.files import WarehouseError
from warehouse.load import load
from warehouse.read import QueryError
from warehouse.snapshot import publish


def filled(folder: Path, *events: PlacedArticle) -> tuple[FakeBus, Settings]:
    bus, on = FakeBus(), settings_in(folder)
    more(bus, on, *events)
    return bus, on


def more(bus: FakeBus, on: Settings, *events: PlacedArticle) -> None:
    put(bus, "placed-articles", *events)
    load(bus, on, run_id="r")
    publish(on, force=True)


def with_article(event: PlacedArticle, **changes: Any) -> PlacedArticle:
    article = msgspec.structs.replace(event.classified.article, **changes)
    return msgspec.structs.replace(event, classified=msgspec.structs.replace(event.classified, article=article))


def test_articles_have_the_fields_of_the_contract(tmp_path: Path) -> None:
    first = with_article(placed("a", text="Un.\nDeux."), authors=("A. Alaoui", "B. Bennis"), original_outlet="MAP")
    given = with_article(placed("b", hours=1, kind="copy", copy_of="a"))
    given = with_article(given, ref=msgspec.structs.replace(given.classified.article.ref, source_id="row 7"))
    _, on = filled(tmp_path, first, given)
    one, two = articles(on)
    assert one == {
        "id": "a", "source_id": None, "url": "https://almasdar.test/a", "outlet": "almasdar", "original_outlet": "MAP",
        "title": "Titre de a", "author": "A. Alaoui, B. Bennis", "published": "2026-11-20T12:00:00+00:00", "lang": "fr",
        "body": "Un.\nDeux.", "story_id": "s1", "placement": "new", "copy_of": None, "version": 1}
    assert list(one) == ["id", "source_id", "url", "outlet", "original_outlet", "title", "author", "published", "lang", "body",
                         "story_id", "placement", "copy_of", "version"]
    assert (two["source_id"], two["placement"], two["copy_of"], two["author"]) == ("row 7", "copy", "a", None)


def test_a_day_before_morocco_left_its_summer_time_stays_that_day(tmp_path: Path) -> None:
    day = Dating(at=datetime(2025, 6, 30, 23, tzinfo=UTC), precision="day", origin="text", raw="01 - 07 - 2025")
    _, on = filled(tmp_path, with_article(placed("a"), published=day))
    (row,) = articles(on)
    assert row["published"] == "2025-07-01T00:00:00+01:00"


def test_facts_have_the_shape_of_the_guide(tmp_path: Path) -> None:
    event = placed("a", amount(3e9), agreement("ONEE", "Rabat"))
    lead = msgspec.structs.replace(event.classified.facts[0], evidence=msgspec.structs.replace(
        event.classified.facts[0].evidence, zone="lead"))
    classified = msgspec.structs.replace(event.classified, facts=(lead, event.classified.facts[1]))
    _, on = filled(tmp_path, msgspec.structs.replace(event, classified=classified),
                   placed("b", amount(1e6)), placed("b", amount(2e6), version=2, fetched=9))
    found = [json.loads(json.dumps(fact)) for fact in facts(on)]
    assert [(fact["article"], fact["fact_type"], fact["zone"]) for fact in found] == [
        ("https://almasdar.test/a", "amount", "body"), ("https://almasdar.test/a", "agreement", "body"),
        ("https://almasdar.test/b", "amount", "body")]
    assert found[0]["fields"]["value"] == 3e9
    assert {party["surface"] for party in found[1]["fields"]["parties"]} == {"ONEE", "Rabat"}
    assert found[2]["fields"]["value"] == 2e6, "what the outlet no longer says is not exported"
    bodies = {article["url"]: article["body"] for article in articles(on)}
    for fact in found:
        assert bodies[fact["article"]][fact["start"]:fact["end"]] == fact["evidence"]


def test_facts_can_be_scored_against_the_gold(shared: Path, tmp_path: Path) -> None:
    _, on = filled(tmp_path, placed("a", amount(3e9), agreement("ONEE", "Rabat")))
    scorer: dict[str, Any] = {"__name__": "scorer"}
    exec((shared / "gold" / "score_facts.py").read_text(encoding="utf-8"), scorer)
    predicted = list(facts(on))
    gold = [{**fact, "importance": "core"} for fact in predicted]
    rows, misses, spurious = scorer["score"](predicted, gold)
    assert (sum(row["found"] for row in rows.values()), misses, spurious) == (2, [], [])


def test_before_the_first_snapshot_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="nothing published yet"):
        next(articles(settings_in(tmp_path)))


def test_parquet_writes_only_changed_months(tmp_path: Path) -> None:
    october = placed("a", amount(3e9), hours=-24 * 40, topics=("eau",), entities=("onee",))
    bus, on = filled(tmp_path, october, placed("b", agreement("ONEE", "Rabat"), story="s2"))
    out = tmp_path / "it's here"
    first = parquet(on, out)
    assert {"articles/2026-10.parquet", "articles/2026-11.parquet", "facts/2026-10.parquet", "entities/all.parquet",
            "claims/2026-11.parquet"} <= set(first.written)
    assert parquet(on, out).written == ()
    more(bus, on, placed("c", story="s2", kind="same_event", hours=2))
    again = parquet(on, out)
    assert "articles/2026-11.parquet" in again.written
    assert not [name for name in again.written if "2026-10" in name]
    (out / "articles" / "2026-10.parquet").unlink()
    assert parquet(on, out).written == ("articles/2026-10.parquet",)
    with duckdb.connect() as con:
        files = str(out / "articles" / "*.parquet")
        rows = con.execute("SELECT article_id, body FROM read_parquet(?) ORDER BY 1", [files]).fetchall()
    assert [row[0] for row in rows] == ["a", "b", "c"]
    assert rows[0][1].startswith("Texte de a.")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_view_or_a_query_becomes_one_file(tmp_path: Path, form: Any) -> None:
    _, on = filled(tmp_path, placed("a", amount(3e9), topics=("eau",)), placed("b", agreement("ONEE", "Rabat"), hours=1))
    out = tmp_path / "out" / f"new.{form}"
    assert table(on, "announcements_new", out, form) == 2
    with duckdb.connect() as con:
        rows = con.execute(f"SELECT kind, value, topics FROM '{out}' ORDER BY kind").fetchall()
    assert rows[1] == ("amount", 3e9, '["eau"]' if form == "csv" else ["eau"])
    assert table(on, "SELECT outlet, count(*) AS n FROM articles GROUP BY outlet", out, form) == 1
    assert table(on, "SELECT 1 WHERE false", out, form) == 0
    before = out.read_bytes()
    for refused in ("nowhere", "DELETE FROM articles", "SELECT 1; SELECT 2", "SELECT * FROM read_csv('/etc/passwd')",
                    f"COPY articles TO '{tmp_path}/x.csv'"):
        with pytest.raises(QueryError):
            table(on, refused, out, form)
    assert out.read_bytes() == before, "what was there stays"
    assert not (tmp_path / "x.csv").exists()


def test_parquet_without_bodies_and_without_what_is_gone(tmp_path: Path) -> None:
    _, on = filled(tmp_path, placed("a", amount(3e9)))
    out = tmp_path / "out"
    parquet(on, out)
    assert set(parquet(on, out, bodies=False).written) >= {"articles/2026-11.parquet"}
    with duckdb.connect() as con:
        described = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(out / "articles" / "*.parquet")]).fetchall()
    assert not {"body", "lead", "captions"} & {row[0] for row in described}
    (out / "marsad-parquet.json").write_text('{"articles/1999-01.parquet": "x"}')
    (out / "articles" / "1999-01.parquet").write_bytes(b"")
    assert parquet(on, out).removed == ("articles/1999-01.parquet",)
    assert not (out / "articles" / "1999-01.parquet").exists()
