"""Labelled articles (ids in labelled.tsv, texts in ../shared) in, pipeline/classify/weights.txt out; `check` cross-validates.

Every code has a logistic regression of its own, with L2. What the taxonomy's terms say of a code weighs the same for all codes
of a scheme, so that rare codes are learnt too; on top of that each code learns its own weights of all features.
Only numpy is needed. `python -m tests.bench.train_labels check|write`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from config.settings import settings
from config.watch import Watch, load_watch
from pipeline.classify.decisions import decided
from pipeline.classify.facts import find_facts
from pipeline.classify.gazetteer import Gazetteer
from pipeline.classify.labels import Labeller
from pipeline.classify.learnt import WEIGHTS, Model
from pipeline.classify.mentions import find_mentions
from pipeline.classify.scores import Scores
from pipeline.classify.terms import Code
from pipeline.classify.text import ArticleText, article_text
from tests.bench.labels import SHARED, Row, Score, article_of, rows

Matrix = npt.NDArray[np.float64]
VERSION: Final = "labels/2"
LABELLED: Final = Path(__file__).with_name("labelled.tsv")
SEEN_IN: Final = 3
"""Features of fewer articles are not learnt."""
TITLED: Final = 0.7
"""Words of the headline are counted twice; as such they are held this much shorter."""
PENALTY: Final = 3.0
ROUNDS: Final = 80
ALWAYS: Final = 2.0
FOLDS: Final = 6
GOLD: Final = 2
"""An article of the gold's developing half counts so many times."""
KEPT: Final = 0.05
"""Smaller weights are dropped."""
LEAST: Final = {"topic": 0.35, "sector": 0.35, "novelty": 0.5}
"""The best of 0.2 to 0.45 by cross-validation, on a flat top."""
TOPIC_OF: Final = {
    "agriculture": "agriculture", "sante": "sante", "culture_medias": "culture_medias", "education": "education_recherche",
    "sport_evenements": "sport", "transition_energetique": "energie", "infrastructures": "infrastructures_transport",
    "transport": "infrastructures_transport", "eau": "eau_environnement", "environnement": "eau_environnement",
    "tourisme": "tourisme", "justice": "justice_securite", "securite_administration": "justice_securite", "fintech": "finance",
    "industrie": "entreprises", "peche": "agriculture"}
"""The topic whose words also speak for a sector."""
SHOWN_BY: Final = {
    "agreement_signed": "agreement", "appointment": "appointment", "law": "law", "ranking": "ranking", "target": "target",
    "event": "event", "programme_launch": "initiative", "statement": "quote", "results_figures": "percentage",
    "investment": "amount", "infrastructure": "capacity"}
"""The kind of fact that announces."""


@dataclass(frozen=True)
class Sample:
    """An article to learn from."""

    key: str
    language: str
    gold: bool
    codes: frozenset[Code]
    features: dict[str, float]
    text: ArticleText
    scores: Scores


def samples(watch: Watch) -> Iterator[Sample]:
    """The articles labelled for training, then those of the gold's developing half."""
    gazetteer, labeller = Gazetteer(watch.entities), Labeller(watch)
    for row, codes, gold in (*_labelled(), *_gold()):
        article = article_of(row)
        text = article_text(article, find_mentions(article, gazetteer))
        yield Sample(row["id"], row["lang"], gold, frozenset(codes), labeller.features(text, find_facts(text)), text,
                     labeller.scores(text))


