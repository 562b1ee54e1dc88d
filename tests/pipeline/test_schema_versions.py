"""Records of other schema versions, on each bus: previous ones are read, a newer one is parked whole until the upgrade."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from pipeline import codec, dead
from pipeline.bus import Bus, Record, open_bus
from pipeline.codec import decode, encode
from pipeline.events import AnyEvent, Article, DeadLetter, Event
from pipeline.topology import DEAD_MARKS, REJECTIONS, Stage
from pipeline.worker import Counts, drain
from tests.pipeline.deciders import read
from tests.pipeline.samples import page
from tests.pipeline.test_worker_kafka import stage_of

RECORDED = Path(__file__).with_name("recorded")


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def bus(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    url = "embedded" if request.param == "embedded" else request.getfixturevalue("kafka").url
    stage: Stage = request.getfixturevalue("stage")
    monkeypatch.setattr(dead, "DEAD", (stage.dead,))
    # Marks of the next version would stop the tests that share the broker, which are of this one.
    marks = replace(DEAD_MARKS, name=f"marks-{stage.name}")
    monkeypatch.setattr(dead, "DEAD_MARKS", marks)
    with open_bus(url, str(tmp_path)) as opened:
        opened.ensure([stage.consumes, stage.produces, stage.dead, REJECTIONS, marks])
        yield opened


@pytest.fixture
def stage() -> Stage:
    return stage_of(f"schema-{time.monotonic_ns():x}")


def fields_of(event: AnyEvent) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(event))
    return fields


def put(bus: Bus, stage: Stage, fields: dict[str, Any], schema: int) -> tuple[bytes, dict[str, str]]:
    """A record as a writer of that schema version leaves it."""
    value, headers = zstandard.compress(msgspec.json.encode(fields)), {"type": "RawPage", "schema": str(schema)}
    with bus.producer() as producer:
        producer.send(stage.consumes.name, "k", value, headers)
    return value, headers


def worked(bus: Bus, stage: Stage) -> Counts:
    return drain(stage, read, bus, idle_seconds=0.2)


def found(bus: Bus, topic: str) -> list[Record]:
    return [record for at, end in bus.end_offsets(topic).items() if end for record in bus.read(at, 0, end)]


def body_of_the_only_article(bus: Bus, stage: Stage) -> str:
    (record,) = found(bus, stage.produces.name)
    return decode(record.value, record.headers, Article).body


def upgrade(monkeypatch: pytest.MonkeyPatch, upcast: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> None:
    """From here on the code is that of the next version, in which `upcast` turns the fields of this one into its own."""
    monkeypatch.setattr(codec, "UPCASTS", {codec.SCHEMA: upcast} if upcast else {})
    monkeypatch.setattr(codec, "SCHEMA", codec.SCHEMA + 1)


def test_a_newer_consumer_reads_what_the_previous_version_named_otherwise(
        bus: Bus, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    old = fields_of(page(1, "ancien"))
    old["text"] = old.pop("content")
    put(bus, stage, old, codec.SCHEMA)

    def renamed(fields: dict[str, Any]) -> dict[str, Any]:
        return {**{name: value for name, value in fields.items() if name != "text"}, "content": fields["text"]}
    upgrade(monkeypatch, renamed)
    counts = worked(bus, stage)
    assert (counts.passed, counts.dead) == (1, 0)
    assert body_of_the_only_article(bus, stage) == "ancien"


def test_an_old_record_that_cannot_be_upcast_is_parked(bus: Bus, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bus, stage, fields_of(page(1)), codec.SCHEMA)
    upgrade(monkeypatch, lambda fields: {"content": fields["never_written"]})
    assert worked(bus, stage).dead == 1
    (letter,) = dead.open_letters(bus)
    assert "not an event of schema version 1: KeyError: 'never_written'" in letter.error


def test_a_newer_version_is_parked_whole_and_read_after_the_upgrade(
        bus: Bus, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    value, headers = put(bus, stage, fields_of(page(1, "de demain")) | {"added_later": [1]}, codec.SCHEMA + 1)
    put(bus, stage, fields_of(page(2, "d'aujourd'hui")), codec.SCHEMA)
    counts = worked(bus, stage)
    assert (counts.read, counts.passed, counts.dead) == (2, 1, 1), "what follows is read all the same"
    (record,) = found(bus, stage.dead.name)
    letter = decode(record.value, record.headers, DeadLetter)
    assert (letter.payload, letter.headers) == (value, headers)
    assert f"schema version {codec.SCHEMA + 1} is not known here" in letter.error
    upgrade(monkeypatch)
    assert dead.retry(bus, dead.open_letters(bus)) == 1
    counts = worked(bus, stage)
    assert (counts.read, counts.passed, counts.dead) == (1, 1, 0)
    assert {decode(one.value, one.headers, Article).body for one in found(bus, stage.produces.name)} == {
        "de demain", "d'aujourd'hui"}
    assert dead.open_letters(bus) == []


@pytest.mark.parametrize("file", sorted(RECORDED.glob("schema-*.jsonl")), ids=lambda file: file.stem)
def test_records_of_every_version_that_was_are_still_read(file: Path) -> None:
    """One record of each event with all its fields, and a fact of each kind, as that version wrote them."""
    headers = {"schema": file.stem.removeprefix("schema-")}
    lines = file.read_bytes().splitlines()
    assert len(lines) == 12
    for line in lines:
        event = decode(zstandard.compress(line), headers, Event)
        assert type(event).__name__ == msgspec.json.decode(line)["type"]
        assert decode(*encode(event), Event) == event  # type: ignore[arg-type]  # any event


def test_what_no_version_ever_wrote_is_refused() -> None:
    value, _ = encode(page(1))
    for stated in ("0", "-1", "9" * 5000):
        with pytest.raises(codec.UnreadableRecordError, match="is not known here"):
            decode(value, {"schema": stated}, Event)
