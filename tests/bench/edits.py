"""A press world (../shared/press) whose clock is moved on in, how many of its edits and withdrawals the crawl brings home out.

    python -m tests.bench.edits [--n 300] [--port 8950] [--folder DIR]

Outlets are drafted. A crawl, then one after each step of the clock (1 h, a day, a week); after each, the newest page of every
article must be what the outlet shows then.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.events import RawPage
from pipeline.urls import article_id, canonical_url
from tests.bench.press_run import draft_all, press_world
from tests.crawlers.desk import CrawlDesk
from tests.world.visit import page_text, squeeze

STEPS = (1.2, 24.0, 168.0)
"""Hours; each a little more than the age at which articles are visited again."""
Row = Mapping[str, Any]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--port", type=int, default=8950)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="marsad-edits-"))
    folder.mkdir(parents=True, exist_ok=True)
    with press_world(folder, options) as bases:
        if not (folder / "outlets").exists():
            draft_all(bases, folder)
        drop_undrafted(folder / "outlets")
        desk = CrawlDesk(folder / "data", folder / "outlets")
        control = f"http://127.0.0.1:{options.port + 1}/__world"
        desk.crawl(seconds=options.seconds)
        first = {page.ref.article_id for page in desk.pages()}
        truth = [row for row in map(json.loads, (folder / "truth.jsonl").open(encoding="utf-8")) if row["kind"] == "article"]
        watched = {key: row for row in truth if (key := article_id(canonical_url(row["url"]))) in first}
        print(f"{len(bases)} outlets, {len(watched)} articles at first")
        for hours in STEPS:
            asked = urllib.request.Request(f"{control}/advance?hours={hours}", method="POST")
            now = datetime.fromisoformat(json.loads(urllib.request.urlopen(asked, timeout=10).read())["now"])
            reports = desk.crawl(seconds=options.seconds, force=True)
            print({name: str(one) for name, one in reports.items() if one.state != "completed"})
            tell(hours, now, watched, desk.pages())
    return 0


def drop_undrafted(outlets: Path) -> None:
    """Leave out, and name, what could not be drafted: one file that cannot be read stops every crawl."""
    for file in sorted(outlets.glob("*.yml")):
        if "discover:" not in file.read_text(encoding="utf-8"):
            print(f"{file.stem}: no draft")
            file.unlink()


def tell(hours: float, now: datetime, watched: Mapping[str, Row], pages: list[RawPage]) -> None:
    """Print how many of the articles that changed are known as they are now, and what came twice."""
    newest = {page.ref.article_id: page for page in sorted(pages, key=lambda page: page.ref.fetched_at)}
    found = Counter(outcome for key, row in watched.items() for outcome in outcomes(row, now, newest[key]))
    twice = sum(number > 1 for number in Counter(page.ref.page_id for page in pages).values())
    print(f"after {hours} h: {dict(sorted(found.items()))}; pages sent twice: {twice}", flush=True)


def outcomes(row: Row, now: datetime, page: RawPage) -> Iterator[str]:
    """What came of an article that changed since it was first put online; nothing for the others."""
    shown = [version for version in row["versions"] if datetime.fromisoformat(version["from"]) <= now]
    if len(shown) < 2:
        return
    version = shown[-1]
    if version["status"] != 200:
        yield "withdrawn, known" if page.ref.status == version["status"] else f"withdrawn, MISSED {row['url']}"
        return
    text = page_text(page.content.encode()) if page.content else ""
    known = all(squeeze(one) in text for one in version["body_paragraphs"])
    yield f"{version['change']}, known" if known else f"{version['change']}, MISSED {row['url']}"


if __name__ == "__main__":
    sys.exit(main())
