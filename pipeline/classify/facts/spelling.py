"""A regular expression with Arabic words as people write them in, the same as folded text spells them out; and quick looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.language.folding import fold_text

_ARABIC: Final = re.compile(r"[\u0600-\u06ff]+")


def spelt(pattern: str) -> str:
    """`pattern` with its Arabic letters folded; all else (classes such as \\W above all) is left as it is."""
    return _ARABIC.sub(lambda match: fold_text(match[0]), pattern)


def stems(words: str) -> tuple[str, ...]:
    """Beginnings of words, folded, to look for with `mentions_any` before a costly expression is tried."""
    return tuple(fold_text(words).split())


def mentions_any(folded: str, beginnings: Iterable[str]) -> bool:
    """Whether one of them stands anywhere in the folded text."""
    return any(stem in folded for stem in beginnings)
