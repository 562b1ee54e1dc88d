"""Watched entities in, the folded forms they are looked for in out, each with what its surface must look like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from config.watch import WatchedEntity
from pipeline.language.folding import fold_text

Case = Literal["any", "capital", "exact"]
MIN_ALIAS: Final = 2
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_MAX_ACRONYM: Final = 12
_SHORT: Final = 4
"""A name of so few letters is told from a common word by its accents: Salé, not Sale."""
_READ_AS_WORD: Final = 5
"""Acronyms of so many letters are also written as words: Unesco, Masen, Anapec."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing an entity's name."""

    text: str
    """Folded, hyphens as spaces: as `searchable` makes it."""
    entity_id: str
    alias: str
    case: Case
    arabic: bool
    guarded: bool = False
    """Counts only after a word that announces it."""


def searchable(folded: str) -> str:
    """Folded text as names are looked for in it: of the same length, a hyphen counting as a space."""
    return folded.replace("-", " ")


def forms(entity_id: str, entity: WatchedEntity) -> Iterator[Form]:
    """Every form of one entity, none twice."""
    seen: set[str] = set()
    for alias, guarded in (*((a, True) for a in entity.guarded), *((a, False) for a in _names(entity))):
        text = searchable(fold_text(alias)).strip()
        case = _case(alias, entity.kind)
        if len(text) < MIN_ALIAS or f"{text}/{case}" in seen:
            continue
        seen.add(f"{text}/{case}")
        yield Form(text, entity_id, alias, case, _ARABIC.search(alias) is not None, guarded)


def _names(entity: WatchedEntity) -> Iterable[str]:
    return dict.fromkeys(name for name in (*entity.name.values(), *entity.aliases) if name not in entity.guarded)


def _case(alias: str, kind: str) -> Case:
    """What a Latin alias asks of the surface: an acronym its capitals, a name a capital, an expression nothing."""
    letters = [char for char in alias if char.isalpha()]
    if not letters or _ARABIC.search(alias):
        return "any"
    if " " not in alias and len(alias) <= _MAX_ACRONYM and all(char.isupper() for char in letters):
        return "exact"
    if len(alias) <= _SHORT and fold_text(alias) != alias.casefold():
        return "exact"
    if alias[0].isupper() or kind in ("person", "place"):
        return "capital"
    return "any"


def fits(form: Form, surface: str) -> bool:
    """Whether the characters of the text can stand for this form."""
    if form.case == "exact":
        word = surface[0].isupper() and len(form.text) >= _READ_AS_WORD and not any(c.isdigit() for c in form.text)
        return surface in (form.alias, form.alias.upper()) or (word and surface[1:].islower())
    if form.case == "capital":
        return surface[0].isupper() or (" " in form.text and any(char.isupper() for char in surface)) or surface[0].isdigit()
    return True
