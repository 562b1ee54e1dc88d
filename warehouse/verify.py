"""The writer's database in, everything in it that contradicts itself out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Final

import duckdb

from config.settings import Settings
from warehouse.database import open_writer
from warehouse.files import sole_writer
from warehouse.migrate import migrate
from warehouse.rows import dicts

CHECKS: Final = {
    "articles that stand twice": "SELECT article_id AS what FROM articles GROUP BY ALL HAVING count(*) > 1",
    "facts that stand twice": "SELECT fact_id AS what FROM facts GROUP BY ALL HAVING count(*) > 1",
    "claims that stand twice": "SELECT claim_id AS what FROM claims GROUP BY ALL HAVING count(*) > 1",
    "facts that report two claims": "SELECT fact_id AS what FROM claim_facts GROUP BY ALL HAVING count(*) > 1",
    "changes noted twice": "SELECT event_id AS what FROM claim_events GROUP BY ALL HAVING count(*) > 1",
    "articles without a current version":
        "SELECT article_id AS what FROM articles ANTI JOIN (FROM article_versions WHERE is_current) v USING (article_id)",
    "versions without an article": "SELECT article_id AS what FROM article_versions ANTI JOIN articles USING (article_id)",
    "facts without their version":
        "SELECT fact_id AS what FROM facts ANTI JOIN article_versions USING (article_id, version)",
    "articles without a story": "SELECT article_id AS what FROM articles ANTI JOIN stories USING (story_id)",
    "stories without an article": "SELECT story_id AS what FROM stories ANTI JOIN articles USING (story_id)",
    "stories that miscount their articles": """
        SELECT s.story_id AS what FROM stories s
        JOIN (SELECT story_id, count(*) AS n FROM articles GROUP BY story_id) a USING (story_id) WHERE a.n <> s.articles""",
    "weeks that miscount their subjects": """
        WITH about AS (
            SELECT DISTINCT article_id, scheme, code FROM labels WHERE scheme IN ('topic', 'sector', 'announcement')
            UNION ALL SELECT DISTINCT article_id, 'entity', entity_id FROM mentions WHERE entity_id IS NOT NULL
            UNION ALL SELECT article_id, 'all', '' FROM articles
        ), counted AS (
            SELECT scheme, code, outlet, week_of(event_time) AS week, count(*) AS articles,
                   count(*) FILTER (placement <> 'copy') AS originals
            FROM about JOIN articles USING (article_id) ANTI JOIN stale_weeks s
                ON s.outlet = articles.outlet AND s.week = week_of(event_time) GROUP BY ALL
        ), held AS (FROM subject_weeks ANTI JOIN stale_weeks USING (outlet, week))
        SELECT scheme || ' ' || code || ' ' || outlet || ' ' || week AS what
        FROM (FROM held EXCEPT FROM counted UNION (FROM counted EXCEPT FROM held))""",
    "months that count otherwise than weeks": """
        WITH weeks AS (
            SELECT scheme, code, outlet, sum(articles) AS articles, sum(originals) AS originals FROM subject_weeks GROUP BY ALL),
        months AS (
            SELECT scheme, code, outlet, sum(articles) AS articles, sum(originals) AS originals FROM subject_months GROUP BY ALL)
        SELECT scheme || ' ' || code || ' ' || outlet AS what
        FROM (FROM weeks EXCEPT FROM months UNION (FROM months EXCEPT FROM weeks)) WHERE NOT EXISTS (FROM stale_weeks)""",
    "facts that report no claim": "SELECT fact_id AS what FROM facts ANTI JOIN claim_facts USING (fact_id)",
    "reports of facts that are gone": "SELECT fact_id AS what FROM claim_facts ANTI JOIN facts USING (fact_id)",
    "reports of claims that are gone": "SELECT claim_id AS what FROM claim_facts ANTI JOIN claims USING (claim_id)",
    "claims without a first fact": """
        SELECT claim_id AS what FROM claims ANTI JOIN facts ON facts.fact_id = claims.first_fact_id""",
    "redirects of claims that stand": "SELECT claim_id AS what FROM claim_redirects SEMI JOIN claims USING (claim_id)",
    "evidence that its text does not hold": """
        SELECT f.fact_id AS what FROM facts f JOIN articles a USING (article_id) WHERE f.is_current AND
        substring(CASE f.zone WHEN 'title' THEN a.headline WHEN 'caption' THEN a.captions ELSE a.body END, f.start_offset + 1,
                  f.end_offset - f.start_offset) IS DISTINCT FROM f.sentence""",
}
"""What must not be; each query names what breaks it."""
SHOWN: Final = 3


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, how often, and some examples."""

    about: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.count} {self.about}: {', '.join(self.examples)}"


def verify(settings: Settings) -> tuple[Finding, ...]:
    """All that is wrong; empty where nothing is. Raises WarehouseError where the file cannot be opened."""
    with sole_writer(settings), closing(open_writer(settings)) as con:
        migrate(con)
        found = [_unreadable(con), *(_check(con, about, sql) for about, sql in CHECKS.items())]
    return tuple(finding for finding in found if finding.count)


def _check(con: duckdb.DuckDBPyConnection, about: str, sql: str) -> Finding:
    rows = dicts(con, f"SELECT what, count(*) OVER () AS n FROM ({sql}) ORDER BY what LIMIT {SHOWN}")  # noqa: S608 (our own SQL)
    return Finding(about, rows[0]["n"] if rows else 0, tuple(str(row["what"]) for row in rows))


def _unreadable(con: duckdb.DuckDBPyConnection) -> Finding:
    """Every block of every table is read: DuckDB checks their checksums."""
    broken = []
    for row in dicts(con, "SELECT table_name FROM duckdb_tables() ORDER BY 1"):
        try:
            con.execute(f"SELECT sum(hash(t)) FROM {row['table_name']} t").fetchall()  # noqa: S608 (our own table names)
        except duckdb.Error as error:
            broken.append(f"{row['table_name']}: {error}")
    return Finding("tables that cannot be read", len(broken), tuple(broken[:SHOWN]))
