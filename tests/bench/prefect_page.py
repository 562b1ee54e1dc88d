"""Prefect's page in a browser in: a crawl paused, resumed and run now, a backfill of two weeks begun and cancelled; pictures out.

    python -m tests.bench.prefect_page --pictures DIR

1 where Prefect or the sample press saw something else than was clicked.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from config.settings import ROOT
from tests.flows.command import MARSAD, Marsad
from tests.world import World

SECONDS = 240.0
SLOW = "crawl_delay: 4.0"
"""So that a backfill lasts long enough to be cancelled half way."""


@contextmanager
def scheduled(marsad: Marsad) -> Iterator[str]:
    """`marsad schedule` with a Prefect server of its own; the address of its page."""
    said = marsad.data.parent / "schedule.log"
    with said.open("wb") as log:
        process = subprocess.Popen([MARSAD, "schedule"], env=marsad.environment() | {"PYTHONUNBUFFERED": "1"}, cwd=ROOT,
                                   stdout=log, stderr=log)
    try:
        yield _await(lambda: next((line.split(": ", 1)[1] for line in said.read_text(errors="replace").splitlines()
                                   if line.startswith("Prefect's page")), ""))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(90)


def _await(question: Callable[[], Any], seconds: float = SECONDS) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := question():
            return found
        time.sleep(1)
    raise TimeoutError("did not happen in time")


def asked(base: str, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What Prefect's API knows."""
    content = json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/api/{kind}/filter", content, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)
        return found


class Visit:
    """A person at the page."""

    def __init__(self, page: Page, base: str, pictures: Path) -> None:
        self.page, self.base, self.pictures = page, base, pictures
        page.set_default_timeout(60_000)

    def picture(self, name: str) -> None:
        """What is seen now."""
        self.page.wait_for_timeout(2500)
        self.page.screenshot(path=self.pictures / f"{name}.png")

    def deployment(self, name: str) -> dict[str, Any]:
        """As Prefect knows it."""
        found: list[dict[str, Any]] = _await(
            lambda: asked(self.base, "deployments", {"deployments": {"name": {"any_": [name]}}}))
        return found[0]

    def runs(self, name: str) -> list[dict[str, Any]]:
        """Those that somebody asked for."""
        found = asked(self.base, "flow_runs", {"deployments": {"name": {"any_": [name]}}})
        return [one for one in found if not one["auto_scheduled"]]

    def is_active(self, outlet: str) -> bool:
        """Whether its schedule is on."""
        return bool(self.deployment(outlet)["schedules"][0]["active"])

    def pause_and_resume(self, outlet: str) -> None:
        """By the switch beside the schedule, once all deployments are served."""
        _await(lambda: self.deployment(outlet)["status"] == "READY")
        self.page.goto(f"{self.base}/deployments/deployment/{self.deployment(outlet)['id']}")
        switch = self.page.locator(".p-toggle, [role=switch]").first
        for name, active in (("paused", False), ("resumed", True)):
            switch.click()
            self._await_schedule(outlet, active=active)
            self.picture(name)

    def _await_schedule(self, outlet: str, *, active: bool) -> None:
        _await(lambda: self.is_active(outlet) == active, 60)

    def run_now(self, outlet: str) -> None:
        """By Run, Quick run; waits for its end."""
        self.page.goto(f"{self.base}/deployments/deployment/{self.deployment(outlet)['id']}")
        self.page.click("button:has-text('Run')")
        self.page.click("text=Quick run")
        run = _await(lambda: [one for one in self.runs(outlet) if one["state_type"] == "COMPLETED"])[0]
        self.page.goto(f"{self.base}/runs/flow-run/{run['id']}?tab=Artifacts")
        self.picture("run-now")

    def cancel_backfill(self, outlet: str, world: World) -> int:
        """Begin one of two weeks, cancel it once it has asked for some pages; how many it had asked for."""
        today = datetime.now(UTC).date()
        wanted = {"outlet": outlet, "since": _text(today - timedelta(days=14)), "until": _text(today)}
        before = len(world.requests())
        run_form = f"{self.base}/deployments/deployment/{self.deployment('past')['id']}/run"
        self.page.goto(f"{run_form}?parameters={quote(quote(json.dumps(wanted), safe=''), safe='')}")
        self.page.wait_for_timeout(2000)
        self.picture("backfill-asked")
        self.page.click("button:has-text('Submit')")
        _await(lambda: len(world.requests()) > before + 3)
        run = self.runs("past")[0]
        self.page.goto(f"{self.base}/runs/flow-run/{run['id']}")
        self.page.wait_for_timeout(3000)
        self.picture("backfill-running")
        self.page.click("button:has-text('Cancel')")
        self.picture("backfill-cancel-asked")
        self.page.click("button:has-text('Confirm')")
        _await(lambda: self.runs("past")[0]["state_type"] in ("CANCELLED", "CANCELLING"))
        _await(lambda: self.runs("past")[0]["state_type"] == "CANCELLED")
        self.picture("backfill-cancelled")
        return len(world.requests()) - before


def _text(day: date) -> str:
    return day.isoformat()


def main() -> int:
    """Visit, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, required=True)
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, World(Path(folder) / "world") as world, sync_playwright() as browsers:
        outlet = next(name for name in sorted(world.bases) if "sitemap" in (world.outlets / f"{name}.yml").read_text())
        for file in world.outlets.glob("*.yml"):
            file.write_text(file.read_text().replace("crawl_delay: 0.05", SLOW))
        with scheduled(Marsad(Path(folder) / "data", world.outlets)) as base:
            program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = browsers.chromium.launch(executable_path=program, args=["--no-sandbox"])
            visit = Visit(browser.new_page(viewport={"width": 1280, "height": 900}), base, options.pictures)
            visit.pause_and_resume(outlet)
            print(f"paused and resumed {outlet}")
            begun = visit.cancel_backfill(outlet, world)
            print(f"a backfill of two weeks was cancelled after {begun} requests")
            time.sleep(15)
            after = len(world.requests())
            time.sleep(15)
            print(f"in 15 s after that: {len(world.requests()) - after} requests")
            visit.run_now(sorted(world.bases)[-1])
            print("ran now")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
