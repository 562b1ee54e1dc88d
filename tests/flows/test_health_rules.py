"""Which figures mean which trouble, with the cause, and which mean none; what is told, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.alarms import CALM, HOLD, Decision, Trouble, decide, message
from flows.health_rules import OutletFigures, Reading, is_low, outlet_troubles, window_of
from pipeline.state.alarms import StandingAlarm

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EVEN = dict.fromkeys(range(168), 2.0)
WELL = OutletFigures(
    "phare", timedelta(minutes=30), started_at=NOW - timedelta(minutes=20), requests=12, not_modified=6,
    latest=Reading(12, 1, words=300), before=Reading(200, 20, words=320), hourly=EVEN, came=(2,) * 168,
    last_published=NOW - timedelta(minutes=40))
OTHERS = [replace(WELL, outlet=name) for name in ("lefil", "sahel", "atlas")]


def keys(figures: Sequence[OutletFigures], holiday: str | None = None) -> list[str]:
    return [one.key for one in outlet_troubles(figures, NOW, holiday)]


@pytest.mark.parametrize(("change", "key", "cause"), [
    ({"started_at": NOW - timedelta(hours=2)}, "late:phare", "paused"),
    ({"turned_away": 8, "last_trouble": "refused:http_403"}, "blocked:phare", "blocked"),
    ({"latest": Reading(6, 0, 5)}, "blocked:phare", "blocked"),
    ({"newest_requests": 2, "newest_turned_away": 2, "newest_trouble": "failed:http_403"}, "blocked:phare", "blocked"),
    ({"failed": 11, "last_trouble": "failed:timeout"}, "unreachable:phare", "down"),
    ({"failed": 12, "requests": 12, "robots_status": 503, "last_trouble": "failed:http_503"}, "unreachable:phare", "down"),
    ({"requests": 0, "unasked": 9}, "robots:phare", "RFC 9309"),
    ({"failed": 2, "requests": 2, "unasked": 9, "last_trouble": "failed:timeout"}, "unreachable:phare", "down"),
    ({"latest": Reading(12, 9)}, "redesigned:phare", "redesigned"),
    ({"latest": Reading(12, 4, bad_in_a_row=4), "before": Reading(200, 2)}, "redesigned:phare", "redesigned"),
    ({"latest": Reading(12, 0, dated=0.1, words=300)}, "redesigned:phare", "redesigned"),
    ({"latest": Reading(12, 0, words=40)}, "redesigned:phare", "redesigned"),
    ({"came": (0,) * 12 + (2,) * 156}, "silent:phare", "frozen"),
])
def test_a_cause_is_named_and_only_for_the_outlet_it_concerns(change: dict[str, object], key: str, cause: str) -> None:
    (trouble,) = outlet_troubles([replace(WELL, **change), *OTHERS], NOW)  # type: ignore[arg-type]
    assert trouble.key == key
    assert cause in trouble.cause
    assert trouble.grade == "alarm"


@pytest.mark.parametrize("change", [
    {}, {"started_at": None, "requests": 0}, {"started_at": NOW - timedelta(hours=9), "is_quiet": True},
    {"turned_away": 2}, {"failed": 5}, {"newest_requests": 9, "newest_turned_away": 3},
    {"latest": Reading(12, 4, words=300, bad_in_a_row=4)},
    {"latest": Reading(12, 3, words=300, bad_in_a_row=3), "before": Reading(200, 2)},
    {"latest": Reading(3, 3)}, {"latest": Reading(12, 9), "before": Reading(12, 8)},
    {"came": (1,) * 168}, {"hourly": {}, "came": ()},
    {"latest": Reading(12, 0, signed=0.0, words=300), "before": Reading(50, signed=0.3)},
])
def test_chance_and_habit_are_no_trouble(change: dict[str, object]) -> None:
    assert keys([replace(WELL, **change), *OTHERS]) == []  # type: ignore[arg-type]


def test_one_cause_for_all_is_one_alarm() -> None:
    outlets = [WELL, *OTHERS]
    assert keys([replace(one, started_at=NOW - timedelta(hours=5)) for one in outlets]) == ["crawls"]
    assert keys([replace(one, failed=12, last_trouble="failed:dns") for one in outlets]) == ["network"]


def test_silence_on_a_holiday_is_a_note() -> None:
    silent = replace(WELL, came=(0,) * 24 + (2,) * 144)
    (trouble,) = outlet_troubles([silent, *OTHERS], NOW, "Green March")
    assert (trouble.grade, "Green March" in trouble.cause) == ("note", True)
    slack = [replace(one, came=(0,) * 24 + (2,) * 144) for one in (WELL, *OTHERS)]
    assert {one.grade for one in outlet_troubles(slack, NOW)} == {"note"}


def test_the_window_grows_until_enough_is_expected() -> None:
    nights = {hour: 4.0 if 8 <= hour % 24 < 20 else 0.0 for hour in range(168)}
    assert window_of(nights, datetime(2026, 11, 25, 12, tzinfo=UTC)) == (4, 16.0)
    assert window_of(nights, datetime(2026, 11, 25, 7, tzinfo=UTC)) == (15, 16.0)
    assert window_of({0: 0.1}, NOW) == (0, 0.0)
    assert is_low(0, 16.0)
    assert not is_low(3, 16.0)
    assert not is_low(0, 8.0)


TROUBLE = Trouble("blocked:phare", "phare turns us away", "blocked", "Wait.", NOW - timedelta(hours=1))


def later(decision: Decision, seconds: float, *found: Trouble) -> Decision:
    known = {one.key: one for one in decision.standing}
    at = max(one.recovered_at or one.gone_at or one.told_at or 0 for one in decision.standing)
    return decide(found, known, datetime.fromtimestamp(at + seconds, UTC))


def test_an_alarm_and_its_end_are_told_once() -> None:
    first = decide([TROUBLE], {}, NOW)
    assert first.tell == (TROUBLE,)
    assert later(first, 600, TROUBLE).tell == ()
    gone = later(first, 600)
    assert gone.recovered == ()
    over = later(gone, CALM)
    assert [one.key for one in over.recovered] == ["blocked:phare"]
    assert later(over, 600).recovered == ()
    assert later(over, 90_000).standing == ()


def test_what_comes_and_goes_is_one_alarm() -> None:
    decision, told = decide([TROUBLE], {}, NOW), 1
    for number in range(12):
        decision = later(decision, 300, *([TROUBLE] if number % 2 else []))
        told += len(decision.tell) + len(decision.recovered)
    assert told == 1


def test_it_is_told_again_only_after_a_while() -> None:
    known = {"blocked:phare": StandingAlarm("blocked:phare", "x", 0.0, NOW.timestamp() - HOLD + 60, 1.0, NOW.timestamp() - 60)}
    assert decide([TROUBLE], known, NOW).tell == ()
    assert decide([TROUBLE], known, NOW + timedelta(seconds=60)).tell == (TROUBLE,)


def test_a_message_is_bounded_and_says_what_to_do() -> None:
    many = [replace(TROUBLE, key=f"blocked:{number}") for number in range(40)]
    told = message(decide(many, {}, NOW))
    assert told is not None
    assert (told[0], "and 25 more" in told[1], "Wait." in told[1]) == ("Marsad: 40 new", True, True)
    assert message(decide([replace(TROUBLE, grade="note")], {}, NOW)) is None
