"""Merges and placement changes in, where a story or article stands in the end out; independent of the order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Place = tuple[str, str, str | None]
"""Story, kind of placement, original."""


class Merges:
    """Which story goes on where; built from rows of `story_merges`."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._into: dict[str, str] = {}
        for row in sorted(rows, key=lambda row: (row["story_id"], row["into_story_id"])):
            self._into.setdefault(row["story_id"], row["into_story_id"])

    def final(self, story_id: str) -> str:
        """The story that `story_id` goes on as; of stories merged in a circle the first by name."""
        seen = [story_id]
        while (step := self._into.get(seen[-1])) is not None:
            if step in seen:
                return min(seen[seen.index(step):])
            seen.append(step)
        return seen[-1]

    def path(self, story_id: str) -> list[str]:
        """All ids that the story went through after `story_id`."""
        seen: list[str] = []
        step: str | None = story_id
        while step is not None and step not in seen:
            seen.append(step)
            step = self._into.get(step)
        return seen[1:]


def moved(start: Place, changes: Sequence[Mapping[str, Any]], merges: Merges) -> tuple[Place, Mapping[str, Any] | None]:
    """Where an article placed at `start` stands after its placement changes, and the last of them.

    The changes say what was before and after, so they chain up whatever the order of their arrival; each counts once.
    """
    at, last = start, None
    waiting = sorted(changes, key=lambda change: str(change["event_id"]))
    while (step := next((c for c in waiting if _same(before(c), at, merges)), None)) is not None:
        waiting.remove(step)
        at, last = after(step), step
    return at, last


def before(change: Mapping[str, Any]) -> Place:
    """The place that the change ended."""
    return change["before_story_id"], change["before_placement"], change["before_copy_of"]


def after(change: Mapping[str, Any]) -> Place:
    """The place that the change gave."""
    return change["after_story_id"], change["after_placement"], change["after_copy_of"]


def _same(one: Place, other: Place, merges: Merges) -> bool:
    return merges.final(one[0]) == merges.final(other[0]) and one[1:] == other[1:]
