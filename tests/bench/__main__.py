"""Names of benchmarks in, each run one after another with its output between headings out.

    python -m tests.bench [NAME ...]       without names: all of them, an hour or so; figures worth keeping go to RESULTS.md
"""

from __future__ import annotations

import subprocess
import sys

SHARED = "../shared"
BENCHES: dict[str, tuple[str, ...]] = {
    "bus": ("--records", "6000"),
    "lanes": (),
    "instances": (),
    "memory": (),
    "extraction": (),
    "real_pages": (),
    "facts": ("--half", "dev"),
    "labels": ("develop",),
    "claims": (SHARED,),
    "neardup": (SHARED,),
    "warehouse": ("100000",),
    "press_run": (),
    "kills": ("--kills", "20"),
    "mail_kills": (),
    "page_load": (),
    "page_queries": ("100000",),
    "kafka_kills": ("--runs", "10"),
}
"""Each with its usual arguments; `python -m tests.bench.NAME --help` tells of others."""


def main() -> int:
    """Run those named; the number that failed."""
    chosen = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in chosen if name not in BENCHES]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
        return 2
    failed = 0
    for name in chosen:
        command = [sys.executable, "-m", f"tests.bench.{name}", *BENCHES[name]]
        print(f"\n== {' '.join(command[1:])}", flush=True)
        failed += subprocess.run(command, check=False).returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
