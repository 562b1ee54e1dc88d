"""A worker's counts become Prometheus metrics that only grow; a health check goes by its last poll."""

from __future__ import annotations

import socket
import time
from collections import Counter
from contextlib import closing

import pytest
from prometheus_client import CollectorRegistry

from config.settings import Settings
from flows.alive import STILL_SECONDS, trouble_at
from flows.metrics import LAST_POLL, Exposed, Waiting, served
from pipeline.bus import BusError, open_bus
from pipeline.topology import EXTRACT, RAW_PAGES, TOPICS
from pipeline.worker import Counts


def test_counts_become_metrics() -> None:
    registry = CollectorRegistry()
    exposed = Exposed("extract", registry)
    exposed.observe(Counts(read=3, passed=1, rejected=Counter(blocked=2)))
    exposed.observe(Counts(read=5, passed=3, rejected=Counter(blocked=2), dead=1))

    def value(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(name, {"stage": "extract", **labels})

    assert value("marsad_records_total", disposition="read") == 5
    assert value("marsad_records_total", disposition="passed") == 3
    assert value("marsad_records_total", disposition="dead") == 1
    assert value("marsad_rejected_total", reason="blocked") == 2
    assert (value("marsad_last_commit_timestamp_seconds") or 0) > 1_700_000_000


def test_idle_polls_are_no_commits() -> None:
    registry = CollectorRegistry()
    exposed = Exposed("dedup", registry)
    exposed.observe(Counts())
    assert registry.get_sample_value("marsad_last_commit_timestamp_seconds", {"stage": "dedup"}) is None
    assert (registry.get_sample_value(LAST_POLL, {"stage": "dedup"}) or 0) > 1_700_000_000


def test_what_waits_is_told_by_partition(own_data: Settings) -> None:
    registry = CollectorRegistry()
    waiting = Waiting(EXTRACT, registry)
    with open_bus("embedded", str(own_data.data)) as bus:
        bus.ensure([RAW_PAGES])
        with bus.producer() as producer:
            for number in range(8):
                producer.send(RAW_PAGES.name, f"key-{number}", b"{}")
        waiting.look(bus)
        ends = bus.end_offsets(RAW_PAGES.name)
    found = {at: registry.get_sample_value("marsad_waiting_records", {
        "stage": "extract", "topic": at.topic, "partition": str(at.number)}) for at in ends}
    assert found == ends
    assert sum(ends.values()) == 8
    oldest = registry.get_sample_value("marsad_oldest_waiting_timestamp_seconds", {"stage": "extract", "topic": RAW_PAGES.name})
    assert 0 <= time.time() - (oldest or 0) < 60


def test_port_zero_is_none(own_data: Settings) -> None:
    with open_bus("embedded", str(own_data.data)) as bus, served(own_data, EXTRACT, bus) as observe:
        assert observe is None


def test_a_worker_that_no_longer_polls_is_not_alive(own_data: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "no metrics" in (trouble_at(port) or "")
    on = own_data.model_copy(update={"metrics_port": port})
    with open_bus("embedded", str(own_data.data)) as bus:
        bus.ensure(TOPICS)
        with served(on, EXTRACT, bus):
            assert trouble_at(port) is None
            later = time.time() + STILL_SECONDS + 5
            monkeypatch.setattr(time, "time", lambda: later)
            assert "last asked for records 12" in (trouble_at(port) or "")
    assert "no metrics" in (trouble_at(port) or "")


def test_a_port_that_is_taken_is_said(own_data: Settings) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        on = own_data.model_copy(update={"metrics_port": other.getsockname()[1]})
        with (open_bus("embedded", str(own_data.data)) as bus, pytest.raises(BusError, match="MARSAD_METRICS_PORT"),
              served(on, EXTRACT, bus)):
            pass
