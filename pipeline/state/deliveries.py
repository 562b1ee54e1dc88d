"""The delivery ledger: what waits for each digest, which issue told it, and when that issue went out.

An outbox: the intention to send an issue, with its entries, is one transaction; then the issue is delivered; then it is
marked delivered. A crash leaves an issue unfinished, and the next run completes it under the same id. A change of a
claim has one row a digest, so it is told once, whatever is delivered again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    String,
    Table,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.codec import SCHEMA, decode, encode
from pipeline.events import ClaimEvent

metadata = MetaData()

ISSUES = Table(
    "issues", metadata,
    Column("issue_id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("run_id", String, nullable=False),
    Column("intended_at", String, nullable=False),
    Column("delivered_at", String),
    Index("issues_by_digest", "digest", "number", unique=True),
)
DELIVERIES = Table(
    "deliveries", metadata,
    Column("digest", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("claim_id", String, nullable=False),
    Column("change", String, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("issue_id", String),
    Column("received_at", String, nullable=False),
    Column("payload", LargeBinary),
    Index("deliveries_by_state", "digest", "state", "seq"),
    Index("deliveries_by_claim", "digest", "claim_id"),
    Index("deliveries_by_issue", "issue_id"),
)
"""`state`: pending; told (in `issue_id`); left_out (no news to this digest). Times are ISO 8601 in UTC, which sort as text."""

HEADERS = {"schema": str(SCHEMA)}


class LedgerError(Exception):
    """The ledger contradicts what is asked of it: another process sends the same digest. Nothing was changed."""


@dataclass(frozen=True)
class LedgerIssue:
    """An issue as the ledger knows it."""

    issue_id: str
    digest: str
    number: int
    """From 1, within the digest."""
    run_id: str
    intended_at: datetime
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class Delivery:
    """A change of a claim that an issue told."""

    claim_id: str
    change: str
    event: ClaimEvent | None
    """None once forgotten."""
    issue: LedgerIssue


class Ledger:
    """The ledger in one database. Raises sqlalchemy.exc.SQLAlchemyError where the database cannot serve."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        metadata.create_all(engine)

    def receive(self, taken: Iterable[tuple[str, ClaimEvent]], at: datetime) -> int:
        """Keep each (digest, event) as pending unless the ledger has it already; how many are new."""
        rows = [{
            "digest": digest, "event_id": event.event_id, "claim_id": event.claim_id, "change": event.change, "seq": event.seq,
            "state": "pending", "received_at": _text(at), "payload": encode(event)[0],
        } for digest, event in taken]
        with self._engine.begin() as connection:
            return sum(_insert_new(connection, row) for row in rows)

    def pending(self, digest: str, limit: int) -> tuple[ClaimEvent, ...]:
        """The oldest waiting events."""
        query = select(DELIVERIES.c.payload).where(
            DELIVERIES.c.digest == digest, DELIVERIES.c.state == "pending").order_by(DELIVERIES.c.seq).limit(limit)
        with self._engine.connect() as connection:
            return tuple(_event(payload) for payload in connection.scalars(query))

    def next_number(self, digest: str) -> int:
        """The number of the digest's next issue."""
        with self._engine.connect() as connection:
            return (connection.scalar(select(func.max(ISSUES.c.number)).where(ISSUES.c.digest == digest)) or 0) + 1

    def intend(self, issue: LedgerIssue, told: Collection[str]) -> None:
        """Record an issue that tells the waiting events of these ids, all or nothing. Raises LedgerError."""
        with self._engine.begin() as connection:
            connection.execute(ISSUES.insert().values(
                issue_id=issue.issue_id, digest=issue.digest, number=issue.number, run_id=issue.run_id,
                intended_at=_text(issue.intended_at)))
            _settle(connection, issue.digest, told, "told", issue.issue_id)

    def leave_out(self, digest: str, event_ids: Collection[str]) -> None:
        """Settle waiting events that are no news to the digest. Raises LedgerError."""
        with self._engine.begin() as connection:
            _settle(connection, digest, event_ids, "left_out", None)

    def unfinished(self, digest: str) -> tuple[LedgerIssue, ...]:
        """Issues intended and not delivered, in order."""
        query = select(ISSUES).where(ISSUES.c.digest == digest, ISSUES.c.delivered_at.is_(None)).order_by(ISSUES.c.number)
        with self._engine.connect() as connection:
            return tuple(_issue(row) for row in connection.execute(query).mappings())

    def last_issue(self, digest: str) -> LedgerIssue | None:
        """The latest issue, delivered or not."""
        return next(iter(self.issues_before(digest, self.next_number(digest), 1)), None)

    def issues_before(self, digest: str, number: int, limit: int) -> tuple[LedgerIssue, ...]:
        """The issues before `number`, newest first."""
        query = select(ISSUES).where(
            ISSUES.c.digest == digest, ISSUES.c.number < number).order_by(ISSUES.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(_issue(row) for row in connection.execute(query).mappings())

    def told_in(self, issue_id: str) -> tuple[ClaimEvent, ...]:
        """The events that an issue tells, but for what was forgotten."""
        query = select(DELIVERIES.c.payload).where(
            DELIVERIES.c.issue_id == issue_id, DELIVERIES.c.payload.is_not(None)).order_by(DELIVERIES.c.seq)
        with self._engine.connect() as connection:
            return tuple(_event(payload) for payload in connection.scalars(query))

    def told_before(self, digest: str, number: int, claim_ids: Collection[str]) -> tuple[Delivery, ...]:
        """What the digest's issues before `number` told of these claims, oldest first."""
        query = select(DELIVERIES, ISSUES).join(ISSUES, ISSUES.c.issue_id == DELIVERIES.c.issue_id).where(
            DELIVERIES.c.digest == digest, DELIVERIES.c.claim_id.in_(claim_ids), ISSUES.c.number < number,
        ).order_by(ISSUES.c.number, DELIVERIES.c.seq)
        with self._engine.connect() as connection:
            return tuple(_delivery(row) for row in connection.execute(query).mappings())

    def mark_delivered(self, issue_id: str, at: datetime) -> None:
        """The issue is out."""
        with self._engine.begin() as connection:
            connection.execute(update(ISSUES).where(
                ISSUES.c.issue_id == issue_id, ISSUES.c.delivered_at.is_(None)).values(delivered_at=_text(at)))

    def unsubscribe_all_but(self, digests: Collection[str]) -> int:
        """Drop what waits for digests that are no more; how many events."""
        with self._engine.begin() as connection:
            gone = DELIVERIES.c.state == "pending", DELIVERIES.c.digest.not_in(digests)
            return connection.execute(delete(DELIVERIES).where(*gone)).rowcount

    def forget(self, before: datetime) -> int:
        """Drop the content of what was settled before; that it was told stays known. How many rows."""
        with self._engine.begin() as connection:
            return connection.execute(update(DELIVERIES).where(
                DELIVERIES.c.state != "pending", DELIVERIES.c.payload.is_not(None),
                DELIVERIES.c.received_at < _text(before)).values(payload=None)).rowcount


def _insert_new(connection: Connection, row: dict[str, object]) -> int:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(insert(DELIVERIES).values(row).on_conflict_do_nothing()).rowcount


def _settle(connection: Connection, digest: str, event_ids: Collection[str], state: str, issue_id: str | None) -> None:
    settled = connection.execute(update(DELIVERIES).where(
        DELIVERIES.c.digest == digest, DELIVERIES.c.event_id.in_(event_ids), DELIVERIES.c.state == "pending",
    ).values(state=state, issue_id=issue_id)).rowcount
    if settled != len(event_ids):
        raise LedgerError(
            f"digest {digest!r}: {len(event_ids) - settled} of {len(event_ids)} events no longer wait: "
            "does another process send it?")


def _event(payload: bytes) -> ClaimEvent:
    return decode(payload, HEADERS, ClaimEvent)


def _issue(row: RowMapping) -> LedgerIssue:
    delivered = row["delivered_at"]
    return LedgerIssue(
        row["issue_id"], row["digest"], row["number"], row["run_id"], datetime.fromisoformat(row["intended_at"]),
        datetime.fromisoformat(delivered) if delivered else None)


def _delivery(row: RowMapping) -> Delivery:
    payload = row[DELIVERIES.c.payload]
    issue = LedgerIssue(row[ISSUES.c.issue_id], row[ISSUES.c.digest], row["number"], row["run_id"],
                        datetime.fromisoformat(row["intended_at"]))
    return Delivery(row["claim_id"], row["change"], _event(payload) if payload else None, issue)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
