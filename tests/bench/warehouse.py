"""Generated articles in, a table of times out: load against a bare insert, views against flat columns, search, publication.

    python -m tests.bench.warehouse [ROWS] [FOLDER]      (1,000,000 rows by default; some 8 GB of disk)

Rows of the large tables are made by SQL, the load is measured over events of its own. All figures of one run are of one machine
under one load: compare them with one another.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Final

import pyarrow as pa

from config.settings import Settings
from tests.warehouse.builders import amount, placed, put, settings_in
from tests.warehouse.fakes import FakeBus
from warehouse import records
from warehouse.database import Connection, open_snapshot, open_writer
from warehouse.durable import sync
from warehouse.files import snapshot_path, writer_path
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.rows import TYPES, column_types
from warehouse.search import rebuild, search
from warehouse.snapshot import publish

EVENTS: Final = 5000
FILL: Final = """
INSERT INTO articles BY NAME
SELECT 'a' || i AS article_id, 'https://o' || i % 60 || '.test/' || i AS url, url AS canonical_url, 'o' || i % 60 AS outlet,
       ['ar', 'fr', 'ar', 'fr', 'en'][i % 5 + 1] AS language, 'Titre ' || i || ' ' || w(i) || ' ' || w(i * 7) AS headline,
       TIMESTAMPTZ '2024-11-01' + to_seconds((hash(i) % 63072000)::BIGINT) AS date_published,
       date_published AS published_by, date_published AS event_time, 'second' AS date_published_precision,
       list_aggregate(list_transform(range(350), lambda j: w(i * 31 + j * 17)), 'string_agg', ' ') || ' rare' || i % 5000 AS body,
       350 AS word_count, 's' || i // 3 AS story_id, ['new', 'same_event', 'copy'][i % 3 + 1] AS placement,
       CASE WHEN i % 3 = 2 THEN 'a' || (i - 2) END AS copy_of, story_id AS placed_story_id, 'published' AS status,
       1 AS version, 1 AS versions, 'e' || i AS event_id, date_published + INTERVAL 1 HOUR AS fetched_at, 'live' AS origin,
       'p' || i AS page_id, 1 AS loaded_in
FROM range({start}, {end}) t(i);
INSERT INTO labels BY NAME
SELECT 'a' || i AS article_id, ['topic', 'topic', 'sector', 'announcement'][k + 1] AS scheme,
       scheme[1:1] || hash(i * 13 + k) % 18 AS code, 1.0 AS score, 'terms/1' AS decided_by FROM range({start},
       {end}) t(i), range(4) u(k);
INSERT INTO mentions BY NAME
SELECT 'a' || i AS article_id, 'm' || (hash(i * 5 + k) % 45 * (hash(i + k) % 45)) AS entity_id, 'organisation' AS kind,
       entity_id AS name, entity_id AS surface, 'body' AS zone, 0 AS start_offset, 5 AS end_offset
FROM range({start}, {end}) t(i), range(8) u(k);
"""
PORTION: Final = 50_000
QUESTIONS: Final = {
    "topic by week, all outlets": (
        "SELECT week, topic, sum(articles), sum(originals) FROM topic_trend GROUP BY ALL",
        "SELECT week, code, count(*), count(*) FILTER (own) FROM flat WHERE scheme = 'topic' GROUP BY ALL"),
    "top 20 entities by growth": (
        "SELECT entity_id, sum(articles) FILTER (week > '2026-09-01') / sum(articles) AS growth FROM entity_trend "
        "GROUP BY ALL ORDER BY growth DESC LIMIT 20",
        "SELECT code, count(*) FILTER (week > '2026-09-01') / count(*) AS growth FROM flat WHERE scheme = 'entity' "
        "GROUP BY ALL ORDER BY growth DESC LIMIT 20"),
    "share of voice by month and outlet": (
        "SELECT month, outlet, articles, share_of_voice FROM share_of_voice WHERE entity_id = 'm44'",
        "SELECT month, outlet, count(*), count(*) / sum(count(*)) OVER (PARTITION BY month) FROM flat "
        "WHERE scheme = 'entity' AND code = 'm44' GROUP BY month, outlet"),
}


def main(rows: int, folder: Path) -> None:
    """Print the table."""
    on = settings_in(folder).model_copy(update={"memory_limit": "4GB"})
    say("load, articles/s", *loading(folder / "load"))
    filling(on, rows)
    publishing(on)
    reading(on)
    searching(on)


def say(what: str, *told: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:36} {'  '.join(told)}\n")
    sys.stdout.flush()


def loading(folder: Path) -> tuple[str, ...]:
    """The whole load (decode, versions, facts, claims) against a bare Arrow insert of the article rows, by CPU time."""
    folder.mkdir()
    bus, on = FakeBus(), settings_in(folder)
    events = [placed(f"a{n}", amount(n * 1e4, subject=f"plan {n}"), story=f"s{n // 2}", outlet=f"o{n % 20}", hours=n / 60,
                     text=f"Budget de {n * 1e4:.0f} DH pour plan {n}. " + "mot " * 500, topics=("eau",), entities=("onee",))
              for n in range(EVENTS)]
    put(bus, "placed-articles", *events)
    whole = clock(lambda: load(bus, on, run_id="r"), 1, time.process_time)
    with closing(open_writer(on)) as con:
        types = column_types(con, "articles")
        more = {"story_id": "s", "placement": "new", "status": "published", "versions": 1, "loaded_in": 1}
        made = [{**records.article_row(event), **more} for event in events]
        def bare() -> None:
            for at in range(0, EVENTS, 1000):
                con.register("batch", pa.table({
                    name: pa.array([row.get(name) for row in made[at:at + 1000]], TYPES[kind]) for name, kind in types.items()}))
                con.execute("INSERT INTO articles BY NAME SELECT * FROM batch")
        inserted = clock(bare, 1, time.process_time)
    return (f"load {EVENTS / whole:,.0f}", f"bare insert {EVENTS / inserted:,.0f}", f"ratio {inserted / whole:.3f}")


def filling(on: Settings, rows: int) -> None:
    """Fill the writer's file."""
    began = time.monotonic()
    with closing(open_writer(on)) as con:
        migrate(con)
        con.execute("CREATE MACRO w(n) AS ['eau', 'marché', 'ville', 'projet', 'وزارة', 'مدينة', 'energie', 'accord', 'santé', "
                    "'plan', 'budget', 'région', 'école', 'طريق', 'port', 'dessalement'][(hash(n) % 16)::BIGINT + 1] "
                    "|| CASE WHEN hash(n) % 3 = 0 THEN (hash(n) % 997)::VARCHAR ELSE '' END")
        for start in range(0, rows, PORTION):
            con.execute(FILL.format(start=start, end=min(start + PORTION, rows)))
        con.execute("DROP MACRO w")
        con.execute("UPDATE load_state SET generation = 1, loaded_at = now()")
    say("generated", f"{rows:,} articles in {time.monotonic() - began:.0f} s")


