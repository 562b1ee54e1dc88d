"""Generated articles in, a table of times out: load, publication, trends, look-ups, search, with PostgreSQL and SQLite beside.

    python -m tests.bench.warehouse [ROWS] [--folder DIR] [--only load,publish,trends,search]

1,000,000 rows by default (some 15 GB of disk). All figures of one run are of one machine under one load: compare them with one
another. Load is by CPU time, the rest by the clock; each is the median of three that take turns with what they are compared to.
"""

from __future__ import annotations

import argparse
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

from config.settings import Settings
from tests.bench.warehouse_fill import fill, flatten
from tests.bench.warehouse_load import loading
from tests.bench.warehouse_peers import Postgres, Sqlite, rows_of
from tests.postgres.server import NoPostgresError, Server
from tests.warehouse.builders import settings_in
from warehouse.database import Connection, open_snapshot, open_writer
from warehouse.durable import sync
from warehouse.files import writer_path
from warehouse.search import rebuild, search
from warehouse.snapshot import publish

ABOUT: Final = "FROM labels l JOIN articles a USING (article_id) WHERE l.scheme = '{}'"
WEEKLY: Final = "SELECT week, code, count(*), sum(own) FROM flat WHERE scheme = '{}' GROUP BY week, code"
SAME_WEEKLY: Final = f"""
SELECT date_trunc('week', event_time AT TIME ZONE 'UTC')::date AS week, code, count(DISTINCT article_id),
       count(DISTINCT article_id) FILTER (WHERE placement <> 'copy') {ABOUT} GROUP BY 1, 2"""
TRENDS: Final = {
    "topic by week, all outlets": (
        "SELECT week, topic, sum(articles), sum(originals) FROM topic_trend GROUP BY ALL",
        WEEKLY.format("topic"), SAME_WEEKLY.format("topic")),
    "sector by week, all outlets": (
        "SELECT week, sector, sum(articles), sum(originals) FROM sector_trend GROUP BY ALL",
        WEEKLY.format("sector"), SAME_WEEKLY.format("sector")),
    "top 20 entities by growth": (
        "SELECT entity_id, sum(articles) FILTER (week > '2026-09-01') / sum(articles) AS growth FROM entity_trend "
        "GROUP BY ALL ORDER BY growth DESC LIMIT 20",
        "SELECT code, 1.0 * count(CASE WHEN week > '2026-09-01' THEN 1 END) / count(*) AS growth FROM flat "
        "WHERE scheme = 'entity' GROUP BY code ORDER BY growth DESC LIMIT 20",
        "SELECT entity_id, 1.0 * count(*) FILTER (WHERE event_time >= '2026-09-07') / count(*) AS growth "
        "FROM (SELECT DISTINCT entity_id, article_id FROM mentions) m JOIN articles a USING (article_id) "
        "GROUP BY entity_id ORDER BY growth DESC LIMIT 20"),
    "share of voice by month and outlet": (
        "SELECT month, outlet, articles, share_of_voice FROM share_of_voice WHERE entity_id = 'm44'",
        "SELECT month, outlet, count(*), 1.0 * count(*) / sum(count(*)) OVER (PARTITION BY month) FROM flat "
        "WHERE scheme = 'entity' AND code = 'm44' GROUP BY month, outlet",
        "SELECT month, outlet, count(*), 1.0 * count(*) / sum(count(*)) OVER (PARTITION BY month) FROM (SELECT DISTINCT "
        "article_id, outlet, date_trunc('month', event_time AT TIME ZONE 'UTC')::date AS month FROM mentions m JOIN articles a "
        "USING (article_id) WHERE entity_id = 'm44') named GROUP BY month, outlet"),
    "languages by month and outlet": (
        "SELECT month, outlet, language, articles, originals FROM articles_by_language",
        "SELECT month, outlet, language, count(*), sum(own) FROM published GROUP BY month, outlet, language",
        "SELECT date_trunc('month', event_time AT TIME ZONE 'UTC')::date AS month, outlet, language, count(*), "
        "count(*) FILTER (WHERE placement <> 'copy') FROM articles GROUP BY 1, 2, 3"),
    "weekdays and hours": (
        "SELECT outlet, weekday, hour, articles, originals FROM publishing_hours",
        "SELECT outlet, weekday, hour, count(*), sum(own) FROM published GROUP BY outlet, weekday, hour",
        "SELECT outlet, extract(isodow FROM date_published AT TIME ZONE 'Africa/Casablanca'), extract(hour FROM date_published "
        "AT TIME ZONE 'Africa/Casablanca'), count(*), count(*) FILTER (WHERE placement <> 'copy') FROM articles "
        "GROUP BY 1, 2, 3"),
}
"""By question: our view; the cheapest hand-written query over a flat table, for all; the same over our tables, for PostgreSQL."""
LOOKUPS: Final = {
    "article by id": ("SELECT article_id, outlet, headline, body FROM articles WHERE article_id = 'a77777'",) * 3,
    "latest 50 of an outlet": (
        "SELECT headline FROM articles WHERE outlet = 'o7' ORDER BY event_time DESC LIMIT 50",) * 3,
}
WORDS: Final = ("rare77", "dessalement", "dessalement accord", "port", "accord", "الوزارة", "ministère")
PARTS: Final = ("load", "publish", "trends", "search")


