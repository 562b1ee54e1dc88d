"""Articles of two months in, whether the order of arrival and restarts change where they end out.

    python -m tests.bench.order SHARED [--kept FILE]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from itertools import combinations
from pathlib import Path

from pipeline.dedup import Deduper
from pipeline.events import ClassifiedArticle
from tests.bench.stories import by_story, classified
from tests.pipeline.dedup.articles import Places

MONTHS = ("2019-11", "2019-12")
UNDATED = 150
"""Articles without a date that are mixed in."""
PARTS = 5
"""The file is closed and opened again so often, less one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--kept", type=Path, help="file that keeps the classified articles between runs")
    asked = parser.parse_args()
    given = classified(asked.shared, asked.kept)
    articles = [one for one in given if one.article.published and one.article.published.raw[:7] in MONTHS]
    articles.sort(key=lambda one: (one.article.published.at, one.article.article_id))  # type: ignore[union-attr]
    articles += [one for one in given if not one.article.published][:UNDATED]
    first = run(articles, 1)
    together = pairs(first)
    copies = sum(original is not None for original in first.copies().values())
    sys.stdout.write(f"{len(articles)} articles, {copies} copies, {len(together)} pairs of one story\n")
    for seed in (1, 2):
        other = run(random.Random(seed).sample(articles, len(articles)), PARTS)
        equal = len(together & pairs(other)) / max(len(together | pairs(other)), 1)
        same_copies, same_ids = other.copies() == first.copies(), other.stories() == first.stories()
        sys.stdout.write(f"order {seed}: copies {'equal' if same_copies else 'differ'}, "
                         f"ids of stories {'equal' if same_ids else 'differ'}, pairs equal {equal:.4f}\n")


def run(articles: list[ClassifiedArticle], parts: int) -> Places:
    """Where they end; the file opened anew for each part."""
    places = Places()
    size = -(-len(articles) // parts)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(articles), size):
            with Deduper(Path(folder) / "place.sqlite") as deduper:
                places.feed(deduper, *articles[start:start + size])
    return places


def pairs(places: Places) -> set[tuple[str, str]]:
    """Pairs of articles that are of one story."""
    return {pair for members in by_story(places).values() for pair in combinations(sorted(members), 2)}


if __name__ == "__main__":
    main()
