"""Deployments in a work pool follow the outlets: made, changed, and dropped where an outlet is gone; a queue for crawls."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.flows.command import Marsad

pytestmark = pytest.mark.slow
OUTLET = "title: {name}\nlanguage: fr\nlocal: true\nverified: {verified}\ndiscover:\n  - {{kind: feed, url: 'http://127.0.0.1:9/feed'}}\n"


def write(folder: Path, **verified: bool) -> None:
    for old in folder.glob("*.yml"):
        old.unlink()
    for name, good in verified.items():
        (folder / f"{name}.yml").write_text(OUTLET.format(name=name, verified=str(good).lower()))


def deployed(api: str, pool: str) -> dict[str, Any]:
    body = json.dumps({"work_pools": {"name": {"any_": [pool]}}}).encode()
    request = urllib.request.Request(f"{api}/deployments/filter", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return {one["name"]: one for one in json.load(answer)}


def test_deployments_follow_the_outlets(tmp_path: Path, prefect_api: str) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    marsad = Marsad(tmp_path / "data", outlets, prefect_api)
    write(outlets, first=True, second=False, third=True)
    done = marsad("schedule", "--pool", "press")
    assert (done.code, done.out) == (0, "11 deployments in the work pool press\n"), done.err
    found = deployed(prefect_api, "press")
    assert {"first", "second", "third", "stages", "warehouse", "past"} <= set(found)
    assert [found[name]["schedules"][0]["active"] for name in ("first", "second", "third")] == [True, False, True]
    assert {found[name]["work_queue_name"] for name in ("first", "past")} == {"crawls"}
    assert found["warehouse"]["work_queue_name"] == "warehouse"
    assert found["first"]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"

    write(outlets, second=True, third=False)
    assert marsad("schedule", "--pool", "press", "--no-stages").out == "9 deployments in the work pool press\n"
    after = deployed(prefect_api, "press")
    assert set(found) - set(after) == {"first", "stages"}
    for name, active in (("second", True), ("third", False)):
        assert after[name]["id"] == found[name]["id"]
        assert [one["active"] for one in after[name]["schedules"]] == [active]
