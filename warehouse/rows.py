"""Rows as dicts in, Arrow batches in the tables out: the only way this package inserts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final
from weakref import WeakKeyDictionary

import pyarrow as pa

from warehouse.database import Connection

Row = Mapping[str, Any]
TYPES: Final = {
    "VARCHAR": pa.string(), "JSON": pa.string(), "VARCHAR[]": pa.list_(pa.string()), "BIGINT": pa.int64(), "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "BLOB": pa.binary(), "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
    "DATE": pa.date32(),
}
_described: Final[WeakKeyDictionary[Connection, dict[str, dict[str, str]]]] = WeakKeyDictionary()
"""By connection and table, what DESCRIBE said: no table changes after the migration that every connection begins with."""


def insert(con: Connection, table: str, rows: Sequence[Row]) -> None:
    """Append the rows; a column that a row does not name is NULL."""
    if rows:
        with_batch(con, table, rows, f"INSERT INTO {table} BY NAME SELECT * FROM batch")  # noqa: S608 (our own table names)


def insert_new(con: Connection, table: str, key: str, rows: Sequence[Row]) -> int:
    """Append the rows whose `key` the table does not hold yet, each key once; how many went in."""
    first = {row[key]: row for row in reversed(rows)}
    if not first:
        return 0
    return with_batch(
        con, table, list(reversed(first.values())),
        f"INSERT INTO {table} BY NAME SELECT * FROM batch ANTI JOIN {table} USING ({key})")  # noqa: S608


def replace(con: Connection, table: str, keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Append the rows in place of those that have the same key columns."""
    delete(con, table, keys, [tuple(row[key] for key in keys) for row in rows])
    insert(con, table, rows)


def delete(con: Connection, table: str, keys: Sequence[str], values: Iterable[tuple[Any, ...]]) -> None:
    """Delete the rows whose key columns equal any of `values`."""
    rows = [dict(zip(keys, value, strict=True)) for value in set(values)]
    if rows:
        same = " AND ".join(f"{table}.{key} = batch.{key}" for key in keys)
        with_batch(con, table, rows, f"DELETE FROM {table} USING batch WHERE {same}", keys)  # noqa: S608


def with_batch(con: Connection, table: str, rows: Sequence[Row], sql: str, only: Sequence[str] | None = None) -> int:
    """Run the change `sql` with the rows, typed as the table's columns, standing as the relation `batch`; rows changed."""
    types = column_types(con, table)
    wanted = set[str]().union(*rows) if only is None else set(only)
    columns = _columns(rows, [name for name in types if name in wanted])
    con.register("batch", pa.table({name: pa.array(values, TYPES[types[name]]) for name, values in columns.items()}))
    try:
        changed = con.execute(sql).fetchone()
        return int(changed[0]) if changed else 0
    finally:
        con.unregister("batch")


def with_keys(con: Connection, keys: Iterable[str], sql: str) -> list[dict[str, Any]]:
    """Run the query with the keys standing as the relation `batch` (column `key`); rows as dicts."""
    con.register("batch", pa.table({"key": pa.array(sorted(set(keys)), pa.string())}))
    try:
        return dicts(con, sql)
    finally:
        con.unregister("batch")


def dicts(con: Connection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
    """Rows of a query as dicts."""
    cursor = con.execute(sql, parameters if isinstance(parameters, dict) else list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def column_types(con: Connection, table: str) -> dict[str, str]:
    """Type of every column, in order."""
    known = _described.setdefault(con, {})
    if table not in known:
        known[table] = {row[0]: row[1] for row in con.execute(f"DESCRIBE {table}").fetchall()}
    return known[table]


def _columns(rows: Sequence[Row], names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The values of each column; NULL where a row does not name it."""
    try:
        return dict(zip(names, zip(*map(itemgetter(*names), rows), strict=True), strict=True)) if len(names) > 1 else {
            names[0]: [row[names[0]] for row in rows]}
    except KeyError:
        return {name: [row.get(name) for row in rows] for name in names}
