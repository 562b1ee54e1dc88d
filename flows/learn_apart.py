"""An outlet's newest archived pages in, the SiteProfile of what repeats on them out, learnt in a process that can be killed."""

from __future__ import annotations

from collections import deque
from concurrent.futures import TimeoutError as Expired
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from pebble import ProcessExpired, ProcessPool

from config.outlet import load_outlets
from crawlers.archived import archived_days, archived_pages
from pipeline.events import RawPage
from pipeline.extract.learning import learn
from pipeline.extract.profile import SiteProfile

NEWEST: Final = 240
"""Pages that are looked at: more change nothing (pipeline.extract.learning), and older ones may show an old layout."""
SECONDS: Final = 180.0
"""Limit for one outlet: a page may hang a parser."""


def learn_apart(data: Path, outlets: Path, outlet: str, number: int) -> SiteProfile | str:
    """The outlet's profile with this number, or why there is none."""
    with ProcessPool(max_workers=1, context=get_context("forkserver")) as pool:
        job = pool.schedule(learn_archived, args=(data, outlets, outlet, number), timeout=SECONDS)
        try:
            return job.result()
        except Expired:
            return f"not done within {SECONDS:.0f} s"
        except ProcessExpired as error:
            return f"the process died (exit code {error.exitcode})"
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def learn_archived(data: Path, outlets: Path, outlet: str, number: int) -> SiteProfile:
    """The profile, learnt here. Raises OSError, config.reading.ConfigError."""
    return learn(newest_pages(data, outlet), load_outlets(outlets).get(outlet), number=number)


def newest_pages(data: Path, outlet: str, most: int = NEWEST) -> list[RawPage]:
    """The newest archived pages of an outlet, the oldest of them first."""
    found: deque[RawPage] = deque()
    for file in reversed(archived_days(data, outlet)):
        day = date.fromisoformat(file.name[:10])
        of_day: deque[RawPage] = deque(archived_pages(data, outlet, since=day, until=day), maxlen=most - len(found))
        found.extendleft(reversed(of_day))
        if len(found) >= most:
            break
    return list(found)
