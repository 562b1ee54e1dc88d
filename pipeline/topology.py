"""Every topic and stage on one screen; groups, dead-letter topics and metrics derive from the names.

    outlet ─▶ raw-pages ─extract─▶ articles ─classify─▶ classified-articles ─dedup─▶ placed-articles ─load─▶ DuckDB
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.events import (
    Article,
    ClaimEvent,
    ClassifiedArticle,
    DeadLetter,
    DeadLetterMark,
    Event,
    Fetch,
    PlacedArticle,
    PlacementChanged,
    RawPage,
    Rejected,
    Run,
    StoryMerged,
)

Lane = Literal["live", "backfill"]
LANES: tuple[Lane, ...] = ("live", "backfill")
"""In order of priority. Backfills, replays and imports travel on a lane of their own."""


@dataclass(frozen=True)
class Topic:
    """A named log. `retention_days` bounds how long records are kept; `lanes` says it exists once per lane."""

    name: str
    partitions: int
    retention_days: int
    lanes: bool = False
    carries: tuple[type[Event], ...] = ()
    """Types of its events."""

    def on(self, lane: Lane) -> str:
        """The log's name on a lane: `raw-pages`, `raw-pages.backfill`."""
        return self.name if lane == "live" or not self.lanes else f"{self.name}.{lane}"

    def names(self) -> tuple[str, ...]:
        """All logs of this topic, highest priority first."""
        return tuple(self.on(lane) for lane in LANES) if self.lanes else (self.name,)


RAW_PAGES = Topic("raw-pages", partitions=4, retention_days=14, lanes=True, carries=(RawPage,))
ARTICLES = Topic("articles", partitions=4, retention_days=14, lanes=True, carries=(Article,))
CLASSIFIED = Topic("classified-articles", partitions=1, retention_days=14, lanes=True, carries=(ClassifiedArticle,))
PLACED = Topic("placed-articles", partitions=1, retention_days=90, lanes=True,
               carries=(PlacedArticle, PlacementChanged, StoryMerged))
"""Kept longer than the dedup window of 60 days: a lost place.sqlite is rebuilt from it."""
REJECTIONS = Topic("rejections", partitions=1, retention_days=30, carries=(Rejected,))
FETCHES = Topic("fetches", partitions=1, retention_days=30, carries=(Fetch,))
RUNS = Topic("runs", partitions=1, retention_days=30, carries=(Run,))
CLAIM_EVENTS = Topic("claim-events", partitions=1, retention_days=30, carries=(ClaimEvent,))


@dataclass(frozen=True)
class Stage:
    """A step of the pipeline. Folder, consumer group, service and metrics carry its name."""

    name: str
    consumes: Topic
    produces: Topic

    @property
    def group(self) -> str:
        """The consumer group."""
        return self.name

    @property
    def dead(self) -> Topic:
        """Where records go that the stage could not work on."""
        return Topic(f"{self.name}.dead", partitions=1, retention_days=90, carries=(DeadLetter,))


EXTRACT = Stage("extract", RAW_PAGES, ARTICLES)
CLASSIFY = Stage("classify", ARTICLES, CLASSIFIED)
DEDUP = Stage("dedup", CLASSIFIED, PLACED)
STAGES = (EXTRACT, CLASSIFY, DEDUP)

LOAD_GROUP = "load"
DIGEST_GROUP = "digest"
DIGEST_DEAD = Topic("digest.dead", partitions=1, retention_days=90, carries=(DeadLetter,))
"""Claim events that the digest could not read."""
LOAD_DEAD = Topic("load.dead", partitions=1, retention_days=90, carries=(DeadLetter,))
"""Records that the load could not read or write. It does not read them back: their rows it wrote itself."""
DEAD: tuple[Topic, ...] = (*(stage.dead for stage in STAGES), LOAD_DEAD, DIGEST_DEAD)
"""Where dead letters lie."""
DEAD_MARKS = Topic("dead-marks", partitions=1, retention_days=90, carries=(DeadLetterMark,))
"""Which dead letters were retried or discarded. Kept as long as the letters, so that a mark outlives its letter."""
LOADED: tuple[Topic, ...] = (PLACED, REJECTIONS, FETCHES, RUNS, *(topic for topic in DEAD if topic != LOAD_DEAD))
"""What the load reads, in this order."""
TOPICS: tuple[Topic, ...] = (
    RAW_PAGES, ARTICLES, CLASSIFIED, PLACED, REJECTIONS, FETCHES, RUNS, CLAIM_EVENTS,
    *DEAD, DEAD_MARKS,
)


def lane_of(origin: str) -> Lane:
    """The lane an origin travels on."""
    return "live" if origin == "live" else "backfill"
