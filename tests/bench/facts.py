"""Annotated articles in, the score table of the facts found in them out (gold/score_facts.py, gold/GUIDE.md).

    python -m tests.bench.facts [--half dev|held] [--seeds] [--languages fr,ar,en] [--kinds amount,count,...] [--misses 40]
                                [--out FILE] [--time]

`dev` is fr_a and the first half of ar_en; `held` is fr_b and the second half: only its table is printed, never a text.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import msgspec

from config.settings import ROOT, settings
from config.watch import load_watch
from pipeline.classify import Classifier
from pipeline.events import Article, Fact, GivenArticle, PageRef, RawPage, Rejected, content_id
from pipeline.extract import extract
from pipeline.urls import article_id

SHARED = ROOT.parent / "shared"
Row = dict[str, Any]
Predict = Callable[[Article], Sequence[Fact]]
PARTS = {"dev": (("fr_a", slice(None)), ("ar_en", slice(0, 10))), "held": (("fr_b", slice(None)), ("ar_en", slice(10, None)))}
NEW_NAMES = {"participants": "count", "commitment": "count"}
"""Kinds of the seeds that GUIDE.md folded into others."""


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def page_of(name: str, content: str, media_type: Literal["text/plain", "application/json"]) -> RawPage:
    """A page with these contents, as an import would bring it."""
    url = f"http://gold.test/{name}"
    ref = PageRef(page_id=content_id(url, content), article_id=article_id(url), outlet="gold", url=url, final_url=url,
                  status=200, fetched_at=datetime(2026, 11, 1, tzinfo=UTC), origin="import", source_id=name)
    return RawPage(ref=ref, content=content, media_type=media_type)


def article_of(row: Row) -> Article:
    """The Article that extraction makes of a gold row."""
    given = GivenArticle(title=row["title"], body=row["body"], date=row.get("date"), lang=row.get("lang"))
    read = extract(page_of(str(row["id"]), msgspec.json.encode(given).decode(), "application/json"), None)
    assert not isinstance(read, Rejected), read
    return read


def finder() -> Predict:
    """The whole classifier with the configured taxonomy and entities."""
    on = settings()
    classify = Classifier(load_watch(on.taxonomy, on.entities))
    return lambda article: classify(article).facts


def prediction(article: str, fact: Fact, kinds: set[str]) -> Row | None:
    """A fact in the shape that score_facts reads; None for kinds not asked for and for captions (gold rows have none)."""
    kind = str(fact.fields.__struct_config__.tag)
    zone = "title" if fact.evidence.zone == "title" else "body"
    if (kinds and kind not in kinds) or fact.evidence.zone == "caption":
        return None
    evidence = fact.evidence
    return {"article": article, "fact_type": kind, "zone": zone, "start": evidence.start, "end": evidence.end,
            "evidence": evidence.sentence, "fields": msgspec.to_builtins(msgspec.structs.asdict(fact.fields)),
            "confidence": evidence.confidence,
            "extractor": evidence.extractor}


def gold_half(half: str, languages: set[str]) -> tuple[list[Row], list[Row]]:
    """Articles and facts of a half."""
    rows, facts = [], []
    for name, part in PARTS[half]:
        kept = read_rows(SHARED / f"gold/{name}.articles.jsonl")[part]
        rows += [row for row in kept if not languages or row["lang"] in languages]
        facts += read_rows(SHARED / f"gold/{name}.facts.jsonl")
    wanted = {str(row["id"]) for row in rows}
    return rows, [fact for fact in facts if str(fact["article"]) in wanted]


def seed_gold() -> tuple[list[Row], list[Row]]:
    """Facts of the seeds inside and outside the articles (the latter are decoys), offsets in the raw scrape."""
    rows = [{**row, "article": row["seed"], "fact_type": NEW_NAMES.get(row["fact_type"], row["fact_type"]),
             "fields": {"position": row["fields"].get("rank"), **row["fields"]}}
            for row in read_rows(SHARED / "seeds/facts.jsonl")]
    own = [{**row, "zone": "title" if row["zone"] == "title" else "body"} for row in rows if row["zone"] in ("body", "title")]
    return own, [{**row, "zone": "body"} for row in rows if row["zone"] in ("ticker", "related")]


def seed_predictions(predict: Predict, kinds: set[str]) -> list[Row]:
    """Facts of the five raw scrapes, each read by extraction as text/plain, its evidence found again in the scrape."""
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        article = extract(page_of(path.name, raw, "text/plain"), None)
        if isinstance(article, Rejected):
            print(f"{path.name}: rejected, {article.reason}")
            continue
        body = (SHARED / "seeds/bodies" / path.name).read_text(encoding="utf-8")
        for row in filter(None, (prediction(path.name, fact, kinds) for fact in predict(article))):
            where = _in_scrape(raw, row["evidence"], raw.find(body[:80]) if row["zone"] == "body" else 0)
            found.append({**row, "start": where.start(), "end": where.end()} if where else row)
    return found


def _in_scrape(raw: str, sentence: str, start: int) -> re.Match[str] | None:
    """Where the sentence stands in the scrape, whatever its white space (extraction makes non-breaking spaces plain)."""
    return re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(raw, max(0, start))


def scorer() -> ModuleType:
    """The module gold/score_facts.py."""
    spec = importlib.util.spec_from_file_location("score_facts", SHARED / "gold/score_facts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(score: ModuleType, predicted: list[Row], gold: list[Row], kinds: set[str]) -> tuple[list[Row], list[Row]]:
    """Print the table; give misses and spurious facts, of the kinds asked for."""
    rows, misses, spurious = score.score(predicted, gold)
    total: Counter[str] = Counter()
    print(f"{'fact_type':<13}{'gold':>6}{'core':>6}{'recall':>8}{'core r':>8}{'typed':>7}{'fields':>8}{'pred':>7}{'prec':>7}")
    shown = {kind: row for kind, row in sorted(rows.items()) if not kinds or kind in kinds}
    for row in shown.values():
        total.update(row)
    for kind, r in [*shown.items(), ("ALL", total)]:
        rates = [_rate(r["found"], r["gold"]), _rate(r["core_found"], r["core"]), _rate(r["typed"], r["found"]),
                 _rate(r["fields"], r["found"]), _rate(r["right"], r["predicted"])]
        print(f"{kind:<13}{r['gold']:>6}{r['core']:>6}{rates[0]:>8}{rates[1]:>8}{rates[2]:>7}{rates[3]:>8}"
              f"{r['predicted']:>7}{rates[4]:>7}")
    return [one for one in misses if not kinds or one["fact_type"] in kinds], spurious


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def calibration(predicted: list[Row], spurious: list[Row]) -> Iterator[str]:
    """Share of right facts by the confidence they claim, and by extractor."""
    wrong = {id(one) for one in spurious}
    for key in ("confidence", "extractor"):
        seen: dict[Any, list[bool]] = defaultdict(list)
        for row in predicted:
            seen[row[key]].append(id(row) not in wrong)
        for value, right in sorted(seen.items()):
            yield f"  {key} {value}: {sum(right)} of {len(right)} right ({_rate(sum(right), len(right))})"


def show(label: str, rows: list[Row], most: int) -> None:
    """Print facts with their sentences."""
    for row in rows[:most]:
        fields = {key: value for key, value in row["fields"].items() if value not in (None, [], "")}
        core = row.get("importance", f"{row.get('confidence', 0):.2f}")
        said = json.dumps(fields, ensure_ascii=False)
        print(f"{label} {row['article']} {row['fact_type']} {core} {said}\n    {row['evidence'][:400]}")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=tuple(PARTS), default="dev")
    parser.add_argument("--seeds", action="store_true")
    for name in ("--kinds", "--languages"):
        parser.add_argument(name, type=lambda text: {part for part in text.split(",") if part}, default=set())
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--time", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Run over the part asked for and print."""
    asked, predict, score = arguments(), finder(), scorer()
    decoys: list[Row] = []
    kinds: set[str] = asked.kinds
    if asked.seeds:
        gold, decoys = seed_gold()
        predicted = seed_predictions(predict, kinds)
    else:
        rows, gold = gold_half(asked.half, asked.languages)
        articles = [(str(row["id"]), article_of(row)) for row in rows]
        began = time.process_time()
        facts = [(name, fact) for name, article in articles for fact in predict(article)]
        if asked.time:
            print(f"{(time.process_time() - began) * 1000 / len(rows):.2f} ms an article")
        predicted = [row for row in (prediction(name, fact, kinds) for name, fact in facts) if row]
    if asked.out:
        asked.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predicted), encoding="utf-8")
    misses, spurious = table(score, predicted, gold, kinds)
    if asked.seeds:
        hit = [one for one in decoys if any(score.same(row, one) for row in predicted if row["article"] == one["article"])]
        print(f"decoys reported: {len(hit)} of {len(decoys)}")
    print("\n".join(calibration(predicted, spurious)))
    if asked.half == "dev" or asked.seeds:
        show("missed", misses, asked.misses)
        show("spurious", spurious, asked.misses)


if __name__ == "__main__":
    main()
