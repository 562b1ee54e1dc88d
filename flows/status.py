"""The bus in, tables for the operator out: what waits before every stage and partition, how fast it goes, and what lies dead."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rich.table import Table

from config.settings import Settings
from flows.console import out
from flows.desk import Desk
from pipeline.bus import Bus, Lag
from pipeline.dead import open_counts
from pipeline.model.memory import ASKED, MEMORY, Memory
from pipeline.topology import CLAIM_EVENTS, DIGEST_GROUP, LOAD_GROUP, LOADED, STAGES
from warehouse import backlog
from warehouse.snapshot import manifest

WATCH_SECONDS: Final = 5.0
FAILED: Final = 1


@dataclass(frozen=True)
class Standing:
    """Where one reader stands."""

    name: str
    lags: Sequence[Lag]

    @property
    def waiting(self) -> int:
        """Records before it."""
        return sum(lag.waiting for lag in self.lags)

    @property
    def done(self) -> int:
        """Offsets it has passed, in all."""
        return sum(lag.committed for lag in self.lags)

    @property
    def oldest(self) -> str:
        """Age of the oldest record that waits."""
        oldest = min((lag.oldest_waiting for lag in self.lags if lag.oldest_waiting), default=None)
        return f"{(datetime.now(UTC) - oldest).total_seconds():.0f} s" if oldest else "-"

    @property
    def where(self) -> str:
        """Partitions on which something waits."""
        return ", ".join(f"{lag.at.topic}/{lag.at.number}: {lag.waiting:,}" for lag in self.lags if lag.waiting)


def standings(bus: Bus, settings: Settings) -> list[Standing]:
    """Every reader of the bus, in the order of the data: stages, load, digest. Raises BusError."""
    found = [Standing(stage.name, bus.lag(stage.group, stage.consumes.names())) for stage in STAGES]
    loaded = tuple(name for topic in LOADED for name in topic.names())
    found.append(Standing(LOAD_GROUP, backlog.lags(bus, settings, loaded)))
    found.append(Standing(DIGEST_GROUP, bus.lag(DIGEST_GROUP, CLAIM_EVENTS.names())))
    return found


def show_status(on: Settings) -> int:
    """Print the status; 0 where nothing is dead, else 1."""
    with Desk(on).bus() as bus:
        return _show(bus, on, {}, 0.0)[0]


def watch_status(on: Settings) -> int:
    """Print it again and again, with rates, until interrupted."""
    before: Mapping[str, int] = {}
    last = time.monotonic() - WATCH_SECONDS
    with Desk(on).bus() as bus:
        while True:
            started = time.monotonic()
            _, before = _show(bus, on, before, started - last)
            last = started
            time.sleep(max(0.0, WATCH_SECONDS - (time.monotonic() - started)))


def _show(bus: Bus, on: Settings, before: Mapping[str, int], seconds: float) -> tuple[int, Mapping[str, int]]:
    dead = open_counts(bus)
    rated = ("per second",) if seconds else ()
    table = Table("reader", "waiting", "oldest waiting", *rated, "dead letters", "on partitions", box=None)
    found = standings(bus, on)
    for one in found:
        rate = (f"{(one.done - before[one.name]) / seconds:,.1f}" if one.name in before else "-",) if seconds else ()
        table.add_row(one.name, f"{one.waiting:,}", one.oldest, *rate, f"{dead[one.name]:,}", one.where)
    out.print(table)
    snapshot = manifest(on)
    out.print(f"snapshot: {snapshot}, published {snapshot.published_at}" if snapshot else "snapshot: none yet", markup=False)
    if on.model_url:
        out.print(f"model: {_model(on)}", markup=False)
    return (FAILED if dead.total() else 0), {one.name: one.done for one in found}


def _model(on: Settings) -> str:
    """What the model was asked and what came of it today."""
    with Memory(on.data / MEMORY) as memory:
        counts = memory.counts(datetime.now(UTC).date())
    asked = counts.pop(ASKED, 0)
    rest = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in sorted(counts.items()))
    return f"{asked:,} of {on.model_calls:,} questions asked today" + (f"; {rest}" if rest else "")
