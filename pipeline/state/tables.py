"""An engine in, the crawl's tables in place out. Times are seconds since 1970 (UTC)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.state import deliveries

metadata = MetaData()

SCHEMA = Table("state_schema", metadata, Column("version", Integer, nullable=False))
OUTLETS = Table(
    "crawled_outlets", metadata,
    Column("outlet", String, primary_key=True),
    Column("holder", String),
    Column("held_until", Float),
    Column("started_at", Float),
    Column("finished_at", Float),
    Column("last_state", String),
    Column("clock_offset", Float, nullable=False, server_default="0"),
)
"""One row an outlet: who crawls it now (a lease), when it was crawled, and how far its servers' clock is ahead of ours."""

WAYS = Table(
    "ways", metadata,
    Column("outlet", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("root", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("due", Float, nullable=False),
    Column("every", Float, nullable=False),
    Column("etag", String),
    Column("last_modified", String),
    Column("content_hash", String),
    Column("read_there", Float),
    Column("validators", String, nullable=False, server_default="unproven"),
    Column("listed_modified", String),
    Column("depth", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("settled", Boolean, nullable=False, server_default=text("false")),
    Index("ways_by_root", "outlet", "root"),
)
"""Feeds, sitemaps and lists. `root`: the configured one that led here. `validators`: unproven, honest or lying.
`read_there`: when it was last read in full, by the servers' clock. `listed_modified`: as the index above it says.
`settled` (of a root): what it announces from now on is news, no longer the outlet's past."""

ADDRESSES = Table(
    "addresses", metadata,
    Column("outlet", String, primary_key=True),
    Column("article_id", String, primary_key=True),
    Column("url", String, nullable=False),
    Column("state", String, nullable=False),
    Column("due", Float),
    Column("rank", Float, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("origin", String, nullable=False),
    Column("via", String, nullable=False),
    Column("discovery", LargeBinary, nullable=False),
    Column("modified", Float),
    Column("etag", String),
    Column("last_modified", String),
    Column("content_hash", String),
    Column("fetched_at", Float),
    Column("outcome", String),
    Index("addresses_due", "outlet", "state", "due"),
)
"""The frontier. `state`: waiting (`due` by our clock), fetched or gone (`due` and `fetched_at` by the servers' clock, on which
ages are measured) or given_up; `due` NULL: never again. `rank`: newest first. `modified`: as announced."""

HOSTS = Table(
    "hosts", metadata,
    Column("host", String, primary_key=True),
    Column("free_at", Float, nullable=False),
    Column("setbacks", Integer, nullable=False, server_default="0"),
    Column("rests_until", Float, nullable=False, server_default="0"),
    Column("asked_at", Float, nullable=False, server_default="0"),
)
"""When each host may next be asked, whoever asks: `free_at` is the end of the queue, `asked_at` the newest time in it;
`rests_until` follows from its answers."""

ROBOTS = Table(
    "robots", metadata,
    Column("site", String, primary_key=True),
    Column("read_at", Float, nullable=False),
    Column("status", Integer),
    Column("content", LargeBinary, nullable=False),
    Column("tdm", LargeBinary),
    Column("trouble", String),
    Column("tried_at", Float),
)
"""robots.txt and /.well-known/tdmrep.json by scheme and host, as last read; `trouble`: why it could not be at `tried_at`."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    ("ALTER TABLE robots ADD COLUMN trouble VARCHAR", "ALTER TABLE robots ADD COLUMN tried_at FLOAT",
     "DELETE FROM robots WHERE status IS NULL OR status >= 500 OR status = 429"),
    ("ALTER TABLE hosts ADD COLUMN rests_until FLOAT NOT NULL DEFAULT 0",),
    ("ALTER TABLE hosts ADD COLUMN asked_at FLOAT NOT NULL DEFAULT 0",),
)
"""Statements that lead from version n (counted from 1) to n + 1."""
VERSION = len(MIGRATIONS) + 1


def migrate(engine: Engine) -> None:
    """Create what is missing and bring older tables to VERSION; safe where several processes open a new store at once."""
    if inspect(engine).has_table(SCHEMA.name) and _version(engine) == VERSION:
        return
    with engine.begin() as connection:
        # Nobody else may look or create between our look and our creation.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(7127723)"))
        metadata.create_all(connection)
        deliveries.metadata.create_all(connection)
        version = connection.scalar(select(SCHEMA.c.version))
        for statement in (one for step in MIGRATIONS[(version or VERSION) - 1:] for one in step):
            connection.execute(text(statement))
        connection.execute(insert(SCHEMA).values(version=VERSION) if version is None else update(SCHEMA).values(version=VERSION))


def _version(engine: Engine) -> int | None:
    with engine.connect() as connection:
        return connection.scalar(select(SCHEMA.c.version))


def inserting(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
