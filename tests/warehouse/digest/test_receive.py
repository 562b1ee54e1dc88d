"""From the bus to the ledger: filtered, once, and nothing lost where it stops between the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from config.watch import Subscription
from pipeline.codec import decode, encode
from pipeline.events import DeadLetter
from pipeline.state.deliveries import Ledger
from pipeline.topology import CLAIM_EVENTS, DIGEST_DEAD, DIGEST_GROUP
from tests.warehouse.digest.fakes import KilledError, MemoryBus
from tests.warehouse.digest.samples import FR, NOW, claim_event
from warehouse.digest.receive import receive

SPORT = Subscription(title={"fr": "Sport"}, language="fr", topics=("sport",))
SUBSCRIPTIONS = {"fr": FR, "sport": SPORT}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    yield Ledger(engine)
    engine.dispose()


def run(bus: MemoryBus, ledger: Ledger) -> int:
    return receive(bus, bus.consumer(DIGEST_GROUP, CLAIM_EVENTS.names()), ledger, SUBSCRIPTIONS, NOW)


def bus_with(*records: tuple[bytes, dict[str, str]]) -> MemoryBus:
    bus = MemoryBus()
    for value, headers in records:
        bus.producer().send(CLAIM_EVENTS.name, "key", value, headers)
    return bus


def test_each_subscription_gets_what_it_takes(ledger: Ledger) -> None:
    bus = bus_with(encode(claim_event()), encode(claim_event(seq=2, alert=False)), encode(claim_event(seq=3, topics=("sport",))))
    assert run(bus, ledger) == 3
    assert [one.seq for one in ledger.pending("fr", 10)] == [1, 3]
    assert [one.seq for one in ledger.pending("sport", 10)] == [3]
    assert run(bus, ledger) == 0


def test_killed_before_the_commit_the_events_are_read_again_and_known(ledger: Ledger) -> None:
    bus = bus_with(*(encode(claim_event(claim=f"claim-{n}", seq=n)) for n in range(450)))
    bus.kill_commit = True
    with pytest.raises(KilledError):
        run(bus, ledger)
    assert len(ledger.pending("fr", 1000)) == 200
    assert run(bus, ledger) == 250
    assert len(ledger.pending("fr", 1000)) == 450


def test_what_cannot_be_read_is_kept_whole_and_keeps_back_nothing(ledger: Ledger) -> None:
    bus = bus_with((b"garbage", {"schema": "1"}), (encode(claim_event())[0], {"schema": "99"}), encode(claim_event()))
    assert run(bus, ledger) == 1
    letters = [decode(record.value, record.headers, DeadLetter) for record in bus.logs[DIGEST_DEAD.name]]
    assert [(letter.stage, letter.offset, letter.payload == b"garbage") for letter in letters] == [
        ("digest", 0, True), ("digest", 1, False)]
    assert "schema version 99" in letters[1].error
