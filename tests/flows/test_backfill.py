"""An outlet's past is fetched for the days asked for, never announced; asked for again, nothing is fetched twice."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.past import Past
from pipeline.events import Discovery
from pipeline.state.frontier import Announced
from tests.flows.command import Marsad
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAST = Past(date(2026, 3, 1), date(2026, 3, 31))


def link(url: str = "https://phare.ma/a", at: datetime | None = None, modified: datetime | None = None) -> Announced:
    return Announced("a", url, Discovery(via="sitemap", found_at=AT, announced_at=at), modified.timestamp() if modified else None)


@pytest.mark.parametrize(("named", "held"), [
    (link(at=datetime(2026, 3, 1, tzinfo=UTC)), True), (link(at=datetime(2026, 3, 31, 23, 59, tzinfo=UTC)), True),
    (link(at=datetime(2026, 4, 1, tzinfo=UTC)), False), (link(at=datetime(2026, 2, 28, tzinfo=UTC)), False),
    (link("https://phare.ma/2026/03/09/titre"), True), (link("https://phare.ma/2026/04/09/titre"), False),
    (link("https://phare.ma/2026/03/titre"), True), (link("https://phare.ma/2025-12-24/titre"), False),
    (link("https://phare.ma/2026/02/31/titre"), False), (link("https://phare.ma/titre-20260309"), True),
    (link(modified=datetime(2026, 2, 1, tzinfo=UTC)), False), (link(modified=datetime(2026, 9, 1, tzinfo=UTC)), True),
    (link(), True),
])
def test_what_may_be_of_the_days(named: Announced, held: bool) -> None:
    assert PAST.holds(named) is held


@pytest.mark.slow
def test_the_past_of_an_outlet(tmp_path: Path, fresh_world: World, prefect_api: str) -> None:
    marsad = Marsad(tmp_path / "data", fresh_world.outlets, prefect_api)
    outlet = sorted(fresh_world.bases)[0]
    today = datetime.now(UTC).date()
    days = ("--from", str(today - timedelta(days=60)), "--to", str(today + timedelta(days=1)))
    done = marsad("backfill", outlet, *days)
    assert (done.code, "0 addresses wait" in done.out) == (0, True), (done.out, done.err)
    asked = len(fresh_world.requests())
    again = marsad("backfill", outlet, *days)
    assert again.code == 0, again.err
    articles = [one for one in fresh_world.requests()[asked:] if "/article" in one["path"]]
    assert articles == []
    assert marsad("pause", outlet).code == 0
    round_ = marsad("run")
    assert f"paused: {outlet}" in round_.err
    question = f"SELECT origin, count(*) AS n FROM articles WHERE outlet = '{outlet}' GROUP BY 1"
    rows = [json.loads(line) for line in marsad("sql", question, "--format", "json").out.splitlines()]
    assert [row["origin"] for row in rows] == ["backfill"]
    assert rows[0]["n"] >= 5
    assert "was not paused" not in marsad("resume", outlet).out
