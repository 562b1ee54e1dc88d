"""Settings, files and tools in, findings out: what is set, what is wrong, and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from config.reading import ConfigError
from config.settings import Settings
from flows.desk import Desk, verified
from pipeline.bus import BusError
from pipeline.model.endpoint import EndpointError
from pipeline.topology import TOPICS

Grade = Literal["good", "note", "wrong"]
LOW_DISK_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    grade: Grade
    about: str
    told: str


def effective(on: Settings) -> Iterator[tuple[str, str, str]]:
    """Every setting: its environment name, its effective value (secrets masked) and what it is for."""
    for name, field in type(on).model_fields.items():
        yield f"MARSAD_{name.upper()}", _masked(str(getattr(on, name))), field.description or ""


def examine(on: Settings) -> Iterator[Finding]:
    """All findings, in the order in which an article meets the parts."""
    desk = Desk(on)
    yield _asked("data folder", lambda: f"{desk.with_folder().settings.data} can be written")
    yield _disk(on)
    yield _zone()
    yield _asked("outlets", lambda: _outlets(desk))
    yield _asked("taxonomy and entities", lambda: f"version {desk.watch.version}")
    yield _asked("digests", lambda: f"{len(desk.digests.digests)} subscriptions")
    yield from _bus(desk)
    if on.model_url:
        yield _asked("model", lambda: _model(on))
    snapshot = on.data / "marsad.duckdb"
    if snapshot.exists():
        age = datetime.now(UTC) - datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
        minutes = int(age.total_seconds() // 60)
        yield Finding("good", "snapshot", f"{snapshot.stat().st_size / 1e6:.1f} MB, published {minutes} min ago")
    else:
        yield Finding("note", "snapshot", "none yet: `marsad run` publishes one")


def _asked(about: str, question: object) -> Finding:
    try:
        return Finding("good", about, question())  # type: ignore[operator]
    except (ConfigError, BusError, EndpointError) as error:
        return Finding("wrong", about, str(error))


def _outlets(desk: Desk) -> str:
    checked, unchecked = verified(desk.outlets.values())
    note = f", {len(unchecked)} not verified yet and skipped by `marsad run`" if unchecked else ""
    return f"{len(checked)} verified{note}"


def _bus(desk: Desk) -> Iterator[Finding]:
    """Whether it answers, and where its topics are not as the topology says."""
    try:
        with desk.bus() as bus:
            drifted = bus.drift(TOPICS)
    except BusError as error:
        yield Finding("wrong", "bus", str(error))
        return
    yield Finding("good", "bus", f"{_masked(desk.settings.bus)} answers")
    yield from (Finding("wrong", "topics", f"{told} (pipeline/topology.py): change one of the two") for told in drifted)
    if not drifted:
        yield Finding("good", "topics", "partitions, retention and copies as the topology says")


def _model(on: Settings) -> str:
    """That it is set in full and answers at all; nothing is asked that costs anything."""
    from pipeline.model.reader import load_reader

    with load_reader(on) as reader:
        return reader.answers() if reader else ""


def _disk(on: Settings) -> Finding:
    place = next(folder for folder in (on.data, *on.data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    told = f"{free / 1e9:.1f} GB free"
    return Finding("good", "disk", told) if free > LOW_DISK_BYTES else Finding("wrong", "disk", f"{told}: make room")


def zone() -> str | None:
    """What is wrong with the tz database: Morocco left UTC+1 for good in September 2026, an old one still says otherwise."""
    summer = datetime(2027, 7, 1, 12, tzinfo=ZoneInfo("Africa/Casablanca")).utcoffset()
    return "the tz database is older than 2026.6" if summer is None or summer.total_seconds() != 0 else None


def _zone() -> Finding:
    if wrong := zone():
        return Finding("wrong", "time zones", f"{wrong}: pip install -U tzdata")
    return Finding("good", "time zones", "Africa/Casablanca is UTC+0, as since September 2026")


def _masked(url: str) -> str:
    parts = urlsplit(url)
    if not parts.password:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))
