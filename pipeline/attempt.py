"""A record in, what became of it out: decoded and decided on, with every error turned into a Failure.

Runs in the worker, or in a process of the pool: this is the one place where any exception is caught.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event as Flag
from typing import Any, Final, Protocol, runtime_checkable

from pipeline.bus import Record
from pipeline.codec import decode
from pipeline.events import Event
from pipeline.outcome import Outcome, TransientError

MAX_ERROR: Final = 1_000
MAX_STACK: Final = 8_000
"""Characters; the end of a stack says most."""

Decide = Callable[[Any], Outcome]
"""A stage: its event in, events to pass on or a Rejected out. Each takes its own type of event, hence Any."""
Carried = tuple[type[Event], ...]


@dataclass(frozen=True)
class Failure:
    """Why a record could not be worked on. `transient`: it may succeed later."""

    error: str
    stack: str
    transient: bool = False


@runtime_checkable
class DecidesMany(Protocol):
    """A decision on many records at once (pipeline.pool)."""

    def decide_all(self, records: Iterable[Record], carries: Carried, stop: Flag) -> Iterator[Outcome | Failure]:
        """What became of each record, in their order; ends early once `stop` is set."""


@dataclass(frozen=True)
class OneByOne:
    """A plain function on each record in turn, in this process."""

    decide: Decide

    def decide_all(self, records: Iterable[Record], carries: Carried, stop: Flag) -> Iterator[Outcome | Failure]:
        """What became of each record, in their order; ends early once `stop` is set."""
        for record in records:
            if stop.is_set():
                return
            yield attempt(self.decide, carries, record.value, record.headers)


def attempt(decide: Decide, carries: Carried, value: bytes, headers: Mapping[str, str]) -> Outcome | Failure:
    """Decode the record and decide on it. Never raises for what a record contains."""
    try:
        return decide(decode(value, headers, carries))
    except TransientError as error:
        return _failure(error, transient=True)
    except Exception as error:
        # The one broad except of the code base: one bad page out of millions must not stop the others.
        return _failure(error, transient=False)


def _failure(error: Exception, *, transient: bool) -> Failure:
    text = f"{type(error).__name__}: {error}"
    return Failure(text[:MAX_ERROR], "".join(traceback.format_exception(error))[-MAX_STACK:], transient)
