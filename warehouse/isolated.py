"""A function and its arguments in, its result out, worked out in a process with limits of time and memory."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any, Final

PRELOADED: Final = ["__main__", "warehouse.read"]
"""Imported once by the server that the processes are forked from, and then by none of them."""
FAILED: Final = "the query was ended by a failure of its process (out of memory, most likely): ask for less"


def in_own_process(work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, memory: int) -> Any:
    """What `work` returns; None where it took longer than `seconds`, FAILED where its process died.

    `memory` is in bytes of address space. Function, arguments and result must be picklable.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return _run(context, work, arguments, seconds, memory)


def _run(context: ForkServerContext, work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, memory: int) -> Any:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, work, arguments, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(seconds) else None
    except EOFError:
        return FAILED
    finally:
        ours.close()
        process.kill()
        process.join(10)


def _work(answer: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(BrokenPipeError):
        answer.send(work(*arguments))
    answer.close()
