"""A bus in memory, for one process: logs of one partition that a test can fill, cut back and look into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Self

from pipeline.bus import BusError, Lag, Partition, Record
from pipeline.topology import Topic


class FakeBus:
    def __init__(self) -> None:
        self.logs: dict[str, list[Record]] = defaultdict(list)
        self.generation = 1
        self.down = False

    def append(self, topic: str, value: bytes, headers: Mapping[str, str]) -> None:
        log = self.logs[topic]
        log.append(Record(at=Partition(topic, 0), offset=len(log), key="k", value=value, headers=headers))

    def ensure(self, topics: Iterable[Topic]) -> None: ...

    def drift(self, topics: Iterable[Topic]) -> list[str]:
        return []

    def producer(self) -> FakeProducer:
        if self.down:
            raise BusError("the bus is down")
        return FakeProducer(self)

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> FakeConsumer:
        assert manual, "the load keeps its own positions"
        return FakeConsumer(self, topics)

    def log_id(self, topic: str) -> str:
        return f"{topic}#{self.generation}"

    def end_offsets(self, topic: str) -> Mapping[Partition, int]:
        return {Partition(topic, 0): len(self.logs[topic])}

    def lag(self, group: str, topics: Sequence[str]) -> Sequence[Lag]:
        return []

    def read(self, at: Partition, offset: int, limit: int = 1) -> Sequence[Record]:
        return self.logs[at.topic][offset:offset + limit]

    def prune(self, topics: Iterable[Topic], now: datetime) -> int:
        return 0

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...


class FakeProducer:
    def __init__(self, bus: FakeBus) -> None:
        self.bus = bus
        self.waiting: list[tuple[str, bytes, Mapping[str, str]]] = []

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.waiting.append((topic, value, headers or {}))

    def flush(self, timeout: float = 60.0) -> None:
        for topic, value, headers in self.waiting:
            self.bus.append(topic, value, headers)
        self.waiting = []

    def close(self) -> None:
        self.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class FakeConsumer:
    def __init__(self, bus: FakeBus, topics: Sequence[str]) -> None:
        self.bus = bus
        self.at = {Partition(topic, 0): 0 for topic in topics}

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        records: list[Record] = []
        for at, offset in self.at.items():
            records += self.bus.logs[at.topic][offset:offset + limit - len(records)]
        for record in records:
            self.at[record.at] = record.offset + 1
        return records

    def commit(self, positions: Mapping[Partition, int]) -> None:
        raise AssertionError("the load keeps its own positions")

    def seek(self, at: Partition, offset: int) -> None:
        self.at[at] = offset

    def positions(self) -> Mapping[Partition, int]:
        return self.at

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...
