"""Classified records in, places out by whichever process holds the partition now: it first takes over what others decided.

Of the dedup stage one process works at a time and others stand by (Kafka gives its one partition to one of them). What stood
by, or lost its file, knows less than the topic: before its first record it reads what was placed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Event as Flag
from typing import Any, Final

import structlog

from pipeline.attempt import Carried, Failure, attempt
from pipeline.bus import Bus, Partition, Record
from pipeline.codec import UnreadableRecordError, decode
from pipeline.dedup import Deduper
from pipeline.events import PlacedArticle, PlacementChanged, StageEvent, StoryMerged
from pipeline.outcome import Outcome
from pipeline.topology import PLACED

LOOKED_AT: Final = 200
"""Last records of a log among which the newest placed article is looked for."""
READ_AT_ONCE: Final = 500

log = structlog.get_logger(__name__)


class TakingOver:
    """The dedup stage's decision on records; a context manager."""

    def __init__(self, bus: Bus, path: Path, names: Mapping[str, Iterable[str]]) -> None:
        """`path`: place.sqlite; `names`: what copies may call an outlet, by its id."""
        self._bus, self._path, self._names = bus, path, names
        self._deduper: Deduper | None = None
        self._following: dict[Partition, int] = {}

    def decide_all(self, records: Iterable[Record], carries: Carried, stop: Flag) -> Iterator[Outcome | Failure]:
        """What became of each record, in their order; ends early once `stop` is set."""
        for record in records:
            if stop.is_set():
                return
            expected = self._following.get(record.at)
            # The same record again is the worker trying once more; any other jump means that somebody else was at work.
            goes_on = expected is not None and record.offset in (expected, expected - 1)
            deduper = self._deduper if self._deduper is not None and goes_on else self._take_over()
            self._following[record.at] = record.offset + 1
            yield attempt(deduper, carries, record.value, record.headers)

    def close(self) -> None:
        """Close the file."""
        if self._deduper is not None:
            self._deduper.close()
            self._deduper = None

    def __enter__(self) -> TakingOver:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _take_over(self) -> Deduper:
        self.close()
        self._deduper = deduper = Deduper(self._path, names=self._names)
        if any(self._is_behind(deduper, at, end) for topic in PLACED.names() for at, end in self._bus.end_offsets(topic).items()):
            log.info("taking_over", path=str(self._path))
            placed = deduper.restore(self._placed())
            log.info("taken_over", articles=placed)
        return deduper

    def _is_behind(self, deduper: Deduper, at: Partition, end: int) -> bool:
        """Whether the newest placed article of the log was decided on elsewhere."""
        records = self._bus.read(at, max(0, end - LOOKED_AT), LOOKED_AT) if end else ()
        newest = next((event for record in reversed(records) if isinstance(event := _event(record), PlacedArticle)), None)
        return newest is not None and not deduper.knows(newest.classified.event_id)

    def _placed(self) -> Iterator[StageEvent]:
        """All that the stage produced, log by log, in order."""
        for topic in PLACED.names():
            for at, end in self._bus.end_offsets(topic).items():
                following = 0
                while following < end and (records := self._bus.read(at, following, READ_AT_ONCE)):
                    yield from (event for record in records if (event := _event(record)) is not None)
                    following = records[-1].offset + 1


def _event(record: Record) -> PlacedArticle | PlacementChanged | StoryMerged | None:
    try:
        event: Any = decode(record.value, record.headers, PLACED.carries)
    except UnreadableRecordError:
        # Written by a newer version: the load parks it, and here it says nothing that can be understood.
        return None
    assert isinstance(event, PlacedArticle | PlacementChanged | StoryMerged)
    return event
