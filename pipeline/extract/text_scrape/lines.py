"""The text of a scrape in, its lines with what each looks like out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pipeline.extract.document import squeeze
from pipeline.extract.wording import is_noise, is_read_more, is_related_heading

SENTENCE: Final = 40
"""Characters from which a line that ends like a sentence is prose."""
PROSE: Final = 170
"""Characters from which a line is prose however it ends."""
TICKER_ITEMS: Final = 4
_ENDS: Final = re.compile(r"[.!?؟…:;؛][\s»”\"’')\]]*$")
_BULLET: Final = re.compile(r"^\s*[•▪◦●‣■◆►▶]\s*")
_ITEM: Final = re.compile(r"^\s*(?:[-–—*]|\d{1,2}[.)])\s+\S")
_CREDIT: Final = re.compile(
    r"(?:©|\((?:ph(?:oto)?|crédits?|archives?|dr)\b[^)]{0,40}\)\s*$|^\s*(?:photo|légende|صورة)\s*[:(])", re.I)
_TICKER_GAP: Final = re.compile(r"\s{3,}|\s+(?:\*{2,}|●|•|\|{1,2}|///?)\s+|\t")


class Look(Enum):
    """What a line looks like by itself."""

    PROSE = "prose"
    ITEM = "item"
    """An entry of a list that belongs to a text."""
    BULLET = "bullet"
    """A line under a bullet sign: an entry, or the headline of a teaser."""
    SHORT = "short"
    CAPTION = "caption"
    TICKER = "ticker"
    NOISE = "noise"
    POINTER = "pointer"
    RELATED = "related"


@dataclass(frozen=True)
class Line:
    """A line that is not blank."""

    text: str
    look: Look


def read_lines(text: str) -> list[Line]:
    """The lines, without blank ones; a line that goes on in the next (which begins small) is put together with it."""
    joined: list[str] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not squeeze(raw):
            continue
        if joined and raw.lstrip()[:1].islower() and not _ENDS.search(joined[-1]) and len(joined[-1]) > SENTENCE:
            joined[-1] = f"{joined[-1].rstrip()} {raw.lstrip()}"
        else:
            joined.append(raw)
    return [Line(_bare(raw), _look(raw)) for raw in joined]


def _bare(raw: str) -> str:
    return squeeze(_BULLET.sub("", raw))


def _look(raw: str) -> Look:
    text = squeeze(raw)
    looks = ((Look.TICKER, _is_ticker(raw)), (Look.NOISE, is_noise(text)), (Look.POINTER, is_read_more(text)),
             (Look.RELATED, is_related_heading(text)), (Look.CAPTION, len(text) <= 500 and _CREDIT.search(text)),
             (Look.BULLET, _BULLET.match(raw)), (Look.ITEM, _ITEM.match(raw)), (Look.PROSE, is_prose(text)))
    return next((look for look, is_so in looks if is_so), Look.SHORT)


def is_prose(text: str) -> bool:
    """Whether a line is a sentence or more."""
    return len(text) >= PROSE or (len(text) >= SENTENCE and _ENDS.search(text) is not None)


def _is_ticker(raw: str) -> bool:
    """Headlines one after the other in one line, divided by gaps or signs, none of them ending like a sentence."""
    parts = [part.strip() for part in _TICKER_GAP.split(raw.strip()) if part.strip()]
    if len(parts) < TICKER_ITEMS:
        return False
    headlines = sum(12 <= len(part) <= 260 and not part.endswith(".") for part in parts)
    return headlines >= 0.7 * len(parts)
