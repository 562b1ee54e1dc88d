"""A simulated week in: twelve outlets under a virtual clock, their troubles and ours; what it shows out.

    python -m tests.bench.week [--days 7 | --quick] [--bus kafka|embedded] [--state postgres|sqlite] [--folder DIR]

Our own due-and-coalesce function stands in for the scheduler, because Prefect lives on the wall clock. 1 where a crawl is missing
or doubled, an outlet was asked too soon, a trouble was not told within two intervals, a false alarm was told, or an article lost.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Only here: the processes that crawl import this module too, and shall not wait for all the rest.
    from tests.week.play import main

    sys.exit(main(__doc__))
