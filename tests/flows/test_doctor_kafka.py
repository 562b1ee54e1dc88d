"""`marsad doctor` over a real broker: where a topic is no longer as the topology says, and what keeps it from the broker."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from pipeline.topology import ARTICLES, RAW_PAGES
from tests.broker.cluster import Cluster
from tests.flows.command import Marsad

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


def told(marsad: Marsad, url: str, about: str) -> tuple[int, list[str]]:
    """The exit code of `marsad doctor`, and its lines about something."""
    done = marsad("doctor", bus=url)
    assert "Traceback" not in done.err
    return done.code, [line for line in done.out.splitlines() if f" {about}: " in line]


def test_topics_that_drifted_are_told(tmp_path: Path, own_kafka: Cluster) -> None:
    marsad = Marsad(tmp_path / "data")
    assert told(marsad, own_kafka.url, "topics") == (0, ["good   topics: partitions, retention and copies as the topology says"])
    with closing(KafkaAdminClient(bootstrap_servers=own_kafka.url.removeprefix("kafka://"))) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, RAW_PAGES.name, {"retention.ms": "3600000"})])
        admin.create_partitions({ARTICLES.on("backfill"): 6})
    code, lines = told(marsad, own_kafka.url, "topics")
    days = RAW_PAGES.retention_days * 86_400_000
    assert code == 4
    assert [line.removeprefix("wrong  topics: ").split(" (")[0] for line in lines] == [
        f"{RAW_PAGES.name}: retention.ms 3600000, the topology says {days}",
        f"{ARTICLES.on('backfill')}: partitions 6, the topology says {ARTICLES.partitions}"]
