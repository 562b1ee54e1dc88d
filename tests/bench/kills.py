"""`marsad run` killed with SIGKILL at random moments, then run to the end: are the tables those of an undisturbed run?

    python -m tests.bench.kills [--kills 20] [--seed 1] [--folder DIR]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from config.settings import ROOT
from tests.bench.equality import counts, differences
from tests.world import World

MARSAD = Path(sys.executable).parent / "marsad"
RUN_SECONDS = 240


@dataclass(frozen=True)
class Outcome:
    """What a campaign saw."""

    kills: int
    finished_before_kill: int
    undisturbed_seconds: float
    rows: dict[str, int]
    differences: list[str]


def marsad(world: World, data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A `marsad` process over the world with a data folder of its own."""
    environment = {**os.environ, "MARSAD_DATA": str(data), "MARSAD_OUTLETS": str(world.outlets)}
    log = (data.parent / f"{data.name}.log").open("ab")
    with log:
        return subprocess.Popen([MARSAD, *arguments], env=environment, cwd=ROOT, stdout=log, stderr=log)


def campaign(folder: Path, kills: int, seed: int) -> Outcome:
    """One undisturbed run, and one that is killed `kills` times at moments drawn evenly over its length."""
    draw = random.Random(seed)
    early = 0
    with World(folder / "world") as world:
        started = time.monotonic()
        _finish(marsad(world, folder / "calm", "run"))
        length = time.monotonic() - started
        for number in range(kills):
            process = marsad(world, folder / "killed", "run", "--now")
            moment = draw.uniform(0.3, length)
            try:
                process.wait(timeout=moment)
                early += 1
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait(timeout=10)
            print(f"kill {number + 1}/{kills} after {moment:.1f} s", flush=True)
        _finish(marsad(world, folder / "killed", "run", "--now"))
    calm, killed = folder / "calm" / "marsad.duckdb", folder / "killed" / "marsad.duckdb"
    return Outcome(kills, early, length, counts(calm), differences(calm, killed))


def _finish(process: subprocess.Popen[bytes]) -> None:
    code = process.wait(timeout=RUN_SECONDS)
    if code != 0:
        raise SystemExit(f"`marsad run` ended with {code}: see the logs beside the data folders")


def main() -> int:
    """Run a campaign and print what it saw; 1 where the tables differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-kills-"))
    folder.mkdir(parents=True, exist_ok=True)
    seen = campaign(folder, options.kills, options.seed)
    print(f"{seen.kills} kills ({seen.finished_before_kill} came too late), undisturbed {seen.undisturbed_seconds:.1f} s, "
          f"rows {seen.rows}")
    for line in seen.differences:
        print("DIFFERENT", line)
    print("equal" if not seen.differences else "NOT EQUAL")
    return int(bool(seen.differences))


if __name__ == "__main__":
    sys.exit(main())
