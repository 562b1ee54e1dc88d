"""The published snapshot in, Parquet files by table and month out: only those partitions written that changed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from config.settings import Settings
from warehouse.database import Connection, open_snapshot, quoted
from warehouse.durable import read_json, replacing, write_json
from warehouse.files import WarehouseError
from warehouse.rows import dicts

MANIFEST: Final = "marsad-parquet.json"
OF_ARTICLE: Final = "(SELECT article_id, strftime(event_time, '%Y-%m') AS month FROM articles) USING (article_id)"
CLAIMED: Final = "strftime(coalesce(first_published, first_fetched_at), '%Y-%m') AS month FROM claims"
OF_CLAIM: Final = f"(SELECT claim_id, {CLAIMED}) USING (claim_id)"
MONTHLY: Final = {
    "articles": "SELECT *, strftime(event_time, '%Y-%m') AS month FROM articles",
    "article_versions": "SELECT *, strftime(fetched_at, '%Y-%m') AS month FROM article_versions",
    "stories": "SELECT *, strftime(first_seen, '%Y-%m') AS month FROM stories",
    "fetches": "SELECT *, strftime(fetched_at, '%Y-%m') AS month FROM fetches",
    "rejections": "SELECT *, strftime(fetched_at, '%Y-%m') AS month FROM rejections",
    "claims": f"SELECT *, {CLAIMED}",
    "claim_history": "SELECT *, strftime(noted_at, '%Y-%m') AS month FROM claim_history",
    **{table: f"SELECT {table}.*, month FROM {table} JOIN {OF_ARTICLE}"  # noqa: S608
       for table in ("labels", "mentions", "facts", "fact_parties")},
    **{table: f"SELECT {table}.*, month FROM {table} JOIN {OF_CLAIM}" for table in ("claim_facts", "conflicts")},  # noqa: S608
}
"""Tables that have a time, with the month each row belongs to."""
WHOLE: Final = (
    "outlets", "runs", "entities", "entity_aliases", "story_redirects", "claim_redirects", "placement_changes", "story_merges",
    "exchange_rates", "place_names")
"""Small tables: one file each."""
KEPT: Final = ("claim_events", "erasures")
"""Written with texts only: a warehouse made of the files needs them, to announce nothing twice and bring nothing back."""
TEXTS: Final = ("body", "lead", "captions")
"""Columns that are an outlet's own text; its rights may not allow to pass them on."""


@dataclass(frozen=True)
class ParquetReport:
    """What one export did."""

    written: tuple[str, ...]
    """Files that were written, relative to the folder."""
    removed: tuple[str, ...]
    unchanged: int

    def __str__(self) -> str:
        return f"{len(self.written)} Parquet files written, {self.unchanged} unchanged, {len(self.removed)} removed"


def write_parquet(settings: Settings, folder: Path, *, bodies: bool = True) -> ParquetReport:
    """Bring the folder up to the snapshot. Without `bodies` the outlets' texts are left out. Raises WarehouseError."""
    held = {str(name): str(mark) for name, mark in read_json(folder / MANIFEST).items()}
    with closing(open_snapshot(settings, access=True)) as con:
        wanted = _partitions(con, bodies=bodies)
        written = [name for name, (mark, _) in wanted.items() if held.get(name) != mark or not (folder / name).is_file()]
        # Cut off in the middle, the manifest names no file that may be another's by then, and the next export makes up for it.
        if written:
            write_json(folder / MANIFEST, {name: mark for name, mark in held.items() if name not in written})
        for name in written:
            _write(con, folder / name, wanted[name][1])
    removed = [name for name in held if name not in wanted]
    for name in removed:
        (folder / name).unlink(missing_ok=True)
    write_json(folder / MANIFEST, {name: mark for name, (mark, _) in wanted.items()})
    return ParquetReport(tuple(written), tuple(removed), len(wanted) - len(written))


def _partitions(con: Connection, *, bodies: bool) -> dict[str, tuple[str, str]]:
    """By file name, a fingerprint of its rows and the query that gives them.

    Texts are not part of the fingerprint: the id of their event, which derives from them, is.
    """
    found: dict[str, tuple[str, str]] = {}
    for table, sql in MONTHLY.items():
        kept = _without_texts(con, table, sql, bodies=bodies)
        light = _without_texts(con, table, sql, bodies=False)
        for row in dicts(con, f"SELECT month, count(*) AS n, sum(hash(t)) AS mark FROM ({light}) t GROUP BY month"):  # noqa: S608
            select = f"SELECT * EXCLUDE (month) FROM ({kept}) WHERE month = '{row['month']}' ORDER BY ALL"  # noqa: S608 (our own)
            found[f"{table}/{row['month']}.parquet"] = (f"{row['n']} {row['mark']} {bodies}", select)
    for table in (*WHOLE, *KEPT) if bodies else WHOLE:
        row = dicts(con, f"SELECT count(*) AS n, sum(hash(t)) AS mark FROM {table} t")[0]  # noqa: S608 (our own table names)
        found[f"{table}/all.parquet"] = (f"{row['n']} {row['mark']} {bodies}", f"SELECT * FROM {table} ORDER BY ALL")  # noqa: S608
    return found


def _without_texts(con: Connection, table: str, sql: str, *, bodies: bool) -> str:
    columns = {row["column_name"] for row in dicts(con, "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table])}
    left_out = [name for name in TEXTS if name in columns and not bodies]
    return f"SELECT * EXCLUDE ({', '.join(left_out)}) FROM ({sql})" if left_out else sql  # noqa: S608 (our own column names)


def _write(con: Connection, path: Path, select: str) -> None:
    try:
        with replacing(path) as temporary:
            con.execute(f"COPY ({select}) TO {quoted(temporary)} (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: cannot be written: {error}") from error
