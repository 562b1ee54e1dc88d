"""Arguments in, the sample press served until SIGTERM or SIGINT out.

    python -m tests.world --port 0 --outlets DIR [--truth FILE] [--now ISO]
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from tests.world import World


def main() -> int:
    """Serve, print one JSON line with the addresses, and wait."""
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="one port on every outlet's address; 0: any free one")
    parser.add_argument("--outlets", type=Path, required=True, help="folder to write the outlets' YAML into")
    parser.add_argument("--truth", type=Path, help="file to write the truth into (JSONL)")
    parser.add_argument("--now", type=_moment, help="start of the world (ISO 8601); default: now")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, World(Path(folder), options.now, options.port, options.outlets) as world:
        def stop(number: int, frame: FrameType | None) -> None:
            world.stopped.set()
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if options.truth:
            world.write_truth(options.truth)
        print(json.dumps({**world.bases, "__control__": world.control}), flush=True)
        world.stopped.wait()
    return 0


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
