"""Bus, disk, snapshot, letters and clocks in, the troubles of the installation itself out."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from config.outlet import Outlet
from config.settings import Settings
from flows.alarms import Trouble
from flows.doctor import zone
from flows.status import Standing, standings
from pipeline.bus import Bus
from pipeline.dead import open_letters
from pipeline.state import State
from pipeline.state.crawls import crawl_times
from pipeline.state.letters import Letters
from warehouse.snapshot import manifest

WAITING: Final = timedelta(minutes=30)
"""Age of the oldest record before a reader from which it is not keeping up."""
STALE: Final = timedelta(hours=2)
LOW_BYTES: Final = 2_000_000_000
LOW_SHARE: Final = 0.05
FULL_BYTES: Final = 50_000_000
CLOCK_SECONDS: Final = 300.0
SERVERS: Final = 3
"""Servers that must agree on the time before ours is thought wrong."""


def bus_troubles(on: Settings, bus: Bus, now: datetime) -> Iterator[Trouble]:
    """What waits and lies dead on the bus, and a snapshot that lags behind it. Raises BusError."""
    found = standings(bus, on)
    yield from queue_troubles(found, now)
    yield from _dead(bus)
    yield from _snapshot(on, found, now)


def state_troubles(state: State, outlets: Sequence[Outlet], now: datetime) -> Iterator[Trouble]:
    """What the operational state tells of letters and clocks, and this machine of time zones."""
    yield from mail_troubles(Letters(state.engine).states(), now)
    offsets = [crawl_times(state, one.id, now.timestamp()).clock_offset for one in outlets if not one.local]
    yield from clock_troubles(offsets, now)
    if wrong := zone():
        yield Trouble("zones", wrong, "an old tz database", "pip install -U tzdata, and restart.", now)


def disk_now(on: Settings, now: datetime) -> Iterator[Trouble]:
    """The disk that the data lie on."""
    usage = shutil.disk_usage(on.data)
    yield from disk_troubles(usage.free, usage.total, now)


def is_full(on: Settings) -> bool:
    """Whether nothing can be written any more."""
    return shutil.disk_usage(on.data).free < FULL_BYTES


def queue_troubles(found: Sequence[Standing], now: datetime) -> Iterator[Trouble]:
    """Readers of the bus that do not keep up."""
    for one in found:
        oldest = min((lag.oldest_waiting for lag in one.lags if lag.waiting and lag.oldest_waiting), default=None)
        if oldest is not None and now - oldest > WAITING:
            command = one.name if one.name in ("load", "digest") else f"work {one.name}"
            yield Trouble(f"queue:{one.name}", f"{one.waiting:,} records wait before {one.name}", "it stopped, or is too slow",
                          f"Start `marsad {command}` (or `marsad schedule`), see data/logs; `marsad status` shows partitions.",
                          oldest)


def disk_troubles(free: int, total: int, now: datetime) -> Iterator[Trouble]:
    """A disk that is nearly full."""
    if free < LOW_BYTES or free < LOW_SHARE * total:
        yield Trouble("disk", f"{free / 1e9:.1f} GB of {total / 1e9:.0f} GB are free", "archive, bus and replays grow",
                      "Remove data/replays, `marsad retention`, move old WARC files away, or give it a larger disk.", now)


def mail_troubles(states: Mapping[str, int], now: datetime) -> Iterator[Trouble]:
    """Letters that nobody took."""
    if given_up := states.get("given_up", 0):
        yield Trouble("mail", f"{given_up} letters were given up", "the mail server refuses us or is down",
                      "Look at MARSAD_SMTP_*, and at the log for what it answered.", now)


def clock_troubles(offsets: Sequence[float], now: datetime) -> Iterator[Trouble]:
    """Our clock, judged by the outlets' servers, most of which are right."""
    middle = statistics.median(offsets) if len(offsets) >= SERVERS else 0.0
    if abs(middle) > CLOCK_SECONDS:
        yield Trouble("clock", f"our clock is {abs(middle):.0f} s {'slow' if middle > 0 else 'fast'}", "no time server is asked",
                      "Start chrony or systemd-timesyncd on this machine.", now)


def _dead(bus: Bus) -> Iterator[Trouble]:
    letters = open_letters(bus)
    for stage in sorted({one.stage for one in letters}):
        ours = [one for one in letters if one.stage == stage]
        error = ours[-1].error.splitlines()[0][:120] if ours[-1].error else "no message"
        yield Trouble(f"dead:{stage}", f"{len(ours)} records died in {stage}", error,
                      f"`marsad dead list --stage {stage}`; once mended, `marsad dead retry --all --stage {stage}`.",
                      min(one.failed_at for one in ours))


def _snapshot(on: Settings, found: Sequence[Standing], now: datetime) -> Iterator[Trouble]:
    """An old snapshot is a trouble only where something newer waits to be in it."""
    published = manifest(on)
    waits = any(one.name == "load" and one.waiting for one in found)
    if published is None or not waits:
        return
    at = datetime.fromisoformat(published.published_at).astimezone(UTC)
    if now - at > STALE:
        yield Trouble("snapshot", f"analysts read a snapshot of {at:%Y-%m-%d %H:%M} UTC", "the load does not run, or fails",
                      "`marsad load` runs it now and says why it cannot.", at)
