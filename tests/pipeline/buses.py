"""Ways to make a bus for the contract test: each starts empty, and can be opened again as another process would."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.bus import Bus, Partition, open_bus
from pipeline.topology import Topic


def _suffix() -> str:
    return uuid.uuid4().hex[:8]


@dataclass(frozen=True)
class Place:
    """Where a bus is, with topics and a group that no other test uses."""

    url: str
    data: str
    forget: Callable[[str], None]
    """Deletes a topic as an operator could."""
    patience: float
    """Seconds in which what was sent reaches a reader's buffers."""
    suffix: str = field(default_factory=_suffix)

    @property
    def pages(self) -> Topic:
        """Three partitions, two lanes."""
        return Topic(f"pages-{self.suffix}", partitions=3, retention_days=2, lanes=True)

    @property
    def ordered(self) -> Topic:
        """One partition."""
        return Topic(f"ordered-{self.suffix}", partitions=1, retention_days=2)

    @property
    def one(self) -> Partition:
        """The only partition of `ordered`."""
        return Partition(self.ordered.name, 0)

    @property
    def group(self) -> str:
        """A group of readers."""
        return f"readers-{self.suffix}"

    def open(self) -> Bus:
        """Another connection, with the test's topics in place."""
        bus = open_bus(self.url, self.data)
        bus.ensure([self.pages, self.ordered])
        return bus


def embedded(folder: Path) -> Place:
    """A bus file below a folder."""
    def forget(_topic: str) -> None:
        for file in (folder / "bus").glob("bus.sqlite*"):
            file.unlink()
    return Place("embedded", str(folder), forget, patience=0.3)


def kafka(url: str, folder: Path) -> Place:
    """A running cluster."""
    def forget(topic: str) -> None:
        from kafka.admin import KafkaAdminClient
        with closing(KafkaAdminClient(bootstrap_servers=url.removeprefix("kafka://").split(","))) as admin:
            admin.delete_topics([topic])
            while any(one["error_code"] == 0 for one in admin.describe_topics([topic])):
                pass
    return Place(url, str(folder), forget, patience=2.0)
