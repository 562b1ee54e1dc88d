"""A worker's counts and what waits before it in, Prometheus metrics on a local port out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from config.settings import Settings
from pipeline.bus import Bus, BusError
from pipeline.topology import Stage
from pipeline.worker import Counts, Observe

LAST_POLL: Final = "marsad_last_poll_timestamp_seconds"
"""When the worker last asked for records: `python -m flows.alive` goes by it."""
LOOK_SECONDS: Final = 15.0
"""Between two looks at what waits."""
LEAVE_SECONDS: Final = 1.0


@contextmanager
def served(on: Settings, stage: Stage, bus: Bus) -> Iterator[Observe | None]:
    """Serve the metrics of a stage where the settings say; what keeps its counts current, None for port 0. Raises BusError
    where the port is taken."""
    if not on.metrics_port:
        yield None
        return
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    exposed, waiting = Exposed(stage.name, registry), Waiting(stage, registry)
    try:
        server, thread = start_http_server(on.metrics_port, addr=on.metrics_host, registry=registry)
    except OSError as error:
        raise BusError(f"MARSAD_METRICS_PORT={on.metrics_port} on {on.metrics_host} cannot be used: "
                       f"{error.strerror or error}") from error
    leave = threading.Event()
    looking = threading.Thread(target=waiting.look_on, args=(bus, leave), name="metrics-waiting", daemon=True)
    looking.start()
    try:
        yield exposed.observe
    finally:
        leave.set()
        server.shutdown()
        server.server_close()
        thread.join(LEAVE_SECONDS)
        # A look at a cluster that is gone takes longer than a worker may to end.
        looking.join(LEAVE_SECONDS)


class Waiting:
    """What waits before a stage: `marsad_waiting_records{stage,topic,partition}` and, where something does, when the oldest of it
    reached the bus. The same from every instance; nothing where the bus does not answer."""

    def __init__(self, stage: Stage, registry: Any) -> None:
        from prometheus_client import Gauge

        self._stage = stage
        self._waiting = Gauge("marsad_waiting_records", "Records not yet committed.", ["stage", "topic", "partition"],
                              registry=registry)
        self._oldest = Gauge("marsad_oldest_waiting_timestamp_seconds", "When the oldest of them reached the bus.",
                             ["stage", "topic"], registry=registry)

    def look_on(self, bus: Bus, leave: threading.Event) -> None:
        """Look again and again until told to leave."""
        while not leave.is_set():
            self.look(bus)
            leave.wait(LOOK_SECONDS)

    def look(self, bus: Bus) -> None:
        """Bring the metrics up to what the bus says."""
        try:
            lags = bus.lag(self._stage.group, self._stage.consumes.names())
        except BusError:
            lags = []
        self._waiting.clear()
        self._oldest.clear()
        oldest: dict[str, float] = {}
        for lag in lags:
            self._waiting.labels(self._stage.name, lag.at.topic, lag.at.number).set(lag.waiting)
            if lag.oldest_waiting:
                moment = lag.oldest_waiting.timestamp()
                oldest[lag.at.topic] = min(moment, oldest.get(lag.at.topic, moment))
        for topic, moment in oldest.items():
            self._oldest.labels(self._stage.name, topic).set(moment)


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
