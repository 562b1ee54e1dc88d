"""Decision functions for the tests of pool and worker; a page's content says what shall happen to it."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable

from pipeline.events import RawPage
from pipeline.outcome import Outcome, Reason, TerminalError, TransientError, reject
from tests.pipeline.samples import article


def read(page: RawPage) -> Outcome:
    if page.content in SAYS:
        return SAYS[page.content](page)
    return (article(page),)


def _hang(page: RawPage) -> Outcome:
    time.sleep(600)
    return ()


def _crash(page: RawPage) -> Outcome:
    ctypes.string_at(0)
    return ()


def _exit(page: RawPage) -> Outcome:
    os._exit(7)


def _exhaust(page: RawPage) -> Outcome:
    return (article(RawPage(ref=page.ref, content="x" * 20_000_000_000)),)


def _slow(page: RawPage) -> Outcome:
    time.sleep(0.05)
    return (article(page),)


def _pid(page: RawPage) -> Outcome:
    return (article(RawPage(ref=page.ref, content=str(os.getpid()))),)


def _raise(error: Exception) -> Callable[[RawPage], Outcome]:
    def fail(page: RawPage) -> Outcome:
        raise error
    return fail


SAYS: dict[str, Callable[[RawPage], Outcome]] = {
    "hang": _hang, "crash": _crash, "exit": _exit, "exhaust": _exhaust, "slow": _slow, "pid": _pid,
    "reject": lambda page: reject("extract", Reason.TOO_SHORT, page.ref),
    "empty": lambda page: (),
    "terminal": _raise(TerminalError("this page never")),
    "transient": _raise(TransientError("not now")),
    "error": _raise(ZeroDivisionError("unexpected")),
}


def reader() -> Callable[[RawPage], Outcome]:
    return read


def broken() -> Callable[[RawPage], Outcome]:
    raise FileNotFoundError("no taxonomy there")
