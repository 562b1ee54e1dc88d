"""The broker stops for a minute while pages are on their way: nothing is lost, nothing spins, nobody has to help."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.bus import open_bus
from pipeline.dead import open_counts
from pipeline.topology import PLACED, STAGES, TOPICS
from tests.bench.announcer import Announcer
from tests.bench.kafka_kills import Services, start, start_crawler
from tests.broker.cluster import Cluster
from tests.flows.command import Marsad

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(900)]
OUTAGE_SECONDS = 60.0
SETTLE_SECONDS = 3.0
"""After the broker stopped, for what is still in hand."""
MOST_CPU = 0.1
"""Share of a core that a process may take while there is no broker; one that spins takes all of it."""
RECOVERY_SECONDS = 240.0
START_SECONDS = 240.0
PAGES, PAUSE_SECONDS = 400, 0.1


def cpu(pid: int) -> float:
    """Seconds of CPU that a process, its living children and those it has waited for have used; 0 once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu(int(child)) for child in children)


def articles(snapshot: Path) -> tuple[int, int]:
    """Rows, and different articles among them."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        row = con.execute("SELECT count(*), count(DISTINCT article_id) FROM articles").fetchone()
        assert row is not None
        return int(row[0]), int(row[1])


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for it."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.1)


def used_during_outage(cluster: Cluster, processes: dict[str, int]) -> dict[str, float]:
    """Stop the broker's time for a minute; the share of a core that each process took meanwhile."""
    cluster.freeze(cluster.nodes[0])
    try:
        time.sleep(SETTLE_SECONDS)
        before = {name: cpu(pid) for name, pid in processes.items()}
        time.sleep(OUTAGE_SECONDS - SETTLE_SECONDS)
        return {name: (cpu(pid) - before[name]) / (OUTAGE_SECONDS - SETTLE_SECONDS) for name, pid in processes.items()}
    finally:
        cluster.thaw(cluster.nodes[0])


def in_mid_run(marsad: Marsad, announcer: Announcer, placed: Callable[[], int],
               ) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """Start the crawl and, once articles come through, the load; slowly, so that all are at work for as long as that takes."""
    announcer.next_batch()
    announcer.pause = PAUSE_SECONDS
    crawl = start_crawler(marsad, announcer.outlet)
    until(lambda: placed() > 0, START_SECONDS)
    load = start(marsad, "load")
    until((marsad.data / "warehouse" / "writer.duckdb").exists, START_SECONDS)
    so_far = placed()
    until(lambda: placed() > so_far + 20, START_SECONDS)
    assert crawl.poll() is None, "the pages came too fast for this test"
    return crawl, load


def test_a_broker_that_stops_for_a_minute(tmp_path: Path, own_kafka: Cluster, prefect_api: str) -> None:
    with Announcer(tmp_path / "outlets", PAGES) as announcer, open_bus(own_kafka.url, str(tmp_path / "data")) as bus:
        marsad = Marsad(tmp_path / "data", announcer.outlets, prefect_api, {"bus": own_kafka.url, "extract_processes": "1"})
        marsad.data.mkdir()
        bus.ensure(TOPICS)
        services = Services(marsad)
        try:
            crawl, load = in_mid_run(marsad, announcer, lambda: sum(bus.end_offsets(PLACED.name).values()))
            shares = used_during_outage(own_kafka, {**services.pids, "crawl": crawl.pid, "load": load.pid})
            announcer.pause = 0.0
            print(f"share of a core without a broker: {shares}")
            finished(marsad, announcer, {"crawl": crawl, "load": load},
                     lambda: any(lag.waiting for stage in STAGES for lag in bus.lag(stage.group, stage.consumes.names())))
            assert crawl.poll() == 0, "the crawl did not outlast the outage"
            assert services.ended == []
        finally:
            services.stop()
        assert articles(marsad.data / "marsad.duckdb") == (PAGES, PAGES)
        assert open_counts(bus).total() == 0
        assert {name: share for name, share in shares.items() if share > MOST_CPU} == {}, f"a busy loop: {shares}"


def finished(marsad: Marsad, announcer: Announcer, running: dict[str, subprocess.Popen[bytes]], waiting: Callable[[], bool],
             ) -> None:
    """See crawl and load to their ends, running them again as their schedules would, until all pages are in the warehouse."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < deadline:
        if running["load"].poll() == 0 and articles(marsad.data / "marsad.duckdb")[0] >= announcer.announced:
            return
        if running["crawl"].poll() not in (None, 0):
            running["crawl"] = start_crawler(marsad, announcer.outlet)
        if running["load"].poll() is not None and running["crawl"].poll() == 0 and not waiting():
            running["load"] = start(marsad, "load")
        time.sleep(0.2)
    pytest.fail(f"not recovered {RECOVERY_SECONDS:.0f} s after the broker came back")
