"""Text in, folded text out with a map back: one spelling for what readers take as the same word, in Arabic and Latin scripts.

Folded are case, accents, Arabic vowel signs, tatweel, the forms of alef, ya, waw and ta marbuta, digits, apostrophes,
quotation marks, dashes and spaces; characters that only direct the layout vanish. Newlines stay.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_ONE: Final = {
    **dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ک": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف", "ڥ": "ف", "پ": "ب", "ی": "ي",
    "٫": ",", "٬": ".", **dict.fromkeys("’‘ʼ`´′ʹ", "'"), **dict.fromkeys("«»“”„‟″", '"'), **dict.fromkeys("–—‑‐−―", "-"),
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "\n": "\n", "ـ": "",
}
_VANISHING: Final = frozenset({"Mn", "Cf", "Cc"})


class _Table(dict[int, str]):
    """What each character folds to, learnt as characters are met; `uneven` are those that do not fold to one character."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_char(char)
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


def _fold_char(char: str) -> str:
    if char in _ONE:
        return _ONE[char]
    if char.isspace():
        return " "
    if unicodedata.category(char) in _VANISHING:
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "\ufb00" <= char <= "\ufb06" or "\ufb50" <= char <= "\ufefc":
        return "".join(_fold_char(part) for part in unicodedata.normalize("NFKC", char) if part != char)
    base = unicodedata.normalize("NFD", char)[0].lower()
    return _ONE.get(base, base)


_table: Final = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its folded form. Positions in `text` are translated to code points of `source` by `span`."""

    source: str
    text: str
    offsets: tuple[int, ...] | None
    """Position in `source` of each character of `text`; None where they are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in `source` of text[start:end], with the vowel signs that belong to its last letter."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start] if start < len(self.offsets) else len(self.source)
        last = self.offsets[end - 1] + 1 if end > start else first
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return first, last

    def surface(self, start: int, end: int) -> str:
        """The characters of `source` that text[start:end] stands for."""
        first, last = self.span(start, end)
        return self.source[first:last]


def fold(text: str) -> Folded:
    """The folded text with its map back."""
    folded = text.translate(_table)
    if _table.uneven.isdisjoint(text):
        return Folded(text, folded, None)
    return Folded(text, folded, tuple(i for i, char in enumerate(text) for _ in _table[ord(char)]))


def fold_text(text: str) -> str:
    """Only the folded text."""
    return text.translate(_table)
