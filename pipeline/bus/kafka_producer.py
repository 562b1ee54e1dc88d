"""Records in, Kafka out: acknowledged by every in-sync copy, once each however often the client had to try."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Self

from kafka import KafkaProducer as Client
from kafka import errors

from pipeline.bus import BusError, OversizedError
from pipeline.bus.kafka_client import BATCH_OVERHEAD, Connection

MAX_UNSENT_BYTES: Final = 16_000_000
"""A producer that holds so much waits for it to be acknowledged; the library's own buffer has no bound."""
LINGER_MS: Final = 200
"""How long a record waits for others to share its request, unless flush() ends the wait, as it does after every batch: with 20
ms each page of a stage that takes 30 was a request of its own, a quarter of what worker and broker spent."""
BATCH_BYTES: Final = 262_144
DELIVERY_MS: Final = 120_000
BLOCK_MS: Final = 15_000
"""How long send() may wait for the cluster to say where a topic lies."""
AWAKE_SECONDS: Final = 0.01
CLOSE_SECONDS: Final = 10.0
NOT_READY_MS: Final = 50.0
"""How long the sending thread waits for a broker that is not connected, unless something happens before."""


class KafkaProducer:
    """Sends in batches; nothing counts before flush() returned."""

    def __init__(self, connection: Connection, expect_topic: Callable[[str], None]) -> None:
        self._connection, self._expect_topic = connection, expect_topic
        self._topics: set[str] = set()
        self._unsure: list[Any] = []
        self._bytes = 0
        with connection.connecting():
            self._client = Client(
                **connection.config("producer"), acks="all", enable_idempotence=True, compression_type="zstd",
                linger_ms=LINGER_MS, batch_size=BATCH_BYTES, delivery_timeout_ms=DELIVERY_MS,
                max_block_ms=BLOCK_MS, metrics_enabled=False,
                allow_auto_create_topics=False, max_request_size=connection.max_record_bytes + BATCH_OVERHEAD)
        _wait_while_not_ready(self._client)

    def send(self, topic: str, key: str, value: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Queue a record. Raises OversizedError, BusError."""
        if len(value) > self._connection.max_record_bytes:
            raise OversizedError(f"a record of {len(value):,} bytes for {topic!r} (key {key}) is larger than the bus takes "
                                 f"({self._connection.max_record_bytes:,}): raise MARSAD_MAX_RECORD_BYTES")
        if topic not in self._topics:
            self._expect_topic(topic)
            self._topics.add(topic)
        if self._bytes >= MAX_UNSENT_BYTES:
            self.flush()
        pairs = [(name, text.encode()) for name, text in (headers or {}).items()]
        with self._connection.explained():
            self._unsure.append(self._client.send(topic, value, key.encode(), pairs))
        self._bytes += len(value)

    def flush(self, timeout: float = 60.0) -> None:
        """Wait until all is acknowledged. Raises BusTimeoutError (call again to go on waiting) or BusError."""
        with self._connection.explained():
            self._flushed(timeout)
            failed = next((future.exception for future in self._unsure if future.failed()), None)
            self._unsure, self._bytes = [], 0
            if isinstance(failed, errors.RetriableError):
                raise BusError(f"Kafka at {self._connection.name} did not acknowledge a record within "
                               f"{DELIVERY_MS // 1000} s: are the brokers running? ({failed})") from failed
            if failed is not None:
                raise failed

    def _flushed(self, timeout: float) -> None:
        """kafka-python 3.0.12 wakes who waits for a batch a moment before it calls it done, and takes that for an error."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                self._client.flush(max(0.1, deadline - time.monotonic()))
                return
            except errors.UnknownError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(AWAKE_SECONDS)

    def close(self) -> None:
        """Flush and release."""
        try:
            self.flush()
        finally:
            self._release()

    def _release(self) -> None:
        try:
            with contextlib.suppress(errors.KafkaTimeoutError):
                self._client.close(CLOSE_SECONDS if not self._unsure else 0)
        finally:
            # close() raises, and leaves its thread behind, where something is still unsent.
            self._client._sender.force_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc[0] is None:
            self.close()
        else:
            self._release()


def _wait_while_not_ready(client: Any) -> None:
    """kafka-python 3.0.12 spins while a broker with records to be sent is not connected (dpkp/kafka-python issue 1907): it says
    0 while it connects, and else gives seconds where its sending thread expects milliseconds."""
    network = client._sender._client
    seconds = network.connection_delay
    network.connection_delay = lambda node: max(NOT_READY_MS, seconds(node) * 1000)
