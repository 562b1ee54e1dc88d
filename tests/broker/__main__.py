"""`python -m tests.broker start|stop|status [--brokers N]`: a Kafka that stays until it is stopped (`make kafka`)."""

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

from tests.broker.cluster import HEAP, STOP_SECONDS, Cluster
from tests.broker.jars import KAFKA, NoBrokerError, cache, jars, place


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
        print(f"Kafka with {_brokers(brokers)} runs already\n{_usage(known['url'])}")
        return 0
    if known:
        print(f"ending the Kafka with {_brokers(known['brokers'])} that runs ...", flush=True)
        stop()
    if not place().is_dir():
        print(f"fetching Kafka {KAFKA} from Maven Central to {place()} (once, some minutes) ...", flush=True)
        jars()
    megabytes = HEAP[1].removeprefix("-Xmx").removesuffix("m")
    print(f"starting {_brokers(brokers)}, empty, with {megabytes} MB of heap each ...", flush=True)
    folder = cache() / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    cluster = Cluster(folder, brokers)
    try:
        cluster.start()
        pids = [node.pid for node in cluster.nodes]
        _state().write_text(json.dumps({"url": cluster.url, "brokers": brokers, "pids": pids, "folder": str(folder)}))
    except BaseException:
        cluster.stop()
        raise
    print(f"Kafka with {_brokers(brokers)} is running until `make kafka BROKERS=0`; its logs: {folder}/node-*/server.log\n"
          f"{_usage(cluster.url)}")
    return 0


def _brokers(count: int) -> str:
    return f"{count} broker{'s' * (count > 1)}"


def _usage(url: str) -> str:
    return f"  export MARSAD_BUS={url}"


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
    print(f"{len(known['pids'])} of {_brokers(known['brokers'])} running (processes {', '.join(map(str, known['pids']))})\n"
          f"{_usage(known['url'])}")
    return 0


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.broker", description=__doc__)
    parser.add_argument("what", choices=("start", "stop", "status"))
    parser.add_argument("--brokers", type=int, default=1, choices=range(6), help="0: the same as stop")
    options = parser.parse_args()
    try:
        if options.what == "start" and options.brokers:
            return start(options.brokers)
        return status() if options.what == "status" else stop()
    except KeyboardInterrupt:
        print("tests.broker: interrupted; what had been started has been ended", file=sys.stderr)
        return 130
    except NoBrokerError as error:
        print(f"tests.broker: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
