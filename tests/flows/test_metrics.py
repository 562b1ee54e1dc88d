"""A worker's counts become Prometheus metrics that only grow."""

from __future__ import annotations

from collections import Counter

from prometheus_client import CollectorRegistry

from flows.metrics import Exposed, serve_on
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


def test_port_zero_is_none() -> None:
    assert serve_on(0, "extract") is None
