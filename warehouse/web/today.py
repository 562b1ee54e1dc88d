"""A visit in, the newest announcements out, grouped by story: the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from warehouse.digest.view import Text
from warehouse.web.claims import Telling, tell
from warehouse.web.selection import PARAMETERS, asked, claim_ids
from warehouse.web.series import series_of
from warehouse.web.site import Page, Visit
from warehouse.web.words import ANNOUNCING

CLAIMS: Final = 40
TOPICS: Final = 5
COUNTS: Final = """
    WITH until AS (SELECT max(event_time) AS newest FROM articles WHERE event_time <= $now)
    SELECT count(*) AS articles, count(DISTINCT outlet) AS outlets, count(DISTINCT story_id) AS stories,
           count(*) FILTER (placement = 'copy') AS copies, (SELECT newest FROM until) AS newest
    FROM articles, until WHERE event_time > newest - INTERVAL 1 DAY AND event_time <= newest"""
DISPUTED: Final = """
    SELECT count(*) AS n FROM claims WHERE state = 'disputed'"""


@dataclass(frozen=True)
class Group:
    """A story with its newest claims."""

    story_id: str
    headline: Text
    at: datetime
    claims: tuple[Telling, ...]


def today(visit: Visit) -> Page:
    """The page. The parameters of warehouse.web.selection narrow it."""
    narrowed = {name: visit.parameters.get(name, "") for name in PARAMETERS}
    told = tell(visit.reading, visit.viewer, claim_ids(visit.reading, asked(visit.parameters), CLAIMS))
    counts = visit.rows(COUNTS, {"now": visit.now})[0]
    counts["disputed"] = visit.rows(DISPUTED)[0]["n"]
    return Page("today.html.j2", {
        "groups": grouped(told), "counts": counts, "asked": narrowed, "kinds": ANNOUNCING, "names": visit.names, "now": visit.now,
        "loaded": loaded_at(visit), "topics": series_of(visit, "topic")[:TOPICS]})


def grouped(told: Sequence[Telling]) -> list[Group]:
    """Claims by story, in the order of their newest one."""
    groups: dict[str, list[Telling]] = {}
    for one in told:
        groups.setdefault(one.story_id, []).append(one)
    return [Group(story, some[0].headline, some[0].at, tuple(some)) for story, some in groups.items()]


def loaded_at(visit: Visit) -> Any:
    """When the snapshot's last row was loaded."""
    return visit.rows("SELECT loaded_at FROM load_state")[0]["loaded_at"]
