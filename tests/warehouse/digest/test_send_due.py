"""The whole way: claim events on the bus, files below the data folder, a second run with nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import feedparser
import pytest
from sqlalchemy import create_engine

from config.reading import ConfigError
from config.settings import Settings
from pipeline.bus import Bus, open_bus
from pipeline.codec import encode
from pipeline.events import ClaimEvent
from pipeline.topology import CLAIM_EVENTS, DIGEST_GROUP, TOPICS
from tests.warehouse.digest.samples import ARABIC, DEAL, NOW, OTHER_SUM, Says, claim_event
from warehouse.digest.issue import Issue
from warehouse.digest.send import send_due

TAXONOMY = "{topics: {numerique_ia: {name: {fr: Numérique et IA, ar: الرقمنة}}}, sectors: {}, announcements: {}}"


@pytest.fixture
def on(tmp_path: Path) -> Settings:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "medias24.yml").write_text("{title: Médias24, language: fr}", "utf-8")
    (tmp_path / "taxonomy.yml").write_text(TAXONOMY, "utf-8")
    (tmp_path / "entities.yml").write_text("entities: {}", "utf-8")
    return Settings(data=tmp_path / "data", outlets=tmp_path / "outlets", taxonomy=tmp_path / "taxonomy.yml",
                    entities=tmp_path / "entities.yml")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Any]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield SimpleNamespace(engine=engine)
    engine.dispose()


@pytest.fixture
def bus(on: Settings) -> Iterator[Bus]:
    with open_bus("embedded", str(on.data)) as bus:
        bus.ensure(TOPICS)
        yield bus


def announce(bus: Bus, *events: ClaimEvent) -> None:
    with bus.producer() as producer:
        for one in events:
            producer.send(CLAIM_EVENTS.name, one.claim_id, *encode(one))


def send(bus: Bus, state: Any, on: Settings) -> tuple[Issue, ...]:
    return send_due(bus, cast(Any, state), on, now=NOW, run_id="run", force=True)


def test_files_for_each_digest_and_nothing_the_second_time(bus: Bus, on: Settings, state: Any) -> None:
    announce(bus, claim_event(Says(), ARABIC, OTHER_SUM, change="disputed"),
             claim_event(Says(fields=DEAL), claim="deal", seq=2, story_id="s2", topics=("sante",)))
    issues = send(bus, state, on)
    assert [(issue.digest, issue.claims) for issue in issues] == [
        ("ia-numerique", 1), ("ia-numerique-ar", 1), ("agreements-and-amounts", 2)]
    folder = on.data / "digests"
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(files) == 9
    for issue in issues:
        assert folder / issue.digest / f"{issue.issue_id}.html" in files
        assert len(feedparser.parse(files[folder / f"{issue.digest}.atom"]).entries) == issue.claims
    assert "dir=\"rtl\"" in (folder / "ia-numerique-ar" / "ia-numerique-ar-2026-11-24-1.html").read_text("utf-8")
    assert send(bus, state, on) == ()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files


def test_no_news_no_files(bus: Bus, on: Settings, state: Any) -> None:
    announce(bus, claim_event(alert=False), claim_event(change="confirmed", seq=2))
    assert send(bus, state, on) == ()
    assert not (on.data / "digests").exists()


def test_an_unusable_configuration_stops_before_anything_is_taken(bus: Bus, on: Settings, state: Any) -> None:
    announce(bus, claim_event())
    on.taxonomy.write_text("topics: {", "utf-8")
    with pytest.raises(ConfigError, match=r"taxonomy\.yml"):
        send(bus, state, on)
    assert [lag.waiting for lag in bus.lag(DIGEST_GROUP, CLAIM_EVENTS.names())] == [1]
