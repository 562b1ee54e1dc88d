"""The compose file's `kafka` service in, a broker with exactly those settings on this machine out."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.broker.cluster import START_SECONDS, STOP_SECONDS
from tests.broker.jars import jars, java

NOT_PROPERTIES = {"KAFKA_HEAP_OPTS"}


def properties(environment: Mapping[str, object], folder: Path, broker: int, controller: int) -> str:
    """server.properties as the official image makes it from the environment, on loopback ports and below the folder."""
    lines = []
    for name, value in environment.items():
        if not name.startswith("KAFKA_") or name in NOT_PROPERTIES:
            continue
        text = str(value).replace("kafka:9092", f"127.0.0.1:{broker}").replace("kafka:9093", f"127.0.0.1:{controller}")
        text = text.replace("//:9092", f"//127.0.0.1:{broker}").replace("//:9093", f"//127.0.0.1:{controller}")
        lines.append(f"{name.removeprefix('KAFKA_').lower().replace('_', '.')}={re.sub('^/var/lib', str(folder), text)}\n")
    return "".join(lines)


@contextmanager
def broker_of(row: Mapping[str, Any], folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """Run it; host:port once its health check succeeds. Raises NoBrokerError where Kafka is not to be had here."""
    broker, controller = ports
    environment = row["environment"]
    folder.mkdir(parents=True)
    (folder / "server.properties").write_text(properties(environment, folder, broker, controller))
    command = [java(), *environment["KAFKA_HEAP_OPTS"].split(), "-cp", f"{jars()}/*"]
    format_ = ["kafka.tools.StorageTool", "format", f"--cluster-id={environment['CLUSTER_ID']}", "-c", "server.properties"]
    done = subprocess.run([*command, *format_], cwd=folder, capture_output=True, text=True, timeout=START_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with (folder / "server.log").open("wb") as log, \
            subprocess.Popen([*command, "kafka.Kafka", "server.properties"], cwd=folder, stdout=log, stderr=log) as process:
        try:
            _await_healthy(row, broker, process, folder / "server.log")
            yield f"127.0.0.1:{broker}"
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _await_healthy(row: Mapping[str, Any], port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    kind, *check = row["healthcheck"]["test"]
    assert kind == "CMD"
    here, deadline = [part.replace("9092", str(port)) for part in check], time.monotonic() + START_SECONDS
    while subprocess.run(here, capture_output=True, timeout=10, check=False).returncode:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        assert time.monotonic() < deadline, "the broker's health check does not succeed"
        time.sleep(0.5)
