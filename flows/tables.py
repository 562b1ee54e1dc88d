"""Answers of the warehouse in, tables and files for people out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO

from rich.table import Table as Shown

from config.settings import Settings
from flows.console import err, out
from warehouse import export
from warehouse.read import Table

WIDEST = 200
"""Characters of one value in a printed table."""


def print_table(table: Table, form: Literal["table", "csv", "json"]) -> None:
    """Print an answer; a note on standard error where rows were left off."""
    if form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(table.columns)
        writer.writerows(table.rows)
    elif form == "json":
        for row in table.rows:
            sys.stdout.write(json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False, default=str) + "\n")
    else:
        shown = Shown(*table.columns, box=None)
        for row in table.rows:
            shown.add_row(*(_short(value) for value in row))
        out.print(shown, markup=False)
    if not table.complete:
        err.print(f"more rows follow: these are the first {len(table.rows):,} (--rows N for more)", markup=False)


def export_to(settings: Settings, what: Literal["articles", "facts", "parquet"], target: Path | None) -> None:
    """Write what is asked for to a file or folder, or to standard output."""
    if what == "parquet":
        folder = target or settings.data / "parquet"
        report = export.parquet(settings, folder)
        err.print(f"{folder}: {report}", markup=False)
        return
    rows = export.articles(settings) if what == "articles" else export.facts(settings)
    with _opened(target) as file:
        written = _write_lines(rows, file)
    if target is not None:
        err.print(f"{written:,} {what} in {target}", markup=False)


def export_table(settings: Settings, what: str, target: Path, form: Literal["csv", "parquet"]) -> None:
    """Write a view, a table or a query's answer to the file. Raises QueryError, WarehouseError."""
    written = export.table(settings, what, target, form)
    err.print(f"{written:,} rows in {target}", markup=False)


def _write_lines(rows: Iterator[Mapping[str, Any]], file: TextIO) -> int:
    written = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        written += 1
    return written


@contextmanager
def _opened(target: Path | None) -> Iterator[TextIO]:
    if target is None:
        yield sys.stdout
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as file:
        yield file


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= WIDEST else text[:WIDEST - 1] + "…"
