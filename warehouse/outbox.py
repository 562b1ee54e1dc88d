"""Claim events not yet produced in, records on the topic claim-events out: after the commit, each event id for good.

A kill between flush and mark sends the same event id again, which the digest's ledger knows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from pipeline.bus import Bus
from pipeline.codec import encoded
from pipeline.events import ClaimEvent
from pipeline.topology import CLAIM_EVENTS
from warehouse.database import Connection, transaction
from warehouse.rows import dicts

AT_A_TIME: Final = 5000
WAITING: Final = "SELECT seq, claim_id, event::VARCHAR AS event FROM claim_events WHERE produced_at IS NULL ORDER BY seq LIMIT ?"


def deliver(con: Connection, bus: Bus) -> int:
    """Send what waits in the outbox, flush, then mark it sent; how many went. Raises BusError."""
    sent = 0
    while waiting := dicts(con, WAITING, [AT_A_TIME]):
        with bus.producer() as producer:
            for row in waiting:
                value, headers = encoded(row["event"].encode(), ClaimEvent)
                producer.send(CLAIM_EVENTS.name, row["claim_id"], value, headers)
            producer.flush()
        with transaction(con):
            con.execute(
                "UPDATE claim_events SET produced_at = ? WHERE produced_at IS NULL AND seq <= ?",
                [datetime.now(UTC), waiting[-1]["seq"]])
        sent += len(waiting)
    return sent
