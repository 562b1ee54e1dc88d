"""A live page does not wait for a backfill, on either bus (the figure for 50,000 pages: python -m tests.bench.lanes)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.bus import open_bus
from tests.bench.lanes import Chain

BACKFILL = 2_000
STEP_SECONDS = (0.02, 0.02, 0.02)
"""Slow enough for the backfill to outlast the test: 40 s."""
MOST_OVERTAKEN = 500
"""Batches of up to 100 in hand, in each of three stages, and one more that was polled before the live page was there."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def test_live_pages_overtake_a_backfill(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = "embedded" if kind == "embedded" else request.getfixturevalue("kafka").url
    seen = Chain(lambda: open_bus(url, str(tmp_path)), STEP_SECONDS).measure(BACKFILL, live=3)
    assert len(seen.delays) == 3
    assert seen.left > BACKFILL // 4, f"the live pages came only after most of the backfill: {seen}"
    assert max(seen.overtaken) < MOST_OVERTAKEN, str(seen)
