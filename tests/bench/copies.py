"""The press world's truth in, how well its copies are found out.

    python -m tests.bench.copies TRUTH.jsonl
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from pipeline.dedup import Deduper
from pipeline.events import PlacedArticle, PlacementChanged
from tests.bench.given import article, plain, press


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-origin", action="store_true", help="the pages do not say where they copied from")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    rows = list(press(asked.truth))
    random.Random(asked.seed).shuffle(rows)
    if asked.no_origin:
        rows = [{**row, "origin": None} for row in rows]
    names = {row["outlet"]: [row["outlet_name"]] for row in rows}
    placed: dict[str, str | None] = {}
    with tempfile.TemporaryDirectory() as folder, Deduper(Path(folder) / "place.sqlite", names=names) as deduper:
        for row in rows:
            outcome = deduper(plain(article(row)))
            for event in outcome if isinstance(outcome, tuple) else ():
                if isinstance(event, PlacedArticle):
                    placed[event.classified.article.article_id] = event.placement.copy_of
                elif isinstance(event, PlacementChanged):
                    placed[event.article_id] = event.after.copy_of
    report(rows, placed, show=asked.show)


def report(rows: list[dict[str, object]], placed: dict[str, str | None], *, show: bool) -> None:
    truth = {str(row["url"]): row["copy_of"] for row in rows if row["copy_of"]}
    said = {url: original for url, original in placed.items() if original}
    hit = truth.keys() & said.keys()
    right = sum(truth[url] == said[url] for url in hit)
    sys.stdout.write(
        f"{len(truth)} copies in {len(rows)} articles: recall {len(hit) / len(truth):.3f}, "
        f"precision {len(hit) / max(len(said), 1):.3f}, right original {right / max(len(hit), 1):.3f} of those found\n")
    titles = {str(row["url"]): f"{row['outlet']} {row['published']} {row['title']}" for row in rows}
    for url in sorted(said.keys() ^ truth.keys()) if show else ():
        other = titles[str(truth.get(url) or said[url])]
        sys.stdout.write(f"{'missed' if url in truth else 'extra'}: {titles[url]}\n    {other}\n")


if __name__ == "__main__":
    main()
