"""A pytest fixture: the sample press, served for one test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world import World

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The sample press as of START, a Tuesday afternoon; to share it wider, use World itself in a fixture of yours."""
    with World(tmp_path / "world", now=START) as served:
        yield served


@pytest.fixture
def fresh_world(tmp_path: Path) -> Iterator[World]:
    """The sample press as of now, for what compares publication with the real clock (freshness of alerts)."""
    with World(tmp_path / "world") as served:
        yield served
