"""Snapshot and operational state in, the figures that health is judged by out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from config.outlet import Outlet
from config.settings import Settings
from flows.health_rules import LONGEST, MISSED, OutletFigures, Reading
from pipeline.state import State
from pipeline.state.crawls import crawl_times
from pipeline.state.frontier import is_quiet, moment
from warehouse.read import QueryError, ask

Row = Mapping[str, Any]
WEEKS: Final = 4
LATEST: Final = 12
"""Newest pages that are compared with those before."""
RUNS: Final = 2
"""Newest crawls that alone are looked at, too: the window of three intervals still holds what came before a block."""
TURNED_AWAY: Final = "(401, 403, 429, 451)"
REQUESTS: Final = f"""
SELECT f.outlet, count(*) FILTER (f.outcome NOT LIKE 'refused:robots%') AS requests,
       count(*) FILTER (f.outcome LIKE 'failed%') AS failed,
       count(*) FILTER (f.status IN {TURNED_AWAY}) AS turned_away, count(*) FILTER (f.outcome = 'not_modified') AS not_modified,
       arg_max(f.outcome, f.fetched_at) FILTER (f.outcome LIKE 'failed%' OR f.status IN {TURNED_AWAY}) AS last_trouble,
       min(f.fetched_at) FILTER (f.outcome LIKE 'failed%' OR f.status IN {TURNED_AWAY}) AS trouble_since,
       count(*) FILTER (f.outcome = 'refused:robots_unavailable') AS unasked,
       arg_max(f.status, f.fetched_at) FILTER (f.purpose = 'robots' AND (f.status >= 500 OR f.status = 429)) AS robots_status
FROM fetches f JOIN outlets o ON o.outlet = f.outlet AND o.valid_to IS NULL
WHERE f.fetched_at <= $now$::TIMESTAMPTZ
  AND f.fetched_at > $now$::TIMESTAMPTZ - to_minutes(greatest(60, {MISSED} * o.every_minutes))
GROUP BY f.outlet"""  # noqa: S608 (constants of ours)
NEWEST: Final = f"""
WITH runs AS (SELECT outlet, run_id, row_number() OVER (PARTITION BY outlet ORDER BY max(fetched_at) DESC) AS number
              FROM fetches WHERE outcome NOT LIKE 'refused:robots%' AND fetched_at <= $now$::TIMESTAMPTZ
              AND fetched_at > $now$::TIMESTAMPTZ - INTERVAL {WEEKS} WEEK GROUP BY outlet, run_id)
SELECT f.outlet, count(*) AS newest_requests, count(*) FILTER (f.status IN {TURNED_AWAY}) AS newest_turned_away,
       min(f.fetched_at) FILTER (f.status IN {TURNED_AWAY}) AS turned_away_since,
       arg_max(f.outcome, f.fetched_at) FILTER (f.status IN {TURNED_AWAY}) AS newest_trouble
FROM fetches f JOIN runs r ON r.outlet = f.outlet AND r.run_id = f.run_id AND r.number <= {RUNS}
GROUP BY f.outlet"""  # noqa: S608 (constants of ours)
READINGS: Final = f"""
WITH pages AS (
    SELECT outlet, fetched_at, NULL AS reason, word_count, date_published IS NOT NULL AS dated, len(authors) > 0 AS signed
    FROM articles WHERE origin <> 'import' AND status = 'published' AND fetched_at > $now$::TIMESTAMPTZ - INTERVAL {WEEKS} WEEK
    UNION ALL
    SELECT outlet, fetched_at, reason, NULL, NULL, NULL FROM rejections
    WHERE stage = 'extract' AND origin <> 'import' AND fetched_at > $now$::TIMESTAMPTZ - INTERVAL {WEEKS} WEEK
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY outlet ORDER BY fetched_at DESC) AS number FROM pages
), streaks AS (
    SELECT outlet, coalesce(min(number) FILTER (reason IS NULL) - 1, count(*)) AS streak FROM ranked GROUP BY outlet
), numbered AS (
    -- Visits to older articles bring a redesign many bad pages at once: what is unreadable to the last is not what was before.
    SELECT *, number <= greatest({LATEST}, streak) AS latest FROM ranked JOIN streaks USING (outlet)
)
SELECT outlet, latest, count(*) AS pages, count(*) FILTER (reason NOT IN ('blocked', 'http_error')) AS bad,
       count(*) FILTER (reason IN ('blocked', 'http_error')) AS blocked, coalesce(avg(dated::INT), 1) AS dated,
       coalesce(avg(signed::INT), 1) AS signed, coalesce(median(word_count), 0) AS words,
       min(fetched_at) FILTER (reason IS NOT NULL) AS bad_since,
       coalesce(min(number) FILTER (reason IS NULL OR reason IN ('blocked', 'http_error')) - min(number), count(*))
           AS bad_in_a_row
