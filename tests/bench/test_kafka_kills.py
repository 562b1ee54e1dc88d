"""The campaign of kills in its short form: each kind of process dies at least once, and nothing is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.kafka_kills import VICTIMS, campaign
from tests.broker.cluster import Cluster

SEED = 4
"""One by which ten draws name every victim."""


@pytest.mark.kafka
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_kills_lose_and_double_nothing(tmp_path: Path, kafka3: Cluster) -> None:
    seen = campaign(tmp_path, kafka3, runs=10, pages=20, seed=SEED)
    assert (seen.runs, seen.lost, seen.doubled, seen.stuck, seen.dead) == (10, 0, 0, 0, 0), str(seen)
    assert {name.split(" ")[0] for name in seen.killed} == set(VICTIMS)
