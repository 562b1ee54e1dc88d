"""Placed articles, rejections, fetches, runs and dead letters on the bus in, rows of the warehouse out: exactly once.

Rows and the offsets that they came from are written in one transaction, and every row is keyed by its event, so that
neither a kill nor a redelivery loses or doubles anything.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Final

import duckdb
import structlog

from config.settings import Settings
from pipeline.bus import Bus, BusError, Consumer, Partition, Record
from pipeline.topology import LOAD_GROUP, LOADED
from warehouse import claims, outbox, weeks
from warehouse.batches import Freight, Report, read_records, unloadable, write
from warehouse.configured import configure
from warehouse.database import Connection, open_writer, transaction
from warehouse.files import sole_writer
from warehouse.migrate import migrate
from warehouse.offsets import Logs, advance, resume
from warehouse.parked import park

log = structlog.get_logger(__name__)
LoadReport = Report
TOPICS: Final = tuple(name for topic in LOADED for name in topic.names())
BATCH: Final = 2000
"""Records in one transaction at the most: each costs some thirty scans of the tables, however few it writes."""
PORTION_BYTES: Final = 32_000_000
"""Compressed records in one transaction at the most: bounds what is decoded at a time."""
ANSWER_SECONDS: Final = 60.0
"""How long the bus may take to hand out what it says it holds."""
POISON: Final = (ValueError, TypeError, ArithmeticError, KeyError, duckdb.DataError)
"""What a record raises whose content no table takes (a lone surrogate, a number out of range)."""


def load(
    bus: Bus, settings: Settings, *, run_id: str, idle_seconds: float = 0.5, seconds: float | None = None, batch: int = BATCH,
) -> LoadReport:
    """Load what waits on the bus until nothing came for `idle_seconds` or `seconds` have passed, `batch` records at a time.

    Raises WarehouseError (another load at work, disk, offsets past the log's end), BusError, config.reading.ConfigError.
    """
    report, began = Report(run_id=run_id, started_at=datetime.now(UTC)), time.monotonic()
    with sole_writer(settings), closing(open_writer(settings)) as con:
        migrate(con)
        configure(con, settings)
        claims.bring_up_to_date(con, settings)
        report.claim_events += outbox.deliver(con, bus)
        with bus.consumer(LOAD_GROUP, TOPICS, manual=True) as consumer:
            logs = resume(con, bus, consumer, TOPICS)
            while records := _next_records(bus, consumer, idle_seconds, batch):
                with _uncollected():
                    for portion in _portions(records):
                        _load_portion(con, bus, settings, logs, portion, report)
                    report.claim_events += outbox.deliver(con, bus)
                if seconds is not None and time.monotonic() - began >= seconds:
                    report.stopped = "time limit"
                    break
        weeks.refresh(con)
    report.seconds = time.monotonic() - began
    log.info("loaded", run_id=run_id, **report.counts())
    return report


def _next_records(bus: Bus, consumer: Consumer, idle_seconds: float, batch: int) -> Sequence[Record]:
    """What comes next; nothing only where nothing waits: a broker may need longer than `idle_seconds` for its first answer.

    Raises BusError where what waits does not come.
    """
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        if records := consumer.poll(idle_seconds, batch):
            return records
        positions, asked = consumer.positions(), time.monotonic()
        ends = {at: end for topic in TOPICS for at, end in bus.end_offsets(topic).items()}
        # While the bus was away, what it holds had no time to come.
        deadline += time.monotonic() - asked
        if all(position >= ends.get(at, 0) for at, position in positions.items()):
            return ()
    raise BusError(f"records wait on the bus, but none came within {ANSWER_SECONDS:.0f} s: is a broker down?")


def _portions(records: Sequence[Record]) -> Iterator[list[Record]]:
    portion: list[Record] = []
    size = 0
    for record in records:
        if portion and size + len(record.value) > PORTION_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(record)
        size += len(record.value)
    yield portion


def _load_portion(
    con: Connection, bus: Bus, settings: Settings, logs: Logs, records: Sequence[Record], report: Report,
) -> None:
    """Load the records in one transaction; where one of them spoils it, the halves, down to that one record."""
    try:
        _commit(con, bus, settings, logs, read_records(records, logs), records, report)
    except POISON as error:
        if len(records) > 1:
            middle = len(records) // 2
            _load_portion(con, bus, settings, logs, records[:middle], report)
            _load_portion(con, bus, settings, logs, records[middle:], report)
            return
        log.warning("record not loadable", topic=records[0].at.topic, offset=records[0].offset, error=str(error))
        _commit(con, bus, settings, logs, unloadable(records[0], error, logs), records, report)


def _commit(
    con: Connection, bus: Bus, settings: Settings, logs: Logs, freight: Freight, records: Sequence[Record], report: Report,
) -> None:
    if freight.parked:
        park(bus, freight.parked)
    with transaction(con):
        counts = write(con, freight, claims.Rules.of(settings))
        advance(con, logs, _next(records))
        con.execute("UPDATE load_state SET generation = generation + 1, loaded_at = ?", [datetime.now(UTC)])
    report.add(counts)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: a batch makes a million objects and no cycle; looking took a fifth of the load's time."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _next(records: Sequence[Record]) -> dict[Partition, int]:
    following: dict[Partition, int] = {}
    for record in records:
        following[record.at] = max(record.offset + 1, following.get(record.at, 0))
    return following
