"""A press world (../shared/press) in, how completely and politely it is crawled out; outlets are drafted, not written by hand.

    python -m tests.bench.press [--chaos] [--n 300] [--seconds 240] [--keep DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.settings import ROOT
from pipeline.urls import article_id, canonical_url
from tests.bench.press_run import press_world
from tests.crawlers.desk import CrawlDesk

PORT = 8800


def main() -> int:
    """Measure and print; 0 where at least 95 % of the articles arrived and nothing forbidden was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--keep", type=Path, help="folder for data and outlets (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with press_world(folder, options) as bases:
            _draft_all(bases, folder)
            desk = CrawlDesk(folder / "data", folder / "outlets")
            for number in (1, 2):
                started = time.monotonic()
                reports = desk.crawl(seconds=options.seconds, force=number > 1)
                told = [sum(getattr(one, name) for one in reports.values()) for name in ("requests", "pages", "not_modified")]
                print("\nround {}: {:.0f} s, {} requests, {} pages, {} not modified".format(
                    number, time.monotonic() - started, *told))
                for name, report in reports.items():
                    if number == 1 or report.state != "completed" or report.pages:
                        print(f"  {name:14} {report}")
        return _tell(desk, [json.loads(line) for line in (folder / "truth.jsonl").open()])


def _draft_all(bases: dict[str, str], folder: Path) -> None:
    (folder / "outlets").mkdir(exist_ok=True)

    def one(item: tuple[str, str]) -> None:
        name, base = item
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from config.settings import settings; from crawlers.draft import draft; "
             "print(draft(sys.argv[1], settings()))", base], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "MARSAD_DATA": str(folder / "drafts")})
        (folder / "outlets" / f"{name}.yml").write_text(done.stdout, encoding="utf-8")
        kinds = Counter(re.findall(r"kind: (\w+)", done.stdout))
        print(f"drafted {name:14} {time.monotonic() - started:4.1f} s {dict(kinds)} {done.stderr.strip()[-300:]}", flush=True)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(one, bases.items()))


def _tell(desk: CrawlDesk, truth: list[dict[str, Any]]) -> int:
    pages, fetches = desk.pages(), desk.fetches()
    got = {page.ref.article_id for page in pages if page.ref.status == 200}
    online = [row for row in truth if row["kind"] == "article" and row["visible_from"] <= "2026-01-20T09:00:00+01:00"]
    allowed = [row for row in online if not row["robots_disallowed"]]
    missing = [row for row in allowed if article_id(canonical_url(row["url"])) not in got]
    asked = {fetch.url for fetch in fetches if not fetch.outcome.startswith("refused:")}
    forbidden = sorted(row["url"] for row in truth if row.get("robots_disallowed") and row["url"] in asked)
    hosts = {urlsplit(row["url"]).netloc for row in truth if row["kind"] == "home"}
    off = sorted(url for url in asked if urlsplit(url).netloc not in hosts)
    known = {article_id(canonical_url(row["url"])): row["kind"] for row in truth if row["kind"] != "off_outlet"}
    others = Counter(known.get(page.ref.article_id, "unknown") for page in pages if page.ref.status == 200)
    print(f"\narticles {len(allowed)} (and {len(online) - len(allowed)} disallowed), arrived {len(allowed) - len(missing)} "
          f"= {100 * (1 - len(missing) / len(allowed)):.1f} %; pages by kind {dict(others)}")
    print(f"forbidden asked for: {forbidden or 'none'}; off-outlet asked for: {off or 'none'}")
    outcomes = Counter(f"{fetch.purpose} {fetch.outcome.split('(')[0].strip()}" for fetch in fetches)
    print("outcomes:", dict(outcomes.most_common(40)))
    for name, count in Counter(row["outlet"] for row in missing).items():
        print(f"  missing {count} of {name}: {[row['url'] for row in missing if row['outlet'] == name][:3]}")
    _tell_politeness(desk)
    return int(bool(forbidden or off) or len(missing) > 0.05 * len(allowed))


def _tell_politeness(desk: CrawlDesk) -> None:
    """The shortest time between two requests to a host, as recorded, against its delay."""
    by_host: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for fetch in desk.fetches():
        if fetch.status is not None:
            by_host[urlsplit(fetch.url).netloc].append((fetch.fetched_at.timestamp(), fetch.crawl_delay or 0.0))
    for host, rows in sorted(by_host.items()):
        rows.sort()
        gaps = [later[0] - earlier[0] for earlier, later in pairwise(rows)]
        delay = max(delay for _, delay in rows)
        print(f"  {host}: {len(rows)} requests, shortest gap {min(gaps, default=0):.3f} s, delay {delay}")


if __name__ == "__main__":
    sys.exit(main())
