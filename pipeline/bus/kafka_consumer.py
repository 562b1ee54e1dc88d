"""Topics in, records out in order of priority: as a member of a consumer group, or of all partitions by explicit position."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import structlog
from kafka import KafkaConsumer as Client
from kafka import OffsetAndMetadata, TopicPartition, errors
from kafka.structs import MemberState

from pipeline.bus import BusError, Partition, Record
from pipeline.bus.kafka_assignor import LaneAssignor
from pipeline.bus.kafka_client import BATCH_OVERHEAD, Connection

JOIN_SECONDS: Final = 60.0
COMMIT_SECONDS: Final = 5.0
"""A commit that takes longer is a BusTimeoutError; committing again is harmless."""
MAX_FETCH_BYTES: Final = 16_000_000
"""What is held in memory beyond the records of one poll, per broker."""
SLICE_SECONDS: Final = 0.25
PAUSE_SECONDS: Final = 0.1
REBALANCE_SECONDS: Final = 5.0
"""Waiting inside the library, and outside of it where it would not wait."""
POLL_LIMIT_MS: Final = 900_000
"""A member that has not polled for so long has its partitions taken away: more than any batch of the worker can last."""
NO_LONGER_OURS: Final = (errors.CommitFailedError, errors.IllegalGenerationError, errors.UnknownMemberIdError,
                         errors.FencedInstanceIdError)

log = structlog.get_logger(__name__)


def base_config(connection: Connection, role: str) -> dict[str, Any]:
    """What every consumer of ours is configured with."""
    return {
        **connection.config(role), "enable_auto_commit": False, "auto_offset_reset": "earliest", "metrics_enabled": False,
        "allow_auto_create_topics": False, "fetch_max_bytes": MAX_FETCH_BYTES,
        "max_partition_fetch_bytes": connection.max_record_bytes + BATCH_OVERHEAD,
    }


def record_of(message: Any) -> Record:
    """The library's record as ours."""
    return _record(message, Partition(message.topic, message.partition))


def _record(message: Any, at: Partition) -> Record:
    # Whoever writes to a topic may write anything: what is no UTF-8 is shown, so that the record can be parked.
    headers = {name: (value or b"").decode(errors="backslashreplace") for name, value in message.headers}
    key = (message.key or b"").decode(errors="backslashreplace")
    return Record(at, message.offset, key, message.value or b"", headers, message.timestamp * 1000)


