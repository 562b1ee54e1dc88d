"""A text and the people named in the article in, places where only their surname stands out ("Mme Benali", "بنسعيد")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from pipeline.classify.given_names import ARABIC_PARTICLES, PARTICLES
from pipeline.events import Mention, Zone
from pipeline.language.folding import fold, fold_text

_MIN_SURNAME: Final = 4
_COMMON: Final = frozenset(fold_text(
    "العلمي المغربي الوطني العربي السياسي الخامس السادس الثاني الأول الحسن الحسين الرئيس الدين الله الوالي العام "
    "الكبير الصغير الحاج الشرقي الهاشمي الإسلامي الطيب الصحراوي الفاسي الرباطي المدني التونسي المصري الزهراء Hassan "
    "Moulay Salman Zayed Rachid Prince Leon").split())
"""Surnames that are common words, numerals or given names too."""
_MAX_PEOPLE: Final = 60


def resolved(mentions: Sequence[Mention], everyone: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of nobody watched by surname ("Mme Benali") being of the one whose whole name the article gives."""
    people = _by_surname(everyone)
    return [_as_of(one, people) for one in mentions]


def _as_of(mention: Mention, people: dict[str, Mention]) -> Mention:
    who = people.get(fold_text(mention.name)) if mention.kind == "person" and mention.entity_id is None else None
    return msgspec.structs.replace(mention, entity_id=who.entity_id, name=who.name) if who else mention


def find_surnames(text: str, zone: Zone, everyone: Sequence[Mention]) -> list[Mention]:
    """Further mentions of people whose whole name the article gives. A surname that two of them share counts for neither."""
    people = _by_surname(everyone)
    if not people:
        return []
    folded = fold(text)
    pattern = re.compile("|".join(re.escape(name) for name in sorted(people, key=len, reverse=True)))
    found = []
    for match in pattern.finditer(folded.text):
        start, end = match.span()
        if not _bounded(folded.text, start, end):
            continue
        first, last = folded.span(start, end)
        surface = text[first:last]
        if surface[0].isupper() or "\u0600" <= surface[0] <= "\u06ff":
            who = people[match[0]]
            found.append(Mention(
                entity_id=who.entity_id, kind="person", name=who.name, surface=surface, zone=zone, start=first, end=last))
    return found


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    free = not before.isalnum() or (before in "وفبل" and (start < 2 or not text[start - 2].isalnum()))
    return free and (end >= len(text) or not text[end].isalnum())


def _by_surname(everyone: Sequence[Mention]) -> dict[str, Mention]:
    people: dict[str, Mention] = {}
    shared: set[str] = set()
    persons = [one for one in everyone if one.kind == "person"][:_MAX_PEOPLE]
    for mention in sorted(persons, key=lambda one: -len(one.surface.split())):
        if fold_text(mention.surface) in people:
            continue
        for surname in surnames(mention.surface):
            held = people.setdefault(surname, mention)
            if held.name != mention.name:
                shared.add(surname)
    return {surname: who for surname, who in people.items() if surname not in shared}


def surnames(name: str) -> list[str]:
    """The last word of a name, and the last words with their particles, folded: `el fallah seghrouchni`, `seghrouchni`."""
    words = fold_text(name).split()
    if len(words) < 2:
        return []
    found = [words[-1]]
    for at in range(len(words) - 2, 0, -1):
        if words[at] in PARTICLES or words[at] in ARABIC_PARTICLES:
            found.append(" ".join(words[at:]))
    if len(words) > 2:
        found.append(" ".join(words[1:]))
    return [one for one in dict.fromkeys(found) if len(one) >= _MIN_SURNAME and one not in _COMMON]
