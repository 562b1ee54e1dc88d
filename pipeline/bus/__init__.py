"""The bus: named, partitioned, durable logs with consumer groups. One protocol, an embedded (SQLite) and a Kafka form.

What every bus promises (tests/pipeline/test_bus_contract.py): order within a partition, at-least-once delivery, offsets
that survive a kill, retention. Flush, then commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol, Self

from config.settings import settings
from pipeline.topology import Topic

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


class BusError(Exception):
    """The bus cannot serve: broker absent, topic missing, credentials wrong, disk full. The message says what to do."""


class BusTimeoutError(BusError):
    """The bus did not answer in the time given: trying the same again may succeed."""


class OversizedError(BusError):
    """A record is larger than the bus takes (MARSAD_MAX_RECORD_BYTES)."""


class Partition(NamedTuple):
    """One log of a topic (`topic` is the lane's log name, as `raw-pages.backfill`)."""

    topic: str
    number: int


class Record(NamedTuple):
    """One message as it lies on the bus. Tuples: made a thousand times a second, a frozen dataclass costs three times as much."""

    at: Partition
    offset: int
    key: str
    value: bytes
    headers: Mapping[str, str] = NO_HEADERS
    appended_us: int | None = None
    """When, in microseconds since 1970."""

    @property
    def appended_at(self) -> datetime | None:
        """When it reached the bus (UTC)."""
        return None if self.appended_us is None else datetime.fromtimestamp(self.appended_us / 1_000_000, UTC)


class Producer(Protocol):
    """Appends records. Nothing is durable before flush() returned.

    Leaving its `with` block flushes; leaving it by an exception does not: what was not committed comes again.
    """

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Queue a record; its partition derives from `key`. Raises OversizedError, BusError."""

    def flush(self, timeout: float = 60.0) -> None:
        """Wait until all that was sent is durable. Raises BusError where it is not within `timeout` seconds."""

    def close(self) -> None:
        """Flush and release."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


class Consumer(Protocol):
    """Reads the partitions of its topics as member of a group, or all of them by explicit position."""

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        """Up to `limit` next records, those of earlier-named topics first; empty after `timeout` seconds without any."""

    def commit(self, positions: Mapping[Partition, int]) -> None:
        """Store the next offset to read for exactly these partitions."""

    def seek(self, at: Partition, offset: int) -> None:
        """Read on from `offset` (the load seeks from its own table). Raises BusError past the end."""

    def positions(self) -> Mapping[Partition, int]:
        """Next offset to be polled, for every partition assigned."""

    def close(self) -> None:
        """Leave the group."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


@dataclass(frozen=True)
class Lag:
    """How far a group is behind on one partition."""

    at: Partition
    committed: int
    end: int
    oldest_waiting: datetime | None = None

    @property
    def waiting(self) -> int:
        """Records not yet committed."""
        return max(0, self.end - self.committed)


class Bus(Protocol):
    """A connection to the logs."""

    def ensure(self, topics: Iterable[Topic]) -> None:
        """Create what is missing, with partitions and retention of the topology. Idempotent."""

    def drift(self, topics: Iterable[Topic]) -> list[str]:
        """Where the logs differ from the topology, a sentence each."""

    def producer(self) -> Producer:
        """A new producer."""

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> Consumer:
        """A member of `group` reading log names in order of priority, from the committed offset or the earliest.

        `manual`: all partitions without group membership, from the earliest, positions kept by the caller.
        Raises BusError where another process holds the group (embedded bus: one process a group).
        """

    def log_id(self, topic: str) -> str:
        """Identity of the log behind a name: another after it was deleted and made again."""

    def end_offsets(self, topic: str) -> Mapping[Partition, int]:
        """Next offset to be written, by partition."""

    def lag(self, group: str, topics: Sequence[str]) -> Sequence[Lag]:
        """Where a group stands."""

    def read(self, at: Partition, offset: int, limit: int = 1) -> Sequence[Record]:
        """Records by position, outside any group (for `marsad dead` and `explain`)."""

    def prune(self, topics: Iterable[Topic], now: datetime) -> int:
        """Drop records older than their topic's retention; how many went. Kafka does it by itself: 0."""

    def close(self) -> None:
        """Release."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


def open_bus(url: str, data: str, max_record_bytes: int | None = None) -> Bus:
    """The bus that MARSAD_BUS names: `embedded` (a file below the folder `data`) or `kafka://host:port[,...]`.

    `max_record_bytes` is MARSAD_MAX_RECORD_BYTES unless given. Raises BusError.
    """
    most = max_record_bytes or settings().max_record_bytes
    if url == "embedded":
        from pipeline.bus.embedded import EmbeddedBus
        return EmbeddedBus.below(data, most)
    if url.startswith("kafka://") and (servers := [one for one in url.removeprefix("kafka://").strip("/").split(",") if one]):
        from pipeline.bus.kafka import KafkaBus
        return KafkaBus(servers, settings(), most)
    raise BusError(f"MARSAD_BUS={url!r} is not understood: use `embedded` or `kafka://host:port[,host:port]`")