def publishing(on: Settings) -> None:
    """Publication against a plain copy and fsync of the same file."""
    done = publish(on, force=True)
    assert done is not None
    plain = on.data / "plain.copy"
    def copy() -> None:
        shutil.copyfile(writer_path(on), plain)
        sync(plain)
    copied = clock(copy, 3)
    with closing(open_writer(on)) as con:
        con.execute("UPDATE load_state SET generation = generation + 1")
    again = clock(lambda: publish(on, force=True), 1)
    plain.unlink()
    say("publish", f"{again:.2f} s", f"copy and fsync {copied:.2f} s", f"ratio {again / copied:.2f}",
        f"{done.bytes / 1e6:,.0f} MB")


def reading(on: Settings) -> None:
    """Views against the cheapest hand-written query over one flat table; look-ups."""
    with closing(open_writer(on)) as con:
        con.execute("""
            CREATE TEMP TABLE flat AS
            WITH about AS (SELECT DISTINCT article_id, scheme, code FROM labels
                           UNION ALL SELECT DISTINCT article_id, 'entity', entity_id FROM mentions)
            SELECT scheme, code, outlet, week_of(event_time) AS week, month_of(event_time) AS month,
                   placement <> 'copy' AS own
            FROM about JOIN articles USING (article_id)""")
        for name, (view, flat) in QUESTIONS.items():
            ours, best = (clock(asking(con, sql), 3) for sql in (view, flat))
            say(name, f"view {ours * 1000:,.0f} ms", f"flat {best * 1000:,.0f} ms", f"ratio {ours / best:.1f}")
    with closing(open_snapshot(on)) as con:
        for name, sql in (
            ("article by id", "FROM articles WHERE article_id = 'a77777'"),
            ("latest 50 of an outlet", "SELECT headline FROM articles WHERE outlet = 'o7' ORDER BY event_time DESC LIMIT 50"),
        ):
            say(name, f"{clock(asking(con, sql), 5) * 1000:.1f} ms")


def searching(on: Settings) -> None:
    """Search against a scan with ILIKE."""
    built = clock(lambda: rebuild(on), 1)
    say("search index", f"built in {built:.0f} s", f"{(on.data / 'search.sqlite').stat().st_size / 1e6:,.0f} MB")
    with closing(open_snapshot(on)) as con:
        for word in ("rare77", "dessalement accord", "الوزارة"):
            scan = clock(asking(con, "SELECT article_id FROM articles WHERE " + " AND ".join(
                f"body ILIKE '%{part}%'" for part in word.replace("ال", "").split())), 1)
            found = clock(lambda word=word: search(on, word), 3)  # type: ignore[misc]
            say(f"search {word}", f"{found * 1000:,.0f} ms", f"ILIKE {scan * 1000:,.0f} ms", f"{scan / found:,.0f} times")


def asking(con: Connection, sql: str) -> Callable[[], object]:
    """Run the query and fetch all of it."""
    return lambda: con.execute(sql).fetchall()


def clock(work: Callable[[], object], times: int, by: Callable[[], float] = time.monotonic) -> float:
    """Median seconds."""
    taken = []
    for _ in range(times):
        began = by()
        work()
        taken.append(by() - began)
    return median(taken)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else os.environ.get("TMPDIR")) as made_in:
        assert not snapshot_path(settings_in(Path(made_in))).exists()
        main(count, Path(made_in))
