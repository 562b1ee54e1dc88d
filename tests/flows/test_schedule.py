"""Deployments follow the outlets: one crawl each at its rhythm, never two at once; unverified ones are left out."""

from __future__ import annotations

from datetime import timedelta

from config.outlet import Outlet
from flows.schedule import deployments


def outlet(name: str, **more: object) -> Outlet:
    return Outlet.model_validate({"title": name, "language": "fr", "every_minutes": 20, **more}).model_copy(update={"id": name})


def test_a_crawl_a_verified_outlet_and_one_each_of_the_rest() -> None:
    made = {one.name: one for one in deployments([outlet("a", verified=True), outlet("b"), outlet("c", verified=True)])}
    assert set(made) == {"a", "c", "stages", "warehouse", "subscribers"}
    assert made["a"].parameters == {"outlet": "a"}
    assert [schedule.schedule.interval for schedule in made["a"].schedules] == [timedelta(minutes=20)]  # type: ignore[union-attr]
    assert all(one.concurrency_limit == 1 for one in made.values())


def test_stages_can_be_left_to_workers() -> None:
    assert "stages" not in {one.name for one in deployments([], stages=False)}
