"""Deployments follow the outlets: one crawl each at its rhythm, never two at once; unverified ones are left out."""

from __future__ import annotations

import re
from datetime import timedelta

import yaml

from config.outlet import Outlet
from flows.due import ANCHOR, offset_of
from flows.prefect_file import FILE, content
from flows.schedule import deployments


def outlet(name: str, **more: object) -> Outlet:
    return Outlet.model_validate({"title": name, "language": "fr", "every_minutes": 20, **more}).model_copy(update={"id": name})


def test_a_crawl_a_verified_outlet_and_one_each_of_the_rest() -> None:
    made = {one.name: one for one in deployments([outlet("a", verified=True), outlet("b"), outlet("c", verified=True)])}
    assert set(made) == {"a", "c", "stages", "warehouse", "subscribers", "installation", "profiles", "stores", "snapshot", "past"}
    assert made["a"].parameters == {"outlet": "a"}
    (rhythm,) = made["a"].schedules or []
    assert rhythm.schedule.interval == timedelta(minutes=20)  # type: ignore[union-attr]
    assert rhythm.schedule.anchor_date == ANCHOR + offset_of(outlet("a"))  # type: ignore[union-attr]
    assert all(one.concurrency_limit == 1 for one in made.values() if one.name != "past")
    assert not made["snapshot"].schedules


def test_stages_can_be_left_to_workers() -> None:
    assert "stages" not in {one.name for one in deployments([], stages=False)}


def test_the_file_for_a_work_pool_is_that_of_the_outlets() -> None:
    # `marsad outlet check` marks outlets verified where they run, and so makes their schedules active there.
    here, made = (re.sub("active: (true|false)", "", text) for text in (FILE.read_text(encoding="utf-8"), content()))
    assert here == made, "write it anew: python -m flows.prefect_file"
    entries = yaml.safe_load(content())["deployments"]
    assert {"flows/crawl.py:crawl_flow", "flows/load.py:load_flow", "flows/rounds.py:health_flow"} <= {
        one["entrypoint"] for one in entries}
