"""A text in, the spans between its quotation marks out: «», “”, "" and the reversed and nested ways in which pages use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_QUOTATION: Final = 2500
"""Code points; a mark that finds no partner so far on stands alone."""
_MARK: Final = re.compile(r"[«»“”„\"]|\n")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])(?:\s|$)|\n")
MAX_LEFT_OPEN: Final = 500
"""Code points to the end of the sentence that a quotation without closing mark may take."""
_SPACE = " \u00a0\u202f\t"
_PARTNERS: Final = {"«": "»", "»": "»«", "“": "”", "„": "”“", "”": "”“", '"': '"'}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Positions in the text: of the words quoted (no marks, no space at the ends) and of the marks around them."""

    start: int
    end: int
    opening: int
    closing: int
    """Position after the closing mark."""


def quotations(text: str) -> Iterator[Quotation]:
    """Outermost quotations in order. One that a paragraph leaves open ends where the next paragraph's closing mark says so."""
    marks = list(_MARK.finditer(text))
    at = 0
    while at < len(marks):
        mark = marks[at]
        if mark[0] == "\n" or not _opens(text, mark):
            at += 1
            continue
        partner = _partner(text, marks, at)
        if partner is None:
            if mark[0] == "«" and (left_open := _SENTENCE_END.search(text, mark.end(), mark.end() + MAX_LEFT_OPEN)):
                yield from filter(None, [_trimmed(text, mark.start(), left_open.start() + 1)])
            at += 1
            continue
        if found := _trimmed(text, mark.start(), marks[partner].end()):
            yield found
        at = partner + 1


def _opens(text: str, mark: re.Match[str]) -> bool:
    before, after = text[max(0, mark.start() - 1):mark.start()], text[mark.end():mark.end() + 1]
    if mark[0] in "«“„":
        return True
    spaced = not before or before in _SPACE + "\n(:'’،,[-–" or (before in "بولفكـ" and mark[0] != "»")
    return spaced and (after.isalnum() or (after in "[(…'’‘" and after != ""))


def _partner(text: str, marks: list[re.Match[str]], at: int) -> int | None:
    """Number of the mark that closes marks[at]: the one that balances nested ones, else the paragraph's first of its kind."""
    opening, depth, first, crossed = marks[at][0], 1, None, 0
    for number in range(at + 1, len(marks)):
        mark = marks[number]
        if mark.start() - marks[at].start() > MAX_QUOTATION:
            break
        if mark[0] == "\n":
            crossed += text[mark.end():mark.end() + 1] != "\n"
            if first is not None or crossed > 2 or opening == '"':
                break
        elif opening in "«“" and mark[0] == opening:
            if crossed:
                break
            depth += 1
        elif mark[0] in _PARTNERS[opening] and not (opening == '"' and not _closes(text, mark)):
            depth -= 1
            first = number if first is None else first
            if depth == 0:
                return number
    return first


def _closes(text: str, mark: re.Match[str]) -> bool:
    before, after = text[mark.start() - 1:mark.start()], text[mark.end():mark.end() + 1]
    return not (before in _SPACE and after.isalnum())


def _trimmed(text: str, opening: int, closing: int) -> Quotation | None:
    start, end = opening + 1, closing - 1
    while start < end and text[start] in _SPACE + "\n":
        start += 1
    while end > start and text[end - 1] in _SPACE + "\n,،":
        end -= 1
    return Quotation(start, end, opening, closing) if end > start else None
