"""Weeks of outlets in which articles came, changed or went in, their counts by subject made anew out: what trends read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from warehouse.database import Connection, transaction
from warehouse.rows import dicts, with_batch

COUNTED: Final = """
INSERT INTO {table} BY NAME
WITH dated AS (
    SELECT article_id, outlet, {of}(event_time) AS {unit}, placement <> 'copy' AS own
    FROM articles SEMI JOIN ({stale}) s ON s.outlet = articles.outlet AND s.{unit} = {of}(event_time)
), about AS (
    SELECT DISTINCT article_id, scheme, code FROM labels SEMI JOIN dated USING (article_id)
    WHERE scheme IN ('topic', 'sector', 'announcement')
    UNION ALL
    SELECT DISTINCT article_id, 'entity' AS scheme, entity_id AS code FROM mentions SEMI JOIN dated USING (article_id)
    WHERE entity_id IS NOT NULL
    UNION ALL
    SELECT article_id, 'all' AS scheme, '' AS code FROM dated
)
SELECT scheme, code, outlet, {unit}, count(*) AS articles, count(*) FILTER (own) AS originals
FROM about JOIN dated USING (article_id) GROUP BY ALL ORDER BY scheme, code, outlet, {unit}
"""
GONE: Final = "DELETE FROM {table} t USING ({stale}) s WHERE t.outlet = s.outlet AND t.{unit} = s.{unit}"
SPANS: Final = (
    {"table": "subject_weeks", "unit": "week", "of": "week_of", "stale": "SELECT DISTINCT outlet, week FROM stale_weeks"},
    {"table": "subject_months", "unit": "month", "of": "month_of", "stale": """
        SELECT outlet, date_trunc('month', week)::DATE AS month FROM stale_weeks
        UNION SELECT outlet, date_trunc('month', week + 6)::DATE FROM stale_weeks"""},
)
"""What is counted: a week lies in one month or two."""


def mark(con: Connection, articles: Iterable[Mapping[str, Any]]) -> None:
    """Note the weeks of these rows of `articles` (as they were and as they are), inside the caller's transaction."""
    cells = {(row["outlet"], _monday(row["event_time"])) for row in articles}
    if cells:
        with_batch(con, "stale_weeks", [{"outlet": outlet, "week": week} for outlet, week in cells],
                   "INSERT INTO stale_weeks SELECT * FROM batch ANTI JOIN stale_weeks USING (outlet, week)")


def mark_all(con: Connection) -> None:
    """Note every week that has an article, inside the caller's transaction."""
    con.execute("INSERT INTO stale_weeks SELECT DISTINCT outlet, week_of(event_time) FROM articles")


def refresh(con: Connection) -> int:
    """Count the noted weeks anew in a transaction of its own; how many there were."""
    stale = int(dicts(con, "SELECT count(*) AS n FROM stale_weeks")[0]["n"])
    if stale:
        with transaction(con):
            for span in SPANS:
                con.execute(GONE.format(**span))
                con.execute(COUNTED.format(**span))
            con.execute("DELETE FROM stale_weeks")
    return stale


def _monday(moment: datetime) -> date:
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
