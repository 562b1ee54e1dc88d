"""Articles in, how fast and at what memory copies are looked for out, beside datasketch (a tool of the benchmark only).

    python -m tests.bench.neardup SHARED --count 60000 [--datasketch]

Both see the same articles in the same order, all within one window, as words already split: shingles, query, verification by
containment and insertion are timed. Run it once with `--datasketch` and once without, in an environment that has it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np

from pipeline.dedup.copies import CREDITED, containment
from pipeline.dedup.index import Index
from pipeline.dedup.keys import Keys, Weighed
from pipeline.dedup.shingles import shared, shingles, words
from pipeline.dedup.store import Store
from pipeline.dedup.text import Text
from tests.bench.given import corpus

NONE = np.zeros(0, np.uint32)
NO_KEYS = Keys(*[Weighed(NONE, NONE.astype(np.float32))] * 6, *[NONE] * 4)  # type: ignore[arg-type]
Find = Callable[[int, list[str]], int]
"""Number of an article and its words in, how many copies were found out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--datasketch", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        find = theirs() if asked.datasketch else ours(Path(folder) / "place.sqlite")
        before, spent, pairs, count = memory(), 0.0, 0, 0
        for count, split in enumerate(texts(asked.shared, asked.count), start=1):
            started = time.process_time()
            pairs += find(count, split)
            spent += time.process_time() - started
            if count % 10_000 == 0:
                each = (memory() - before) / count
                sys.stdout.write(f"{count}: {count / spent:.0f} articles/s, {each:.1f} KB each, {pairs} pairs\n")
                sys.stdout.flush()


def texts(shared_folder: Path, count: int) -> Iterator[list[str]]:
    """Words of the articles of two large corpora."""
    rows = chain(*(corpus(shared_folder, name) for name in ("orangesum_fr", "saudinewsnet_ar", "morocco")))
    for row in islice(rows, count):
        yield words(row.get("body") or row.get("content") or row["title"])


def memory() -> float:
    """Most memory of the process so far, in KB."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def ours(path: Path) -> Find:
    """The index of the stage."""
    store = Store(path)
    index = Index(store, 60)

    def find(number: int, split: list[str]) -> int:
        text = Text(article_id=str(number), version=1, outlet=f"o{number}", language="fr", at=1e9 + number,
                    shingles=shingles(split), numbers=NONE, days=NONE, keys=NO_KEYS)
        near = store.texts(index.near(text))
        found = sum(containment(text, other, CREDITED) is not None for other in near)
        with store.transaction():
            doc = store.add(text)
        index.add(doc, text)
        return found
    return find


def theirs() -> Find:
    """datasketch's MinHash LSH at the same threshold and permutations, then the same containment."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found, unused-ignore]
    lsh = MinHashLSH(threshold=0.25, num_perm=128)
    kept: dict[int, np.ndarray[tuple[int], np.dtype[np.uint32]]] = {}

    def find(number: int, split: list[str]) -> int:
        grams = {" ".join(split[at:at + 4]).encode() for at in range(max(len(split) - 3, 1))}
        sketch = MinHash(num_perm=128)
        sketch.update_batch(grams)
        own = kept[number] = shingles(split)
        found = sum(shared(own, kept[other]) >= CREDITED * min(len(own), len(kept[other])) for other in lsh.query(sketch))
        lsh.insert(number, sketch)
        return found
    return find


if __name__ == "__main__":
    main()
