"""The filled warehouse in, the same rows in PostgreSQL and SQLite with their best indexes out: what trends are compared with.

Both hold the same tables that the warehouse has (as far as trends read them), and the flat tables that trends are cheapest
asked of, all with covering indexes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.postgres.server import Server
from warehouse.database import Connection, quoted

TABLES: Final = {
    "flat": "scheme TEXT, code TEXT, outlet TEXT, week DATE, month DATE, own INTEGER",
    "published": "outlet TEXT, language TEXT, week DATE, month DATE, weekday INTEGER, hour INTEGER, own INTEGER",
    "articles": "article_id TEXT PRIMARY KEY, outlet TEXT, language TEXT, placement TEXT, headline TEXT, body TEXT, "
                "event_time TIMESTAMPTZ, date_published TIMESTAMPTZ",
    "labels": "article_id TEXT, scheme TEXT, code TEXT",
    "mentions": "article_id TEXT, entity_id TEXT",
}
INDEXES: Final = (
    "CREATE INDEX flat_weeks ON flat (scheme, week, code, own)", "CREATE INDEX flat_codes ON flat (scheme, code, week, own)",
    "CREATE INDEX flat_months ON flat (scheme, code, month, outlet, own)",
    "CREATE INDEX published_languages ON published (month, outlet, language, own)",
    "CREATE INDEX published_hours ON published (outlet, weekday, hour, own)",
    "CREATE INDEX articles_of_outlet ON articles (outlet, event_time DESC)",
    "CREATE INDEX articles_about ON articles (article_id, event_time, outlet, placement)",
    "CREATE INDEX articles_told ON articles (event_time, outlet, language, placement)",
    "CREATE INDEX articles_dated ON articles (outlet, date_published, placement)",
    "CREATE INDEX labels_about ON labels (scheme, code, article_id)",
    "CREATE INDEX mentions_about ON mentions (entity_id, article_id)")
DATED: Final = ("week", "month", "event_time", "date_published")
AT_A_TIME: Final = 10_000


def rows_of(con: Connection, folder: Path) -> dict[str, Path]:
    """The tables as CSV files."""
    files = {table: folder / f"{table}.csv" for table in TABLES}
    for table, path in files.items():
        columns = ", ".join(column.split()[0] for column in TABLES[table].split(", "))
        con.execute(f"COPY (SELECT {columns} FROM {table}) TO {quoted(path)} (FORMAT csv, HEADER false)")
        path.chmod(0o644)
    return files


class Postgres:
    """The rows in a server of our own."""

    def __init__(self, server: Server, files: dict[str, Path]) -> None:
        self._con = psycopg.connect(server.database().replace("+psycopg", ""), autocommit=True)
        for table, columns in TABLES.items():
            self._con.execute(f"CREATE TABLE {table} ({columns})")
            with files[table].open("rb") as file, self._con.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
                while chunk := file.read(1 << 20):
                    copy.write(chunk)
        self._con.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '512MB'")
        for sql in INDEXES:
            self._con.execute(sql)
        self._con.execute("VACUUM ANALYZE")

    def ask(self, sql: str) -> Sequence[Any]:
        """All rows of the answer."""
        return self._con.execute(sql).fetchall()

    def close(self) -> None:
        """End the connection."""
        self._con.close()


class Sqlite:
    """The rows in one file."""

    def __init__(self, path: Path, con: Connection) -> None:
        self._con = sqlite3.connect(path)
        self._con.execute("PRAGMA journal_mode = OFF")
        self._con.execute("PRAGMA cache_size = -1000000")
        for table, columns in TABLES.items():
            self._con.execute(f"CREATE TABLE {table} ({columns})")
            names = [column.split()[0] for column in columns.split(", ")]
            cursor = con.execute(f"SELECT {', '.join(f'{one}::VARCHAR' if one in DATED else one for one in names)} FROM {table}")
            while page := cursor.fetchmany(AT_A_TIME):
                self._con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", page)
        for sql in INDEXES:
            self._con.execute(sql)
        self._con.execute("ANALYZE")
        self._con.commit()

    def ask(self, sql: str) -> Sequence[Any]:
        """All rows of the answer."""
        return self._con.execute(sql).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._con.close()
