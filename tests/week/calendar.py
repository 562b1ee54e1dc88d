"""The simulated week in, twelve outlets with all they publish in it and the troubles they meet out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

START = datetime(2026, 11, 12, 12, tzinfo=UTC)
"""The 18th of November is Independence Day in Morocco: it lies in the week that begins here."""
Fault = Literal["redesigned", "blocked", "frozen", "holiday", "disk", "broker", "database"]
BY_DAY = (0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 6, 5, 4, 5, 6, 6, 5, 4, 3, 2, 2, 1, 0)
"""How the hours of a day (local, UTC here) share what an outlet publishes: newsrooms sleep."""


@dataclass(frozen=True)
class Paper:
    """An outlet of the week."""

    id: str
    language: Literal["ar", "fr", "en", "es"]
    every_minutes: int
    a_day: int
    """Articles a day."""


@dataclass(frozen=True)
class Item:
    """An article to be published."""

    outlet: str
    number: int
    published: datetime


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong, and when it is over; `outlet` None: our own."""

    fault: Fault
    begins: datetime
    ends: datetime
    outlet: str | None = None
    alarm: str = ""
    """How the key of the alarm begins that has to be told; empty: none may be."""


PAPERS = (
    Paper("sabah", "ar", 180, 72), Paper("masae", "ar", 180, 60), Paper("jabal", "ar", 240, 12), Paper("wahat", "ar", 240, 12),
    Paper("sahil", "ar", 120, 30), Paper("atlas", "fr", 120, 24), Paper("detroit", "fr", 180, 24), Paper("oasis", "fr", 240, 12),
    Paper("vallee", "fr", 240, 8), Paper("gazette", "en", 240, 8), Paper("harbour", "en", 180, 12), Paper("faro", "es", 240, 8),
)


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


WEEK = (
    Trouble("redesigned", _at(14, 9), _at(30, 0), "atlas", "redesigned:atlas"),
    Trouble("blocked", _at(15, 10), _at(16, 10), "detroit", "blocked:detroit"),
    Trouble("broker", _at(15, 18), _at(16, 1), alarm="bus"),
    Trouble("database", _at(16, 12), _at(16, 19), alarm="state"),
    Trouble("frozen", _at(17, 8), _at(18, 2), "sabah", "silent:sabah"),
    Trouble("holiday", _at(18, 0), _at(19, 0), "masae"),
    Trouble("disk", _at(18, 14), _at(18, 21), alarm="disk"),
)


QUICK = (
    Trouble("database", _at(12, 13), _at(12, 15), alarm="state"),
    Trouble("broker", _at(12, 15), _at(12, 17), alarm="bus"),
    Trouble("blocked", _at(12, 17), _at(30, 0), "detroit", "blocked:detroit"),
    Trouble("redesigned", _at(12, 17), _at(30, 0), "sabah", "redesigned:sabah"),
)
"""The same within half a day, without what needs days of habits."""


def items_until(end: datetime, troubles: Sequence[Trouble] = WEEK) -> list[Item]:
    """All that is published from START on, oldest first; the outlet of the holiday rests on it."""
    rests = {trouble.outlet: trouble for trouble in troubles if trouble.fault == "holiday"}
    made: list[Item] = []
    for paper in PAPERS:
        rest = rests.get(paper.id)
        for number, at in enumerate(_times(paper, end), start=1):
            if not (rest and rest.begins <= at < rest.ends):
                made.append(Item(paper.id, number, at))
    return sorted(made, key=lambda item: (item.published, item.outlet))


def _times(paper: Paper, end: datetime) -> list[datetime]:
    """The same for the same outlet: each day's articles, at moments drawn by the hour."""
    draw = random.Random(paper.id)
    day, times = START.replace(hour=0), []
    while day < end:
        hours = draw.choices(range(24), BY_DAY, k=paper.a_day)
        times += [day + timedelta(hours=hour, minutes=draw.randrange(60), seconds=draw.randrange(60)) for hour in hours]
        day += timedelta(days=1)
    return sorted(at for at in times if START <= at < end)
