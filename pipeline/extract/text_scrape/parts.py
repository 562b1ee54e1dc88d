"""The lines of a scrape in, its parts out: title, header, body, captions and what belongs to none of them.

The body is the run of prose that weighs most; a list of teasers, a heading such as "Articles similaires" or many short
lines end a run. The title is the line before it that a date or byline follows, or that the page says twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.events import Dropped
from pipeline.extract.byline import byline_in
from pipeline.extract.cleaning import DroppedZone
from pipeline.extract.origin import find_original
from pipeline.extract.signature import find_signature
from pipeline.extract.text_scrape.lines import Line, Look
from pipeline.extract.wording import plain
from pipeline.language.months import MONTH, fold

BETWEEN: Final = 3
"""Short lines in a row that a run of prose may hold: subheadings, figures of a table."""
HEADER: Final = 12
"""Lines before the text among which title, date and byline are looked for, beyond those of menus."""
LONGEST_TITLE: Final = 260
POINTER: Final = 45
"""Characters from which a heading with another right under it is the headline of another article."""
_ZONES: Final[dict[Look, DroppedZone]] = {
    Look.TICKER: "ticker", Look.NOISE: "boilerplate", Look.POINTER: "read_more", Look.RELATED: "related"}
_DATED: Final = re.compile(rf"[-–|•]\s\d{{1,2}}(?:er)?\s(?:{MONTH})\s\d{{4}}$")
_WHEN: Final = re.compile(rf"\d{{1,2}}\s?[:h]\s?\d{{2}}|"
                          rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{4}}|\d{{1,2}}(?:er)? (?:{MONTH})\b")


@dataclass
class Parts:
    """What a scrape holds."""

    title: str | None
    header: list[str] = field(default_factory=list)
    """Short lines around the title, those after it first."""
    body: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def divide(lines: Sequence[Line]) -> Parts | None:
    """The parts, or None where no prose is found."""
    runs = list(_runs(lines))
    if not runs:
        return None
    start, end = max(runs, key=lambda run: _weight(lines, *run))
    at = _title(lines, start)
    parts = Parts(lines[at].text if at is not None else None)
    parts.header = [line.text for line in (*lines[(at or 0) + 1:start], *reversed(lines[max(0, (at or 0) - 3):at or 0]))
                    if line.look in (Look.SHORT, Look.ITEM)]
    for line in (*lines[:start], *lines[end:]):
        _put_aside(line, parts)
    _fill(lines[start:end], parts)
    return parts


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Start and end (exclusive) of each run of prose."""
    start: int | None = None
    last = short = 0
    for index, line in enumerate(lines):
        if line.look is Look.PROSE or (start is not None and line.look is Look.ITEM):
            start = index if start is None else start
            last, short = index, 0
        elif start is not None:
            short += line.look in (Look.SHORT, Look.BULLET)
            if line.look is Look.RELATED or short > BETWEEN or _begins_teasers(lines, index):
                yield start, _signed_end(lines, last + 1)
                start, short = None, 0
    if start is not None:
        yield start, _signed_end(lines, last + 1)


def _signed_end(lines: Sequence[Line], end: int) -> int:
    """With the short line after the text, where it is a signature."""
    signs = end < len(lines) and lines[end].look is Look.SHORT
    return end + 1 if signs and find_signature([line.text for line in lines[:end + 1]]) else end


def _begins_teasers(lines: Sequence[Line], index: int) -> bool:
    """Bulleted headlines, each with a paragraph below it, two in a row; or a line that dates and signs the teaser above it."""
    if lines[index].look is Look.SHORT and len(lines[index].text) <= 60 and _DATED.search(fold(lines[index].text)):
        return index + 1 < len(lines) and lines[index + 1].look in (Look.SHORT, Look.BULLET)
    pattern = [line.look for line in lines[index:index + 4]]
    return pattern == [Look.BULLET, Look.PROSE, Look.BULLET, Look.PROSE] or (
        pattern[:2] == [Look.BULLET, Look.PROSE] and index + 2 == len(lines))


def _weight(lines: Sequence[Line], start: int, end: int) -> float:
    """Characters of prose, a third of them for a run that stands under the heading of a list of other articles."""
    size = sum(len(line.text) for line in lines[start:end] if line.look in (Look.PROSE, Look.ITEM))
    return size / 3 if any(line.look is Look.RELATED for line in lines[:start]) else size


def _title(lines: Sequence[Line], start: int) -> int | None:
    """Index of the title among the lines before the body."""
    texts = [plain(line.text) for line in lines]
    first = next((index for index, line in enumerate(lines) if line.look is not Look.TICKER), 0)
    scored: list[tuple[float, int]] = []
    for index in range(max(0, start - 4 * HEADER), start):
        line = lines[index]
        if line.look not in (Look.SHORT, Look.PROSE) or not _may_title(line.text):
            continue
        said_twice = any(texts[index] in other for at, other in enumerate(texts) if at != index)
        follows = [other.text for other in lines[index + 1:min(index + 5, start)]]
        score = 2.0 * said_twice + 3.0 * any(map(_says_when_or_who, follows)) + min(len(line.text.split()), 10) / 10
        score += 1.0 * (index == first) + 1.0 * (start - index <= 2)
        scored.append((score, -index))
    return -max(scored)[1] if scored else None


def _may_title(text: str) -> bool:
    return 12 <= len(text) <= LONGEST_TITLE and len(text.split()) >= 3 and not _says_when_or_who(text)


def _says_when_or_who(text: str) -> bool:
    if len(text) > 120:
        return False
    return bool(byline_in(text) or find_original([text]) or (len(text) <= 60 and _WHEN.search(fold(text))))


def _fill(lines: Sequence[Line], parts: Parts) -> None:
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.look in _ZONES or line.look is Look.CAPTION:
            _put_aside(line, parts)
        elif _is_pointer(line, following):
            parts.dropped.append(Dropped(zone="read_more", text=line.text))
        elif parts.title is None or plain(line.text) != plain(parts.title):
            parts.body.append(line.text)


def _is_pointer(line: Line, following: Line | None) -> bool:
    """A headline with a subheading right under it heads no text of its own: it points to another article."""
    return (line.look is Look.SHORT and following is not None and following.look is Look.SHORT
            and len(line.text) >= POINTER and not byline_in(following.text))


def _put_aside(line: Line, parts: Parts) -> None:
    if line.look is Look.CAPTION:
        text = line.text
        if parts.title and plain(text).startswith(plain(parts.title)):
            text = text[len(parts.title):].strip()
        parts.captions.append(text)
    elif line.look in _ZONES:
        parts.dropped.append(Dropped(zone=_ZONES[line.look], text=line.text[:300]))
    elif line.text != parts.title and line.text not in parts.header:
        parts.dropped.append(Dropped(zone="related" if parts.body else "boilerplate", text=line.text[:300]))
