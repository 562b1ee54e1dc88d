"""Records of the bus in, one batch of rows written and counted out."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from pipeline.bus import Record
from pipeline.codec import UnreadableRecordError, decode
from pipeline.events import (
    DeadLetter,
    Event,
    Fetch,
    PlacedArticle,
    PlacementChanged,
    Rejected,
    Run,
    StoryMerged,
    content_id,
)
from warehouse import articles, claims, records, stories
from warehouse.database import Connection
from warehouse.erasure import spared
from warehouse.rows import insert_new


@dataclass
class Report:
    """What one load did. Counts are of rows that were not there before, `records` of everything read."""

    run_id: str
    started_at: datetime
    records: int = 0
    articles: int = 0
    """Versions of articles, and better readings of them."""
    rejections: int = 0
    fetches: int = 0
    runs: int = 0
    dead_letters: int = 0
    unreadable: int = 0
    """Records that the load itself could not read: rows of dead_letters with stage `load`."""
    claim_events: int = 0
    """Changes of claims produced to the topic claim-events."""
    seconds: float = 0.0
    stopped: Literal["idle", "time limit"] = "idle"

    def add(self, counts: Mapping[str, int]) -> None:
        """Count a committed batch."""
        for name, number in counts.items():
            setattr(self, name, getattr(self, name) + number)

    def counts(self) -> dict[str, int]:
        """All counts by name."""
        return {name: getattr(self, name) for name in (
            "records", "articles", "rejections", "fetches", "runs", "dead_letters", "unreadable", "claim_events")}

    def __str__(self) -> str:
        told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in self.counts().items() if number)
        return f"{told or 'nothing new'} in {self.seconds:.1f} s ({self.stopped})"


@dataclass
class Freight:
    """The events of one batch, by what they become."""

    placing: articles.Batch = field(default_factory=articles.Batch)
    rejected: list[Rejected] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    parked: list[DeadLetter] = field(default_factory=list)
    """Of records that the load itself could not read or write."""
    records: int = 0

    def take(self, event: Event) -> None:
        """Put the event where it belongs."""
        match event:
            case PlacedArticle():
                self.placing.placed.append(event)
            case PlacementChanged():
                self.placing.changes.append(event)
            case StoryMerged():
                self.placing.merges.append(event)
            case Rejected():
                self.rejected.append(event)
            case Fetch():
                self.fetches.append(event)
            case Run():
                self.runs.append(event)
            case DeadLetter():
                self.dead.append(event)
            case _:
                raise UnreadableRecordError(f"a {type(event).__name__} is nothing that the warehouse holds")


def read_records(batch: Sequence[Record], logs: Mapping[str, str]) -> Freight:
    """The events of the records; what cannot be decoded becomes a dead letter."""
    freight = Freight(records=len(batch))
    for record in batch:
        try:
            freight.take(decode(record.value, record.headers, Event))
        except UnreadableRecordError as error:
            freight.parked.append(_dead(record, error, logs))
    return freight


def unloadable(record: Record, error: Exception, logs: Mapping[str, str]) -> Freight:
    """The freight for a record whose content no table takes: its dead letter."""
    return Freight(parked=[_dead(record, error, logs)], records=1)


def write(con: Connection, freight: Freight, rules: claims.Rules) -> Counter[str]:
    """Write all rows and what derives from them, inside the caller's transaction; counts as Report names them."""
    counts, dead = Counter(records=freight.records, unreadable=len(freight.parked)), [*freight.dead, *freight.parked]
    for name, table, key, rows in (
        ("rejections", "rejections", "event_id", [records.rejection_row(event) for event in freight.rejected]),
        ("fetches", "fetches", "fetch_id", [records.fetch_row(event) for event in freight.fetches]),
        ("runs", "runs", "run_id", [records.run_row(event) for event in freight.runs]),
        ("dead_letters", "dead_letters", "event_id", [records.dead_letter_row(event) for event in dead]),
    ):
        counts[name] = insert_new(con, table, key, rows)
    freight.placing.placed = spared(con, freight.placing.placed)
    if freight.placing:
        touched = articles.place(con, freight.placing)
        stories.derive(con, touched.stories)
        claims.derive(con, touched.stories, rules)
        counts["articles"] = touched.loaded
    return counts


def _dead(record: Record, error: Exception, logs: Mapping[str, str]) -> DeadLetter:
    at = record.at
    return DeadLetter(
        event_id=content_id("dead", "load", logs[at.topic], at.topic, str(at.number), str(record.offset)), stage="load",
        topic=at.topic, partition=at.number, offset=record.offset, key=record.key, payload=record.value,
        headers=dict(record.headers), error=str(error), stack="".join(traceback.format_exception(error)),
        failed_at=datetime.now(UTC))
