"""Records in, outcomes in the same order out, decided in processes that can be killed.

One page may hang a parser, exhaust the memory or crash the interpreter: it then costs its own process, becomes a Failure
that says so, and the others go on. Each process is replaced after a number of pages, so that what leaks stays bounded.
"""

from __future__ import annotations

import os
import resource
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import TimeoutError as Expired
from concurrent.futures import wait
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event as Flag
from typing import Final, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.attempt import Carried, Decide, Failure, attempt
from pipeline.bus import Record
from pipeline.outcome import Outcome

Factory = Callable[[], Decide]
"""Makes the decision function inside each process; must be picklable (a module's function, or functools.partial of one)."""

START_SECONDS: Final = 120.0
"""Limit for the first process to be ready (imports, taxonomies)."""
RECYCLE_AFTER: Final = 500
"""Records a process decides on before it is replaced."""
MEMORY_BYTES: Final = 3_000_000_000
"""Address space of a process: beyond it the page fails with MemoryError, before the system looks for something to kill."""
LOOK_AT_STOP: Final = 0.2
AHEAD: Final = 8
"""Records handed out per process. Their order is kept: while one slow page is waited for, the other processes need work (two
processes on real pages: 1.84 times one with two ahead, 1.91 with eight)."""


class PoolError(Exception):
    """The processes could not be started; the message says why."""


class Pool:
    """A fixed number of processes, each with its own decision function. Close it after use."""

    def __init__(self, factory: Factory, processes: int, seconds: float, *, recycle_after: int = RECYCLE_AFTER,
                 memory_bytes: int = MEMORY_BYTES) -> None:
        """`seconds`: limit for one record. Raises PoolError where the factory fails."""
        self._processes, self._seconds = processes, seconds
        # Not fork: this process has threads. The server imports what the factory needs once; its children then start at once.
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__, getattr(factory, "func", factory).__module__])
        reader, self._writer = context.Pipe(duplex=False)
        self._pool = ProcessPool(max_workers=processes, max_tasks=recycle_after, context=context,
                                 initializer=_begin, initargs=(factory, memory_bytes, reader))
        self._expect_ready()

    def _expect_ready(self) -> None:
        """Raises PoolError with what the factory raised (a missing file, say), whatever that was."""
        ready = self._pool.schedule(_ready, timeout=START_SECONDS)
        wait([ready], START_SECONDS + 1)
        error = ready.exception(0) if ready.done() else Expired("no process came up")
        if error is not None:
            self.close()
            raise PoolError(f"the processes that read pages cannot start: {type(error).__name__}: {error}") from error

    def decide_all(self, records: Iterable[Record], carries: Carried, stop: Flag) -> Iterator[Outcome | Failure]:
        """What became of each record, in their order, with few in hand at a time; ends early once `stop` is set."""
        waiting: deque[ProcessFuture[Outcome | Failure]] = deque()
        try:
            for record in records:
                arguments = (carries, record.value, dict(record.headers))
                waiting.append(self._pool.schedule(_work, args=arguments, timeout=self._seconds))
                if len(waiting) >= AHEAD * self._processes:
                    yield from self._next(waiting, stop)
                if stop.is_set():
                    return
            while waiting and not stop.is_set():
                yield from self._next(waiting, stop)
        finally:
            for future in waiting:
                future.cancel()  # type: ignore[no-untyped-call]  # pebble does not type it

    def _next(self, waiting: deque[ProcessFuture[Outcome | Failure]], stop: Flag) -> Iterator[Outcome | Failure]:
        """The oldest result, or nothing once `stop` is set."""
        while not stop.is_set():
            if wait([waiting[0]], LOOK_AT_STOP).done:
                yield self._result(waiting.popleft())
                return

    def _result(self, future: ProcessFuture[Outcome | Failure]) -> Outcome | Failure:
        try:
            return future.result()
        except Expired:
            return Failure(f"Hung: not done within {self._seconds:g} s, its process was killed", "")
        except ProcessExpired as error:
            return Failure(f"Crashed: its process died (exit code {error.exitcode}: memory exhausted or interpreter crash)", "")

    def close(self) -> None:
        """Kill the processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble does not type it
        self._pool.join()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _begin(factory: Factory, memory_bytes: int, owner: Connection) -> None:
    """First thing in a new process."""
    _Here.factory = factory
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    threading.Thread(target=_end_with, args=(owner,), daemon=True).start()


def _end_with(owner: Connection) -> None:
    """End this process when the worker is gone: SIGKILL leaves it no time to say so, but closes its end of a pipe."""
    owner.poll(None)
    os._exit(0)


class _Here:
    """What this process of the pool was started for."""

    factory: Factory
    decide: Decide | None = None

    @classmethod
    def function(cls) -> Decide:
        if cls.decide is None:
            cls.decide = cls.factory()
        return cls.decide


def _ready() -> None:
    _Here.function()


def _work(carries: Carried, value: bytes, headers: Mapping[str, str]) -> Outcome | Failure:
    return attempt(_Here.function(), carries, value, headers)
