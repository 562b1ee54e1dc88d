"""Outlets' rhythms and what was crawled when in, what is to be crawled now out: pure, so that a pause of any length can be played
through. However many times were missed, each outlet runs once for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from config.outlet import Outlet
from pipeline.state.frontier import is_quiet

ANCHOR: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""From here all rhythms count, so that they stay what they are across restarts."""


def offset_of(outlet: Outlet) -> timedelta:
    """When within its interval the outlet's turn is: outlets of one rhythm are spread over it, each always at its own minute."""
    digest = hashlib.blake2b(outlet.id.encode(), digest_size=8).digest()
    seconds = outlet.every_minutes * 60
    return timedelta(seconds=int.from_bytes(digest) % seconds)


def slot_of(outlet: Outlet, now: datetime) -> datetime:
    """The last time at which the outlet's turn was, at `now` or before."""
    every, first = timedelta(minutes=outlet.every_minutes), ANCHOR + offset_of(outlet)
    return first + ((now - first) // every) * every


def is_missed(slot: datetime, started: datetime | None) -> bool:
    """Whether a run for that slot still has something to do: a crawl that began at or after it was for it, too."""
    return started is None or started < slot


def due_now(outlets: Iterable[Outlet], started: Mapping[str, datetime], now: datetime) -> list[Outlet]:
    """The outlets to crawl now, the longest overdue first; those in their quiet hours wait for their end."""
    due = [(slot_of(one, now), one.id, one) for one in outlets
           if is_missed(slot_of(one, now), started.get(one.id)) and not is_quiet(one, now)]
    return [one for *_, one in sorted(due, key=lambda item: (started.get(item[1], ANCHOR), item[0], item[1]))]
