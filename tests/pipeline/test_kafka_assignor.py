"""Who reads what: every lane balanced, little moved, nothing taken from an owner before it was given up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from kafka import TopicPartition

from pipeline.bus.kafka_assignor import LaneAssignor, shares


@dataclass
class Metadata:
    topics: list[str]
    owned_partitions: list[object]
    generation_id: int = 1


@dataclass
class Owned:
    topic: str
    partitions: list[int]


@dataclass
class Member:
    member_id: str
    metadata: Metadata


class Cluster:
    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return {"live": {0, 1, 2, 3}, "back": {0, 1, 2, 3}}.get(topic)


def assigned(*members: Member) -> dict[str, dict[str, list[int]]]:
    result = LaneAssignor().assign(Cluster(), members)
    return {member: {topic: list(numbers) for topic, numbers in one.assigned_partitions} for member, one in result.items()}


def test_a_new_group_shares_every_lane() -> None:
    result = assigned(*(Member(name, Metadata(["live", "back"], [])) for name in ("a", "b")))
    assert all(len(result[name][topic]) == 2 for name in ("a", "b") for topic in ("live", "back"))
    assert all(one["live"] == one["back"] for one in result.values())


def test_what_moves_is_first_given_up() -> None:
    a = Member("a", Metadata(["live", "back"], [Owned("live", [0, 1, 2, 3]), Owned("back", [0, 1, 2, 3])]))
    b = Member("b", Metadata(["live", "back"], []))
    first = assigned(a, b)
    assert first["a"] == {"live": [0, 1], "back": [0, 1]}
    assert first["b"] == {}
    a.metadata.owned_partitions = [Owned("live", [0, 1]), Owned("back", [0, 1])]
    assert assigned(a, b)["b"] == {"live": [2, 3], "back": [2, 3]}


def test_a_topic_nobody_knows_is_nobodys() -> None:
    assert assigned(Member("a", Metadata(["nowhere"], []))) == {"a": {}}


@pytest.mark.parametrize("members", range(1, 7))
def test_fair_and_sticky(members: int) -> None:
    names = [f"m{number}" for number in range(members)]
    first = shares(range(4), names, {})
    counts = Counter(first.values())
    assert max(counts.values()) - min(counts.get(name, 0) for name in names) <= 1
    owners = {TopicPartition("live", number): name for number, name in first.items()}
    assert shares(range(4), names, owners) == first
    left = names[1:] or names
    after = shares(range(4), left, owners)
    assert set(after) == {0, 1, 2, 3}
    assert all(after[number] == first[number] for number in range(4) if first[number] in left)
