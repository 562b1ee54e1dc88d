"""A real hour of Prefect in (server on PostgreSQL, twelve outlets, a pause), what became of every run out.

    python -m tests.bench.prefect_hour [--minutes 60] [--pause 15] [--folder DIR]

`marsad schedule` serves the deployments; for the pause it is killed with SIGKILL, so that its schedules go on and runs get late.
1 where an outlet is crawled by two runs at once, a run is neither completed nor cancelled, or late ones crawl again and again.
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
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from config.settings import ROOT
from tests.flows.command import MARSAD, Marsad, prefect_server
from tests.postgres.server import Server
from tests.week.calendar import PAPERS, START, items_until
from tests.week.press import Press

PAGE = 200
SETTLE = timedelta(minutes=4)
"""For what was late to be through, once all runs again."""
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass(frozen=True)
class Run:
    """A flow run as Prefect tells it."""

    deployment: str
    state: str
    name: str
    """Of the state: Late, AwaitingConcurrencySlot and so on."""
    expected: datetime
    started: datetime | None
    ended: datetime | None


def main() -> int:
    """Run it and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pause", type=float, default=15)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-prefect-hour-"))
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        press = stack.enter_context(Press(folder / "outlets", items_until(START + timedelta(hours=8))))
        _hurry(folder / "outlets")
        database = stack.enter_context(Server()).database().replace("+psycopg", "+asyncpg")
        api = stack.enter_context(prefect_server(folder / "prefect", database))
        marsad = Marsad(folder / "data", folder / "outlets", api, {"extract_processes": "1", "crawls": "3"})
        began = datetime.now(UTC)
        away = (options.minutes - options.pause) / 2 * 60
        with scheduling(marsad):
            time.sleep(away)
        killed = datetime.now(UTC)
        time.sleep(options.pause * 60)
        back = datetime.now(UTC)
        with scheduling(marsad):
            time.sleep(away)
            runs = list(runs_of(api))
        return tell(runs, press, began, killed, back)


def _hurry(outlets: Path) -> None:
    for number, paper in enumerate(PAPERS):
        path = outlets / f"{paper.id}.yml"
        path.write_text(path.read_text().replace(f"every_minutes: {paper.every_minutes}", f"every_minutes: {1 + number % 2}"))


@contextmanager
def scheduling(marsad: Marsad) -> Iterator[None]:
    """`marsad schedule` with all that it starts, until it is killed."""
    with (marsad.data.parent / "schedule.log").open("ab") as log:
        process = subprocess.Popen([MARSAD, "schedule"], env=marsad.environment(), cwd=ROOT, stdout=log, stderr=log,
                                   start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def runs_of(api: str) -> Iterator[Run]:
    """Every flow run that Prefect knows, the coming ones included."""
    names = {one["id"]: one["name"] for one in _ask(api, "deployments", {})}
    for one in _ask(api, "flow_runs", {"sort": "EXPECTED_START_TIME_ASC"}):
        started, ended = (_moment(one[name]) if one[name] else None for name in ("start_time", "end_time"))
        yield Run(names.get(one["deployment_id"], ""), one["state_type"], one["state_name"],
                  _moment(one["expected_start_time"]), started, ended)


def _ask(api: str, kind: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    offset = 0
    while True:
        content = json.dumps({**body, "limit": PAGE, "offset": offset}).encode()
        request = urllib.request.Request(f"{api}/{kind}/filter", content, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            rows = json.load(answer)
        yield from rows
        offset += PAGE
        if len(rows) < PAGE:
            return


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def tell(runs: Sequence[Run], press: Press, began: datetime, killed: datetime, back: datetime) -> int:
    """The figures, and 1 where they are not as they have to be."""
    now = datetime.now(UTC)
    crawls = [one for one in runs if one.deployment in press.sites and one.expected >= began]
    due = [one for one in crawls if one.expected <= now - SETTLE]
    print(f"load {os.getloadavg()[0]:.1f}; crawl runs due {len(due)}: {dict(Counter(f'{one.state} {one.name}' for one in due))}")
    others = Counter(f"{one.deployment} {one.name}" for one in runs if one.deployment not in press.sites and one.expected <= now)
    print("the rest:", dict(others))
    wrong = [f"{one.deployment} of {one.expected:%H:%M:%S} is {one.name}" for one in due if one.state not in ENDED
             and not killed <= one.expected <= back]
    wrong += [f"{one.deployment} of {one.expected:%H:%M:%S} failed" for one in due if one.state == "FAILED"]
    for outlet, own in _by_outlet(crawls).items():
        spans = sorted((one.started, one.ended or now) for one in own if one.started)
        wrong += [f"{outlet}: two runs at {later[0]:%H:%M:%S}" for earlier, later in pairwise(spans) if later[0] < earlier[1]]
    late = [one for one in crawls if killed <= one.expected <= back]
    begun = [one for one in late if one.started and one.started >= back]
    lags = sorted((one.started - one.expected).total_seconds() for one in due if one.started and one.expected > back + SETTLE)
    print(f"of the pause: {len(late)} runs late, {len(begun)} of them began after it; "
          f"most begun within one minute: {_most_in_a_minute(crawls, back)}")
    print(f"begun after their time, once all was well again: median {lags[len(lags) // 2]:.0f} s" if lags else "none later")
    feeds = _by_outlet([one for one in press.asked if one.path == "/feed.xml" and back <= one.at <= back + SETTLE])
    most = {outlet: len(asked) for outlet, asked in feeds.items()}
    print(f"feeds asked for in the {SETTLE.seconds // 60} minutes after the pause: {most}")
    wrong += [f"{outlet} was asked {count} times after the pause" for outlet, count in most.items()
              if count > SETTLE.seconds / 60 + 2]
    for one in wrong:
        print("WRONG:", one)
    return int(bool(wrong))


def _by_outlet(rows: Sequence[Any]) -> dict[str, list[Any]]:
    found = defaultdict(list)
    for one in rows:
        found[one.deployment if isinstance(one, Run) else one.outlet].append(one)
    return found


def _most_in_a_minute(runs: Sequence[Run], since: datetime) -> int:
    minutes = Counter(one.started.replace(second=0, microsecond=0) for one in runs if one.started and one.started >= since)
    return max(minutes.values(), default=0)


if __name__ == "__main__":
    sys.exit(main())
