"""Generated articles in, what each page costs on them out: queries, milliseconds, kilobytes.

    python -m tests.bench.page_queries [ROWS] [--folder DIR]

1,000,000 rows by default (some 6 GB of disk); with --folder what was generated there before is used again. Times are the
median of three makings, nothing cached but DuckDB's own pages, by the clock; CPU time beside.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from config.settings import Settings
from tests.bench.warehouse_fill import fill
from tests.warehouse.builders import settings_in
from tests.warehouse.web.counting import counted_queries
from tests.warehouse.web.reader import WebReader, reading
from warehouse.database import open_writer
from warehouse.public import public_path, publish_public
from warehouse.snapshot import publish
from warehouse.web import app
from warehouse.web.app import create_app
from warehouse.web.site import Site

NOW: Final = datetime(2026, 11, 1, 9, tzinfo=UTC)
CODES: Final = 18
PATHS: Final = (
    "", "?kind=amount&topic=t3", "?entity=m44", "trends", "trends/topic/t3", "trends/sector/s5", "story/s7777", "{claim}",
    "entities", "entity/m44", "facts", "facts?topic=t3&language=ar", "facts?entity=m44&page=7", "outlets",
    "preview?topic=t3", "preview?topic=t3&words=plan", "feeds/latest.atom", "feeds/topic/t3.json",
    "facts.csv?topic=t3&since=2026-10-01")
FIELDS: Final = """
    UPDATE facts SET fields =
        '{"value":' || value || ',"currency":"MAD","surface":"' || value || ' DH","subject":"' || subject || '"}'
    WHERE fields = '{}'"""
"""The generated facts are amounts."""
ENTITIES: Final = """
    INSERT INTO entities BY NAME SELECT 'm' || i AS entity_id, 'organisation' AS kind, entity_id AS name, name AS name_fr
    FROM range(400) t(i)"""


def main(rows: int, folder: Path) -> None:
    """Print the table."""
    on = prepared(rows, folder)
    site = Site(on, public_path(on), clock=lambda: NOW)
    app.UNCACHED_A_MINUTE = app.DOWNLOADS_A_MINUTE = 1_000_000  # type: ignore[misc]
    print(f"{rows:,} articles, {public_path(on).stat().st_size / 1e6:,.0f} MB, load average {os.getloadavg()[0]:.1f}")
    for path in PATHS:
        times, cpu, size = [], [], 0
        for _ in range(3):
            with reading(create_app(site)) as reader:
                address = address_of(reader, path, rows)
                with counted_queries() as asked:
                    began, used = time.perf_counter(), time.process_time()
                    response = reader.get(address)
                    times.append(time.perf_counter() - began)
                    cpu.append(time.process_time() - used)
                size = len(response.content)
                if response.status_code != 200:
                    print(f"{path}: answered {response.status_code}")
        print(f"{path or '(first page)':38} {len(asked):3} queries {1000 * median(times):8,.0f} ms "
              f"{1000 * median(cpu):8,.0f} ms CPU {size / 1000:6,.0f} KB", flush=True)


def prepared(rows: int, folder: Path) -> Settings:
    """The generated press, published."""
    on = settings_in(folder).model_copy(update={"memory_limit": "4GB"})
    named = {scheme: "".join(f"  {scheme[0]}{n}: {{name: {{fr: {scheme} {n}}}}}\n" for n in range(CODES))
             for scheme in ("topic", "sector")}
    on.taxonomy.write_text(f"topics:\n{named['topic']}sectors:\n{named['sector']}announcements: {{}}\n", "utf-8")
    if not public_path(on).is_file():
        fill(on, rows)
        with closing(open_writer(on)) as con:
            con.execute(FIELDS)
            con.execute(ENTITIES)
        publish(on, force=True)
        publish_public(on, force=True)
    return on


def address_of(reader: WebReader, path: str, rows: int) -> str:
    """The page's address; a claim is looked up in a story, and so are the names that every page shares."""
    found = re.search(r"/fr/claim/[\w.]+", reader.get("/fr/feeds/latest.json").text)
    if path != "{claim}":
        return f"/en/{path}"
    assert found is not None
    return found[0].replace("/fr/", "/en/")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        main(given.rows, given.folder)
    else:
        with tempfile.TemporaryDirectory() as made:
            main(given.rows, Path(made))

