"""The members of a group in, who reads what out: the same partitions of every lane to the same member, moving as few as possible.

Kafka's own cooperative assignor balances the number of partitions over all topics, and so may give one of two workers all
live partitions and the other all of the backfill: then one works and the other waits. This one balances each lane.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kafka import TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment


class LaneAssignor(CooperativeStickyAssignor):  # type: ignore[misc]  # the library has no types
    """Cooperative (KIP-429): a partition that moves is first given up by its owner, and assigned in the rebalance after that."""

    name = "marsad-lanes"

    def assign(self, cluster: Any, members: Sequence[Any]) -> dict[str, Any]:
        """Called in the group's leader."""
        known = {member.member_id: self.parse_member_metadata(member.metadata) for member in members}
        owners = _owners(known)
        topics = sorted({topic for one in known.values() for topic in one.subscription})
        partitions = {topic: cluster.partitions_for_topic(topic) or set() for topic in topics}
        readers = shares(sorted({number for numbers in partitions.values() for number in numbers}), sorted(known), owners)
        result: dict[str, dict[str, list[int]]] = {member: defaultdict(list) for member in known}
        for topic, numbers in partitions.items():
            for number in sorted(numbers):
                if owners.get(TopicPartition(topic, number), readers[number]) == readers[number]:
                    result[readers[number]][topic].append(number)
        return {member: ConsumerProtocolAssignment(self.version, sorted(mine.items()), b"") for member, mine in result.items()}


def _owners(known: Mapping[str, Any]) -> dict[TopicPartition, str]:
    """Who has each partition now; a claim of a later generation counts more."""
    by_age = sorted(known.items(), key=lambda one: one[1].generation)
    return {tp: member for member, one in by_age for tp in one.partitions}


def shares(numbers: Sequence[int], members: Sequence[str], owners: Mapping[TopicPartition, str]) -> dict[int, str]:
    """The reader of each partition number: nobody has two more than another, and owners keep theirs where that allows it."""
    owner_of = {tp.partition: member for tp, member in sorted(owners.items())}
    least, more = divmod(len(numbers), len(members))
    load = dict.fromkeys(members, 0)
    readers: dict[int, str] = {}
    for number in numbers:
        owner = owner_of.get(number)
        if owner in load and (load[owner] < least or (load[owner] == least and more > 0)):
            more -= load[owner] == least
            readers[number] = owner
            load[owner] += 1
    for number in numbers:
        if number not in readers:
            member = min(members, key=lambda one: load[one])
            readers[number] = member
            load[member] += 1
    return readers
