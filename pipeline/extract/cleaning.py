"""Lines of a body in, those that are the journalist's out, the others with the zone they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.events import Dropped
from pipeline.extract.byline import byline_in
from pipeline.extract.header import same_text
from pipeline.extract.wording import PAYWALL, is_noise, is_promotion, is_read_more, is_related_heading, plain

DroppedZone = Literal["kicker", "byline", "date_line", "read_more", "related", "ticker", "comments", "boilerplate"]
HEAD: Final = 6
"""Lines at the start among which repetitions of title, date and byline are looked for."""
TAIL: Final = 4


@dataclass
class Cleaned:
    """What is left of the lines, and what was taken out."""

    lines: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    paywalled: bool = False

    def drop(self, zone: DroppedZone, text: str) -> None:
        """Note a line as not the article's."""
        self.dropped.append(Dropped(zone=zone, text=text[:300]))


@dataclass(frozen=True)
class Known:
    """What else the page was found to say: lines equal to it are no body."""

    headline: str
    date_lines: Sequence[str] = ()
    authors: Sequence[str] = ()
    captions: Sequence[str] = ()
    kickers: Sequence[str] = ()
    patterns: Sequence[re.Pattern[str]] = ()
    """The outlet's own `drop_lines`."""


def clean(lines: Iterable[str], known: Known) -> Cleaned:
    """The body's lines."""
    cleaned = Cleaned()
    for line in lines:
        bare = line.removeprefix("- ")
        if zone := _zone(bare, known, head=len(cleaned.lines) < HEAD):
            cleaned.drop(zone, bare)
            cleaned.paywalled |= _is_paywall(bare)
        else:
            cleaned.lines.append(line)
    _trim_tail(cleaned)
    return cleaned


def _zone(line: str, known: Known, *, head: bool) -> DroppedZone | None:
    if any(pattern.match(line) for pattern in known.patterns):
        return "boilerplate"
    if _is_paywall(line):
        return "boilerplate"
    if is_read_more(line):
        return "read_more"
    if is_noise(line):
        return "boilerplate"
    if any(same_text(line, caption) for caption in known.captions):
        return "boilerplate"
    return _head_zone(line, known) if head else None


def _head_zone(line: str, known: Known) -> DroppedZone | None:
    if same_text(line, known.headline):
        return "boilerplate"
    if any(same_text(line, one) for one in known.date_lines):
        return "date_line"
    if any(same_text(line, one) for one in known.kickers):
        return "kicker"
    if len(line) > 120:
        return None
    if any(same_text(line, one) for one in known.authors):
        return "byline"
    name = byline_in(line)
    return "byline" if name and any(same_text(name, one) for one in known.authors) else None


def _is_paywall(line: str) -> bool:
    return len(line) <= 250 and PAYWALL.is_in(plain(line))


def _trim_tail(cleaned: Cleaned) -> None:
    """Headings of lists that were taken out are left hanging at the end, and the outlet's word to its readers stands there."""
    while len(cleaned.lines) > 1:
        if is_related_heading(cleaned.lines[-1]):
            cleaned.drop("related", cleaned.lines.pop())
        elif is_promotion(cleaned.lines[-1]):
            cleaned.drop("boilerplate", cleaned.lines.pop())
        else:
            break
