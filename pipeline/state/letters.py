"""What goes to readers by mail, webhook or another channel: queued once an issue and reader, and what became of it.

A letter is taken for a while before it is sent, so that two senders never hold the same one; a crash between the server's
answer and the note of it lets it be taken again, under the same message id. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Index,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.state.creation import create_missing

Channel = Literal["mail", "webhook", "apprise"]
State = Literal["waiting", "sent", "refused", "given_up"]
metadata = MetaData()

BODIES = Table(
    "letter_bodies", metadata,
    Column("issue_id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("language", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("written_at", String, nullable=False),
)
LETTERS = Table(
    "letters", metadata,
    Column("issue_id", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("address", String, primary_key=True),
    Column("domain", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", String, nullable=False),
    Column("queued_at", String, nullable=False),
    Column("settled_at", String),
    Column("detail", Text),
    Index("letters_by_state", "state", "next_at"),
    Index("letters_by_domain", "domain", "settled_at"),
    Index("letters_by_address", "address"),
)
OPT_OUTS = Table(
    "opt_outs", metadata,
    Column("digest", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Column("at", String, nullable=False),
)
"""Who no longer wants a digest of digests.yml, by a keyed hash of the address."""


@dataclass(frozen=True)
class Body:
    """An issue as it is sent; the same for all of its readers."""

    issue_id: str
    digest: str
    language: str
    subject: str
    html: str
    text: str
    data: str
    """The issue as JSON, for webhooks."""
    written_at: datetime


@dataclass(frozen=True)
class Letter:
    """An issue for one reader."""

    body: Body
    channel: Channel
    address: str
    attempts: int
    """This one included."""
    queued_at: datetime


class Letters:
    """The queue in one database. Raises sqlalchemy.exc.SQLAlchemyError where it cannot serve."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        create_missing(engine, metadata)

    def queue(self, body: Body, to: Iterable[tuple[Channel, str, str]]) -> int:
        """Queue the issue for each (channel, address, domain) that has it not yet; how many are new. All or nothing."""
        at = _text(body.written_at)
        row = {name: getattr(body, name) for name in ("issue_id", "digest", "language", "subject", "html", "text", "data")}
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        with self._engine.begin() as connection:
            connection.execute(insert(BODIES).values(**row, written_at=at).on_conflict_do_nothing())
            return sum(connection.execute(insert(LETTERS).values(
                issue_id=body.issue_id, channel=channel, address=address, domain=domain, state="waiting", attempts=0,
                next_at=at, queued_at=at).on_conflict_do_nothing()).rowcount for channel, address, domain in to)

    def take(
        self, now: datetime, lease: timedelta, *, busy: Collection[str] = (), closed: Collection[Channel] = (),
    ) -> Letter | None:
        """The letter that has waited longest, held for `lease`; None where none is due. Domains in `busy` and channels in
        `closed` are passed over."""
        wanted = (LETTERS.c.state == "waiting") & (LETTERS.c.next_at <= _text(now)) & LETTERS.c.domain.not_in(
            list(busy)) & LETTERS.c.channel.not_in(list(closed))
        query = select(LETTERS, BODIES).join(BODIES, BODIES.c.issue_id == LETTERS.c.issue_id).where(wanted).order_by(
            LETTERS.c.next_at, LETTERS.c.address).limit(1)
        with self._engine.connect() as connection:
            found = connection.execute(query).mappings().first()
        if found is None:
            return None
        with self._engine.begin() as connection:
            held = connection.execute(update(LETTERS).where(*_key(found), LETTERS.c.next_at == found[LETTERS.c.next_at]).values(
                next_at=_text(now + lease), attempts=LETTERS.c.attempts + 1)).rowcount
        return _letter(found) if held else self.take(now, lease, busy=busy, closed=closed)

    def settle(self, letter: Letter, state: State, at: datetime, detail: str = "") -> None:
        """What became of it, for good."""
        self._set(letter, state=state, settled_at=_text(at), detail=detail[:500])

    def delay(self, letter: Letter, until: datetime, detail: str) -> None:
        """It goes again at `until`."""
        self._set(letter, next_at=_text(until), detail=detail[:500])

    def put_back(self, letter: Letter, until: datetime) -> None:
        """It was not tried after all; it is its turn again at `until`."""
        self._set(letter, next_at=_text(until), attempts=letter.attempts - 1)

    def sent_since(self, domain: str, since: datetime) -> int:
        """How many letters the domain took."""
        query = select(func.count()).select_from(LETTERS).where(
            LETTERS.c.domain == domain, LETTERS.c.state == "sent", LETTERS.c.settled_at > _text(since))
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def states(self) -> dict[str, int]:
        """Letters by state."""
        query = select(LETTERS.c.state, func.count()).group_by(LETTERS.c.state)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def last_states(self, address: str, limit: int) -> tuple[str, ...]:
        """How the last letters to an address ended, newest first."""
        query = select(LETTERS.c.state).where(LETTERS.c.address == address, LETTERS.c.settled_at.is_not(None)).order_by(
            LETTERS.c.settled_at.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def mails(self) -> Iterator[tuple[str, str, str]]:
        """Issue, digest and address of each letter that a mail server took or refused."""
        query = select(LETTERS.c.issue_id, BODIES.c.digest, LETTERS.c.address).join(
            BODIES, BODIES.c.issue_id == LETTERS.c.issue_id).where(
                LETTERS.c.channel == "mail", LETTERS.c.settled_at.is_not(None))
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                yield row[0], row[1], row[2]

    def refuse(self, issue_id: str, address: str, at: datetime, detail: str) -> None:
        """A letter that was taken came back for good."""
        with self._engine.begin() as connection:
            connection.execute(update(LETTERS).where(
                LETTERS.c.issue_id == issue_id, LETTERS.c.channel == "mail", LETTERS.c.address == address).values(
                    state="refused", settled_at=_text(at), detail=detail[:500]))

    def refused(self, address: str) -> int:
        """How many letters to the address were refused, of those that are kept."""
        query = select(func.count()).select_from(LETTERS).where(LETTERS.c.address == address, LETTERS.c.state == "refused")
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def opt_out(self, digest: str, reader: str, at: datetime) -> None:
        """The reader wants this digest no longer."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        with self._engine.begin() as connection:
            connection.execute(insert(OPT_OUTS).values(digest=digest, reader=reader, at=_text(at)).on_conflict_do_nothing())

    def opted_out(self, digest: str) -> frozenset[str]:
        """Who wants this digest no longer."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(OPT_OUTS.c.reader).where(OPT_OUTS.c.digest == digest)))

    def drop(self, digest: str, address: str | None = None) -> int:
        """Forget a digest's letters (to an address), sent or not; how many."""
        issues = select(BODIES.c.issue_id).where(BODIES.c.digest == digest)
        chosen = [LETTERS.c.issue_id.in_(issues)] + ([LETTERS.c.address == address] if address else [])
        with self._engine.begin() as connection:
            return connection.execute(delete(LETTERS).where(*chosen)).rowcount

    def forget(self, before: datetime) -> int:
        """Drop letters settled before, and bodies that no letter needs any more; how many letters."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(LETTERS).where(LETTERS.c.settled_at < _text(before))).rowcount
            connection.execute(delete(BODIES).where(
                BODIES.c.issue_id.not_in(select(LETTERS.c.issue_id)), BODIES.c.written_at < _text(before)))
            return gone

    def _set(self, letter: Letter, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(LETTERS).where(
                LETTERS.c.issue_id == letter.body.issue_id, LETTERS.c.channel == letter.channel,
                LETTERS.c.address == letter.address).values(**values))


def _key(row: RowMapping) -> tuple[ColumnElement[bool], ...]:
    return (LETTERS.c.issue_id == row[LETTERS.c.issue_id], LETTERS.c.channel == row["channel"],
            LETTERS.c.address == row["address"], LETTERS.c.state == "waiting")


def _letter(row: RowMapping) -> Letter:
    body = Body(row[BODIES.c.issue_id], row["digest"], row["language"], row["subject"], row["html"], row["text"], row["data"],
                datetime.fromisoformat(row["written_at"]))
    return Letter(body, row["channel"], row["address"], row["attempts"] + 1, datetime.fromisoformat(row["queued_at"]))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