class _Reader:
    """What both kinds of consumer share: polling in order of priority, and seeking."""

    def __init__(self, connection: Connection, topics: Sequence[str], client: Any) -> None:
        self._connection, self._topics, self._client = connection, list(topics), client
        self._polled: dict[TopicPartition, int] = {}
        """Next offset to be polled."""

    def _next(self, timeout: float, limit: int) -> list[Record]:
        """Look at what earlier topics have ready, before waiting for any.

        All topics are fetched into the client's buffers all the time; pausing one only keeps its records from being handed out.
        """
        behind = [tp for tp in self._client.assignment() or () if tp.topic != self._topics[0]]
        for topic in self._topics[:-1] if behind else ():
            self._client.pause(*(tp for tp in behind if self._rank(tp) > self._topics.index(topic)))
            found = self._poll(0, limit)
            self._client.resume(*(tp for tp in behind if tp in self._client.assignment()))
            if found:
                return self._in_order(found)
        return self._in_order(self._poll(timeout, limit))

    def _poll(self, timeout: float, limit: int) -> dict[TopicPartition, list[Any]]:
        """Wait for records. Brokers that are gone for a while are nothing to wait for, and no error: the client comes back.

        A rebalance that has begun is waited for a little longer: kafka-python 3.0.12 forgets a join that ends between two polls
        and begins another, which makes every other member join again, and so on.
        """
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            spins = self._would_spin()
            try:
                found = self._polled_once(0 if spins else SLICE_SECONDS if self._joining() else min(left, SLICE_SECONDS), limit)
            except errors.RetriableError as error:
                log.info("brokers_do_not_answer", error=str(error))
                found, spins = {}, True
            if found or time.monotonic() >= deadline + (REBALANCE_SECONDS if self._joining() else 0):
                return found
            if spins:
                time.sleep(PAUSE_SECONDS)

    def _polled_once(self, timeout: float, limit: int) -> dict[TopicPartition, list[Any]]:
        fetcher = self._client._fetcher
        if not fetcher._next_partition_records:
            # kafka-python 3.0.12 keeps the emptied buffer of the last partition here, and as long as it does never hands out
            # what it set aside for a partition that was paused and resumed. Only None lets it look there.
            fetcher._next_partition_records = None
        return dict(self._client.poll(int(timeout * 1000), max_records=limit))

    def _joining(self) -> bool:
        return bool(self._client.group_metadata().state == MemberState.REBALANCING)

    def _would_spin(self) -> bool:
        """Whether a heartbeat waits to be answered: kafka-python 3.0.12 then does not wait in poll(), but spins."""
        member = self._client.group_metadata()
        return bool(member.state == MemberState.STABLE and self._client._coordinator.time_to_next_poll() <= 0)

    def _rank(self, tp: TopicPartition) -> int:
        return self._topics.index(tp.topic)

    def _in_order(self, found: Mapping[TopicPartition, list[Any]]) -> list[Record]:
        return [_record(message, at) for tp in sorted(found, key=self._rank)
                for at in (Partition(tp.topic, tp.partition),) for message in found[tp]]

    def _note(self, records: Sequence[Record]) -> None:
        """Remember where these end."""
        ends = {record.at: record.offset + 1 for record in records}
        self._polled |= {TopicPartition(at.topic, at.number): end for at, end in ends.items()}

    def seek(self, at: Partition, offset: int) -> None:
        """Read on from `offset`, or from the earliest that retention left. Raises BusError past the end."""
        tp = TopicPartition(at.topic, at.number)
        if tp not in (self._client.assignment() or ()):
            raise BusError(f"{at.topic} partition {at.number} is not among what is read here")
        end = self._connection.asked(lambda: self._client.end_offsets([tp]))[tp]
        if not 0 <= offset <= end:
            raise BusError(f"{at.topic} partition {at.number} ends at offset {end}: cannot read on from {offset}")
        with self._connection.explained():
            self._client.seek(tp, offset)
        self._polled[tp] = offset

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release."""
        with self._connection.explained():
            self._client.close(autocommit=False, timeout_ms=int(COMMIT_SECONDS * 1000))


class GroupConsumer(_Reader):
    """A member of a group: the brokers give it its share of the partitions, and others theirs."""

    def __init__(self, connection: Connection, group: str, topics: Sequence[str]) -> None:
        session = connection.settings.kafka_session_seconds
        with connection.connecting():
            client = Client(
                *topics, **base_config(connection, group), group_id=group, session_timeout_ms=int(session * 1000),
                heartbeat_interval_ms=int(session * 200), max_poll_interval_ms=POLL_LIMIT_MS,
                partition_assignment_strategy=[LaneAssignor])
            for topic in topics:
                # Joining before the topics are known makes the library's leader assign nothing.
                client.partitions_for_topic(topic)
        super().__init__(connection, topics, client)
        self._group = group
        self._early: list[Record] = []
        self._owed: dict[TopicPartition, int] = {}

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        """Up to `limit` next records; empty after `timeout` seconds without any. Raises BusError."""
        if self._early:
            records, self._early = self._early[:limit], self._early[limit:]
        else:
            with self._connection.explained():
                records = self._next(timeout, limit)
        mine = self._client.assignment() or ()
        self._polled = {tp: offset for tp, offset in self._polled.items() if tp in mine}
        self._note(records)
        self._settle()
        return records

    def commit(self, positions: Mapping[Partition, int]) -> None:
        """Store the next offset for exactly these partitions; those no longer ours are read again by whoever has them now."""
        self._owed |= {TopicPartition(at.topic, at.number): offset for at, offset in positions.items()}
        self._settle()

    def _settle(self) -> None:
        """Commit what is owed. While the group is rebalancing it stays owed, and is tried at the next poll."""
        mine = self._client.assignment() or ()
        self._owed = {tp: offset for tp, offset in self._owed.items() if tp in mine}
        if not self._owed:
            return
        try:
            with self._connection.explained():
                self._client.commit({tp: OffsetAndMetadata(offset, "", -1) for tp, offset in self._owed.items()},
                                    timeout_ms=int(COMMIT_SECONDS * 1000))
        except BusError as error:
            if isinstance(error.__cause__, errors.RebalanceInProgressError):
                return
            if not isinstance(error.__cause__, NO_LONGER_OURS):
                raise
            log.warning("commit_after_losing_partitions", group=self._group, error=str(error))
        self._owed = {}

    def positions(self) -> Mapping[Partition, int]:
        """Next offset to be polled, by partition assigned. Waits until the group has formed. Raises BusError."""
        self._join()
        with self._connection.explained():
            return {Partition(tp.topic, tp.partition): self._position(tp) for tp in self._client.assignment() or ()}

    def _position(self, tp: TopicPartition) -> int:
        if tp in self._polled:
            return self._polled[tp]
        position = self._client.position(tp, timeout_ms=int(JOIN_SECONDS * 1000))
        if position is None:
            raise errors.KafkaTimeoutError(f"no position of {tp}")
        return int(position)

    def _join(self) -> None:
        deadline = time.monotonic() + JOIN_SECONDS
        with self._connection.explained():
            while self._client.group_metadata().state != MemberState.STABLE:
                if time.monotonic() > deadline:
                    raise errors.KafkaTimeoutError(f"group {self._group!r} did not form within {JOIN_SECONDS:.0f} s")
                self._early += self._next(0.1, 100)

    def close(self) -> None:
        """Leave the group."""
        try:
            self._settle()
        finally:
            super().close()


class ManualConsumer(_Reader):
    """Reads all partitions, from positions that the caller keeps."""

    def __init__(self, connection: Connection, partitions: Sequence[TopicPartition]) -> None:
        with connection.connecting():
            client = Client(**base_config(connection, "reader"), group_id=None)
        super().__init__(connection, list(dict.fromkeys(tp.topic for tp in partitions)), client)
        with connection.explained():
            client.assign(list(partitions))
            self._polled = dict(connection.asked(lambda: client.beginning_offsets(partitions)))
            for tp, offset in self._polled.items():
                client.seek(tp, offset)

    def poll(self, timeout: float, limit: int) -> Sequence[Record]:
        """Up to `limit` next records; empty after `timeout` seconds without any. Raises BusError."""
        with self._connection.explained():
            records = self._next(timeout, limit)
        self._note(records)
        return records

    def commit(self, positions: Mapping[Partition, int]) -> None:  # noqa: ARG002 - the protocol's
        """Raise BusError: only a group has committed offsets."""
        raise BusError("a manual consumer commits nothing: its caller keeps the positions")

    def positions(self) -> Mapping[Partition, int]:
        """Next offset to be polled, by partition."""
        return {Partition(tp.topic, tp.partition): offset for tp, offset in self._polled.items()}
