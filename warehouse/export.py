"""The published snapshot in, its articles and facts as JSON lines' objects, its tables and views as Parquet and CSV files out."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyRelation

from config.settings import Settings
from warehouse.database import Connection, open_snapshot
from warehouse.durable import replacing
from warehouse.parquet import ParquetReport, write_parquet
from warehouse.read import opened_for

__all__ = ["ParquetReport", "articles", "facts", "parquet", "table"]

Row = dict[str, Any]
CASABLANCA: Final = ZoneInfo("Africa/Casablanca")
"""Times are written as a reader in Morocco has them, with their offset: a day stated without an hour stays that day."""
PAGE: Final = 500
LONGEST: Final = 600.0
"""Seconds that a view or query may take to be written."""
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


def table(settings: Settings, what: str, target: Path, form: Literal["csv", "parquet"]) -> int:
    """All rows of a view, a table or a SELECT as one file; how many. Raises QueryError, WarehouseError.

    The query reaches nothing but the snapshot; in CSV lists stand as JSON.
    """
    sql = f'SELECT * FROM "{what}"' if re.fullmatch(r"\w+", what) else what  # noqa: S608 (a name, quoted)
    with opened_for(sql, settings, seconds=LONGEST) as con, replacing(target) as temporary:
        return _write_csv(con.execute(sql), temporary) if form == "csv" else _write_parquet(con.sql(sql), temporary)


def _write_csv(answer: Connection, path: Path) -> int:
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column[0] for column in answer.description or ())
        while page := answer.fetchmany(PAGE):
            writer.writerows([_plain(value) for value in row] for row in page)
            written += len(page)
    return written


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def _write_parquet(answer: DuckDBPyRelation, path: Path) -> int:
    import pyarrow.parquet as pq

    written, batches = 0, answer.to_arrow_reader(PAGE)
    with pq.ParquetWriter(path, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            written += batch.num_rows
    return written


def _rows(settings: Settings, sql: str) -> Iterator[Row]:
    with closing(open_snapshot(settings)) as con:
        cursor = con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        while page := cursor.fetchmany(PAGE):
            yield from _named(names, page)


def _named(names: Sequence[str], page: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for row in page:
        yield dict(zip(names, row, strict=True))


