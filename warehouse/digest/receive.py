"""Waiting claim events on the bus in, rows of the delivery ledger out: one for each subscription that takes the event."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from config.watch import Subscription
from pipeline.bus import Bus, Consumer, Partition, Record
from pipeline.codec import UnreadableRecordError, decode, encode
from pipeline.events import ClaimEvent, DeadLetter, content_id
from pipeline.state.deliveries import Ledger
from pipeline.topology import CLAIM_EVENTS, DIGEST_DEAD, DIGEST_GROUP
from warehouse.digest.subscriptions import takes

log = structlog.get_logger()
AT_A_TIME = 200
POLL_SECONDS, LONGEST_SECONDS = 1.0, 60.0


def receive(bus: Bus, consumer: Consumer, ledger: Ledger, subscriptions: Mapping[str, Subscription], now: datetime) -> int:
    """Take what waits on the bus, for a minute at the most; how many rows are new.

    The ledger has the rows before the offset is committed: a crash between the two reads the events again, and the
    ledger knows them. Raises BusError.
    """
    received = 0
    deadline = time.monotonic() + LONGEST_SECONDS
    while any(lag.waiting for lag in bus.lag(DIGEST_GROUP, CLAIM_EVENTS.names())) and time.monotonic() < deadline:
        records = consumer.poll(POLL_SECONDS, AT_A_TIME)
        events = _readable(bus, records, now)
        received += ledger.receive(
            ((digest, event) for event in events for digest, one in subscriptions.items() if takes(one, event)), now)
        if records:
            consumer.commit(_after(records))
    return received


def _readable(bus: Bus, records: Sequence[Record], now: datetime) -> list[ClaimEvent]:
    """The events; what cannot be read is kept whole on the topic of dead letters, flushed before anything is committed."""
    events: list[ClaimEvent] = []
    dead: list[DeadLetter] = []
    for record in records:
        try:
            events.append(decode(record.value, record.headers, ClaimEvent))
        except UnreadableRecordError as error:
            log.warning("claim_event_unreadable", partition=record.at.number, offset=record.offset, error=str(error))
            dead.append(_dead_letter(bus, record, error, now))
    if dead:
        with bus.producer() as producer:
            for letter in dead:
                producer.send(DIGEST_DEAD.name, letter.key, *encode(letter))
            producer.flush()
    return events


def _dead_letter(bus: Bus, record: Record, error: UnreadableRecordError, now: datetime) -> DeadLetter:
    place = (bus.log_id(record.at.topic), record.at.topic, str(record.at.number), str(record.offset))
    return DeadLetter(
        event_id=content_id("dead", DIGEST_GROUP, *place), stage=DIGEST_GROUP, topic=record.at.topic,
        partition=record.at.number, offset=record.offset, key=record.key, payload=record.value,
        headers=dict(record.headers), error=str(error), stack="".join(traceback.format_exception(error)), failed_at=now)


def _after(records: Sequence[Record]) -> dict[Partition, int]:
    positions: dict[Partition, int] = {}
    for record in records:
        positions[record.at] = max(positions.get(record.at, 0), record.offset + 1)
    return positions
