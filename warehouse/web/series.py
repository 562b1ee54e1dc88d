"""A visit and a scheme in, the weekly share of each of its codes among all that was published out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from warehouse.web.charts import Chart, Point, bar_chart
from warehouse.web.names import Scheme
from warehouse.web.site import Visit

WEEKS: Final = 16
WEEKLY: Final = """
    WITH weeks AS (SELECT article_id, date_trunc('week', event_time) AS week FROM articles
                   WHERE placement <> 'copy' AND event_time >= $since AND event_time <= $now),
         published AS (SELECT week, count(*) AS articles FROM weeks GROUP BY week)
    SELECT p.week, l.code, count(l.article_id) AS articles, any_value(p.articles) AS published
    FROM published p JOIN weeks w USING (week)
    LEFT JOIN (SELECT DISTINCT article_id, code FROM labels WHERE scheme = $scheme) l USING (article_id)
    GROUP BY p.week, l.code"""


@dataclass(frozen=True)
class Series:
    """One topic or sector over the weeks."""

    code: str
    chart: Chart
    articles: int
    share: float
    """Of all articles of these weeks, 0 to 1."""
    last: int
    """Articles of the last week."""
    table: tuple[tuple[datetime, int, int], ...]
    """Week, articles on it, articles published."""


def series_of(visit: Visit, scheme: Scheme, only: Iterable[str] = (), *, large: bool = False) -> list[Series]:
    """A series for each code that was written about, the most written about first."""
    until = visit.rows("SELECT max(event_time) AS newest FROM articles WHERE event_time <= $now", {"now": visit.now})[0]["newest"]
    if until is None:
        return []
    rows = visit.rows(WEEKLY, {"scheme": scheme, "since": _monday(until) - timedelta(weeks=WEEKS - 1), "now": visit.now})
    published = {row["week"]: row["published"] for row in rows}
    weeks = [_monday(until) - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    counted = {(row["code"], row["week"]): row["articles"] for row in rows if row["code"]}
    known = [code for code in dict.fromkeys(code for code, _ in counted) if not only or code in set(only)]
    shares = [count / published[week] for (code, week), count in counted.items() if code in known]
    made = [_series(visit, code, weeks, counted, published, max(shares, default=0), large=large) for code in known]
    return sorted(made, key=lambda one: (-one.articles, one.code))


def _series(visit: Visit, code: str, weeks: list[datetime], counted: dict[Any, int], published: dict[Any, int], top: float,
            *, large: bool) -> Series:
    table = tuple((week, counted.get((code, week), 0), published.get(week, 0)) for week in weeks)
    total, everything = sum(row[1] for row in table), sum(row[2] for row in table)
    name = visit.names.category(code, visit.language)
    points = [Point(week, count / of if of else 0, visit.words.say(
        "bar_told", day=visit.words.day(week), count=count, of=of)) for week, count, of in table]
    chart = bar_chart(points, visit.words.say("chart_title", name=name), visit.words, top=top, percent=True,
                      width=420 if large else 340, height=170 if large else 130)
    return Series(code, chart, total, total / everything if everything else 0, table[-1][1], table)


def _monday(at: datetime) -> datetime:
    """The start of the week (UTC), as date_trunc gives it."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=at.weekday())