FROM numbered GROUP BY outlet, latest"""  # noqa: S608 (constants of ours)
PUBLISHED: Final = f"""
SELECT outlet, date_diff('hour', date_trunc('hour', date_published), date_trunc('hour', $now$::TIMESTAMPTZ)) AS hours_ago,
       count(*) AS articles, max(date_published) AS last
FROM articles WHERE date_published <= $now$::TIMESTAMPTZ AND date_published > $now$::TIMESTAMPTZ - INTERVAL {WEEKS} WEEK
  AND date_published_precision IN ('second', 'minute') AND origin <> 'import'
GROUP BY ALL"""  # noqa: S608 (constants of ours)
FIRST: Final = "SELECT outlet, min(fetched_at) AS first FROM fetches GROUP BY outlet"
HISTORY: Final = timedelta(days=3)
"""Watched for less, an outlet has no habits yet."""


def figures_of(on: Settings, state: State, outlets: Iterable[Outlet], now: datetime) -> list[OutletFigures]:
    """The figures of these outlets. Raises QueryError where the snapshot cannot be read."""
    requests = {row["outlet"]: row for row in _rows(on, REQUESTS, now)}
    newest = {row["outlet"]: row for row in _rows(on, NEWEST, now)}
    readings = {(row["outlet"], row["latest"]): row for row in _rows(on, READINGS, now)}
    hours: dict[str, dict[int, int]] = defaultdict(dict)
    last: dict[str, datetime] = {}
    for row in _rows(on, PUBLISHED, now):
        hours[row["outlet"]][row["hours_ago"]] = row["articles"]
        last[row["outlet"]] = max(row["last"], last.get(row["outlet"], row["last"]))
    first = {row["outlet"]: row["first"] for row in _rows(on, FIRST, now)}
    made = []
    for outlet in outlets:
        asked = {**requests.get(outlet.id, {}), **newest.get(outlet.id, {})}
        started = crawl_times(state, outlet.id, now.timestamp()).started_at
        every = timedelta(minutes=outlet.every_minutes)
        made.append(OutletFigures(
            outlet.id, every, is_quiet=any(is_quiet(outlet, now - number * every) for number in range(MISSED + 1)),
            started_at=moment(started) if started is not None else None,
            **{name: asked[name] for name in asked if name != "outlet"},
            latest=_reading(readings.get((outlet.id, True))), before=_reading(readings.get((outlet.id, False))),
            hourly=habits(hours[outlet.id], first.get(outlet.id), now),
            came=[hours[outlet.id].get(ago, 0) for ago in range(LONGEST + 1)], last_published=last.get(outlet.id)))
    return made


def habits(hours: Mapping[int, int], first: datetime | None, now: datetime) -> dict[int, float]:
    """Articles by hour of the week (0 is Monday 0:00 UTC), from counts by hours ago: once three weeks were watched, each hour of
    the week by itself, before that each hour of the day (newsrooms sleep). The last day is left out: it is what is judged."""
    watched = min(now - first, timedelta(weeks=WEEKS)) - timedelta(days=1) if first else timedelta(0)
    if watched < HISTORY:
        return {}
    span = range(24, 24 + int(watched / timedelta(hours=1)))
    cycle = 168 if len(span) >= 2 * 7 * 24 else 24
    total, times = defaultdict[int, int](int), defaultdict[int, int](int)
    for ago in span:
        at = now - timedelta(hours=ago)
        total[(at.weekday() * 24 + at.hour) % cycle] += hours.get(ago, 0)
        times[(at.weekday() * 24 + at.hour) % cycle] += 1
    return {hour: total[hour % cycle] / times[hour % cycle] for hour in range(168) if times[hour % cycle]}


def _reading(row: Row | None) -> Reading:
    return Reading(**{name: value for name, value in row.items() if name not in ("outlet", "latest")}) if row else Reading()


def _rows(on: Settings, question: str, now: datetime) -> list[Row]:
    try:
        found = ask(question.replace("$now$", f"'{now.isoformat()}'"), on, rows=1_000_000)
    except QueryError:
        if (on.data / "marsad.duckdb").exists():
            raise
        return []   # nothing is published yet
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]
