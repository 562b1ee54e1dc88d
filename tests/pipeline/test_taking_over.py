"""A process that stood by, or lost its file, goes on from what others placed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest

from pipeline.bus import Bus, open_bus
from pipeline.codec import decode, encode
from pipeline.dedup import Deduper
from pipeline.events import Article, ClassifiedArticle, PlacedArticle, Rejected, StageEvent, content_id
from pipeline.outcome import Outcome
from pipeline.taking_over import TakingOver
from pipeline.topology import CLASSIFIED, DEDUP, PLACED, TOPICS
from pipeline.worker import drain
from tests.pipeline.samples import article, page

TEXT = ("La région signera mardi une convention pour la rénovation de quarante écoles rurales dans trois provinces du nord. "
        "Les travaux commenceront au printemps et dureront dix-huit mois, selon le conseil. ")


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with open_bus("embedded", str(tmp_path / "bus"), 4_000_000) as opened:
        opened.ensure(TOPICS)
        yield opened


def classified(number: int, text: str = TEXT) -> ClassifiedArticle:
    read: Article = article(page(number, text))
    return ClassifiedArticle(event_id=content_id("classified", read.event_id), article=read, taxonomy="t")


def offer(bus: Bus, *events: ClassifiedArticle) -> None:
    with bus.producer() as producer:
        for event in events:
            producer.send(CLASSIFIED.name, event.article.article_id, *encode(event))


def work(bus: Bus, path: Path) -> None:
    with TakingOver(bus, path, {}) as places:
        counts = drain(DEDUP, places, bus, idle_seconds=0.0)
        assert counts.dead == 0


def produced(bus: Bus) -> list[Any]:
    return [decode(record.value, record.headers, PLACED.carries) for at, end in bus.end_offsets(PLACED.name).items()
            for record in bus.read(at, 0, end)]


def placed(bus: Bus) -> list[PlacedArticle]:
    return [event for event in produced(bus) if isinstance(event, PlacedArticle)]


def _events(outcome: Outcome) -> tuple[StageEvent, ...]:
    assert not isinstance(outcome, Rejected)
    return outcome


def test_a_process_with_another_file_knows_what_the_first_placed(bus: Bus, tmp_path: Path) -> None:
    offer(bus, classified(1))
    work(bus, tmp_path / "here.sqlite")
    offer(bus, classified(2))
    work(bus, tmp_path / "elsewhere.sqlite")
    first, second = placed(bus)
    assert {first.placement.kind, second.placement.kind} == {"new", "copy"}
    assert second.placement.story_id == first.placement.story_id


def test_work_handed_back_and_forth_places_as_one_process_would(bus: Bus, tmp_path: Path) -> None:
    with TakingOver(bus, tmp_path / "a.sqlite", {}) as a, TakingOver(bus, tmp_path / "b.sqlite", {}) as b:
        for number, places in ((1, a), (2, b), (3, a), (4, b)):
            offer(bus, classified(number))
            assert drain(DEDUP, places, bus, idle_seconds=0.0).dead == 0
    with Deduper(tmp_path / "alone.sqlite") as alone:
        expected = [event for number in (1, 2, 3, 4) for event in _events(alone(classified(number)))]
    assert produced(bus) == expected
    assert len(expected) > 4, "a late original moves others"


def test_a_file_that_is_current_is_not_read_again(bus: Bus, tmp_path: Path) -> None:
    offer(bus, classified(1))
    work(bus, tmp_path / "here.sqlite")

    class Watched(TakingOver):
        def _placed(self) -> Iterator[PlacedArticle]:
            raise AssertionError("the topic was read although the file knows it all")

    offer(bus, classified(2))
    with Watched(bus, tmp_path / "here.sqlite", {}) as places:
        assert drain(DEDUP, places, bus, idle_seconds=0.0).passed == 1


def test_it_stops_when_told(bus: Bus, tmp_path: Path) -> None:
    offer(bus, classified(1))
    stop = Flag()
    stop.set()
    with TakingOver(bus, tmp_path / "here.sqlite", {}) as places:
        records = bus.read(next(iter(bus.end_offsets(CLASSIFIED.name))), 0, 1)
        assert list(places.decide_all(records, CLASSIFIED.carries, stop)) == []
