"""Dead letters in, a list of those still open out; and each retried (sent to its origin again) or discarded.

What was done with a letter is an event of its own on `dead-marks`, flushed together with the record that is sent again:
a kill between the two leaves the letter open, and a second retry is recognised by its ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, TypeVar

from pipeline.bus import Bus, Partition, Producer, Record
from pipeline.codec import UnreadableRecordError, decode, encode
from pipeline.events import DeadLetter, DeadLetterMark
from pipeline.topology import DEAD, DEAD_MARKS
from pipeline.worker import ATTEMPTS

READ_AT_ONCE: Final = 50
SHORTEST_PREFIX: Final = 4

E = TypeVar("E", DeadLetter, DeadLetterMark)


class DeadLetterError(Exception):
    """No such letter, or it cannot be retried; the message says which and why."""


@dataclass(frozen=True)
class Letter:
    """A dead letter without its payload, and where it lies."""

    letter_id: str
    stage: str
    origin: Partition
    offset: int
    key: str
    error: str
    failed_at: datetime
    attempts: int
    size: int
    """Bytes of the payload."""
    lies_at: tuple[Partition, int]


def open_letters(bus: Bus, stage: str | None = None) -> list[Letter]:
    """Letters neither retried nor discarded, oldest first; of one stage, or of all. Raises BusError."""
    marked = {mark.letter_id for _, mark in _events(bus, DEAD_MARKS.name, DeadLetterMark)}
    found = {letter.letter_id: letter for topic in DEAD for letter in _letters(bus, topic.name)}
    left = [letter for letter in found.values() if letter.letter_id not in marked and stage in (None, letter.stage)]
    return sorted(left, key=lambda letter: letter.failed_at)


def open_counts(bus: Bus) -> Counter[str]:
    """Open letters by stage."""
    return Counter(letter.stage for letter in open_letters(bus))


def show(bus: Bus, prefix: str) -> DeadLetter:
    """The whole letter whose id begins with `prefix`. Raises DeadLetterError."""
    return _whole(bus, _one(open_letters(bus), prefix))


def retry(bus: Bus, letters: Sequence[Letter]) -> int:
    """Send each record to its origin again, with its attempts counted; how many. Raises DeadLetterError, BusError."""
    def again(producer: Producer, letter: Letter) -> None:
        whole = _whole(bus, letter)
        headers = {**whole.headers, ATTEMPTS: str(whole.attempts + 1)}
        producer.send(whole.topic, whole.key, whole.payload or _at_origin(bus, whole), headers)
    return _mark(bus, letters, "retried", again)


def discard(bus: Bus, letters: Sequence[Letter]) -> int:
    """Count these no longer; how many."""
    return _mark(bus, letters, "discarded", lambda _producer, _letter: None)


def chosen(bus: Bus, prefixes: Sequence[str] = (), stage: str | None = None) -> list[Letter]:
    """The open letters that these id prefixes name, or all of a stage. Raises DeadLetterError for a prefix of none or several."""
    letters = open_letters(bus, stage)
    return [_one(letters, prefix) for prefix in prefixes] if prefixes else letters


def _one(letters: Sequence[Letter], prefix: str) -> Letter:
    fits = [letter for letter in letters if len(prefix) >= SHORTEST_PREFIX and letter.letter_id.startswith(prefix)]
    if len(fits) != 1:
        what = f"{len(fits)} open dead letters begin" if fits else "no open dead letter begins"
        raise DeadLetterError(f"{what} with {prefix!r} (give at least {SHORTEST_PREFIX} characters of the id): "
                              "`marsad dead list` shows them")
    return fits[0]


def _mark(bus: Bus, letters: Sequence[Letter], mark: Literal["retried", "discarded"],
          first: Callable[[Producer, Letter], None]) -> int:
    with bus.producer() as producer:
        for letter in letters:
            first(producer, letter)
            value, headers = encode(DeadLetterMark(letter_id=letter.letter_id, mark=mark, marked_at=datetime.now(UTC)))
            producer.send(DEAD_MARKS.name, letter.letter_id, value, headers)
            producer.flush()
    return len(letters)


def _whole(bus: Bus, letter: Letter) -> DeadLetter:
    records = bus.read(*letter.lies_at)
    if not records or records[0].offset != letter.lies_at[1]:
        raise DeadLetterError(f"dead letter {letter.letter_id} is gone: its retention has passed")
    return decode(records[0].value, records[0].headers, DeadLetter)


def _at_origin(bus: Bus, letter: DeadLetter) -> bytes:
    """A payload that was too large to be carried by its letter."""
    records = bus.read(Partition(letter.topic, letter.partition), letter.offset)
    if not records or records[0].offset != letter.offset:
        raise DeadLetterError(
            f"dead letter {letter.event_id} cannot be retried: its record was too large to be kept with it, and is gone "
            f"from {letter.topic} partition {letter.partition} offset {letter.offset} (retention); re-read it from the archive")
    return records[0].value


def _letters(bus: Bus, topic: str) -> Iterator[Letter]:
    for record, letter in _events(bus, topic, DeadLetter):
        yield Letter(letter.event_id, letter.stage, Partition(letter.topic, letter.partition), letter.offset, letter.key,
                     letter.error, letter.failed_at, letter.attempts, len(letter.payload), (record.at, record.offset))


def _events(bus: Bus, topic: str, kind: type[E]) -> Iterator[tuple[Record, E]]:
    for at, end in bus.end_offsets(topic).items():
        following = 0
        while following < end:
            records = bus.read(at, following, READ_AT_ONCE)
            if not records:
                break
            for record in records:
                yield record, _decoded(record, kind)
            following = records[-1].offset + 1


def _decoded(record: Record, kind: type[E]) -> E:
    try:
        return decode(record.value, record.headers, kind)
    except UnreadableRecordError as error:
        raise DeadLetterError(f"{record.at.topic} partition {record.at.number} offset {record.offset}: {error}") from error
