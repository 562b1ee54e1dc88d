"""Records a second and CPU a record of the bus, embedded and over Kafka, beside kafka-python's own produce and consume.

    python -m tests.bench.bus [--records 20000] [--rounds 3]

All in one run, interleaved; medians of the rounds. The raw client has the same codec, batches, acknowledgements and headers as
ours. CPU is that of this process, its network thread included. `passing` is a whole stage: consume, decode, decide, encode,
produce, commit.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from pipeline.bus import Bus, open_bus
from pipeline.bus.kafka_producer import BATCH_BYTES, LINGER_MS
from pipeline.codec import decode, encode
from pipeline.events import Article, RawPage
from pipeline.outcome import Outcome
from pipeline.topology import DEAD, REJECTIONS, Stage, Topic
from pipeline.worker import drain
from tests.bench.texts import paragraphs
from tests.broker.cluster import Cluster
from tests.pipeline.samples import article, page

PARTITIONS = 4
POLL = 500


@dataclass
class Timing:
    """What one kind of work took, a figure a round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Take the time of what happens inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)


class Bench:
    """The records, and the times by kind of work."""

    def __init__(self, records: int, cluster: Cluster, folder: Path) -> None:
        self.pages = [page(number, paragraphs(number, 6000)) for number in range(records)]
        self.encoded = [encode(one) for one in self.pages]
        self.cluster, self.folder = cluster, folder
        self.timings: dict[str, Timing] = {}

    def timed(self, name: str) -> Any:
        """The context that takes the time of this kind of work."""
        return self.timings.setdefault(name, Timing()).measured()

    def round(self) -> None:
        """Each kind of work once."""
        suffix = uuid.uuid4().hex[:8]
        with open_bus("embedded", str(self.folder / suffix)) as bus:
            self._ours("embedded", bus, suffix)
        with open_bus(self.cluster.url, str(self.folder)) as bus:
            self._ours("kafka", bus, suffix)
        with open_bus(self.cluster.url, str(self.folder)) as bus:
            topic = Topic(f"raw-{suffix}", PARTITIONS, 1)
            bus.ensure([topic])
            self._raw(topic.name)
        with self.timed("codec: encode"):
            for one in self.pages:
                encode(one)
        with self.timed("codec: decode"):
            for value, headers in self.encoded:
                decode(value, headers, RawPage)

    def _ours(self, name: str, bus: Bus, suffix: str) -> None:
        source, target = Topic(f"in-{suffix}", PARTITIONS, 1, carries=(RawPage,)), Topic(f"out-{suffix}", PARTITIONS, 1)
        stage = Stage(f"pass-{suffix}", source, target)
        bus.ensure([source, target, stage.dead, REJECTIONS, *DEAD])
        with bus.producer() as producer, self.timed(f"{name}: produce"):
            for one, (value, headers) in zip(self.pages, self.encoded, strict=True):
                producer.send(source.name, one.ref.article_id, value, headers)
            producer.flush()
        with bus.consumer(f"read-{suffix}", [source.name], manual=True) as consumer, self.timed(f"{name}: consume"):
            left = len(self.pages)
            while left:
                left -= len(consumer.poll(5.0, POLL))
        with self.timed(f"{name}: passing"):
            counts = drain(stage, _pass, bus, idle_seconds=0.0, batch=POLL)
        if counts.passed != len(self.pages):
            raise SystemExit(f"{name}: {counts.passed} of {len(self.pages)} passed")

    def _raw(self, topic: str) -> None:
        servers = self.cluster.url.removeprefix("kafka://").split(",")
        producer = KafkaProducer(bootstrap_servers=servers, acks="all", enable_idempotence=True, compression_type="zstd",
                                 linger_ms=LINGER_MS, batch_size=BATCH_BYTES, metrics_enabled=False)
        with self.timed("raw kafka-python: produce"):
            for one, (value, headers) in zip(self.pages, self.encoded, strict=True):
                producer.send(topic, value, one.ref.article_id.encode(), [(key, text.encode()) for key, text in headers.items()])
            producer.flush()
        producer.close()
        consumer = KafkaConsumer(bootstrap_servers=servers, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest",
                                 metrics_enabled=False, fetch_max_bytes=16_000_000, max_partition_fetch_bytes=4_000_000)
        consumer.assign([TopicPartition(topic, number) for number in range(PARTITIONS)])
        with self.timed("raw kafka-python: consume"):
            left = len(self.pages)
            while left:
                left -= sum(len(found) for found in consumer.poll(5000, max_records=POLL).values())
        consumer.close()


def _pass(read: RawPage) -> Outcome:
    made: Article = article(read)
    return (made,)


def table(timings: dict[str, Timing], records: int) -> str:
    """The figures as Markdown: records a second by the clock, and microseconds of CPU a record."""
    lines = ["| work | records/s (wall) | CPU µs a record | spread of CPU |", "|---|---|---|---|"]
    for name, timing in timings.items():
        wall, cpu = statistics.median(timing.wall), statistics.median(timing.cpu)
        spread = f"{min(timing.cpu) / records * 1e6:.0f}-{max(timing.cpu) / records * 1e6:.0f}"
        lines.append(f"| {name} | {records / wall:,.0f} | {cpu / records * 1e6:.0f} | {spread} |")

    spent = {name: statistics.median(timing.cpu) for name, timing in timings.items()}
    for what in ("produce", "consume"):
        lines.append(f"\nKafka {what}: ours / raw = {spent[f'kafka: {what}'] / spent[f'raw kafka-python: {what}']:.2f} of CPU")
    raw = ("codec: decode", "codec: encode", "raw kafka-python: produce", "raw kafka-python: consume")
    least = sum(spent[name] for name in raw)
    lines.append(f"\nPassing stage over Kafka / (raw consume + raw produce + codec) = {spent['kafka: passing'] / least:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="marsad-bus-") as name, Cluster(Path(name) / "kafka") as cluster:
        bench = Bench(options.records, cluster, Path(name))
        for _ in range(options.rounds):
            bench.round()
        print(table(bench.timings, options.records))


if __name__ == "__main__":
    main()
