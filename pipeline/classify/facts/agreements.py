"""An article in, the agreements by which parties bind themselves out: who, what instrument, signed or planned, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from pipeline.classify.facts.binding import binds, is_definite, is_none, is_recalled
from pipeline.classify.facts.contractors import parties_of
from pipeline.classify.facts.instruments import HEDGED, NEGATED, Instrument, instruments
from pipeline.classify.facts.parties import GENERIC
from pipeline.classify.facts.people import people_in
from pipeline.classify.facts.said_dates import nearest_date
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Agreement, Fact, Party
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "agreements/1"
CONFIDENCE: Final = {"both": 0.77, "one": 0.65, "none": 0.55}
"""Two parties and more named, one, none."""
MAX_OBJECT: Final = 220
_OBJECT: Final = re.compile(
    r"(?<![^\W\d_])(?:portant sur|porte sur|vis(?:ant|e|ent) a|relati(?:f|ve)s? (?:a|au|aux)|en vue d[e']|afin d[e']|"
    r"destinee?s? a|"
    r"pour|concernant|prevoit|prevoyant|dans le domaine d[eu]|aimed at|aiming to|to|on(?! (?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day| \d| the sidelines)|for|covering|para|"
    r"بشان|حول|من اجل|تهدف الي|يهدف الي|تهم|تروم|بهدف|في مجال|خاصه ب|تتعلق ب)(?![^\W\d_]) ?"
)
_CLAUSE_END: Final = re.compile(
    r"[.;:«»\"()]|, (?!de |des |du |d')|،|(?<= )(?:qui|dans le cadre|lors|afin|via|grace|dont|selon|a indique|annonce)(?= )"
)
_BARE_END: Final = re.compile(r" (?:de|d['’]?|of)\s*$")
_SIGNED: Final = re.compile(
    r"(?<![^\W\d_])(?:ont ete|a ete|vient d'etre|viennent d'etre|on a|was|were|has been|"
    r"have been) (?:[^\W\d_]+ )?(?:signe|conclu|paraphe)|"
    r"(?:signature|signing) (?:de|of) |(?:توقيع|التوقيع علي) ")
"""What tells of a signing even where it names nobody."""
_QUALIFIED: Final = re.compile(
    r"(?:[ \u00a0](?:de|d['’]|of|cadre|stratégique|tripartite|bilatéral|commercial)[ \u00a0]?(?:partenariat|coopération|"
    r"accord|entente|prêt|"
    r"financement|garantie|understanding|cooperation|intent)?)"
)


@dataclass(frozen=True)
class _Read:
    passage: Passage
    fields: Agreement
    instrument: Instrument
    definite: bool
    recent: bool = True
    """Not said to be of another month than the article's."""


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each agreement, from the sentence that says most of it; nothing where it is denied or supposed."""
    kept: list[_Read] = []
    for passage in text.passages:
        for read in _in_sentence(text, passage, kept):
            _keep(kept, read)
    kept = _without_echoes(kept)
    named = {one.fields.instrument for one in kept if one.fields.parties}
    for one in _inherited(kept, _headline_place(text)):
        count = len(one.fields.parties)
        told = one.fields.date or (one.fields.place and one.passage.zone != "title")
        told = told or (not named and _SIGNED.search(one.passage.folded.text) is not None)
        if count or (told and one.fields.instrument not in named):
            confidence = CONFIDENCE["both" if count > 1 else "one" if count else "none"]
            hedged = "unnamed" if HEDGED.search(one.passage.folded.text) else None
            yield make_fact(
                text,
                one.passage,
                one.fields,
                extractor=EXTRACTOR,
                confidence=confidence,
                attributed_to=hedged,
                at=one.instrument.start,
            )


def _in_sentence(text: ArticleText, passage: Passage, kept: Sequence[_Read]) -> Iterator[_Read]:
    folded = passage.folded.text
    found = list(instruments(folded))
    if not found or NEGATED.search(folded):
        return
    for number, one in enumerate(found):
        until = found[number + 1].start if number + 1 < len(found) else len(folded)
        if is_none(folded, one):
            continue
        parties = parties_of(text, passage, one, until, [read.fields.parties for read in kept])
        definite = is_definite(folded, one)
        parties = [party for party in parties if fold_text(party.name) not in GENERIC]
        if not (definite and is_recalled(folded, one)) and binds(folded, one, parties, definite=definite):
            yield _read(text, passage, one, parties)


def _read(text: ArticleText, passage: Passage, one: Instrument, parties: Sequence[Party]) -> _Read:
    folded = passage.folded
    when = nearest_date(folded.text, text.day, one.act) if one.status != "in_talks" else None
    first, last = folded.span(one.start, one.end)
    more = _QUALIFIED.match(passage.text, last)
    signing = (
        [person.name for person in people_in(passage) if not any(person.surface in party.surface for party in parties)][:4]
        if one.status == "signed"
        else []
    )
    fields = Agreement(
        parties=tuple(parties),
        instrument=one.form,
        instrument_surface=_BARE_END.sub("", passage.text[first : more.end() if more else last]).strip(),
        status=one.status or "signed",
        object_surface=_object(passage, one),
        signatories=tuple(signing),
        date=when.iso if when else None,
        place=place_near(passage, folded.span(one.act, one.act)[0]),
    )
    recent = when is None or text.day is None or when.iso[:7] == text.day.isoformat()[:7]
    return _Read(passage, fields, one, is_definite(folded.text, one), recent)


def _object(passage: Passage, one: Instrument) -> str | None:
    folded = passage.folded.text
    found = _OBJECT.search(folded, one.end, min(len(folded), one.end + 260))
    if found is None:
        return None
    stop = _CLAUSE_END.search(folded, found.end() + 3)
    first, last = passage.folded.span(found.end(), stop.start() if stop else len(folded))
    return passage.text[first:last].strip(" ,،")[:MAX_OBJECT] or None


def _keep(kept: list[_Read], new: _Read) -> None:
    """An agreement told again is one; the fuller telling stays, with what only the other says."""
    for number, old in enumerate(kept):
        if _same(old, new):
            fuller, other = (new, old) if _fullness(new) > _fullness(old) else (old, new)
            fields = replace(
                fuller.fields, date=fuller.fields.date or other.fields.date, place=fuller.fields.place or other.fields.place
            )
            kept[number] = _Read(fuller.passage, fields, fuller.instrument, fuller.definite, fuller.recent)
            return
    kept.append(new)


def _same(old: _Read, new: _Read) -> bool:
    a, b = _keys(old.fields), _keys(new.fields)
    if not (a and b):
        return not b and new.definite and old.fields.instrument == new.fields.instrument
    if "title" in (old.passage.zone, new.passage.zone) or new.definite:
        return bool(a & b) and old.instrument.plural == new.instrument.plural
    if len(a & b) > 1 and old.passage is not new.passage and old.fields.status == new.fields.status and old.recent and new.recent:
        return True
    alike = old.fields.instrument == new.fields.instrument and old.instrument.plural == new.instrument.plural
    return alike and old.fields.status == new.fields.status and (a <= b or b <= a) and (len(a & b) > 1 or a == b)


def _without_echoes(kept: list[_Read]) -> list[_Read]:
    """Where the body tells of one agreement with its parties, what names only some of them, or heads it, means that one."""
    full = [one for one in kept if len(one.fields.parties) > 1 and one.passage.zone != "title"]
    if len(full) != 1:
        return kept
    keys, status = _keys(full[0].fields), full[0].fields.status
    return [
        one for one in kept
        if one is full[0] or one.fields.status != status or not one.recent
        or not (one.passage.zone == "title" or (one.fields.parties and _keys(one.fields) < keys))]


def _keys(fields: Agreement) -> set[str]:
    return {party.entity_id or fold_text(party.name) for party in fields.parties}


def _fullness(one: _Read) -> tuple[bool, bool, int, bool]:
    return one.passage.zone != "title", not one.definite, len(one.fields.parties), one.fields.date is not None


def _headline_place(text: ArticleText) -> str | None:
    return next((place_near(one, 0) for one in text.passages if one.zone == "title"), None)


def _inherited(kept: Sequence[_Read], headline: str | None) -> Iterator[_Read]:
    """What one sentence says of a whole signing (several instruments) holds for those told one by one after it."""
    frame: Agreement | None = None
    for one in kept:
        fields = one.fields
        if fields.status == "signed" and not fields.date and frame is not None:
            fields = replace(fields, date=frame.date, place=fields.place or frame.place)
        elif fields.status == "signed" and not fields.place and not fields.date:
            fields = replace(fields, place=headline)
        elif one.instrument.plural and fields.status == "signed" and fields.date:
            frame = fields
        yield _Read(one.passage, fields, one.instrument, one.definite, one.recent)
