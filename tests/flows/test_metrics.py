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
from flows.metrics import LAST_POLL, Exposed, serve_on
from pipeline.bus import BusError
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


def test_port_zero_is_none(own_data: Settings) -> None:
    assert serve_on(own_data, "extract") is None


def test_a_worker_that_no_longer_polls_is_not_alive(own_data: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "no metrics" in (trouble_at(port) or "")
    assert serve_on(own_data.model_copy(update={"metrics_port": port}), "extract") is not None
    assert trouble_at(port) is None
    later = time.time() + STILL_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    assert "last asked for records 12" in (trouble_at(port) or "")


def test_a_port_that_is_taken_is_said(own_data: Settings) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(BusError, match="MARSAD_METRICS_PORT"):
            serve_on(own_data.model_copy(update={"metrics_port": other.getsockname()[1]}), "extract")
