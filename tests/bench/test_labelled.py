"""The articles labelled for training: codes of the taxonomy, none of the gold, no text."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from config.settings import ROOT
from config.watch import load_watch

LABELLED = Path(__file__).with_name("labelled.tsv")


def _rows() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_codes_are_those_of_the_taxonomy() -> None:
    taxonomy = load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml").taxonomy
    for row in _rows():
        assert re.fullmatch(r"[0-9a-f]{12}", row["article"])
        topics, sectors = row["topics"].split(","), [code for code in row["sectors"].split(",") if code]
        assert 1 <= len(topics) <= 3
        assert len(sectors) <= 3
        assert set(topics) <= set(taxonomy.topics)
        assert set(sectors) <= set(taxonomy.sectors)
        assert row["announcement"] in {*taxonomy.announcements, "none"}
        assert row["novelty"] in taxonomy.novelty


def test_no_article_of_the_gold_is_among_them(shared: Path) -> None:
    labelled = [row["article"] for row in _rows()]
    gold = {json.loads(line)["id"] for path in (shared / "gold").glob("*.articles.jsonl") for line in path.open(encoding="utf-8")}
    assert len(set(labelled)) == len(labelled) >= 500
    assert not gold & set(labelled)
