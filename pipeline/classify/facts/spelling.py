"""A regular expression with Arabic words as people write them in, the same as folded text spells them out."""

from __future__ import annotations

import re
from typing import Final

from pipeline.language.folding import fold_text

_ARABIC: Final = re.compile(r"[\u0600-\u06ff]+")


def spelt(pattern: str) -> str:
    """`pattern` with its Arabic letters folded; all else (classes such as \\W above all) is left as it is."""
    return _ARABIC.sub(lambda match: fold_text(match[0]), pattern)
