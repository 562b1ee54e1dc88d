"""Hand-written stand-ins: a bus in memory, and deliverers that record, fail or stop in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from pipeline.bus import Lag, Partition, Record
from pipeline.topology import Topic
from warehouse.digest.deliver import DeliveryError
from warehouse.digest.render import Rendered


class KilledError(Exception):
    """Stands for a SIGKILL at this place."""


@dataclass
class MemoryBus:
    """One partition a topic, one group; `kill_commit` stops it before the next commit."""

    logs: dict[str, list[Record]] = field(default_factory=dict)
    committed: dict[Partition, int] = field(default_factory=dict)
    kill_commit: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def ensure(self, topics: Iterable[Topic]) -> None:
        pass

    def drift(self, topics: Iterable[Topic]) -> list[str]:
        return []

    def producer(self) -> MemoryProducer:
        return MemoryProducer(self)

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> MemoryConsumer:
        return MemoryConsumer(self, {Partition(topic, 0): self.committed.get(Partition(topic, 0), 0) for topic in topics})

    def log_id(self, topic: str) -> str:
        return f"log-of-{topic}"

    def end_offsets(self, topic: str) -> Mapping[Partition, int]:
        return {Partition(topic, 0): len(self.logs.get(topic, []))}

    def lag(self, group: str, topics: Sequence[str]) -> Sequence[Lag]:
        return [Lag(at, self.committed.get(at, 0), end) for topic in topics for at, end in self.end_offsets(topic).items()]

    def read(self, at: Partition, offset: int, limit: int = 1) -> Sequence[Record]:
        return self.logs.get(at.topic, [])[offset:offset + limit]

    def prune(self, topics: Iterable[Topic], now: datetime) -> int:
        return 0

    def close(self) -> None:
        pass


@dataclass
class MemoryProducer:
    """Appends at once."""

    bus: MemoryBus

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        log = self.bus.logs.setdefault(topic, [])
        log.append(Record(Partition(topic, 0), len(log), key, value, headers or {}))

    def flush(self, timeout: float = 60.0) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class MemoryConsumer:
    """Reads on from where it stands."""

    bus: MemoryBus
    at: dict[Partition, int]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        records: list[Record] = []
        for partition, offset in self.at.items():
            records += self.bus.read(partition, offset, limit)
            self.at[partition] = offset + len(records)
        return records

    def commit(self, positions: Mapping[Partition, int]) -> None:
        if self.bus.kill_commit:
            self.bus.kill_commit = False
            raise KilledError
        self.bus.committed.update(positions)

    def seek(self, at: Partition, offset: int) -> None:
        self.at[at] = offset

    def positions(self) -> Mapping[Partition, int]:
        return self.at

    def close(self) -> None:
        pass


@dataclass
class Post:
    """Delivers into a list; fails or is killed where told, before or after the issue is out."""

    out: list[Rendered] = field(default_factory=list)
    kill_before: int = 0
    kill_after: int = 0
    refuse: str = ""
    """A digest whose issues cannot be delivered."""

    def deliver(self, rendered: Rendered) -> None:
        if rendered.issue.digest == self.refuse:
            raise DeliveryError(f"no way to {rendered.issue.issue_id}")
        if self.kill_before:
            self.kill_before -= 1
            raise KilledError
        self.out.append(rendered)
        if self.kill_after:
            self.kill_after -= 1
            raise KilledError

    @property
    def ids(self) -> list[str]:
        """The issues that went out, in order, repeats included."""
        return [one.issue.issue_id for one in self.out]
