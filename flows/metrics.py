"""A worker's counts in, Prometheus metrics on a local port out."""

from __future__ import annotations

from typing import Any

from pipeline.bus import BusError
from pipeline.worker import Counts, Observe


def serve_on(port: int, stage: str) -> Observe | None:
    """Serve the metrics of a stage on 127.0.0.1 and return what keeps them current; None for port 0. Raises BusError
    where the port is taken."""
    if not port:
        return None
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    try:
        start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as error:
        raise BusError(f"MARSAD_METRICS_PORT={port} cannot be used: {error.strerror or error}") from error
    return Exposed(stage, registry).observe


class Exposed:
    """The metrics of one stage: `marsad_records_total{stage,disposition}`, `marsad_rejected_total{stage,reason}`, the time of
    the last commit."""

    def __init__(self, stage: str, registry: Any) -> None:
        from prometheus_client import Counter, Gauge

        self._stage = stage
        self._records = Counter("marsad_records", "Records by what became of them.", ["stage", "disposition"], registry=registry)
        self._rejected = Counter("marsad_rejected", "Rejected records by reason.", ["stage", "reason"], registry=registry)
        self._committed = Gauge("marsad_last_commit_timestamp_seconds", "Time of the last commit.", ["stage"], registry=registry)
        self._seen: dict[tuple[str, str], int] = {}

    def observe(self, counts: Counts) -> None:
        """Bring the metrics up to these counts, which only grow."""
        for name in ("read", "passed", "sent", "dead", "retried"):
            self._raise(self._records, name, getattr(counts, name))
        for reason, count in counts.rejected.items():
            self._raise(self._rejected, reason, count)
        self._committed.labels(self._stage).set_to_current_time()

    def _raise(self, counter: Any, label: str, count: int) -> None:
        key = (str(id(counter)), label)
        counter.labels(self._stage, label).inc(count - self._seen.get(key, 0))
        self._seen[key] = count
