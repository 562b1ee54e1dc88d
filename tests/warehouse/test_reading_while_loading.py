"""Readers and a loader that is killed, for half a minute: nobody meets an error, and nothing is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.reading_while_loading import campaign


@pytest.mark.slow
def test_readers_see_whole_snapshots_while_the_loader_is_killed(tmp_path: Path) -> None:
    seen = campaign(tmp_path, seconds=20, readers=2, kills=3, rate=40)
    assert seen.wrong == []
    assert 1 <= seen.kills <= 3, "on a busy machine a loader takes long to start"
    assert seen.passes >= 2
    assert seen.publications >= 1
    assert seen.appended > 40
