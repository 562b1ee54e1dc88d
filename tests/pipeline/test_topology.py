"""Names derive from the topology, without clashes, and every topic says what it carries."""

from __future__ import annotations

import typing

from pipeline import topology
from pipeline.events import AnyEvent
from pipeline.topology import DEAD, DEAD_MARKS, LOADED, PLACED, RAW_PAGES, STAGES, TOPICS, lane_of


def test_names_by_lane() -> None:
    assert RAW_PAGES.names() == ("raw-pages", "raw-pages.backfill")
    assert topology.RUNS.names() == ("runs",)
    assert topology.RUNS.on("backfill") == "runs"
    assert (lane_of("live"), lane_of("backfill"), lane_of("replay"), lane_of("import")) == ("live", *["backfill"] * 3)


def test_no_two_topics_share_a_name() -> None:
    names = [name for topic in TOPICS for name in topic.names()]
    assert len(names) == len(set(names))


def test_every_topic_in_use_is_made() -> None:
    used = {topic for stage in STAGES for topic in (stage.consumes, stage.produces, stage.dead)} | set(LOADED)
    assert used <= set(TOPICS)


def test_a_stage_reads_what_the_one_before_wrote() -> None:
    assert [stage.consumes for stage in STAGES[1:]] == [stage.produces for stage in STAGES[:-1]]


def test_every_event_travels_somewhere() -> None:
    carried = {event for topic in TOPICS for event in topic.carries}
    assert carried == set(typing.get_args(AnyEvent))
    assert all(topic.carries for topic in TOPICS)


def test_marks_and_placed_articles_outlive_what_they_are_needed_for() -> None:
    assert DEAD_MARKS.retention_days >= max(topic.retention_days for topic in DEAD)
    assert PLACED.retention_days > 60, "dedup looks back 60 days"
