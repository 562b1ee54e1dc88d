"""Where records end that go no further."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pipeline.events.base import Event
from pipeline.events.pages import PageRef


class Rejected(Event, frozen=True, kw_only=True):
    """The expected end of a record that goes no further: counted by reason, never an error."""

    event_id: str
    stage: str
    reason: str
    """One of pipeline.outcome.Reason."""
    detail: str | None = None
    ref: PageRef


class DeadLetter(Event, frozen=True, kw_only=True):
    """A record that a stage could not read or work on, kept whole for replay."""

    event_id: str
    stage: str
    topic: str
    partition: int
    offset: int
    key: str
    payload: bytes
    headers: dict[str, str] = {}
    error: str
    stack: str
    failed_at: datetime
    attempts: int = 1


class DeadLetterMark(Event, frozen=True, kw_only=True):
    """A person dealt with a dead letter: it counts no longer."""

    letter_id: str
    mark: Literal["retried", "discarded"]
    marked_at: datetime
