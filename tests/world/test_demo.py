"""`make demo BUS=kafka` gives the same tables as `make demo` (half through each bus: tests/flows/test_buses.py)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.bench.equality import counts, differences
from tests.broker.fixture import demand_broker
from tests.world import World, demo
from tests.world.fixture import START


@pytest.mark.kafka
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_demo_gives_the_same_tables_over_kafka(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect_api: str) -> None:
    demand_broker()
    monkeypatch.setenv("PREFECT_API_URL", prefect_api)
    with World(tmp_path / "world", now=START) as world:
        for bus in demo.BUSES:
            (tmp_path / bus).mkdir()
            assert demo.run(world, tmp_path / bus, bus) == 0
    embedded, kafka = (tmp_path / bus / "marsad.duckdb" for bus in demo.BUSES)
    assert counts(embedded)["articles"] > 50
    assert differences(embedded, kafka) == []


def test_the_makefile_hands_the_bus_on() -> None:
    made = subprocess.run(["make", "-n", "demo", "BUS=kafka"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert "-m tests.world.demo --bus kafka" in made.stdout
