"""Dead letters can be listed, looked at, retried and discarded, and what was done with one is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.bus import Bus, open_bus
from pipeline.codec import decode, encode
from pipeline.dead import DeadLetterError, chosen, discard, open_counts, open_letters, retry, show
from pipeline.events import Article, DeadLetter, RawPage
from pipeline.outcome import Outcome, TerminalError
from pipeline.topology import ARTICLES, DIGEST_DEAD, EXTRACT, RAW_PAGES, TOPICS
from pipeline.worker import drain
from tests.pipeline.samples import NOON, article, page


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with open_bus("embedded", str(tmp_path), 60_000) as opened:
        opened.ensure(TOPICS)
        yield opened


def fail(read: RawPage) -> Outcome:
    raise TerminalError(f"cannot read {read.ref.url}")


def work(read: RawPage) -> Outcome:
    return (article(read),)


def run(bus: Bus, decide: object = fail) -> None:
    assert callable(decide)
    drain(EXTRACT, decide, bus, idle_seconds=0.01)


def offer(bus: Bus, count: int) -> None:
    with bus.producer() as producer:
        for number in range(count):
            producer.send(RAW_PAGES.name, page(number).ref.article_id, *encode(page(number)))


def test_what_died_is_listed_with_its_error(bus: Bus) -> None:
    offer(bus, 3)
    run(bus)
    letters = open_letters(bus)
    assert {letter.error for letter in letters} == {f"TerminalError: cannot read {page(n).ref.url}" for n in range(3)}
    assert [letter.failed_at for letter in letters] == sorted(letter.failed_at for letter in letters)
    assert open_letters(bus, "classify") == []
    assert open_counts(bus) == {"extract": 3}


def test_a_letter_is_shown_whole_by_the_beginning_of_its_id(bus: Bus) -> None:
    offer(bus, 1)
    run(bus)
    whole = show(bus, open_letters(bus)[0].letter_id[:8])
    assert decode(whole.payload, whole.headers, RawPage) == page(0)
    assert "cannot read" in whole.stack
    for prefix in ("zzzz", whole.event_id[:3], ""):
        with pytest.raises(DeadLetterError, match="marsad dead list"):
            show(bus, prefix)


def test_a_retried_record_is_worked_on_again_and_its_letter_closed(bus: Bus) -> None:
    offer(bus, 2)
    run(bus)
    letters = open_letters(bus)
    assert retry(bus, letters[:1]) == 1
    assert [letter.letter_id for letter in open_letters(bus)] == [letters[1].letter_id]
    run(bus, work)
    records = [record for at, end in bus.end_offsets(ARTICLES.name).items() if end for record in bus.read(at, 0, end)]
    assert [decode(r.value, r.headers, Article).ref.article_id for r in records] == [letters[0].key]


def test_a_record_that_dies_again_counts_its_attempts(bus: Bus) -> None:
    offer(bus, 1)
    run(bus)
    first = open_letters(bus)[0]
    for attempt in (2, 3):
        retry(bus, open_letters(bus))
        run(bus)
        (again,) = open_letters(bus)
        assert again.attempts == attempt
        assert again.letter_id != first.letter_id


def test_a_discarded_letter_stays_discarded(bus: Bus, tmp_path: Path) -> None:
    offer(bus, 2)
    run(bus)
    assert discard(bus, chosen(bus, [open_letters(bus)[0].letter_id])) == 1
    with open_bus("embedded", str(tmp_path)) as again:
        assert len(open_letters(again)) == 1
        assert discard(again, chosen(again, stage="extract")) == 1
        assert chosen(again) == []
    run(bus)
    assert waiting(bus) == 0


def waiting(bus: Bus) -> int:
    return sum(lag.waiting for lag in bus.lag(EXTRACT.group, RAW_PAGES.names()))


def test_a_letter_delivered_twice_is_one(bus: Bus) -> None:
    letter = DeadLetter(event_id="d" * 32, stage="digest", topic="claim-events", partition=0, offset=0, key="k",
                        payload=b"x", error="E", stack="", failed_at=NOON)
    with bus.producer() as producer:
        for _ in range(2):
            producer.send(DIGEST_DEAD.name, "k", *encode(letter))
    assert open_counts(bus) == {"digest": 1}


def test_a_payload_too_large_for_its_letter_is_retried_from_its_origin(bus: Bus) -> None:
    value = os.urandom(59_990)
    with bus.producer() as producer:
        producer.send(RAW_PAGES.name, "k", value, {"schema": "1"})
    run(bus)
    letters = open_letters(bus)
    assert letters[0].size == 0
    retry(bus, letters)
    (at,) = (at for at, end in bus.end_offsets(RAW_PAGES.name).items() if end)
    assert [record.value for record in bus.read(at, 0, 5)] == [value, value]


def test_a_payload_that_retention_took_says_so(bus: Bus) -> None:
    with bus.producer() as producer:
        producer.send(RAW_PAGES.name, "k", os.urandom(59_990), {"schema": "1"})
    run(bus)
    bus.prune([RAW_PAGES], datetime.now(UTC) + timedelta(days=60))
    with pytest.raises(DeadLetterError, match="re-read it from the archive"):
        retry(bus, open_letters(bus))
    assert len(open_letters(bus)) == 1


def test_an_old_letter_goes_with_its_retention(bus: Bus) -> None:
    offer(bus, 1)
    run(bus)
    letters = open_letters(bus)
    bus.prune([EXTRACT.dead], datetime.now(UTC) + timedelta(days=100))
    assert open_letters(bus) == []
    with pytest.raises(DeadLetterError, match="retention has passed"):
        retry(bus, letters)
