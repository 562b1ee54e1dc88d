"""Features of an article in, how probable each label is out: a linear model, trained by `python -m tests.bench.train_labels`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.classify.terms import Code

WEIGHTS: Final = Path(__file__).with_name("weights.txt")
_UNIT: Final = 100
"""Weights are written as whole hundredths."""


@dataclass(frozen=True, eq=False)
class Model:
    """Weights of features for labels, and from what probability on a label of a scheme is given."""

    version: str
    least: dict[str, float]
    codes: tuple[Code, ...]
    rows: dict[str, int]
    weights: npt.NDArray[np.float32]
    """A row a feature, a column a code."""

    def probabilities(self, features: Mapping[str, float]) -> dict[Code, float]:
        """Of every code, each by itself; features that the model does not know count nothing."""
        known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        values = np.array([value for _, value in known], dtype=np.float32)
        totals = values @ self.weights[[row for row, _ in known]] if known else np.zeros(len(self.codes), dtype=np.float32)
        return dict(zip(self.codes, (1 / (1 + np.exp(-totals))).tolist(), strict=True))

    def weight(self, feature: str, code: Code) -> float:
        """What one feature says for a code; 0 for an unknown one."""
        row = self.rows.get(feature)
        return 0.0 if row is None else float(self.weights[row, self._columns[code]])

    def knows(self, scheme: str, codes: Iterable[str]) -> bool:
        """Whether it was trained for just these codes of a scheme (`none` is nobody's code)."""
        return {code for which, code in self.codes if which == scheme} - {"none"} == set(codes)

    @cached_property
    def _columns(self) -> dict[Code, int]:
        return {code: column for column, code in enumerate(self.codes)}

    def written(self) -> str:
        """The text that `read_model` reads: version, thresholds, codes, then each feature with its columns' weights."""
        lines = [self.version, " ".join(f"{scheme}={least}" for scheme, least in self.least.items()),
                 " ".join("/".join(code) for code in self.codes)]
        for name, row in self.rows.items():
            rounded = np.rint(self.weights[row] * _UNIT).astype(int)
            lines.append(name + "\t" + " ".join(f"{column}:{rounded[column]}" for column in np.flatnonzero(rounded)))
        return "\n".join(lines) + "\n"


def read_model(path: Path = WEIGHTS) -> Model:
    """The model in a file. ValueError where that is none."""
    version, thresholds, codes, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = tuple((scheme, code) for scheme, _, code in (one.partition("/") for one in codes.split()))
    least = {scheme: float(value) for scheme, _, value in (one.partition("=") for one in thresholds.split())}
    weights = np.zeros((len(lines), len(columns)), dtype=np.float32)
    rows: dict[str, int] = {}
    for row, line in enumerate(lines):
        name, _, pairs = line.partition("\t")
        rows[name] = row
        for column, _, hundredths in (pair.partition(":") for pair in pairs.split()):
            weights[row, int(column)] = int(hundredths) / _UNIT
    return Model(version, least, columns, rows, weights)
