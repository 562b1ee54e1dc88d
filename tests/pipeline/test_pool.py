"""A page that hangs, crashes or exhausts the memory costs its own process and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from config.settings import ROOT
from pipeline.attempt import Failure
from pipeline.bus import Partition, Record
from pipeline.codec import encode
from pipeline.events import Article, RawPage, Rejected
from pipeline.outcome import Outcome
from pipeline.pool import Pool, PoolError
from tests.pipeline.deciders import broken, reader
from tests.pipeline.samples import page

CARRIES = (RawPage,)
OWNER = """
import threading
from pipeline.pool import Pool
from tests.pipeline.deciders import reader
from tests.pipeline.test_pool import CARRIES, record
pool = Pool(reader, 2, 60)
outcomes = pool.decide_all([record(0, "pid"), record(1, "pid"), record(2, "hang"), record(3, "hang"), record(4, "hang")],
                           CARRIES, threading.Event())
print(*{next(outcomes)[0].body for _ in range(2)}, flush=True)
next(outcomes)
"""


def record(number: int, content: str) -> Record:
    value, headers = encode(page(number, content))
    return Record(Partition("raw-pages", 0), number, "k", value, headers)


def outcomes(pool: Pool, *contents: str, stop: threading.Event | None = None) -> list[Outcome | Failure]:
    records = (record(number, content) for number, content in enumerate(contents))
    return list(pool.decide_all(records, CARRIES, stop or threading.Event()))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(reader, 2, seconds=1.0) as opened:
        yield opened


def test_results_come_in_the_order_of_the_records(pool: Pool) -> None:
    contents = ["slow" if number % 3 == 0 else f"text {number}" for number in range(20)]
    results = outcomes(pool, *contents)
    assert [isinstance(result, tuple) and isinstance(result[0], Article) and result[0].body for result in results] == contents


@pytest.mark.parametrize(("content", "says"), [
    ("hang", "Hung: not done within 1 s"),
    ("crash", "Crashed: its process died"),
    ("exit", "exit code 7"),
    ("exhaust", "MemoryError"),
    ("error", "ZeroDivisionError: unexpected"),
    ("terminal", "TerminalError: this page never"),
])
def test_a_bad_page_is_a_failure_and_the_pool_goes_on(pool: Pool, content: str, says: str) -> None:
    before, bad, *after = outcomes(pool, "one", content, "two", "three", "four", "reject")
    assert isinstance(bad, Failure)
    assert says in bad.error
    assert not bad.transient
    assert [type(result) for result in (before, *after)] == [tuple, tuple, tuple, tuple, Rejected]


def test_an_error_brings_its_stack_from_the_other_process(pool: Pool) -> None:
    (failure,) = outcomes(pool, "error")
    assert isinstance(failure, Failure)
    assert "deciders.py" in failure.stack


def test_a_stop_ends_it_within_a_second(pool: Pool) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    results = outcomes(pool, "one", "hang", "hang", "two", stop=stop)
    assert time.monotonic() - started < 1
    assert len(results) == 1
    assert len(outcomes(pool, "three")) == 1


def test_processes_are_replaced_after_some_records() -> None:
    with Pool(reader, 1, seconds=10, recycle_after=3) as pool:
        results = outcomes(pool, *["pid"] * 10)
    assert len({result[0].body for result in results if isinstance(result, tuple) and isinstance(result[0], Article)}) >= 3


def test_a_factory_that_fails_says_so_at_the_start() -> None:
    with pytest.raises(PoolError, match="no taxonomy there"):
        Pool(broken, 2, seconds=1)


def test_processes_end_with_a_killed_owner() -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    children = [int(pid) for pid in owner.stdout.readline().split()]
    assert children
    owner.send_signal(signal.SIGKILL)
    owner.wait(10)
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_alive(pid) for pid in children)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
