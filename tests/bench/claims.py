"""The labelled pairs of facts in, how they end in claims out.

    python -m tests.bench.claims SHARED [--show]

The articles pass classify and dedup; a pair counts where a fact of its kind (amounts and targets, counts and capacities taken
together) and value is found in both sentences. Right is: `same` one claim without a dispute between the two, `conflict` one
disputed claim, `update` one claim or two without dispute, `different` two claims.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from math import isclose
from pathlib import Path
from typing import Any

from config.settings import settings
from config.watch import load_watch
from pipeline.claims import AssembledClaim, Report, assemble, source_of
from pipeline.claims.measures import measure_of
from pipeline.classify.classifier import Classifier
from pipeline.events import Article, ClassifiedArticle, Fact
from tests.bench.given import article, corpus
from tests.bench.stories import placed
from tests.pipeline.dedup.articles import Places

KINDS = {"target": "amount", "capacity": "count", "initiative": "initiative"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    pairs = [json.loads(line) for line in (asked.shared / "gold" / "fact_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [pair for pair in pairs if not pair.get("doubt")]
    wanted = {pair[side]["article"] for pair in pairs for side in "ab"}
    configured = settings()
    classify = Classifier(load_watch(configured.taxonomy, configured.entities))
    articles = {row["id"]: classify(article(row)) for row in corpus(asked.shared) if row["id"] in wanted}
    with tempfile.TemporaryDirectory() as folder:
        places = placed(articles.values(), Path(folder) / "place.sqlite")
    claims = assemble(report for one in articles.values() for report in reports(one, places))
    answer(pairs, articles, claims, show=asked.show)


def reports(one: ClassifiedArticle, places: Places) -> list[Report]:
    """Its facts as reports."""
    page = one.article
    return [Report(
        fact=fact, article_id=page.article_id, outlet=page.ref.outlet, source=source_of(page, places.at[page.article_id]),
        story_id=places.story(page.article_id), published=page.published.at if page.published else None,
        fetched_at=page.ref.fetched_at, origin=page.ref.origin, language=page.language) for fact in one.facts]


def answer(pairs: list[dict[str, Any]], articles: dict[str, ClassifiedArticle], claims: tuple[AssembledClaim, ...], *,
           show: bool) -> None:
    """Right answers among the pairs whose facts are both found."""
    home = {report.fact.fact_id: claim for claim in claims for report in claim.reports}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    shown_as_dispute = 0
    for pair in pairs:
        a, b = (found(pair[side], articles[pair[side]["article"]]) for side in "ab")
        if a is None or b is None:
            continue
        one, dispute = home[a.fact_id] is home[b.fact_id], disputed(home[a.fact_id], a, b)
        shown_as_dispute += pair["label"] == "different" and dispute
        said = "conflict" if dispute else "same" if one else "different"
        good = said == pair["label"] or (pair["label"] == "update" and not dispute)
        asked[pair["label"]] += 1
        right[pair["label"]] += good
        if show and not good:
            sys.stdout.write(f"{pair['label']} answered {said}: {pair['why']}\n   {a.fields}\n   {b.fields}\n"
                             f"   stories {home[a.fact_id].story_id} {home[b.fact_id].story_id}\n")
    share = right.total() / max(asked.total(), 1)
    sys.stdout.write(f"{len(pairs)} pairs, both facts found in {asked.total()}: right {share:.3f} "
                     f"({', '.join(f'{label} {right[label]}/{asked[label]}' for label in asked)}); "
                     f"different shown as dispute: {shown_as_dispute}\n")


def found(wanted: dict[str, Any], one: ClassifiedArticle) -> Fact | None:
    """The fact of this kind and value whose evidence meets the sentence."""
    for fact in one.facts:
        kind = str(fact.fields.__struct_config__.tag)
        if KINDS.get(kind, kind) != KINDS.get(wanted["kind"], wanted["kind"]) or not _meets(fact, wanted, one.article):
            continue
        measure, value = measure_of(fact.fields), wanted.get("value")
        if measure is None or value is None or isclose(abs(measure.value), abs(value), rel_tol=1e-6):
            return fact
    return None


def _meets(fact: Fact, wanted: dict[str, Any], page: Article) -> bool:
    zone = "title" if fact.evidence.zone == "title" else "body"
    return bool(zone == wanted["zone"] and fact.evidence.start < wanted["end"] and wanted["start"] < fact.evidence.end)


def disputed(claim: AssembledClaim, one: Fact, other: Fact) -> bool:
    """Whether the claim shows a conflict between what the two say."""
    ids = {one.fact_id, other.fact_id}
    return any({conflict.report_a.fact.fact_id, conflict.report_b.fact.fact_id} == ids for conflict in claim.verdict.conflicts)


if __name__ == "__main__":
    main()