def _labelled() -> Iterator[tuple[Row, set[Code], bool]]:
    with LABELLED.open(encoding="utf-8") as lines:
        labels = {row["article"]: row for row in csv.DictReader(lines, delimiter="\t")}
    with gzip.open(SHARED / "corpus" / "morocco.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = {row["id"]: row for row in map(json.loads, lines) if row["id"] in labels}
    for key, given in labels.items():
        codes = {("topic", code) for code in given["topics"].split(",")}
        codes |= {("sector", code) for code in given["sectors"].split(",") if code}
        yield articles[key], codes | {("announcement", given["announcement"]), ("novelty", given["novelty"])}, False


def _gold() -> Iterator[tuple[Row, set[Code], bool]]:
    for row, given in rows("develop"):
        codes = {*(("topic", code) for code in given["topics"]), *(("sector", code) for code in given["sectors"])}
        new = "new" if given["is_new_announcement"] else "recalled"
        yield row, {*codes, ("announcement", given["announcement"]), ("novelty", new)}, True


def train(given: Sequence[Sample], codes: Sequence[Code]) -> Model:
    """The model that these samples teach."""
    given = [one for one in given for _ in range(GOLD if one.gold else 1)]
    counts = Counter(name for one in given for name in one.features)
    names = sorted(name for name, count in counts.items() if count >= SEEN_IN)
    scale = np.array([TITLED if name.startswith("titled ") else 1.0 for name in names])
    values = _matrix(given, names) * scale
    wanted = np.array([[code in one.codes for code in codes] for one in given], dtype=float)
    shared = _shared(given, codes, wanted)
    offset = _matrix(given, names) @ _row_by_row(shared, names)
    learnt = _regress(values, wanted, offset)
    weights = scale[:, None] * (values.T @ learnt) + _row_by_row(shared, names)
    weights[names.index("always")] += ALWAYS * learnt.sum(axis=0)
    weights[np.abs(weights) < KEPT] = 0.0
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    return Model(VERSION, dict(LEAST), tuple(codes), {names[at]: row for row, at in enumerate(used)},
                 weights[used].astype(np.float32))


def _matrix(given: Sequence[Sample], names: Sequence[str]) -> Matrix:
    column = {name: at for at, name in enumerate(names)}
    values = np.zeros((len(given), len(names)))
    for row, one in enumerate(given):
        for name, value in one.features.items():
            if name in column:
                values[row, column[name]] = value
    return values


def _row_by_row(shared: Sequence[dict[str, float]], names: Sequence[str]) -> Matrix:
    return np.array([[weights.get(name, 0.0) for weights in shared] for name in names])


def _regress(values: Matrix, wanted: Matrix, offset: Matrix) -> Matrix:
    """How much each sample says for each code: Böhning's bound on the curvature makes every round one matrix product."""
    kernel = values @ values.T + ALWAYS
    solve = np.linalg.inv(kernel + 4 * PENALTY * np.eye(len(kernel)))
    told = np.zeros_like(wanted)
    for _ in range(ROUNDS):
        far = kernel @ told
        told = solve @ (far + 4 * (wanted - 1 / (1 + np.exp(-(offset + far)))))
    return told


def own(code: Code) -> list[str]:
    """The features that are about a code by what they are, in an order that is the same for every code of the scheme."""
    scheme, name = code
    seen = [f"{what} {scheme} {name}" for what in ("terms", "share", "headlined", "ruled")]
    if scheme == "sector":
        seen += [f"{what} topic {TOPIC_OF.get(name)}" for what in ("terms", "share", "headlined", "ruled")]
    if scheme == "announcement":
        seen += [f"fact {SHOWN_BY.get(name)} {place}" for place in ("title", "opening")]
    return seen


def _shared(given: Sequence[Sample], codes: Sequence[Code], wanted: Matrix) -> list[dict[str, float]]:
    """Weights of the own features, learnt from all codes of a scheme at once."""
    found: list[dict[str, float]] = []
    for scheme in dict.fromkeys(scheme for scheme, _ in codes):
        which = [at for at, code in enumerate(codes) if code[0] == scheme]
        values = np.array([[one.features.get(name, 0.0) for name in own(codes[at])] for at in which for one in given])
        weights = _newton(np.column_stack([values, np.ones(len(values))]), wanted[:, which].T.ravel())
        found += [{**dict(zip(own(codes[at]), weights[:-1], strict=True)), "always": float(weights[-1])} for at in which]
    return found


def _newton(values: Matrix, wanted: Matrix) -> Matrix:
    weights, ridge = np.zeros(values.shape[1]), np.eye(values.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (chance - wanted) + ridge @ weights
        weights = weights - np.linalg.solve((values * (chance * (1 - chance))[:, None]).T @ values + ridge, slope)
    return weights


def check(given: Sequence[Sample], codes: Sequence[Code]) -> dict[str, Score]:
    """Scores of models that never saw the article, beside those of the rules alone."""
    scores: dict[str, Score] = {}
    order = np.random.default_rng(0).permutation(len(given))
    for fold in range(FOLDS):
        left_out = set(order[fold::FOLDS].tolist())
        model = train([one for at, one in enumerate(given) if at not in left_out], codes)
        for at in sorted(left_out):
            one = given[at]
            learnt = {(label.scheme, label.code) for label in decided(model, one.features, one.scores, one.text)}
            ruled = {(scheme, code) for scheme, code in _ruled(one.features)}
            for who, found in (("learnt", learnt), ("rules", ruled)):
                _count(scores, who, found, one)
    return scores


def _ruled(found: Iterable[str]) -> Iterator[list[str]]:
    yield from (name.split()[1:] for name in found if name.startswith("ruled "))


def _count(scores: dict[str, Score], who: str, found: set[Any], one: Sample) -> None:
    for scheme in ("topic", "sector", "announcement", "novelty"):
        ours = {code for which, code in found if which == scheme} or ({"none"} if scheme == "announcement" else set())
        theirs = {code for which, code in one.codes if which == scheme}
        for part in ("", f" {one.language}", *((" gold",) if one.gold else ())):
            scores.setdefault(f"{scheme}{part} {who}", Score()).add(ours, theirs, one.key)


def main() -> None:
    """Cross-validate, or train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["check", "write"])
    on = settings()
    watch = load_watch(on.taxonomy, on.entities)
    taxonomy = watch.taxonomy
    schemes = {"topic": taxonomy.topics, "sector": taxonomy.sectors, "announcement": (*taxonomy.announcements, "none"),
               "novelty": taxonomy.novelty}
    codes = [(scheme, code) for scheme, known in schemes.items() for code in known]
    given = list(samples(watch))
    if parser.parse_args().what == "check":
        for name, score in sorted(check(given, codes).items()):
            print(f"{name:26} {score}")
    else:
        WEIGHTS.write_text(train(given, codes).written(), encoding="utf-8")


if __name__ == "__main__":
    main()
