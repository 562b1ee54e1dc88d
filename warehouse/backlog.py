"""The bus and the published snapshot in, how far the snapshot is behind each partition out."""

from __future__ import annotations

from collections.abc import Sequence

from config.settings import Settings
from pipeline.bus import Bus, Lag, Partition
from warehouse.read import QueryError, ask

STORED = "SELECT log_id, topic, partition, next FROM consumed_offsets"


def lags(bus: Bus, settings: Settings, topics: Sequence[str]) -> list[Lag]:
    """Records that are on the bus and not in the snapshot, by partition. Raises BusError."""
    stored = _stored(settings)
    found = []
    for topic in topics:
        log = bus.log_id(topic)
        for at, end in bus.end_offsets(topic).items():
            following = stored.get((log, at), 0)
            first = next(iter(bus.read(at, following)), None) if following < end else None
            found.append(Lag(at, following, end, first.appended_at if first else None))
    return found


def _stored(settings: Settings) -> dict[tuple[str, Partition], int]:
    try:
        rows = ask(STORED, settings).rows
    except QueryError:
        # Nothing published yet: everything waits.
        return {}
    return {(log, Partition(topic, partition)): following for log, topic, partition, following in rows}
