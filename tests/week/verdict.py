"""What a simulated week left in, what it was to show and does not out: empty where all is well."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from config.outlet import Outlet
from flows.due import slot_of
from tests.week.calendar import Trouble
from tests.week.hook import Told
from tests.week.installation import Crawled
from tests.week.press import CRAWL_DELAY, Press

LATE = timedelta(minutes=30)
"""How long after its slot a crawl may begin while nothing is away."""
CLOCKS = 0.9
"""Share of the delay between two requests that the server has to see: its own threads begin a little late."""
LATENCY = """
SELECT a.outlet, epoch(min(e.produced_at) - min(a.date_published)) AS seconds
FROM claim_events e JOIN claims c USING (claim_id) JOIN articles a ON a.article_id = c.first_article_id
WHERE e.change = 'new' AND a.origin <> 'import' GROUP BY a.outlet, a.article_id"""


@dataclass(frozen=True)
class Week:
    """What a week left."""

    press: Press
    outlets: Sequence[Outlet]
    crawled: Sequence[Crawled]
    told: Sequence[Told]
    start: datetime
    end: datetime
    step: timedelta
    warehouse: Path
    calendar: Sequence[Trouble]
    away: Sequence[Trouble]
    """Troubles of our own that this week had."""

    @property
    def troubles(self) -> list[Trouble]:
        """Those that began in it early enough to be found."""
        ours = [one for one in self.calendar if one.outlet or one in self.away]
        return [one for one in ours if one.begins + 2 * self.interval(one) <= self.end]

    def interval(self, trouble: Trouble) -> timedelta:
        """That of its outlet, or the shortest of all."""
        every = {one.id: one.every_minutes for one in self.outlets}
        return timedelta(minutes=every[trouble.outlet] if trouble.outlet else min(every.values()))


def wrong(week: Week) -> Iterator[str]:
    """Everything that is not as it has to be."""
    yield from _crawls(week)
    yield from _politeness(week)
    yield from _alarms(week)
    yield from _lost(week)
    yield from _latency(week)


def _crawls(week: Week) -> Iterator[str]:
    """Each slot has its crawl, at once or, where something of ours was away, with the first one after it; none has two."""
    for outlet in week.outlets:
        # A crawl that an outlet turned away is one.
        done = [one.at for one in week.crawled
                if one.outlet == outlet.id and (one.report.requests or one.report.state == "completed")]
        every = timedelta(minutes=outlet.every_minutes)
        slot = slot_of(outlet, week.start)
        by_slot = Counter(slot_of(outlet, at) for at in done)
        yield from (f"{outlet.id} was crawled {count} times for {slot:%d %H:%M}" for slot, count in by_slot.items() if count > 1)
        while slot + every < week.end:
            slot += every
            hit = [one.ends for one in week.away if one.begins <= slot + LATE and slot <= one.ends]
            until = max([slot + LATE, *(end + every + LATE for end in hit)])
            if until < week.end and not any(slot <= at <= until for at in done):
                yield f"{outlet.id} was not crawled for {slot:%d %H:%M}"


def _politeness(week: Week) -> Iterator[str]:
    """By the servers' own note."""
    asked = defaultdict(list)
    for one in week.press.asked:
        asked[one.outlet].append(one)
    for outlet in week.outlets:
        gaps = [later.clock - earlier.clock for earlier, later in pairwise(asked[outlet.id])]
        short = [gap for gap in gaps if gap < CLOCKS * CRAWL_DELAY]
        if short:
            yield f"{outlet.id} was asked {len(short)} times too soon (after {min(short):.3f} s)"
        feeds = [one.at for one in asked[outlet.id] if one.path == "/feed.xml"]
        most = len({slot_of(outlet, at) for at in feeds})
        if len(feeds) > most * 1.2 + 3:
            yield f"{outlet.id}'s feed was asked for {len(feeds)} times in {most} intervals"


def _alarms(week: Week) -> Iterator[str]:
    """Each trouble told in time with its cause; nothing else told."""
    expected = [one for one in week.troubles if one.alarm]
    for one in expected:
        told = next((line.at for line in week.told if not line.over and line.at >= one.begins and names(line, one)), None)
        limit = one.begins + 2 * week.interval(one) + 2 * week.step
        if told is None or told > limit:
            yield f"{one.fault} of {one.outlet or 'ours'} was told {told or 'never'}, not by {limit:%d %H:%M}"
        over = any(line.over and line.at >= one.ends and names(line, one) for line in week.told)
        if one.ends + timedelta(hours=6) < week.end and not over:
            yield f"the end of {one.fault} was not told"
    yield from (f"false alarm at {line.at:%d %H:%M}: {line.text}" for line in week.told
                if not line.over and not any(names(line, one) and line.at >= one.begins for one in expected))


SAID = {"redesigned": "redesigned", "blocked": "blocked", "frozen": "frozen", "broker": "bus cannot be reached",
        "database": "operational state cannot be reached", "disk": "are free"}


def names(line: Told, trouble: Trouble) -> bool:
    """Whether the line tells of that trouble: its outlet and its cause."""
    if line.over:
        return (trouble.outlet or SAID[trouble.fault]) in line.text
    return SAID[trouble.fault] in line.text and (trouble.outlet is None or trouble.outlet in line.text)


def _lost(week: Week) -> Iterator[str]:
    """Every article that could be read is there once; what the redesign hid is a rejection, kept in the archive."""
    with duckdb.connect(str(week.warehouse), read_only=True) as con:
        found = Counter(url for (url,) in con.execute("SELECT url FROM articles").fetchall())
        refused = {url for (url,) in con.execute("SELECT url FROM rejections").fetchall()}
    settled = week.end - max(timedelta(minutes=one.every_minutes) for one in week.outlets) - week.step
    wanted = {week.press.url(item): item for item in week.press.items if item.published < settled}
    lost = [item for url, item in wanted.items() if url not in found and url not in refused]
    closed = {one.outlet: one.begins - week.interval(one) for one in week.calendar
              if one.fault == "blocked" and one.ends > week.end}
    lost = [item for item in lost if item.outlet not in closed or item.published < closed[item.outlet]]
    yield from (f"lost: {item.outlet} {item.number} of {item.published:%d %H:%M}" for item in lost)
    yield from (f"{count} times: {url}" for url, count in found.items() if count > 1)
    hidden = {one.outlet for one in week.troubles if one.fault == "redesigned"}
    yield from (f"refused: {url}" for url in refused - set(found) if (item := wanted.get(url)) and item.outlet not in hidden)


def latencies(week: Week) -> dict[str, tuple[float, int]]:
    """Median seconds from publication to the claim's event on the bus, and how many there are, by outlet."""
    seconds = defaultdict(list)
    with duckdb.connect(str(week.warehouse), read_only=True) as con:
        for outlet, took in con.execute(LATENCY).fetchall():
            seconds[outlet].append(took)
    return {outlet: (statistics.median(took), len(took)) for outlet, took in seconds.items()}


def _latency(week: Week) -> Iterator[str]:
    found = latencies(week)
    for outlet in week.outlets:
        median, count = found.get(outlet.id, (0.0, 0))
        if not count:
            yield f"{outlet.id} made no claim event"
        elif median > outlet.every_minutes * 60 + 60:
            yield f"{outlet.id}: median of {median:.0f} s from publication to claim event"


def now() -> datetime:
    """The (virtual) present."""
    return datetime.now(UTC)
