"""Readers who signed up by themselves: what they asked for, whether they confirmed it, and nothing once they left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Engine, Index, MetaData, RowMapping, String, Table, Text, delete, func, select, update

from pipeline.state.creation import create_missing

metadata = MetaData()
SUBSCRIBERS = Table(
    "subscribers", metadata,
    Column("digest", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("subscription", Text, nullable=False),
    Column("signed_up_at", String, nullable=False),
    Column("confirmed_at", String),
    Index("subscribers_by_address", "address"),
)
"""`digest` is the id of a digest of its own, as `s-` and hexadecimal digits; `subscription` is JSON of config.watch."""
SIGN_UPS = Table(
    "sign_ups", metadata,
    Column("reader", String, nullable=False),
    Column("at", String, nullable=False),
    Index("sign_ups_by_reader", "reader", "at"),
)
"""When a confirmation was asked for, by a keyed hash of the address: what limits the mails that others can have sent to it."""


@dataclass(frozen=True)
class Subscriber:
    """One subscription of one reader."""

    digest: str
    address: str
    subscription: str
    signed_up_at: datetime
    confirmed_at: datetime | None = None


class Subscribers:
    """The readers in one database. Raises sqlalchemy.exc.SQLAlchemyError where it cannot serve."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        create_missing(engine, metadata)

    def sign_up(self, one: Subscriber, reader: str, *, since: datetime, mails: int, subscriptions: int) -> bool:
        """Note the wish, unconfirmed. False, and nothing is noted, where the reader asked `mails` times since `since` or has
        `subscriptions` already."""
        at = _text(one.signed_up_at)
        asked = select(func.count()).select_from(SIGN_UPS).where(SIGN_UPS.c.reader == reader, SIGN_UPS.c.at > _text(since))
        held = select(func.count()).select_from(SUBSCRIBERS).where(SUBSCRIBERS.c.address == one.address)
        with self._engine.begin() as connection:
            connection.execute(delete(SIGN_UPS).where(SIGN_UPS.c.at <= _text(since)))
            if (connection.scalar(asked) or 0) >= mails or (connection.scalar(held) or 0) >= subscriptions:
                return False
            connection.execute(SIGN_UPS.insert().values(reader=reader, at=at))
            connection.execute(SUBSCRIBERS.insert().values(
                digest=one.digest, address=one.address, subscription=one.subscription, signed_up_at=at))
            return True

    def confirm(self, digest: str, at: datetime) -> Subscriber | None:
        """The reader said yes (again is no harm); None where there is no such wish any more."""
        with self._engine.begin() as connection:
            connection.execute(update(SUBSCRIBERS).where(
                SUBSCRIBERS.c.digest == digest, SUBSCRIBERS.c.confirmed_at.is_(None)).values(confirmed_at=_text(at)))
            row = connection.execute(select(SUBSCRIBERS).where(SUBSCRIBERS.c.digest == digest)).mappings().first()
        return _subscriber(row) if row else None

    def find(self, digest: str) -> Subscriber | None:
        """The subscription of that id."""
        with self._engine.connect() as connection:
            row = connection.execute(select(SUBSCRIBERS).where(SUBSCRIBERS.c.digest == digest)).mappings().first()
        return _subscriber(row) if row else None

    def confirmed(self) -> tuple[Subscriber, ...]:
        """All who said yes."""
        query = select(SUBSCRIBERS).where(SUBSCRIBERS.c.confirmed_at.is_not(None)).order_by(SUBSCRIBERS.c.digest)
        with self._engine.connect() as connection:
            return tuple(_subscriber(row) for row in connection.execute(query).mappings())

    def erase(self, digest: str) -> bool:
        """Forget the subscription and the address with it; False where it was gone."""
        with self._engine.begin() as connection:
            return connection.execute(delete(SUBSCRIBERS).where(SUBSCRIBERS.c.digest == digest)).rowcount > 0

    def erase_address(self, address: str) -> tuple[str, ...]:
        """Forget all subscriptions of an address; their ids."""
        with self._engine.begin() as connection:
            digests = tuple(connection.scalars(select(SUBSCRIBERS.c.digest).where(SUBSCRIBERS.c.address == address)))
            connection.execute(delete(SUBSCRIBERS).where(SUBSCRIBERS.c.address == address))
            return digests

    def forget_unconfirmed(self, before: datetime) -> int:
        """Drop wishes that nobody confirmed in time; how many."""
        with self._engine.begin() as connection:
            return connection.execute(delete(SUBSCRIBERS).where(
                SUBSCRIBERS.c.confirmed_at.is_(None), SUBSCRIBERS.c.signed_up_at < _text(before))).rowcount


def _subscriber(row: RowMapping) -> Subscriber:
    confirmed = row["confirmed_at"]
    return Subscriber(row["digest"], row["address"], row["subscription"], datetime.fromisoformat(row["signed_up_at"]),
                      datetime.fromisoformat(confirmed) if confirmed else None)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
