"""A text in, the texts near in time that share its wording out: MinHash bands by month, filled from the store as needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import Final

import rensa

from pipeline.dedup import stories
from pipeline.dedup.shingles import Hashes
from pipeline.dedup.store import Store
from pipeline.dedup.text import ANY_TIME, Text

PERMUTATIONS: Final = 128
BANDS: Final = 64
THRESHOLD: Final = 0.25
"""research/performance.md section 2: at .25 in 64 bands briefs and heavy edits are found (recall .98); containment decides."""
SEED: Final = 20
DAY: Final = 86_400.0
AKIN: Final = 24
"""Texts at the most that one is compared with for its event."""
MOST: Final = 200_000
"""Texts in memory; what is not near the text asked about goes first. A text takes about 6 KB."""


class Index:
    """Bands of the texts of event times near those asked about; the others lie in the store."""

    def __init__(self, store: Store, window_days: int) -> None:
        self._store = store
        self._window = window_days * DAY
        self._span = max(self._window / 2, DAY)
        self._months: OrderedDict[int, _Month] = OrderedDict()

    def near(self, text: Text) -> set[int]:
        """Numbers of texts that may be copies, at most the window before or after."""
        sketch = _sketch(text.shingles)
        if not len(text.shingles):
            return set()
        needed = {self._month(ANY_TIME), *range(
            self._month(text.at - self._window), self._month(text.at + self._window) + 1)}
        found = {doc for month in needed for doc in self._loaded(month).bands.query(sketch)}
        self._forget(needed)
        return found

    def akin(self, text: Text) -> list[int]:
        """Numbers of texts that may tell of the same event: those near in time that share the most telling keys."""
        start, end = (text.at - stories.DAYS * DAY, text.at + stories.DAYS * DAY) if text.dated else (ANY_TIME, float("inf"))
        return self._store.with_keys(text.keys.telling, start, end, AKIN)

    def add(self, doc: int, text: Text) -> None:
        """Make a stored text findable. Call it once the store has committed."""
        month = self._months.get(self._month(text.at))
        if month is not None:
            month.add(doc, text.shingles)

    def _month(self, at: float) -> int:
        return int(at // self._span)

    def _loaded(self, number: int) -> _Month:
        month = self._months.get(number)
        if month is None:
            month = self._months[number] = _Month()
            for doc, text in self._store.texts_between(number * self._span, (number + 1) * self._span):
                month.add(doc, text.shingles)
        self._months.move_to_end(number)
        return month

    def _forget(self, needed: Collection[int]) -> None:
        size = sum(len(month.docs) for month in self._months.values())
        for number in [number for number in self._months if number not in needed]:
            if size <= MOST and len(self._months) <= 60:
                return
            size -= len(self._months.pop(number).docs)


class _Month:
    """The bands of one span of time."""

    def __init__(self) -> None:
        self.bands = rensa.RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
        self.docs: set[int] = set()

    def add(self, doc: int, shingles: Hashes) -> None:
        if doc not in self.docs:
            self.docs.add(doc)
            self.bands.insert(doc, _sketch(shingles))


def _sketch(shingles: Hashes) -> rensa.RMinHash:
    sketch = rensa.RMinHash(PERMUTATIONS, SEED)
    sketch.update(shingles.view("S4").tolist())
    return sketch
