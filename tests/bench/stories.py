"""The labelled pairs and the seeds in, how well articles of one event are brought together out.

    python -m tests.bench.stories SHARED [--seed N]

Every article of the corpus passes the stages classify and dedup; a pair counts as one story where both end in one. `related`
counts as different.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from config.settings import settings
from config.watch import load_watch
from pipeline.classify.classifier import Classifier
from pipeline.dedup import Deduper
from pipeline.events import ClassifiedArticle
from tests.bench.given import article, corpus
from tests.pipeline.dedup.articles import Places

Pair = tuple[str, str, str, str]
"""Two ids, label, languages."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--kept", type=Path, help="file that keeps the classified articles between runs")
    parser.add_argument("--seed", type=int, default=None, help="shuffle the articles")
    parser.add_argument("--show", action="store_true", help="print the pairs that are wrong")
    asked = parser.parse_args()
    articles = classified(asked.shared, asked.kept)
    if asked.seed is not None:
        random.Random(asked.seed).shuffle(articles)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        places = placed(articles, Path(folder) / "place.sqlite")
        each = (time.process_time() - started) / len(articles) * 1e3
    sizes = sorted((len(members) for members in by_story(places).values()), reverse=True)
    sys.stdout.write(f"{len(articles)} articles, {each:.2f} ms CPU each; {len(sizes)} stories, the largest {sizes[:8]}\n")
    for name, pairs in (("story_pairs_fr", french(asked.shared)), ("crosslingual_pairs", across(asked.shared))):
        report(name, pairs, places, articles if asked.show else ())


def classified(shared: Path, kept: Path | None = None) -> list[ClassifiedArticle]:
    """The corpus, classified; read from `kept` where that is there, else written to it."""
    if kept and kept.exists():
        return msgspec.msgpack.decode(kept.read_bytes(), type=list[ClassifiedArticle])
    configured = settings()
    classify = Classifier(load_watch(configured.taxonomy, configured.entities))
    articles = [classify(article(row)) for row in corpus(shared)]
    if kept:
        kept.write_bytes(msgspec.msgpack.encode(articles))
    return articles


def placed(articles: Iterable[ClassifiedArticle], path: Path) -> Places:
    """Where they end."""
    with Deduper(path) as deduper:
        return Places().feed(deduper, *articles)


def by_story(places: Places) -> dict[str, list[str]]:
    """Articles by story."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, story in places.stories().items():
        found[story].append(name)
    return found


def french(shared: Path) -> list[Pair]:
    """Pairs of gold/story_pairs_fr.tsv."""
    return [(row["a"], row["b"], row["label"], "fr-fr") for row in _rows(shared / "gold" / "story_pairs_fr.tsv")]


def across(shared: Path) -> list[Pair]:
    """Pairs of gold/crosslingual_pairs.tsv."""
    rows = _rows(shared / "gold" / "crosslingual_pairs.tsv")
    return [(row["a"], row["b"], row["label"], f"{row['lang_a']}-{row['lang_b']}") for row in rows]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _title(one: ClassifiedArticle) -> str:
    dating = one.article.published
    return f"{dating.raw if dating else 'undated'} {one.article.headline or one.article.body[:90]}"


def report(name: str, pairs: list[Pair], places: Places, articles: Iterable[ClassifiedArticle]) -> None:
    """Precision, recall and F1, in all and by languages."""
    stories = places.stories()
    titles = {one.article.article_id: _title(one) for one in articles}
    for languages in dict.fromkeys(("", *(pair[3] for pair in pairs))):
        kept = [pair for pair in pairs if languages in ("", pair[3])]
        said = [stories[a] == stories[b] for a, b, _, _ in kept]
        true = [label == "same" for _, _, label, _ in kept]
        hit = sum(s and t for s, t in zip(said, true, strict=True))
        precision, recall = hit / max(sum(said), 1), hit / max(sum(true), 1)
        sys.stdout.write(f"{name} {languages or 'all'}: {len(kept)} pairs, precision {precision:.3f}, recall {recall:.3f}, "
                         f"F1 {2 * hit / max(sum(said) + sum(true), 1):.3f}\n")
        for (a, b, label, _), one in zip(kept, said, strict=True):
            if titles and not languages and one != (label == "same"):
                sys.stdout.write(f"  {label}, {'together' if one else 'apart'}: {titles[a]}\n      {titles[b]}\n")


if __name__ == "__main__":
    main()
