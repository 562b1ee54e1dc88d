"""The files of warehouse/schema and warehouse/views in, a database with today's tables and views out; forward only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from pathlib import Path

from warehouse.database import Connection, sql_files, transaction
from warehouse.files import WarehouseError


def migrate(con: Connection, files: Sequence[Path] | None = None) -> int:
    """Apply the schema files that this database has not seen, in order, each in a transaction of its own, then the views.

    Returns the schema version. Raises WarehouseError where the database is newer than this code.
    """
    steps = list(sql_files("schema") if files is None else files)
    version, newest = schema_version(con), _number(steps[-1])
    if version > newest:
        raise WarehouseError(
            f"the warehouse has schema version {version}, this code knows {newest}: upgrade the code (schemas only go forward)")
    for path in steps:
        if _number(path) > version:
            with transaction(con):
                con.execute(path.read_text(encoding="utf-8"))
                con.execute("INSERT INTO schema_version VALUES (?, ?, ?)", [_number(path), path.stem, datetime.now(UTC)])
    make_views(con)
    return newest


def schema_version(con: Connection) -> int:
    """Number of the last schema file applied; 0 for an empty database."""
    known = con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_version'").fetchone()
    if not known or not known[0]:
        return 0
    row = con.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def make_views(con: Connection) -> None:
    """Make all macros and views anew where any of their files changed."""
    macros, views = sql_files("macros"), sql_files("views")
    digest = hashlib.blake2b(b"".join(path.read_bytes() for path in (*macros, *views)), digest_size=8).hexdigest()
    row = con.execute("SELECT views_digest FROM load_state").fetchone()
    if row and row[0] == digest:
        return
    with transaction(con):
        for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            con.execute(f'DROP VIEW "{name}"')
        for path in (*macros, *in_order(views)):
            con.execute(path.read_text(encoding="utf-8"))
        con.execute("UPDATE load_state SET views_digest = ?, generation = generation + 1", [digest])


def in_order(views: Sequence[Path]) -> list[Path]:
    """The files of views, each after those whose views it reads from."""
    texts = {path: path.read_text(encoding="utf-8") for path in views}
    reads = {path: {other for other in views if other != path and re.search(rf"(FROM|JOIN) {other.stem}\b", text)}
             for path, text in texts.items()}
    return list(TopologicalSorter(reads).static_order())


def _number(path: Path) -> int:
    return int(path.stem.split("_", 1)[0])
