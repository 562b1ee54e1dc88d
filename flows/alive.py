"""A worker's metrics in, exit code 0 where each of its instances goes on asking for records out: a container's health check.

    python -m flows.alive [--instances N]
"""

from __future__ import annotations

import argparse
import sys
import time
import urllib.request
from typing import Final

from config.settings import settings
from flows.metrics import LAST_POLL

STILL_SECONDS: Final = 120.0
"""Longer than any record may take, its tries included; a worker that does not ask for more by then hangs."""
ANSWER_SECONDS: Final = 5.0


def trouble_at(port: int, host: str = "127.0.0.1") -> str | None:
    """What is wrong with the instance whose metrics are served there; None where nothing is."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/metrics", timeout=ANSWER_SECONDS) as answer:
            lines = answer.read().decode().splitlines()
    except OSError as error:
        return f"no metrics on port {port}: {error}"
    polls = [float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{LAST_POLL}{{")]
    if not polls:
        return f"port {port} tells of no worker"
    still = time.time() - max(polls)
    return f"the worker on port {port} last asked for records {still:.0f} s ago" if still > STILL_SECONDS else None


def main() -> int:
    """0 where all is well, else 1 with what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m flows.alive", description=__doc__)
    parser.add_argument("--instances", type=int, default=1)
    count = parser.parse_args().instances
    first = settings().metrics_port
    if not first:
        sys.stderr.write("set MARSAD_METRICS_PORT: the worker is judged by its metrics\n")
        return 1
    troubles = [told for number in range(count) if (told := trouble_at(first + number))]
    sys.stderr.write("".join(f"{told}\n" for told in troubles))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
