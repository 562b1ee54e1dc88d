"""A word in Arabic or Latin script in, the consonants that both scripts write of it out: بوكيلي and Bukele are BKL.

The scripts share no spelling, and a press that writes names by ear none within one either. What survives are consonants, in
classes: emphatic and plain, voiced and voiceless letters that the other script cannot tell apart are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LEAST: Final = 3
"""Consonants under which a skeleton says nothing."""
MOST: Final = 4
"""Consonants that count: what follows is often an ending (Barbade, باربادوس; Salvador, سلفادوري)."""
_ARABIC: Final = str.maketrans({
    **dict.fromkeys("بپ", "B"), **dict.fromkeys("تطث", "T"), **dict.fromkeys("دضذ", "D"), "ج": "J", "خ": "K", "ر": "R",
    **dict.fromkeys("زظسص", "S"), "ش": "X", **dict.fromkeys("غقك", "K"), **dict.fromkeys("فڤ", "F"), "ل": "L", "م": "M",
    "ن": "N"})
_LATIN: Final = str.maketrans({
    **dict.fromkeys("bp", "B"), "t": "T", "d": "D", **dict.fromkeys("ckqg", "K"), "j": "J", "l": "L", "m": "M", "n": "N",
    "r": "R", **dict.fromkeys("sz", "S"), **dict.fromkeys("fv", "F"), "x": "KS"})
_PAIRS: Final = re.compile(r"sch|tch|ch|sh|gh|kh|ph|th|dh|dj|gn|ck|qu|c(?=[eiy])|g(?=[eiy])")
_PAIR: Final = {"sch": "X", "tch": "X", "ch": "X", "sh": "X", "gh": "K", "kh": "K", "ph": "F", "th": "T", "dh": "D", "dj": "J",
                "gn": "N", "ck": "K", "qu": "K", "c": "S", "g": "J"}
_SILENT: Final = re.compile(r"[^A-Z]+")
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word, without its article; empty where they are too few."""
    if "\u0600" <= word[:1] <= "\u06ff":
        letters = word.translate(_ARABIC)
    else:
        letters = _PAIRS.sub(lambda found: _PAIR[found[0]], word).translate(_LATIN)
    kept = _DOUBLED.sub(r"\1", _SILENT.sub("", letters))
    return kept[:MOST] if len(kept) >= LEAST else ""
