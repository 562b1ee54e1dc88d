"""Stores in, what is older than its retention dropped out. Articles, stories, facts and claims have none: they are the work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from crawlers.archived import archived_days, archived_outlets
from flows.desk import Desk
from pipeline.topology import TOPICS
from warehouse.files import BusyError
from warehouse.upkeep import prune

log = structlog.get_logger(__name__)
REPLAYS: Final = timedelta(days=14)
RECORDS_DAYS: Final = 400
"""Requests, rejections, runs, dead letters in the warehouse: a year and a month, so that a month compares with last year's."""


def drop_old(desk: Desk, now: datetime) -> dict[str, int]:
    """Drop what is too old; how much of each store. A store that cannot be had now is left for the next time, and logged."""
    stores: Mapping[str, Callable[[], int]] = {
        "records on the bus": lambda: _bus(desk, now),
        "records of crawls in the warehouse": lambda: sum(prune(desk.settings, days=RECORDS_DAYS).values()),
        "replays": lambda: _folders(desk.settings.data / "replays", now - REPLAYS),
        "days of the archive": lambda: _archive(desk, now),
    }
    dropped = {}
    for name, drop in stores.items():
        try:
            dropped[name] = drop()
        except (BusyError, OSError) as error:
            log.warning("retention_postponed", store=name, error=str(error))
            dropped[name] = 0
    log.info("retention", **{name.replace(" ", "_"): count for name, count in dropped.items()})
    return dropped


def _bus(desk: Desk, now: datetime) -> int:
    with desk.bus() as bus:
        return bus.prune(TOPICS, now)


def _folders(folder: Path, before: datetime) -> int:
    old = [one for one in folder.glob("*") if one.is_dir() and datetime.fromtimestamp(one.stat().st_mtime, UTC) < before]
    for one in old:
        shutil.rmtree(one)
    return len(old)


def _archive(desk: Desk, now: datetime) -> int:
    """Whole days; a replay then no longer reaches them."""
    days = desk.settings.archive_days
    if not days:
        return 0
    last: date = (now - timedelta(days=days + 1)).date()
    old = [file for outlet in archived_outlets(desk.settings.data)
           for file in archived_days(desk.settings.data, outlet, until=last)]
    for file in old:
        file.unlink()
    return len(old)
