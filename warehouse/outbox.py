"""Claim events not yet produced in, records on the topic claim-events out: after the commit, each event id for good.

A kill between flush and mark sends the same event id again, which the digest's ledger knows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from pipeline.bus import Bus
from pipeline.codec import encode
from pipeline.events import ClaimEvent
from pipeline.topology import CLAIM_EVENTS
from warehouse.database import Connection, transaction
from warehouse.rows import dicts

AT_A_TIME: Final = 1000
WAITING: Final = "SELECT seq, event FROM claim_events WHERE produced_at IS NULL ORDER BY seq LIMIT ?"


def deliver(con: Connection, bus: Bus) -> int:
    """Send what waits in the outbox, flush, then mark it sent; how many went. Raises BusError."""
    sent = 0
    while waiting := dicts(con, WAITING, [AT_A_TIME]):
        with bus.producer() as producer:
            for row in waiting:
                event = msgspec.json.decode(row["event"], type=ClaimEvent)
                value, headers = encode(event)
                producer.send(CLAIM_EVENTS.name, event.claim_id, value, headers)
            producer.flush()
        with transaction(con):
            con.execute(
                "UPDATE claim_events SET produced_at = ? WHERE produced_at IS NULL AND seq <= ?",
                [datetime.now(UTC), waiting[-1]["seq"]])
        sent += len(waiting)
    return sent
