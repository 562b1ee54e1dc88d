"""The bus makes no difference: a corpus through either, or half through one and half through the other, gives the same tables."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.equality import counts, differences
from tests.broker.cluster import Cluster
from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import START

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(600)]


def corpus(folder: Path) -> tuple[Path, Path]:
    """The sample press as clean rows, in two halves."""
    with World(folder / "world", now=START) as world:
        rows = [{"id": row["url"], "url": row["url"], "outlet": row["outlet"], "title": row["title"], "lang": row["lang"],
                 "body": "\n".join(row["body_paragraphs"]), "date": row["published"], "author": row["author"]}
                for row in world.truth if row["kind"] == "article"]
    halves = folder / "first.jsonl", folder / "second.jsonl"
    for file, half in zip(halves, (rows[::2], rows[1::2]), strict=True):
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in half), encoding="utf-8")
    return halves


def ingested(marsad: Marsad, *files: Path, bus: str = "embedded") -> None:
    done = marsad("ingest", *map(str, files), bus=bus)
    assert done.code == 0, done.err


def test_the_same_tables_through_either_bus_or_both(tmp_path: Path, own_kafka: Cluster, prefect_api: str) -> None:
    first, second = corpus(tmp_path)
    whole = Marsad(tmp_path / "embedded", api=prefect_api)
    for half in (first, second):
        ingested(whole, half)
    mixed = replace(whole, data=tmp_path / "mixed")
    ingested(mixed, first)
    ingested(mixed, second, bus=own_kafka.url)
    assert counts(whole.data / "marsad.duckdb")["articles"] > 50
    assert differences(whole.data / "marsad.duckdb", mixed.data / "marsad.duckdb") == []
    over = replace(whole, data=tmp_path / "kafka")
    # The second half is on this cluster already; coming again under the same ids it must change nothing.
    for half in (first, second):
        ingested(over, half, bus=own_kafka.url)
    assert differences(whole.data / "marsad.duckdb", over.data / "marsad.duckdb") == []
