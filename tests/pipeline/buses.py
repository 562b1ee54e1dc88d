"""Ways to make a bus for the contract test: each starts empty, and can be opened again as another process would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.bus import Bus, Partition, open_bus
from pipeline.topology import Topic

PAGES = Topic("pages", partitions=3, retention_days=2, lanes=True)
ORDERED = Topic("ordered", partitions=1, retention_days=2)
GROUP = "readers"


@dataclass(frozen=True)
class Place:
    """Where a bus is; `forget` deletes a topic as an operator could."""

    url: str
    data: str
    forget: Callable[[str], None]
    patience: float
    """Seconds until a member of a group has its partitions."""
    shares_groups: bool
    """Whether several members of one group can read at once."""

    def open(self) -> Bus:
        """Another connection, with the test's topics in place."""
        bus = open_bus(self.url, self.data)
        bus.ensure([PAGES, ORDERED])
        return bus


def embedded(folder: Path) -> Place:
    """A bus file below a folder."""
    def forget(topic: str) -> None:
        for file in (folder / "bus").glob("bus.sqlite*"):
            file.unlink()
    return Place("embedded", str(folder), forget, patience=0.3, shares_groups=False)


def offsets(bus: Bus, topic: str) -> dict[Partition, int]:
    """End offsets of the partitions that hold something."""
    return {at: end for at, end in bus.end_offsets(topic).items() if end}
