"""A worker's counts in, Prometheus metrics on a local port out."""

from __future__ import annotations

from typing import Any, Final

from config.settings import Settings
from pipeline.bus import BusError
from pipeline.worker import Counts, Observe

LAST_POLL: Final = "marsad_last_poll_timestamp_seconds"
"""When the worker last asked for records: `python -m flows.alive` goes by it."""


def serve_on(on: Settings, stage: str) -> Observe | None:
    """Serve the metrics of a stage where the settings say and return what keeps them current; None for port 0. Raises
    BusError where the port is taken."""
    if not on.metrics_port:
        return None
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    try:
        start_http_server(on.metrics_port, addr=on.metrics_host, registry=registry)
    except OSError as error:
        raise BusError(f"MARSAD_METRICS_PORT={on.metrics_port} on {on.metrics_host} cannot be used: "
                       f"{error.strerror or error}") from error
    return Exposed(stage, registry).observe


class Exposed:
    """The metrics of one stage: `marsad_records_total{stage,disposition}`, `marsad_rejected_total{stage,reason}`, the times of
    the last poll and of the last commit."""

    def __init__(self, stage: str, registry: Any) -> None:
        from prometheus_client import Counter, Gauge

        self._stage = stage
        self._records = Counter("marsad_records", "Records by what became of them.", ["stage", "disposition"], registry=registry)
        self._rejected = Counter("marsad_rejected", "Rejected records by reason.", ["stage", "reason"], registry=registry)
        self._polled = Gauge(LAST_POLL, "Time at which records were last asked for.", ["stage"], registry=registry)
        self._committed = Gauge("marsad_last_commit_timestamp_seconds", "Time of the last commit.", ["stage"], registry=registry)
        self._seen: dict[tuple[str, str], int] = {}
        self._polled.labels(stage).set_to_current_time()

    def observe(self, counts: Counts) -> None:
        """Bring the metrics up to these counts, which only grow."""
        self._polled.labels(self._stage).set_to_current_time()
        before = self._seen.get((str(id(self._records)), "read"), 0)
        for name in ("read", "passed", "sent", "dead", "retried"):
            self._raise(self._records, name, getattr(counts, name))
        for reason, count in counts.rejected.items():
            self._raise(self._rejected, reason, count)
        if counts.read > before:
            self._committed.labels(self._stage).set_to_current_time()

    def _raise(self, counter: Any, label: str, count: int) -> None:
        key = (str(id(counter)), label)
        counter.labels(self._stage, label).inc(count - self._seen.get(key, 0))
        self._seen[key] = count
