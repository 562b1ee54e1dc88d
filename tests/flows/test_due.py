"""Each outlet has its own minute; however long nothing ran, each runs once for it; rests and pauses are kept."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from config.outlet import Outlet
from config.settings import settings
from flows.crawl import reason_to_skip
from flows.desk import Desk
from flows.due import due_now, is_missed, offset_of, slot_of
from pipeline.state import open_state
from pipeline.state.crawls import CrawlLease
from pipeline.state.pauses import Pauses

NOW = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)


def outlet(name: str, minutes: int = 30, **more: object) -> Outlet:
    fields = {"title": name, "language": "fr", "every_minutes": minutes, **more}
    return Outlet.model_validate(fields).model_copy(update={"id": name})


OUTLETS = [outlet(f"o{number}", minutes) for number, minutes in enumerate((20, 30, 30, 30, 45, 60, 60, 90, 120, 240, 15, 10))]


def test_slots_are_the_interval_apart_and_spread() -> None:
    for one in OUTLETS:
        slot = slot_of(one, NOW)
        assert timedelta(0) <= NOW - slot < timedelta(minutes=one.every_minutes)
        assert slot_of(one, slot) == slot
        assert slot_of(one, slot - timedelta(seconds=1)) == slot - timedelta(minutes=one.every_minutes)
    minutes = {offset_of(outlet(f"x{number}", 60)) // timedelta(minutes=6) for number in range(60)}
    assert len(minutes) == 10


def play(minutes: int, *, away: range = range(0)) -> dict[str, list[datetime]]:
    """A scheduler that looks every minute, but for the minutes away: when it started each outlet."""
    runs: dict[str, list[datetime]] = {one.id: [] for one in OUTLETS}
    for minute in range(minutes):
        now = NOW + timedelta(minutes=minute)
        if minute not in away:
            for one in due_now(OUTLETS, {name: times[-1] for name, times in runs.items() if times}, now):
                runs[one.id].append(now)
    return runs


def test_a_day_without_a_pause_keeps_every_rhythm() -> None:
    runs = play(24 * 60)
    for one in OUTLETS:
        expected = 24 * 60 / one.every_minutes
        assert expected - 1 <= len(runs[one.id]) <= expected + 2


@pytest.mark.parametrize("hours", [1, 5, 30])
def test_after_a_pause_each_outlet_runs_once_for_it(hours: int) -> None:
    away = range(100, 100 + hours * 60)
    runs = play(away.stop + 1, away=away)
    back = NOW + timedelta(minutes=away.stop)
    for one in OUTLETS:
        missed = slot_of(one, back) > NOW + timedelta(minutes=away.start - 1)
        assert [at for at in runs[one.id] if at == back] == ([back] if missed else [])
    late = play(away.stop + 2, away=away)
    assert sum(at > back for times in late.values() for at in times) <= 3


def test_the_longest_overdue_come_first_and_rests_are_kept() -> None:
    quiet = outlet("q", quiet=[time(11), time(13)])
    started = {"a": NOW - timedelta(hours=2), "b": NOW - timedelta(hours=9)}
    assert [one.id for one in due_now([outlet("a"), quiet, outlet("b")], started, NOW)] == ["b", "a"]


def test_late_runs_of_one_outlet_are_one_crawl() -> None:
    slots = [NOW - timedelta(minutes=30 * number) for number in range(12)]
    started: datetime | None = NOW - timedelta(hours=7)
    crawls = 0
    for slot in sorted(slots):
        if is_missed(slot, started):
            started, crawls = NOW + timedelta(seconds=5), crawls + 1
    assert crawls == 1


def test_a_run_says_why_it_does_nothing() -> None:
    desk, one = Desk(settings()), outlet("phare")
    slot = datetime.now(UTC)
    assert reason_to_skip(desk, one, slot) is None
    with open_state(desk.settings.operational_url) as state:
        CrawlLease(state, "phare").take((slot + timedelta(seconds=1)).timestamp())
        assert reason_to_skip(desk, one, slot) == "a later crawl was for this run, too"
        assert reason_to_skip(desk, one, slot + timedelta(minutes=30)) is None
        Pauses(state).pause("phare", slot)
        assert str(reason_to_skip(desk, one, slot + timedelta(minutes=30))).startswith("paused since")
        assert Pauses(state).resume("phare")
        assert not Pauses(state).resume("phare")
    resting = outlet("phare", quiet=[time(0), time(23, 59, 59)])
    assert reason_to_skip(desk, resting, slot + timedelta(minutes=30)) == "its quiet hours"
