"""Two published snapshots in, their differences out: what must be equal whatever died on the way."""

from __future__ import annotations

from pathlib import Path

import duckdb

TABLES = {
    "articles": "article_id", "article_versions": "article_id", "labels": "article_id", "mentions": "article_id",
    "stories": "story_id", "facts": "fact_id", "fact_parties": "fact_id", "claims": "claim_id", "claim_facts": "claim_id",
    "conflicts": "claim_id",
}
"""Tables that are compared, each with its leading column."""
TIMES_AND_RUNS = frozenset({
    "fetched_at", "first_fetched_at", "withdrawn_at", "event_time", "archive_file", "archive_offset", "discovered_via",
    "loaded_in",
})
"""Columns left out: when and where a page was fetched and archived. `event_time` is the time of publication, or that of
the fetch where the page states none; `loaded_in`
numbers the loads."""
ON_ARRIVAL = {
    "articles": frozenset({"placed_story_id"}),
    "article_versions": frozenset({"placed_story_id", "placement", "copy_of", "similarity", "placed_by"}),
}
"""Left out as well: where a text stood at its arrival, before later ones moved it. Where it stands now is compared:
`articles.story_id`, `placement` and `copy_of`."""
SHOWN = 5


def rows(snapshot: Path, table: str) -> set[str]:
    """The rows of a table as text, without the columns of fetch and run times."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        names = [name for (name,) in con.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position", [table],
        ).fetchall()]
        left_out = TIMES_AND_RUNS | ON_ARRIVAL.get(table, frozenset())
        kept = ", ".join(f'"{name}"' for name in names if name not in left_out)
        return {repr(row) for row in con.execute(f'SELECT {kept} FROM "{table}"').fetchall()}


def counts(snapshot: Path) -> dict[str, int]:
    """Rows of each compared table."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        found = {}
        for table in TABLES:
            row = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            found[table] = int(row[0]) if row else 0
        return found


def differences(one: Path, other: Path) -> list[str]:
    """A line for each row that stands in only one of the two (the first few of each table), or for doubled rows."""
    told = [f"{table}: {a} rows against {b}" for (table, a), b in
            zip(counts(one).items(), counts(other).values(), strict=True) if a != b]
    for table in TABLES:
        left, right = rows(one, table), rows(other, table)
        told += [f"{table} only in the first: {row[:300]}" for row in sorted(left - right)[:SHOWN]]
        told += [f"{table} only in the second: {row[:300]}" for row in sorted(right - left)[:SHOWN]]
    return told
