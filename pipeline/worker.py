"""A stage and a bus in, its records worked on out: poll, decode, decide, send, flush, commit, in that order.

Every record gets exactly one disposition: passed on, rejected (to `rejections`, counted by reason) or dead (to
`<stage>.dead`, whole, with error and stack). Nothing is committed before all that came of it is flushed, so a kill at any
moment brings a record again rather than losing it; ids derived from content make that visible to whoever reads on.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import structlog

from pipeline.attempt import Decide, DecidesMany, Failure, OneByOne
from pipeline.bus import Bus, BusError, BusTimeoutError, Consumer, OversizedError, Partition, Producer, Record
from pipeline.codec import decode, encode
from pipeline.events import (
    AnyEvent,
    Article,
    ClassifiedArticle,
    DeadLetter,
    PageRef,
    PlacedArticle,
    PlacementChanged,
    RawPage,
    Rejected,
    StageEvent,
    content_id,
)
from pipeline.outcome import Outcome, Reason, reject
from pipeline.topology import LANES, REJECTIONS, Stage

ATTEMPTS: Final = "attempts"
"""Header of a record that was dead before and is retried: how often it has been worked on."""
RETRY_DELAYS: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try after a TransientError; then the record is dead."""
RECONNECT_DELAYS: Final = (1.0, 30.0)
"""Seconds before a service opens a lost bus again: at first, and at the most."""
POLL_SECONDS: Final = 0.5
"""How long a stop may go unnoticed while nothing arrives."""
BATCH_SECONDS: Final = 1.0
"""A batch is kept so small that it takes about so long: what is live never waits longer behind what is not, in each stage."""
CHECKPOINT_SECONDS: Final = 5.0
PATIENCE_STEP: Final = 5.0
PATIENCE_SECONDS: Final = 180.0
"""How long a flush or commit may take in all: longer than the bus itself tries to deliver."""

log = structlog.get_logger(__name__)


@dataclass
class Counts:
    """What became of the records: read == passed + rejected + dead, always."""

    read: int = 0
    passed: int = 0
    sent: int = 0
    """Events that the passed ones became."""
    rejected: Counter[str] = field(default_factory=Counter)
    dead: int = 0
    retried: int = 0
    """Further tries after transient errors."""

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.rejected.most_common())
        rejected = f"{self.rejected.total():,} rejected" + (f" ({reasons})" if reasons else "")
        return f"{self.read:,} read, {self.passed:,} passed on, {rejected}, {self.dead:,} dead"


Observe = Callable[[Counts], None]
"""Called after every commit, and whenever nothing came, with the counts so far."""


def drain(stage: Stage, decide: Decide | DecidesMany, bus: Bus, *, idle_seconds: float,  # noqa: PLR0913 - all by name
          stop: threading.Event | None = None, seconds: float | None = None, batch: int = 100,
          observe: Observe | None = None) -> Counts:
    """Work until nothing has come for `idle_seconds` and nothing waits, `stop` is set, or `seconds` have passed.

    Raises BusError; what was not committed then comes again.
    """
    stop, counts, decider = stop or threading.Event(), Counts(), _many(decide)
    deadline = time.monotonic() + seconds if seconds is not None else None
    with bus.consumer(stage.group, stage.consumes.names()) as consumer, bus.producer() as producer:
        work = _Work(stage, decider, bus, consumer, producer, stop, counts, observe)
        busy_at = time.monotonic()
        while not stop.is_set() and (deadline is None or time.monotonic() < deadline):
            if work.step(min(POLL_SECONDS, max(idle_seconds, 0.01)), batch):
                busy_at = time.monotonic()
            elif time.monotonic() - busy_at >= idle_seconds and not _waiting(bus, consumer):
                break
    return counts


def serve(stage: Stage, decide: Decide | DecidesMany, bus: Bus, *, stop: threading.Event, batch: int = 100,
          observe: Observe | None = None) -> Counts:
    """Work until `stop` is set. A bus that is lost on the way is opened again, with growing delays, for as long as it takes.

    Raises BusError where the bus cannot be opened at first.
    """
    counts, decider = Counts(), _many(decide)
    delay, most = RECONNECT_DELAYS
    opened = False
    while not stop.is_set():
        try:
            with bus.consumer(stage.group, stage.consumes.names()) as consumer, bus.producer() as producer:
                opened = True
                work = _Work(stage, decider, bus, consumer, producer, stop, counts, observe)
                while not stop.is_set():
                    if work.step(POLL_SECONDS, batch):
                        delay = RECONNECT_DELAYS[0]
        except BusError as error:
            if not opened:
                raise
            log.warning("bus_lost", stage=stage.name, error=str(error), again_in_seconds=delay)
            stop.wait(delay)
            delay = min(most, delay * 2)
    return counts


def _many(decide: Decide | DecidesMany) -> DecidesMany:
    return decide if isinstance(decide, DecidesMany) else OneByOne(decide)


def _waiting(bus: Bus, consumer: Consumer) -> bool:
    """Whether the partitions of this consumer hold more than it has polled. Raises BusError where the bus cannot say."""
    positions = consumer.positions()
    ends = {at: end for topic in {at.topic for at in positions} for at, end in bus.end_offsets(topic).items()}
    return any(ends.get(at, 0) > position for at, position in positions.items())


