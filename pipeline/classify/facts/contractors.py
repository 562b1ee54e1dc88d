"""An instrument in its sentence in, its parties out: those between whom, with whom or by whom it is signed, and who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.classify.facts.instruments import Instrument
from pipeline.classify.facts.parties import parties_in
from pipeline.classify.facts.spelling import spelt
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Party

_BETWEEN: Final = re.compile(r"(?<![^\W\d_])(?:entre|between|بين|liant|lie|unissant|جمعت|تجمع|تربط)(?![^\W\d_]) ?")
_WITH: Final = re.compile(r"(?<![^\W\d_])(?:avec|aupres de|with|con|مع|par|by|من طرف|من قبل)(?![^\W\d_]) ?")
_BOTH: Final = re.compile(
    spelt(
        r"^(?:les |ces |the |leurs )?(?:deux|two|both)? ?(?P<what>parties|institutions|pays|entites|organismes|groupes|"
        r"operateurs|partenaires|entreprises|etablissements|countries|sides|"
        r"companies|institutions|الطرفين|الجانبين|البلدين|المؤسستين|الشركتين|الدولتين)(?![^\W\d_])"
    )
)
_STATES: Final = frozenset(("pays", "countries", "البلدين", "الدولتين"))
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_THEY: Final = re.compile(
    r"(?:^|[ ,;])(?:ils|elles|they|both sides|les deux [^\W\d_]+|the two [^\W\d_]+)(?: [^\W\d_]+,?){0,4} $")
"""Who signs, named before."""
_BOTH_SIGNED: Final = re.compile(spelt(r" ?(?:الطرفان|الجانبان|البلدان|المؤسستان|الشركتان|الدولتان)(?![^\W\d_])"))
_PAIR: Final = 2
REACH: Final = 420
"""Characters of a list of parties."""


def parties_of(
    text: ArticleText, passage: Passage, one: Instrument, until: int, before: Sequence[tuple[Party, ...]]
) -> list[Party]:
    """Parties of the instrument. `until`: where the sentence's next one begins; `before`: parties of those told so far."""
    folded = passage.folded
    between = _BETWEEN.search(folded.text, one.end, until) or _between_before(folded.text, one.start)
    if between:
        if both := _BOTH.match(folded.text[between.end() :]):
            return _the_two(text, passage, both, between.end(), before)
        if found := _within(passage, between.end(), between.end() + REACH):
            return found
    if one.form == "acquisition":
        return _merged(_within(passage, 0, one.start, stop=False)[:1], _within(passage, one.end, one.end + 90, owned=True))
    found = []
    if one.status is not None and one.act < one.start:
        found = _within(passage, _clause_start(folded.text, one.act), one.act, stop=False)
        if _ARABIC.match(folded.text, one.act):
            found = _merged(found, _within(passage, one.act, one.start, stop=False))
    for match in _WITH.finditer(folded.text, min(one.act, one.start), until):
        if match.start() - one.end < 120:
            found = _merged(found, _within(passage, match.end(), match.end() + 300))
    return found or _they(text, passage, one)


def _they(text: ArticleText, passage: Passage, one: Instrument) -> list[Party]:
    """ "Ils ont signé un protocole": the two organisations of the sentence before, where it names two."""
    folded = passage.folded.text
    said = None
    if one.act < one.start:
        said = _THEY.search(folded[max(0, one.act - 60) : one.act]) or _BOTH_SIGNED.search(folded, one.act, one.start)
    if one.status != "signed" or not said:
        return []
    for before in text.before(passage, 2):
        named = {mention.name: mention for mention in before.mentions if mention.kind == "organisation"}
        if len(named) >= _PAIR:
            break
    else:
        return []
    begin = said.start() + (max(0, one.act - 60) if said.re is _THEY else 0)
    first, last = passage.folded.span(begin, begin + len(said[0]))
    own = passage.text[first:last].strip(" ,;")
    return [Party(name=one.name, surface=own, entity_id=one.entity_id) for one in list(named.values())[:_PAIR]]


def _between_before(folded: str, start: int) -> re.Match[str] | None:
    """ "entre X et Y, un accord": before the instrument, in its own clause."""
    low = max(start - 90, folded.rfind("،", 0, start) + 1, folded.rfind(";", 0, start) + 1, 0)
    return _BETWEEN.search(folded, low, start)


def _within(passage: Passage, low: int, high: int, *, stop: bool = True, owned: bool = False) -> list[Party]:
    """Parties between two positions of the folded text."""
    first, last = passage.folded.span(low, min(high, len(passage.folded.text)))
    return parties_in(passage, first, last, stop=stop, owned=owned)


def _merged(first: list[Party], more: list[Party]) -> list[Party]:
    names = {party.name for party in first}
    return first + [party for party in more if party.name not in names]


def _clause_start(folded: str, act: int) -> int:
    return max(folded.rfind(mark, 0, act) for mark in ';:"') + 1


def _the_two(
    text: ArticleText, passage: Passage, both: re.Match[str], at: int, before: Sequence[tuple[Party, ...]]
) -> list[Party]:
    """ "Les deux parties": those of the last agreement told of two, else the two named last before."""
    first, last = passage.folded.span(at, at + both.end())
    surface = passage.text[first:last]
    known = next((parties for parties in reversed(before) if len(parties) == 2), None)
    if known is None:
        kind = "place" if both["what"] in _STATES else "organisation"
        named: dict[str, Party] = {}
        for one in (passage, *text.before(passage, 6)):
            for mention in one.mentions:
                if mention.kind == kind and len(named) < 2:
                    said = mention.surface if one is passage else surface
                    named.setdefault(mention.name, Party(name=mention.name, surface=said, entity_id=mention.entity_id))
        return list(named.values()) if len(named) == 2 else []
    return [Party(name=party.name, surface=surface, entity_id=party.entity_id) for party in known]
