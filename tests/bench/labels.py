"""Labels and entities of the classify stage against the gold and the seeds: `python -m tests.bench.labels develop|held|seeds`.

`develop`: gold/fr_a and the first half of gold/ar_en; `held`: gold/fr_b and the second half, to be run once the rules stand.
Labels: the shipped model also learnt from the developing half, so that its figures there say nothing of unseen articles;
`python -m tests.bench.train_labels check` gives those of models that did not.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from config.settings import ROOT, settings
from config.watch import load_watch
from pipeline.classify import Classifier
from pipeline.events import Article, ClassifiedArticle, Dating, Language, PageRef, content_id
from pipeline.language.folding import fold_text

SHARED = ROOT.parent / "shared"
Row = dict[str, Any]
Part = Literal["develop", "held", "seeds"]


@dataclass
class Score:
    """What was found, what was right, what there is to find."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, found: set[str], wanted: set[str], where: str) -> None:
        """Count one article."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)
        if found != wanted:
            self.wrong.append(f"{where} too many {sorted(found - wanted)} missing {sorted(wanted - found)}")

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({self.right}/{self.found} of {self.wanted})"


def article_of(row: Row) -> Article:
    """A row of the gold or the corpus as the extract stage would give it."""
    at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row.get("date") else None
    key = row["id"]
    ref = PageRef(page_id=content_id(key), article_id=content_id("article", key), outlet="gold", url=f"https://gold.example/{key}",
                  final_url=f"https://gold.example/{key}", status=200, fetched_at=at or datetime(2025, 7, 1, tzinfo=UTC),
                  origin="import", source_id=key)
    return Article(
        event_id=content_id("event", key), ref=ref, article_id=ref.article_id, canonical_url=ref.url, headline=row["title"] or "",
        body=row["body"] or "", language=cast(Language, row["lang"]), text_hash=content_id(row["title"] or "", row["body"] or ""),
        reading="gold", published=Dating(at=at, precision="day", origin="given", raw=row["date"]) if at else None)


def rows(part: Part) -> Iterator[tuple[Row, Row]]:
    """Articles of the gold with their labels."""
    french, half = ("fr_a", slice(0, 10)) if part == "develop" else ("fr_b", slice(10, None))
    for name, which in ((french, slice(None)), ("ar_en", half)):
        labels = {row["article"]: row for row in _lines(SHARED / "gold" / f"{name}.labels.jsonl")}
        for row in list(_lines(SHARED / "gold" / f"{name}.articles.jsonl"))[which]:
            yield row, labels[row["id"]]


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score_labels(classify: Callable[[Article], ClassifiedArticle], part: Part) -> dict[str, Score]:
    """Every scheme's score, all languages and each."""
    scores: dict[str, Score] = {}
    for row, gold in rows(part):
        labels = classify(article_of(row)).labels
        wanted = {"topic": set(gold["topics"]), "sector": set(gold["sectors"]), "announcement": {gold["announcement"]},
                  "novelty": {"new" if gold["is_new_announcement"] else "recalled"}}
        for scheme, codes in wanted.items():
            found = {label.code for label in labels if label.scheme == scheme}
            found = found or ({"none"} if scheme == "announcement" else set())
            for key in (scheme, f"{scheme} {row['lang']}"):
                scores.setdefault(key, Score()).add(found, codes, f"{row['id']} {row['title'][:60]}")
    return scores


def score_entities(classify: Callable[[Article], ClassifiedArticle]) -> dict[str, Score]:
    """People, organisations and places of the seeds: canonical names found where one of their surfaces stands."""
    kinds = {"PER": {"person"}, "ORG": {"organisation"}, "LOC": {"place"}}
    meta = json.loads((SHARED / "seeds" / "meta.json").read_text(encoding="utf-8"))
    gold: dict[str, list[Row]] = {}
    for row in _lines(SHARED / "seeds" / "entities.jsonl"):
        gold.setdefault(row["seed"], []).append(row)
    scores: dict[str, Score] = {kind: Score() for kind in kinds}
    for seed, entries in gold.items():
        body = (SHARED / "seeds" / "bodies" / seed).read_text(encoding="utf-8")
        article = article_of({"id": seed, "title": meta[seed]["title"], "body": body, "lang": "fr", "date": "2025-07-03"})
        mentions = classify(article).mentions
        for kind, ours in kinds.items():
            names: dict[str, set[str]] = {}
            for one in mentions:
                if one.kind in ours:
                    names.setdefault(one.name, set()).add(_plain(one.surface))
            wanted = {row["canonical"]: {_plain(s) for s in row["surfaces"]} for row in entries if row["type"] == kind}
            scores[kind].add(set(_matched(names, wanted)), set(wanted), seed)
    return scores


def _matched(names: dict[str, set[str]], wanted: dict[str, set[str]]) -> Iterator[str]:
    """For every name found: the wanted one that shares a surface, or itself where none does."""
    for name, surfaces in names.items():
        yield next((canonical for canonical, theirs in wanted.items() if _shares(surfaces, theirs)), f"?{name}")


def _shares(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(a == b or (len(a) > 3 and len(b) > 3 and (a in b or b in a)) for a in ours for b in theirs)


def _plain(surface: str) -> str:
    return fold_text(surface).replace("-", " ")


def main() -> None:
    """Print the scores of one part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["develop", "held", "seeds"])
    parser.add_argument("-v", "--verbose", action="store_true", help="name every article that is not wholly right")
    given = parser.parse_args()
    on = settings()
    classify = Classifier(load_watch(on.taxonomy, on.entities))
    started = time.process_time()
    scores = score_entities(classify) if given.part == "seeds" else score_labels(classify, given.part)
    for name, score in scores.items():
        print(f"{name:16} {score}")
        for line in score.wrong if given.verbose and " " not in name else ():
            print("    ", line)
    print(f"{time.process_time() - started:.2f} s of CPU")


if __name__ == "__main__":
    main()