def main(rows: int, folder: Path, parts: list[str]) -> None:
    """Print the table."""
    say("machine", f"load average {os.getloadavg()[0]:.1f}")
    on = settings_in(folder).model_copy(update={"memory_limit": "4GB"})
    began = time.monotonic()
    fill(on, rows)
    say("generated", f"{rows:,} articles in {time.monotonic() - began:.0f} s")
    if "load" in parts:
        for line in loading(folder, on):
            say(*line)
    if "publish" in parts:
        publishing(on)
    if "trends" in parts:
        trends(on, folder)
    if "search" in parts:
        publish(on, force=True)
        searching(on)
    say("machine", f"load average {os.getloadavg()[0]:.1f}")


def say(what: str, *told: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:36} {'  '.join(told)}\n")
    sys.stdout.flush()


def publishing(on: Settings) -> None:
    """Publication against a plain copy of the same file into a new one, and fsync."""
    publish(on, force=True)
    plain = on.data / "plain.copy"
    def copy() -> None:
        shutil.copyfile(writer_path(on), plain)
        sync(plain)
    def again() -> None:
        assert publish(on, force=True)
    ours, copied = [], []
    for _ in range(3):
        copied.append(clock(copy))
        plain.unlink()
        with closing(open_writer(on)) as con:
            con.execute("UPDATE load_state SET generation = generation + 1")
        ours.append(clock(again))
    say("publish", f"{median(ours):.2f} s", f"copy and fsync {median(copied):.2f} s",
        f"ratio {median(ours) / median(copied):.2f}", f"{writer_path(on).stat().st_size / 1e6:,.0f} MB")


def trends(on: Settings, folder: Path) -> None:
    """Views against the cheapest hand-written query over one flat table, in DuckDB, PostgreSQL and SQLite; look-ups."""
    with closing(open_writer(on)) as con:
        flatten(con)
        files = rows_of(con, folder)
        lite = Sqlite(folder / "peer.sqlite", con)
        try:
            with Server() as server, closing(Postgres(server, files)) as postgres, closing(lite):
                compare(con, postgres, lite)
        except NoPostgresError as error:
            say("PostgreSQL", str(error))


def compare(con: Connection, postgres: Postgres, lite: Sqlite) -> None:
    """The table of questions."""
    for name, (view, flat, same) in (*TRENDS.items(), *LOOKUPS.items()):
        each = take_turns(lambda v=view: con.execute(v).fetchall(), lambda f=flat: con.execute(f).fetchall(),  # type: ignore[misc]
                          lambda s=same: postgres.ask(s), lambda f=flat: postgres.ask(f),  # type: ignore[misc]
                          lambda f=flat: lite.ask(f))  # type: ignore[misc]
        ours, best, *others = (one * 1000 for one in each)
        told = (f"{who} {taken:,.1f} ms ({taken / ours:.1f} x)"
                for who, taken in zip(("PostgreSQL", "on flat", "SQLite on flat"), others, strict=True))
        spent, least = (min(clock(lambda sql=sql: con.execute(sql).fetchall(), time.process_time) for _ in range(5))  # type: ignore[misc]
                        for sql in (view, flat))
        say(name, f"view {ours:,.1f} ms", f"flat {best:,.1f} ms", f"ratio {ours / best:.1f} (of CPU time {spent / least:.1f})",
            *told)


def searching(on: Settings) -> None:
    """Search against a scan with ILIKE, both on one open snapshot."""
    built = clock(lambda: rebuild(on))
    say("search index", f"built in {built:.0f} s", f"{(on.data / 'search.sqlite').stat().st_size / 1e6:,.0f} MB")
    with closing(open_snapshot(on)) as con:
        for word in WORDS:
            parts = " AND ".join(f"body ILIKE '%{part}%'" for part in word.split())
            found, scan = take_turns(
                lambda word=word: search(on, word, snapshot=con),  # type: ignore[misc]
                lambda parts=parts: con.execute(f"SELECT article_id FROM articles WHERE {parts}").fetchall())  # type: ignore[misc]
            total = search(on, word, snapshot=con).total
            say(f"search {word}", f"{found * 1000:,.1f} ms", f"{total:,} found", f"ILIKE {scan * 1000:,.0f} ms",
                f"{scan / found:,.0f} times")


def take_turns(*works: Callable[[], object]) -> list[float]:
    """Median seconds of each, of three rounds in which they take turns; a first round warms up."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(4):
        for work, seconds in zip(works, taken, strict=True):
            once = clock(work)
            if number:
                seconds.append(once)
    return [median(seconds) for seconds in taken]


def clock(work: Callable[[], object], by: Callable[[], float] = time.monotonic) -> float:
    """Seconds that it takes."""
    began = by()
    work()
    return by() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", default=",".join(PARTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder or os.environ.get("TMPDIR")) as made_in:
        Path(made_in).chmod(0o755)
        main(given.rows, Path(made_in), given.only.split(","))
