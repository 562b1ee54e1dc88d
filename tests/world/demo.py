"""What `make demo` runs: the sample press on loopback, and the main job over it, as an operator would run it.

    python -m tests.world.demo [--bus embedded|kafka] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from config.settings import ROOT
from tests.world import World

MARSAD = Path(sys.executable).parent / "marsad"
BUSES = ("embedded", "kafka")


def main() -> int:
    """Serve the sample press, run the main job over it, and say where to look. The exit code is that of the job."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bus", choices=BUSES, default="embedded")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "demo")
    options = parser.parse_args()
    shutil.rmtree(options.data, ignore_errors=True)
    options.data.mkdir(parents=True)
    started = time.monotonic()
    with World(options.data / "world") as world:
        print(f"sample press: {len(world.bases)} outlets on this machine, no network is used")
        code = run(world, options.data, options.bus)
    _tell_where(options.data, time.monotonic() - started)
    return code


def run(world: World, data: Path, bus: str) -> int:
    """The main job over a sample press that is served, through a bus of that kind; its exit code."""
    environment = {**os.environ, "MARSAD_DATA": str(data), "MARSAD_OUTLETS": str(world.outlets)}
    with ExitStack() as stack:
        if bus == "kafka":
            from tests.broker.cluster import Cluster

            environment["MARSAD_BUS"] = stack.enter_context(Cluster(data / "kafka")).url
            print(f"broker: {environment['MARSAD_BUS']}", flush=True)
        return subprocess.run([MARSAD, "run"], env=environment, cwd=ROOT, check=False).returncode


def _tell_where(data: Path, seconds: float) -> None:
    place = data.relative_to(ROOT) if data.is_relative_to(ROOT) else data
    print(f"\ndone in {seconds:.0f} s. Everything lies in {place}; to look at it:\n"
          f"  export MARSAD_DATA={place} PATH=$PWD/.venv/bin:$PATH\n"
          '  marsad sql "FROM announcements_new"\n'
          '  marsad sql "FROM claims_disputed"\n'
          f"  ls {place}/digests        (open the .html in a browser)\n"
          "  marsad status; marsad --help")


if __name__ == "__main__":
    sys.exit(main())
