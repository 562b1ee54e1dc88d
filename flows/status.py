"""The bus in, a table for the operator out: what waits in front of every stage, and what lies dead."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.table import Table

from config.settings import Settings
from flows.console import out
from flows.desk import Desk
from pipeline.bus import Bus
from pipeline.topology import CLAIM_EVENTS, DIGEST_GROUP, STAGES


def show_status(on: Settings) -> int:
    """Print the status; 0 where nothing is dead, else 1."""
    with Desk(on).bus() as bus:
        dead = {stage.name: sum(bus.end_offsets(stage.dead.name).values()) for stage in STAGES}
        table = Table("stage", "waiting", "oldest waiting", "dead letters", box=None)
        for name, topics in _readers():
            waiting, oldest = _waiting(bus, name, topics)
            table.add_row(name, f"{waiting:,}", oldest, f"{dead.get(name, 0):,}" if name in dead else "")
        out.print(table)
    return int(any(dead.values()))


def _readers() -> list[tuple[str, tuple[str, ...]]]:
    stages = [(stage.group, stage.consumes.names()) for stage in STAGES]
    return [*stages, (DIGEST_GROUP, CLAIM_EVENTS.names())]


def _waiting(bus: Bus, group: str, topics: tuple[str, ...]) -> tuple[int, str]:
    lags = bus.lag(group, topics)
    oldest = min((lag.oldest_waiting for lag in lags if lag.oldest_waiting), default=None)
    age = f"{(datetime.now(UTC) - oldest).total_seconds():.0f} s" if oldest else "-"
    return sum(lag.waiting for lag in lags), age
