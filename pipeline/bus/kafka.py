"""Addresses in, the bus over Apache Kafka out: topics, groups and offsets are the brokers' own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Self, TypeVar

from kafka import KafkaConsumer as Client
from kafka import TopicPartition, errors
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, OffsetSpec

from config.settings import Settings
from pipeline.bus import BusError, Lag, Partition, Record
from pipeline.bus.kafka_client import BATCH_OVERHEAD, Connection
from pipeline.bus.kafka_consumer import GroupConsumer, ManualConsumer, base_config, record_of
from pipeline.bus.kafka_producer import KafkaProducer
from pipeline.topology import Topic

MOST_COPIES: Final = 3
DAY_MS: Final = 86_400_000
READ_SECONDS: Final = 20.0
READ_BYTES: Final = 65_536
"""Fetched at a time to read by position, mostly one record; a larger one comes whole all the same (KIP-74)."""
KNOWN_SECONDS: Final = 3.0
"""How long after its making a topic may be unknown to one of several brokers."""
KNOWN_PAUSE: Final = 0.1
UNKNOWN_TOPIC: Final = 3
"""Kafka's error code UNKNOWN_TOPIC_OR_PARTITION."""

T = TypeVar("T")


class KafkaBus:
    """A connection to a cluster. May be shared between threads; a producer or consumer belongs to one at a time."""

    def __init__(self, servers: Sequence[str], settings: Settings, max_record_bytes: int) -> None:
        """Raises BusError where no broker answers or the credentials are wrong."""
        self._connection = Connection(tuple(servers), settings, max_record_bytes)
        self._lock = threading.Lock()
        self._reader: Any = None
        self._known: set[str] = set()
        with self._connection.connecting():
            self._admin = KafkaAdminClient(**self._connection.config("admin"))

    def _ask(self, question: Callable[[], T]) -> T:
        with self._lock:
            return self._connection.asked(question)

    # ------------------------------------------------------------ topics

    def ensure(self, topics: Iterable[Topic]) -> None:
        """Create what is missing, with as many copies as there are brokers, up to three. Changes nothing that is there."""
        there = set(self._ask(self._admin.list_topics))
        self._known |= there
        missing = {name: topic for topic in topics for name in topic.names() if name not in there}
        if not missing:
            return
        copies = min(MOST_COPIES, self._brokers())
        wanted = {name: self._wanted(topic, copies) for name, topic in missing.items()}
        self._ask(lambda: self._create(wanted))
        self._ask(lambda: self._admin.wait_for_topics(list(wanted), timeout_ms=20_000))

    def _create(self, wanted: Mapping[str, dict[str, Any]]) -> None:
        result = self._admin.create_topics(wanted, raise_errors=False)
        for topic in result["topics"]:
            error = errors.for_code(topic["error_code"])
            if error not in (errors.NoError, errors.TopicAlreadyExistsError):
                raise error(f"{topic['name']}: {topic.get('error_message') or ''}")

    def _brokers(self) -> int:
        """How many take part; one that was cut off for a while needs a moment to be let in again."""
        def count() -> int:
            found = sum(not broker["is_fenced"] for broker in self._admin.describe_cluster()["brokers"])
            if not found:
                raise errors.NodeNotReadyError("no broker takes part in the cluster")
            return found
        return self._ask(count)

    def _wanted(self, topic: Topic, copies: int) -> dict[str, Any]:
        return {"num_partitions": topic.partitions, "replication_factor": copies, "configs": {
            "retention.ms": str(topic.retention_days * DAY_MS),
            "cleanup.policy": "delete",
            "max.message.bytes": str(self._connection.max_record_bytes + BATCH_OVERHEAD),
            "min.insync.replicas": str(max(1, copies - 1)),
            # Retention and lag go by when a record reached the brokers, not by the producers' clocks.
            "message.timestamp.type": "LogAppendTime",
        }}

    def drift(self, topics: Iterable[Topic]) -> list[str]:
        """Where the cluster differs from the topology, a sentence each."""
        named = {name: topic for topic in topics for name in topic.names()}
        described = {one["name"]: one for one in self._ask(lambda: self._admin.describe_topics(list(named)))}
        there = [name for name in named if described[name]["error_code"] != UNKNOWN_TOPIC]
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in there]
        configs = self._ask(lambda: self._admin.describe_configs(resources, config_filter="all"))["topic"] if there else {}
        copies = min(MOST_COPIES, self._brokers())
        found = [f"{name}: missing" for name in named if name not in there]
        for name in there:
            wanted, partitions = self._wanted(named[name], copies), described[name]["partitions"]
            has = {key: configs[name][key]["value"] for key in wanted["configs"]}
            has |= {"partitions": len(partitions), "copies": min(len(one["replica_nodes"]) for one in partitions)}
            expected = {**wanted["configs"], "partitions": wanted["num_partitions"], "copies": copies}
            found += [f"{name}: {what} {has[what]}, the topology says {expected[what]}"
                      for what in expected if has[what] != expected[what]]
        return found

    def _described(self, topic: str) -> dict[str, Any]:
        deadline = time.monotonic() + KNOWN_SECONDS
        while True:
            (described,) = self._ask(lambda: self._admin.describe_topics([topic]))
            if described["error_code"] != UNKNOWN_TOPIC:
                return dict(described)
            if time.monotonic() > deadline:
                raise BusError(f"no topic {topic!r} on this bus: `marsad doctor` creates what the topology names")
            time.sleep(KNOWN_PAUSE)

    def _partitions(self, topic: str) -> list[TopicPartition]:
        return sorted(TopicPartition(topic, one["partition_index"]) for one in self._described(topic)["partitions"])

    def _expect(self, topic: str) -> None:
        if topic not in self._known:
            self._partitions(topic)
            self._known.add(topic)

    def log_id(self, topic: str) -> str:
        """The topic's id, which the cluster gave it at its making."""
        return str(self._described(topic)["topic_id"])

    # ------------------------------------------------------------ records

    def producer(self) -> KafkaProducer:
        """A new producer."""
        return KafkaProducer(self._connection, self._expect)

    def consumer(self, group: str, topics: Sequence[str], *, manual: bool = False) -> GroupConsumer | ManualConsumer:
        """A member of the group, which any number of processes share; or a manual reader of everything. Raises BusError."""
        partitions = [tp for topic in topics for tp in self._partitions(topic)]
        if manual:
            return ManualConsumer(self._connection, partitions)
        return GroupConsumer(self._connection, group, topics)

    def read(self, at: Partition, offset: int, limit: int = 1) -> Sequence[Record]:
        """Records by position; fewer where the log ends or retention took them. Raises BusError."""
        tp = TopicPartition(at.topic, at.number)
        known = self._partitions(at.topic)
        if tp not in known:
            raise BusError(f"topic {at.topic!r} has no partition {at.number}, only 0 to {len(known) - 1}")
        end = self._offsets([tp], OffsetSpec.LATEST)[tp]
        start = max(offset, self._offsets([tp], OffsetSpec.EARLIEST)[tp])
        with self._lock, self._connection.explained():
            return self._read(tp, start, min(limit, end - start)) if start < end else ()

    def _read(self, tp: TopicPartition, start: int, count: int) -> list[Record]:
        if self._reader is None:
            config = base_config(self._connection, "look") | {"max_partition_fetch_bytes": READ_BYTES}
            self._reader = Client(**config, group_id=None)
        self._reader.assign([tp])
        self._reader.seek(tp, start)
        records: list[Record] = []
        while len(records) < count:
            found = self._reader.poll(int(READ_SECONDS * 1000), max_records=count - len(records))
            if not found:
                raise errors.KafkaTimeoutError(f"{tp} offset {start} did not come within {READ_SECONDS:.0f} s")
            records += [record_of(message) for message in found[tp]]
        return records

    # ------------------------------------------------------------ offsets

    def _offsets(self, partitions: Sequence[TopicPartition], which: int) -> dict[TopicPartition, int]:
        found = self._ask(lambda: self._admin.list_partition_offsets(dict.fromkeys(partitions, which)))
        return {tp: one.offset for tp, one in found.items()}

    def end_offsets(self, topic: str) -> Mapping[Partition, int]:
        """Next offset to be written, by partition."""
        ends = self._offsets(self._partitions(topic), OffsetSpec.LATEST)
        return {Partition(tp.topic, tp.partition): end for tp, end in sorted(ends.items())}

    def lag(self, group: str, topics: Sequence[str]) -> Sequence[Lag]:
        """Where a group stands, by partition."""
        partitions = [tp for topic in topics for tp in self._partitions(topic)]
        stored = self._ask(lambda: self._stored(group, partitions))
        starts, ends = self._offsets(partitions, OffsetSpec.EARLIEST), self._offsets(partitions, OffsetSpec.LATEST)
        return [self._lag(tp, max(stored[tp].offset if tp in stored else 0, starts[tp]), ends[tp]) for tp in partitions]

    def _stored(self, group: str, partitions: Sequence[TopicPartition]) -> Mapping[TopicPartition, Any]:
        try:
            return dict(self._admin.list_group_offsets({group: list(partitions)})[group])
        except errors.RetriableError:
            # kafka-python 3.0.12 never forgets which broker coordinated a group: it would ask the wrong one for ever.
            self._admin._manager.cluster._coordinators.clear()
            raise

    def _lag(self, tp: TopicPartition, committed: int, end: int) -> Lag:
        at = Partition(tp.topic, tp.partition)
        oldest = next(iter(self.read(at, committed)), None) if committed < end else None
        return Lag(at, committed, end, oldest.appended_at if oldest else None)

    def prune(self, topics: Iterable[Topic], now: datetime) -> int:  # noqa: ARG002 - the protocol's
        """The brokers drop old records by themselves."""
        return 0

    def close(self) -> None:
        """Release."""
        with self._lock, self._connection.explained():
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._admin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
