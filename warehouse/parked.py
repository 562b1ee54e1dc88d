"""Dead letters of the load in, records on the topic load.dead out: whole, so that `marsad dead retry` sends them again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pipeline.bus import Bus, OversizedError
from pipeline.codec import encode
from pipeline.events import DeadLetter
from pipeline.topology import LOAD_DEAD


def park(bus: Bus, letters: Iterable[DeadLetter]) -> None:
    """Send and flush them. Before the rows are committed: a kill between sends a letter twice, under one id. Raises BusError."""
    with bus.producer() as producer:
        for letter in letters:
            try:
                producer.send(LOAD_DEAD.name, letter.key, *encode(letter))
            except OversizedError:
                # Error and stack made it larger than the bus takes: its payload stays at its origin, where a retry finds it.
                producer.send(LOAD_DEAD.name, letter.key, *encode(msgspec.structs.replace(letter, payload=b"")))
        producer.flush()
