"""Events in, CPU time of the load against a bare Arrow insert of the same rows into the same columns out.

The bare insert begins with rows as dicts and ends, as the load does, with the file closed. It is measured for all tables
that the load fills, and for those that it fills without claims, against a load that leaves them out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, Final
from unittest import mock

import pyarrow as pa

from config.settings import Settings
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse.database import open_writer, transaction
from warehouse.load import BATCH, load
from warehouse.rows import TYPES, column_types, dicts

EVENTS: Final = 9000
ROUNDS: Final = 3
OF_ARTICLES: Final = ("articles", "article_versions", "labels", "mentions", "facts", "stories")
OF_CLAIMS: Final = ("claims", "claim_facts", "claim_history", "claim_events")
Rows = dict[str, list[dict[str, Any]]]


def loading(folder: Path, filled: Settings) -> Iterator[tuple[str, ...]]:
    """Lines of the table: into an empty warehouse, with and without claims, and into the one that is filled."""
    bus, inserted = _bus(0), []
    for name, tables, without in (("load with claims", (*OF_ARTICLES, *OF_CLAIMS), False),
                                  ("load without claims", OF_ARTICLES, True)):
        ours, bare = [], []
        for number in range(ROUNDS):
            on = _empty(folder / f"{name}{number}".replace(" ", "-"))
            ours.append(_load(bus, on, without_claims=without))
            bare.append(_bare(_rows(on, tables), _empty(on.data.parent / "bare")))
        yield _line(name, median(ours), median(bare))
        inserted.append(median(bare))
    yield _line("load into the filled warehouse", _load(_bus(10**9), filled, without_claims=False), inserted[0])


def _line(name: str, ours: float, bare: float) -> tuple[str, ...]:
    return (name, f"{EVENTS / ours:,.0f} articles/CPU-s", f"bare insert {EVENTS / bare:,.0f}", f"ratio {bare / ours:.2f}")


def _bus(first: int) -> FakeBus:
    bus = FakeBus()
    put(bus, "placed-articles", *(
        placed(f"x{n}", amount(n * 1e4, subject=f"plan {n}"), story=f"x{n // 2}", outlet=f"o{n % 20}", hours=(n - first) / 600,
               text=f"Budget de {n * 1e4:.0f} DH pour plan {n}. " + "mot " * 500, topics=("eau",), entities=("onee",))
        for n in range(first, first + EVENTS)))
    return bus


def _empty(folder: Path) -> Settings:
    folder.mkdir(parents=True)
    on = settings_in(folder)
    load(FakeBus(), on, run_id="r")
    return on


def _load(bus: FakeBus, on: Settings, *, without_claims: bool) -> float:
    bus.generation += 1
    if without_claims:
        with mock.patch("warehouse.batches.claims.derive", return_value=0):
            return _clock(lambda: load(bus, on, run_id="r"))
    return _clock(lambda: load(bus, on, run_id="r"))


def _rows(on: Settings, tables: Sequence[str]) -> Rows:
    with closing(open_writer(on)) as con:
        return {table: dicts(con, f"FROM {table}") for table in tables}


def _bare(rows: Rows, on: Settings) -> float:
    def insert() -> None:
        with closing(open_writer(on)) as con:
            for at in range(0, EVENTS, BATCH):
                with transaction(con):
                    for table, whole in rows.items():
                        part = whole[at * len(whole) // EVENTS:(at + BATCH) * len(whole) // EVENTS]
                        types = column_types(con, table)
                        con.register("batch", pa.table({
                            name: pa.array([row[name] for row in part], TYPES[kind]) for name, kind in types.items()}))
                        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch")
    return _clock(insert)


def _clock(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
