"""Prefect on PostgreSQL: the file for `prefect deploy --all` deployed into a process pool, a run taken by a worker and done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.flows.command import MARSAD, SECONDS, Marsad, prefect_server
from tests.world import World
from tests.world.fixture import fresh_world

__all__ = ["fresh_world"]
PREFECT = str(MARSAD.with_name("prefect"))


@contextmanager
def worker(marsad: Marsad, environment: dict[str, str]) -> Iterator[None]:
    with (marsad.data / "worker.log").open("wb") as log:
        process = subprocess.Popen([PREFECT, "worker", "start", "--pool", "marsad"], env=environment, cwd=ROOT, stdout=log,
                                   stderr=log, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_of_a_deployed_crawl_is_done_by_a_worker(tmp_path: Path, fresh_world: World, postgres: str) -> None:
    with prefect_server(tmp_path / "server", postgres.replace("+psycopg", "+asyncpg")) as api:
        marsad = Marsad(tmp_path / "data", fresh_world.outlets, api)
        marsad.data.mkdir()
        environment = {**marsad.environment(), "PREFECT_HOME": str(tmp_path / "client"), "PYTHONPATH": str(ROOT)}

        def run(*command: str) -> str:
            done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS,
                                  check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        run(PREFECT, "work-pool", "create", "marsad", "--type", "process")
        file = tmp_path / "prefect.yaml"
        made = run(str(MARSAD.with_name("python")), "-c", "from flows.prefect_file import content; print(content())")
        # What a schedule began would cancel what is asked for here: never two runs of one deployment.
        file.write_text(made.replace("active: true", "active: false"))
        run(PREFECT, "--no-prompt", "deploy", "--all", "--prefect-file", str(file))
        outlet = sorted(fresh_world.bases)[0]
        with worker(marsad, environment):
            run(PREFECT, "deployment", "run", f"crawl/{outlet}", "--watch", "--watch-timeout", "200")
            run(PREFECT, "deployment", "run", "work/stages", "--watch", "--watch-timeout", "200")
            run(PREFECT, "deployment", "run", "load/warehouse", "--watch", "--watch-timeout", "200")
        asked = {one["outlet"] for one in fresh_world.requests()}
        assert outlet in asked
        request = urllib.request.Request(f"{api}/artifacts/filter", b"{}", {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            shown = {(one["key"], one["type"]) for one in json.load(answer)}
        assert {(f"crawl-{outlet.replace('_', '-')}", "table"), ("load", "table"), ("page", "markdown")} <= shown
        rows = marsad("sql", f"SELECT count(*) AS n FROM articles WHERE outlet = '{outlet}'", "--format", "json")
        assert json.loads(rows.out)["n"] > 0, (marsad.data / "worker.log").read_text()[-2000:]
