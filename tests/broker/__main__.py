"""`python -m tests.broker start|stop|status [--brokers N]`: a Kafka that stays until it is stopped."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from tests.broker.cluster import STOP_SECONDS, Cluster
from tests.broker.jars import NoBrokerError, cache


def _state() -> Path:
    return cache() / "running.json"


def _running() -> dict[str, Any] | None:
    """What was started and still runs, as far as it does."""
    if not _state().is_file():
        return None
    known: dict[str, Any] = json.loads(_state().read_text())
    known["pids"] = [pid for pid in known["pids"] if _is_ours(pid, known["folder"])]
    return known if known["pids"] else None


def _is_ours(pid: int, folder: str) -> bool:
    """Whether the process is still the broker that was started (its number may have been given to another since)."""
    try:
        return os.readlink(f"/proc/{pid}/cwd").startswith(folder)
    except OSError:
        return False


def start(brokers: int) -> int:
    """Start brokers and leave them running; print how to use them."""
    known = _running()
    if known and known["brokers"] == brokers and len(known["pids"]) == brokers:
        print(f"already running\nMARSAD_BUS={known['url']}")
        return 0
    if known:
        stop()
    folder = cache() / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    cluster = Cluster(folder, brokers)
    try:
        cluster.start()
    except BaseException:
        cluster.stop()
        raise
    pids = [node.pid for node in cluster.nodes]
    _state().write_text(json.dumps({"url": cluster.url, "brokers": brokers, "pids": pids, "folder": str(folder)}))
    print(f"Kafka with {brokers} broker{'s' * (brokers > 1)} is running; `python -m tests.broker stop` ends it")
    print(f"MARSAD_BUS={cluster.url}")
    return 0


def stop() -> int:
    """End what was started."""
    known = _running()
    if known is None:
        print("nothing is running")
        return 0
    for pid in known["pids"]:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while (left := [pid for pid in known["pids"] if _is_ours(pid, known["folder"])]) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    _state().unlink()
    print("stopped")
    return 0


def status() -> int:
    """Say what runs; 1 where nothing does."""
    known = _running()
    if known is None:
        print("no Kafka is running; `make kafka` starts one")
        return 1
    print(f"{len(known['pids'])} of {known['brokers']} brokers running (processes {', '.join(map(str, known['pids']))})\n"
          f"MARSAD_BUS={known['url']}")
    return 0


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.broker", description=__doc__)
    parser.add_argument("what", choices=("start", "stop", "status"))
    parser.add_argument("--brokers", type=int, default=1, choices=range(1, 6))
    options = parser.parse_args()
    try:
        return start(options.brokers) if options.what == "start" else stop() if options.what == "stop" else status()
    except NoBrokerError as error:
        print(f"tests.broker: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
