"""Articles in, pipeline/dedup/weights.txt out: how rare words, name skeletons and watched entities are in the press.

    python -m tests.bench.frequencies SHARED > pipeline/dedup/weights.txt
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from config.settings import settings
from config.watch import load_watch
from pipeline.classify.classifier import Classifier
from pipeline.dedup.names import skeleton
from pipeline.dedup.shingles import words
from pipeline.dedup.vocabulary import RAREST, plain, stem
from tests.bench.given import article, corpus

SCALE = math.log(8000)
"""One article in 8,000 has the greatest weight."""
LEAST = 0.005
"""Share of articles that a key must stand in to be written down: what is rarer is rare enough."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for language, found in keys(parser.parse_args().shared):
        totals[language] += 1
        counts[language].update(found)
    shares: dict[str, float] = {}
    for language, counted in counts.items():
        for key, count in counted.items():
            shares[key] = max(shares.get(key, 0.0), count / totals[language])
    sys.stdout.write("# Tenths of how much a key tells, by stem, ~skeleton or @entity. Made by tests/bench/frequencies.py.\n")
    for key, share in sorted(shares.items()):
        if share >= LEAST:
            sys.stdout.write(f"{key} {round(-math.log(share) / SCALE * RAREST * 10)}\n")


def keys(shared: Path) -> Iterator[tuple[str, set[str]]]:
    """Language and keys of each article."""
    configured = settings()
    classify = Classifier(load_watch(configured.taxonomy, configured.entities))
    for row in corpus(shared):
        mentions = {f"@{one.entity_id}" for one in classify(article(row)).mentions if one.entity_id}
        yield "entities", mentions
        yield row["lang"], of_text(f"{row['title']} {row['body']}")
    for name, language, step in (("orangesum_fr", "fr", 4), ("saudinewsnet_ar", "ar", 4)):
        for row in islice(corpus(shared, name), 0, None, step):
            yield f"{language} {name}", of_text(f"{row['title']} {row.get('body') or row.get('content')}")


def of_text(text: str) -> set[str]:
    """Stems and skeletons."""
    found = {word for word in words(text) if len(word) > 2 and not word.isdecimal()}
    stems = {stem(word) for word in found}
    return stems | {f"~{skeleton(plain(word))}" for word in found if skeleton(plain(word))}


if __name__ == "__main__":
    main()
