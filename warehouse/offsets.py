"""The table `consumed_offsets` in, a consumer that reads on from there out; and the offsets written back with the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.bus import Bus, Consumer, Partition
from warehouse.database import Connection
from warehouse.files import WarehouseError
from warehouse.rows import dicts, replace

Logs = Mapping[str, str]
"""Identity of the log behind each topic name."""


def resume(con: Connection, bus: Bus, consumer: Consumer, topics: Sequence[str]) -> Logs:
    """Seek every partition to its stored offset; a log not seen before is read from its earliest record.

    Raises WarehouseError where a log ends before its stored offset: it lost records that were loaded.
    """
    logs = {topic: bus.log_id(topic) for topic in topics}
    stored = {(row["log_id"], Partition(row["topic"], row["partition"])): row["next"]
              for row in dicts(con, "SELECT * FROM consumed_offsets")}
    for topic in topics:
        for at, end in bus.end_offsets(topic).items():
            following = stored.get((logs[topic], at))
            if following is None:
                continue
            if following > end:
                raise WarehouseError(
                    f"{at.topic} partition {at.number} ends at offset {end}, but {following} records of it are loaded: "
                    "it was cut back (restored from an older copy?); restore it, or delete its topic: then it counts as new")
            consumer.seek(at, following)
    return logs


def advance(con: Connection, logs: Logs, following: Mapping[Partition, int]) -> None:
    """Store the next offsets, inside the caller's transaction."""
    replace(con, "consumed_offsets", ("log_id", "topic", "partition"), [
        {"log_id": logs[at.topic], "topic": at.topic, "partition": at.number, "next": next_} for at, next_ in following.items()])
