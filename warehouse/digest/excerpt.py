"""An evidence sentence and the text that matters in it in, a short excerpt out whose every character is the sentence's own."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 300


@dataclass(frozen=True)
class Excerpt:
    """`before + marked + after` is a substring of the sentence; the flags say where it was cut."""

    before: str
    marked: str
    after: str
    cut_start: bool
    cut_end: bool

    @property
    def text(self) -> str:
        """The substring."""
        return self.before + self.marked + self.after


def excerpt(sentence: str, surface: str = "", limit: int = LIMIT) -> Excerpt:
    """At most `limit` characters (the surface is kept whole where it fits) around `surface`, cut between words."""
    at = sentence.find(surface) if surface else -1
    start, end = (at, min(at + len(surface), at + limit)) if at >= 0 else (0, 0)
    left, right = _window(sentence, start, end, limit)
    return Excerpt(sentence[left:start], sentence[start:end], sentence[end:right], left > 0, right < len(sentence))


def _window(sentence: str, start: int, end: int, limit: int) -> tuple[int, int]:
    if len(sentence) <= limit:
        return 0, len(sentence)
    spare = limit - (end - start)
    left = max(0, min(start - spare // 3, len(sentence) - limit))
    right = min(len(sentence), left + limit)
    return _to_word(sentence, left, start), _back_to_word(sentence, right, end)


def _to_word(sentence: str, left: int, start: int) -> int:
    """The first word's start in [left, start]; `left` itself where there is none."""
    if left == 0:
        return 0
    space = sentence.find(" ", left - 1, start)
    return left if space < 0 else space + 1


def _back_to_word(sentence: str, right: int, end: int) -> int:
    if right == len(sentence):
        return right
    space = sentence.rfind(" ", end, right + 1)
    return right if space < 0 else space