@dataclass
class _Work:
    """One worker's loop body, with what it has in hand."""

    stage: Stage
    decider: DecidesMany
    bus: Bus
    consumer: Consumer
    producer: Producer
    stop: threading.Event
    counts: Counts
    observe: Observe | None

    def __post_init__(self) -> None:
        self._output = {self.stage.consumes.on(lane): self.stage.produces.on(lane) for lane in LANES}
        self._logs = {topic: self.bus.log_id(topic) for topic in self.stage.consumes.names()}
        self._following: dict[Partition, int] = {}
        self._per_second = 0.0

    def step(self, timeout: float, batch: int) -> bool:
        """Poll once and work on what came; False where nothing did."""
        limit = batch if not self._per_second else max(1, min(batch, int(self._per_second * BATCH_SECONDS)))
        records = self.consumer.poll(timeout, limit)
        if not records:
            if self.observe:
                self.observe(self.counts)
            return False
        started = time.monotonic()
        done = self._work_on(records, started)
        self._per_second = done / max(time.monotonic() - started, 1e-6)
        return True

    def _work_on(self, records: Sequence[Record], started: float) -> int:
        done, checkpoint_at, topic = 0, started + CHECKPOINT_SECONDS, records[0].at.topic
        outcomes = self.decider.decide_all(records, self.stage.consumes.carries, self.stop)
        for record, outcome in zip(records, outcomes, strict=False):
            final = self._tried_again(record, outcome)
            if final is None:
                break
            if record.at.topic != topic:
                # What is live goes on at once, before the backfill behind it in the batch.
                topic = record.at.topic
                self._checkpoint()
            self._dispose(record, final)
            self._following[record.at] = record.offset + 1
            done += 1
            if time.monotonic() >= checkpoint_at:
                self._checkpoint()
                checkpoint_at = time.monotonic() + CHECKPOINT_SECONDS
        self._checkpoint()
        return done

    def _checkpoint(self) -> None:
        self._patiently(lambda: self.producer.flush(PATIENCE_STEP))
        self._patiently(lambda: self.consumer.commit(self._following))
        self._following.clear()
        if self.observe:
            self.observe(self.counts)

    def _patiently(self, call: Callable[[], None]) -> None:
        """Outlast a bus that does not answer for a while, yet end soon when told to stop. Raises BusError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return call()
            except BusTimeoutError as error:
                if self.stop.is_set() or time.monotonic() > deadline:
                    raise
                log.warning("bus_does_not_answer", stage=self.stage.name, error=str(error))

    def _tried_again(self, record: Record, outcome: Outcome | Failure) -> Outcome | Failure | None:
        """The outcome after as many tries as a transient error is worth; None where the stop came first."""
        for delay in RETRY_DELAYS:
            if not (isinstance(outcome, Failure) and outcome.transient):
                break
            log.info("trying_again", stage=self.stage.name, error=outcome.error, in_seconds=delay)
            if self.stop.wait(delay):
                return None
            self.counts.retried += 1
            again = next(self.decider.decide_all([record], self.stage.consumes.carries, self.stop), None)
            if again is None:
                return None
            outcome = again
        return outcome

    def _dispose(self, record: Record, outcome: Outcome | Failure) -> None:
        if isinstance(outcome, Failure):
            self._bury(record, outcome)
        elif isinstance(outcome, Rejected):
            self._reject(outcome)
        elif outcome:
            self._pass_on(record, outcome)
        else:
            self._bury(record, Failure(f"the stage {self.stage.name} returned neither an event nor a Rejected", ""))
        self.counts.read += 1

    def _pass_on(self, record: Record, events: tuple[StageEvent, ...]) -> None:
        try:
            for event in events:
                self._send(self._output[record.at.topic], key_of(event), event)
        except OversizedError as error:
            page = decode(record.value, record.headers, self.stage.consumes.carries)
            self._reject(reject(self.stage.name, Reason.OVERSIZED, _ref(page), str(error)))
            return
        self.counts.passed += 1
        self.counts.sent += len(events)

    def _reject(self, rejected: Rejected) -> None:
        self._send(REJECTIONS.name, rejected.ref.article_id, rejected)
        self.counts.rejected[rejected.reason] += 1

    def _bury(self, record: Record, failure: Failure) -> None:
        log.warning("dead_letter", stage=self.stage.name, topic=record.at.topic, partition=record.at.number,
                    offset=record.offset, error=failure.error)
        letter = self._letter(record, failure, record.value)
        try:
            self._send(self.stage.dead.name, record.key, letter)
        except OversizedError:
            # Error and stack made it larger than the bus takes: its payload stays at its origin, where a retry finds it.
            self._send(self.stage.dead.name, record.key, self._letter(record, failure, b""))
        self.counts.dead += 1

    def _letter(self, record: Record, failure: Failure, payload: bytes) -> DeadLetter:
        at, attempts = record.at, record.headers.get(ATTEMPTS, "1")
        return DeadLetter(
            event_id=content_id("dead", self.stage.name, self._logs[at.topic], at.topic, str(at.number), str(record.offset)),
            stage=self.stage.name, topic=at.topic, partition=at.number, offset=record.offset, key=record.key,
            payload=payload, headers=dict(record.headers), error=failure.error, stack=failure.stack,
            failed_at=datetime.now(UTC), attempts=int(attempts) if attempts.isdecimal() else 1)

    def _send(self, topic: str, key: str, event: AnyEvent) -> None:
        value, headers = encode(event)
        self.producer.send(topic, key, value, headers)


def key_of(event: StageEvent) -> str:
    """The article's id, so that all that is said of one article stays in order; the story's where a whole story moves."""
    match event:
        case RawPage():
            return event.ref.article_id
        case ClassifiedArticle():
            return event.article.article_id
        case PlacedArticle():
            return event.classified.article.article_id
        case Article() | PlacementChanged():
            return event.article_id
    return event.story_id


def _ref(event: object) -> PageRef:
    match event:
        case ClassifiedArticle():
            return event.article.ref
        case RawPage() | Article():
            return event.ref
    raise TypeError(f"no stage consumes a {type(event).__name__}")
