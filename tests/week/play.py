"""Options in, a week played through: outlets, troubles, the product step by step; its verdict out (tests.bench.week)."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import time_machine

from config.settings import settings
from tests.week.calendar import QUICK, START, WEEK, items_until
from tests.week.crawling import prepare
from tests.week.hook import Hook
from tests.week.installation import Installation
from tests.week.press import Press
from tests.week.troubles import Machine, small_disk
from tests.week.verdict import Week, latencies, now, wrong

STEP = timedelta(minutes=10)
HEALTH = timedelta(hours=1)
SAY = timedelta(hours=6)
KAFKA = "log.retention.check.interval.ms=86400000\nlog.message.timestamp.before.max.ms=9223372036854775807\n"
"""The week lies in the past of the broker, whose clock is the real one."""


def main(about: str | None = __doc__) -> int:
    """Play it, and say what it shows."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--quick", action="store_true", help="half a day with what does not need habits")
    parser.add_argument("--bus", choices=("kafka", "embedded"), default="kafka")
    parser.add_argument("--state", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-week-"))
    with ExitStack() as stack:
        played = play(folder, options, stack)
        found = list(wrong(played))
        tell(played)
        for one in found:
            print("WRONG:", one)
        print(f"{len(found)} things are wrong" if found else "all is as it has to be")
    return int(bool(found))


def play(folder: Path, options: argparse.Namespace, stack: ExitStack) -> Week:
    """Set everything up and let the week pass."""
    end = START + timedelta(days=0.5 if options.quick else options.days)
    troubles = QUICK if options.quick else WEEK
    machine = _machine(folder, options, stack)
    press = stack.enter_context(Press(folder / "outlets", items_until(end, troubles), troubles))
    hook = stack.enter_context(Hook())
    os.environ |= {"MARSAD_DATA": str(folder / "data"), "MARSAD_OUTLETS": str(folder / "outlets"), "MARSAD_ALARMS_TO": hook.url,
                   "MARSAD_EXTRACT_PROCESSES": "1", "MARSAD_KAFKA_SESSION_SECONDS": "6", "MARSAD_LOG_LEVEL": "warning"}
    os.environ["MARSAD_BUS"] = machine.cluster.url if machine.cluster else "embedded"
    os.environ["MARSAD_STATE_URL"] = machine.database.database() if machine.database else ""
    settings.cache_clear()
    traveller = stack.enter_context(time_machine.travel(START, tick=True))
    prepare()
    with Installation(settings()) as installation:
        _pass(installation, machine, traveller, end)
        print("workers ended by:", Counter(installation.worker_errors).most_common(8))
        print("our flows failed by:", Counter(text for _, text in installation.failures).most_common(8))
    away = [one for one in troubles if one.outlet is None and getattr(machine, {"broker": "cluster"}.get(one.fault, one.fault))]
    return Week(press, list(installation.desk.outlets.values()), installation.crawled, hook.told, START, end, STEP,
                settings().data / "marsad.duckdb", troubles, away)


def _machine(folder: Path, options: argparse.Namespace, stack: ExitStack) -> Machine:
    from tests.broker.cluster import Cluster
    from tests.postgres.server import Server

    disk = stack.enter_context(small_disk(folder / "data"))
    print("disk:", disk or "cannot be mounted here: it does not fill this week")
    return Machine(
        stack.enter_context(Cluster(folder / "kafka", more=KAFKA)) if options.bus == "kafka" else None,
        stack.enter_context(Server()) if options.state == "postgres" else None, disk,
        QUICK if options.quick else WEEK)


def _pass(installation: Installation, machine: Machine, traveller: time_machine.Traveller, end: datetime) -> None:
    """Step by step: what is due, what follows from it, and a look at how all is."""
    at, began, behind = START, time.monotonic(), False
    while at < end:
        traveller.move_to(at)
        machine.tick(at)
        reports = installation.crawl(installation.due(at))
        if any(one.requests for one in reports) or behind:
            # Without a broker each would only wait for its time limit.
            behind = "broker" in machine.away or not (installation.settle() and installation.load())
        if (at - START) % HEALTH == timedelta(0):
            installation.publish()
            installation.digest()
            installation.health()
        if (at - START) % SAY == timedelta(0):
            print(f"{now():%d %H:%M} after {time.monotonic() - began:5.0f} s, load {os.getloadavg()[0]:.1f}: "
                  f"{len(installation.crawled)} crawls", flush=True)
        at += STEP


def tell(week: Week) -> None:
    """The figures."""
    states = Counter(one.report.state for one in week.crawled)
    print(f"crawls: {dict(states)}; requests at the servers: {len(week.press.asked)}; "
          f"articles published: {len(week.press.items)}")
    for line in week.told:
        print(f"{line.at:%d %H:%M} {'over ' if line.over else 'ALARM'} {line.text}")
    for outlet, (median, count) in sorted(latencies(week).items()):
        print(f"  {outlet:9} median {median / 60:5.0f} min from publication to claim event ({count} events)")

