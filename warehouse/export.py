"""The published snapshot in, its articles and facts as JSON lines' objects and its tables as Parquet files out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from config.settings import Settings
from warehouse.database import open_snapshot
from warehouse.parquet import ParquetReport, write_parquet

__all__ = ["ParquetReport", "articles", "facts", "parquet"]

Row = dict[str, Any]
CASABLANCA: Final = ZoneInfo("Africa/Casablanca")
"""Times are written as a reader in Morocco has them, with their offset: a day stated without an hour stays that day."""
PAGE: Final = 500
ARTICLES: Final = """
SELECT article_id AS id, source_id, url, outlet, original_outlet, headline AS title, authors, date_published, language AS lang,
       body, story_id, placement, copy_of, version
FROM articles ORDER BY event_time, article_id
"""
FACTS: Final = """
SELECT f.fact_id AS id, coalesce(a.source_id, a.url) AS article, f.kind AS fact_type, f.fields::VARCHAR AS fields,
       f.sentence AS evidence, f.zone, f.start_offset AS start, f.end_offset AS "end", f.attributed_to, f.extractor, f.confidence
FROM facts f JOIN articles a USING (article_id) WHERE f.is_current
ORDER BY a.event_time, f.article_id, f.zone <> 'title', f.start_offset, f.fact_id
"""


def articles(settings: Settings) -> Iterator[Row]:
    """Every article as DESIGN section 6 has it, by time of publication. Raises WarehouseError."""
    for row in _rows(settings, ARTICLES):
        authors, published = row.pop("authors"), row.pop("date_published")
        local = published.astimezone(CASABLANCA).isoformat() if published else None
        shown = {"author": ", ".join(authors) if authors else None, "published": local}
        yield {name: shown[name] if name in shown else row[name] for name in (
            "id", "source_id", "url", "outlet", "original_outlet", "title", "author", "published", "lang", "body", "story_id",
            "placement", "copy_of", "version")}


def facts(settings: Settings) -> Iterator[Row]:
    """Every fact that an outlet states now, in the shape of gold/GUIDE.md. Raises WarehouseError.

    The lead is part of the body, and so is its zone here: offsets count from the start of the body either way.
    """
    for row in _rows(settings, FACTS):
        yield {**row, "zone": "body" if row["zone"] == "lead" else row["zone"], "fields": json.loads(row["fields"])}


def parquet(settings: Settings, folder: Path, *, bodies: bool = True) -> ParquetReport:
    """All tables as `folder/<table>/<month>.parquet`; only partitions that changed are written. Raises WarehouseError."""
    return write_parquet(settings, folder, bodies=bodies)


def _rows(settings: Settings, sql: str) -> Iterator[Row]:
    with closing(open_snapshot(settings)) as con:
        cursor = con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        while page := cursor.fetchmany(PAGE):
            yield from _named(names, page)


def _named(names: Sequence[str], page: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for row in page:
        yield dict(zip(names, row, strict=True))


