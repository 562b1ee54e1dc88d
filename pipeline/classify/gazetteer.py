"""A text in, the watched entities named in it out: longest match, word boundaries of Arabic and Latin scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick

from config.watch import Entities, WatchedEntity
from pipeline.classify.aliases import Form, fits, forms, searchable
from pipeline.classify.cues import announced
from pipeline.classify.places import official_places
from pipeline.events import Mention, Zone
from pipeline.language.folding import Folded, fold

_ATTACHED: Final = re.compile(r"(?:^|[^\w])(?P<article>(?:[وف]?[بكل]?ال)|[وف]?لل)?(?P<prefix>[وف]?[بكل]?)$")
_LOOK_BACK: Final = 6
"""Characters: a space, the longest chain of attached letters and one more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity's form found in a text; positions are those of the source."""

    form: Form
    start: int
    end: int


class Gazetteer:
    """All forms of the watched entities and of Morocco's administrative units, ready to be looked for."""

    def __init__(self, entities: Entities) -> None:
        self.entities: dict[str, WatchedEntity] = {**official_places(entities), **entities.entities}
        self._forms: dict[str, list[Form]] = {}
        for entity_id, entity in self.entities.items():
            for form in forms(entity_id, entity):
                for text in _spellings(form):
                    self._forms.setdefault(text, []).append(form)
        self._texts = list(self._forms)
        self._automaton = AhoCorasick(self._texts) if self._texts else None

    def find(self, text: str, zone: Zone) -> list[Mention]:
        """Mentions of watched entities in order; none overlaps another, the longest wins."""
        folded = fold(text)
        return [self._mention(text, hit, zone) for hit in longest(self._hits(text, folded))]

    def _hits(self, text: str, folded: Folded) -> Iterator[Hit]:
        if self._automaton is None:
            return
        haystack = searchable(folded.text)
        for index, start, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            if not (ends_word(haystack, end) and (begins_word(haystack, start))):
                continue
            first, last = folded.span(start, end)
            surface = text[first:last]
            for form in self._forms[self._texts[index]]:
                if fits(form, surface) and self._stands(form, haystack, start):
                    yield Hit(form, first, last)
                    break

    def _stands(self, form: Form, haystack: str, start: int) -> bool:
        kind = self.entities[form.entity_id].kind
        if form.arabic and kind in ("person", "place") and not form.text.startswith("ال") and has_article(haystack, start):
            return False
        return not form.guarded or announced(kind, haystack, start)

    def _mention(self, text: str, hit: Hit, zone: Zone) -> Mention:
        entity = self.entities[hit.form.entity_id]
        return Mention(
            entity_id=hit.form.entity_id, kind=entity.kind, name=canonical(hit.form.entity_id, entity),
            surface=text[hit.start:hit.end], zone=zone, start=hit.start, end=hit.end)


def canonical(entity_id: str, entity: WatchedEntity) -> str:
    """The French name, else the first there is."""
    return entity.name.get("fr") or next(iter(entity.name.values()), entity_id)


def begins_word(text: str, start: int) -> bool:
    """Whether a word begins at `start` of a folded text, with Arabic's attached letters before it or not."""
    if start == 0 or not text[start - 1].isalnum():
        return True
    if not "\u0600" <= text[start] <= "\u06ff":
        return False
    return _ATTACHED.search(text[max(0, start - _LOOK_BACK):start]) is not None


def has_article(text: str, start: int) -> bool:
    """Whether an attached article precedes `start`."""
    match = _ATTACHED.search(text[max(0, start - _LOOK_BACK):start])
    return match is not None and match["article"] is not None


def ends_word(text: str, end: int) -> bool:
    """Whether a word ends before `end` of a folded text."""
    return end >= len(text) or not text[end].isalnum()


def word_end(text: str, at: int) -> int:
    """Where the word that goes on at `at` of a folded text ends."""
    while not ends_word(text, at):
        at += 1
    return at


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, then the first; in order."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def _spellings(form: Form) -> Iterator[str]:
    """The form, and how it looks after an attached ل, which swallows the alef of the article."""
    yield form.text
    if form.text.startswith("ال"):
        yield "لل" + form.text[2:]
