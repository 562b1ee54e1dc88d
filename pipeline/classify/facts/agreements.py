"""An article in, the agreements by which parties bind themselves out: who, what instrument, signed or planned, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from pipeline.classify.facts.contractors import parties_of
from pipeline.classify.facts.instruments import HEDGED, HYPOTHETICAL, NEGATED, Instrument, instruments
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
NEAR_ACT: Final = 60
"""Characters between a known agreement and what is said to have been done with it."""
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
_JOINTLY: Final = re.compile(r"(?:(?<![^\W\d_])(?:en|in|dans le cadre d'un|through a?) |"
                              r"(?<![^\W\d_])و?ب)(?:partenariat|partnership|شراكه)$")
"""Organised "en partenariat avec" somebody: nobody signed."""
_DEFINITE: Final = re.compile(
    r"(?:^|[ (])(?:cette?|ces|ledit|ladite|le|la|l'|this|these|the|هذه?)(?: nouvelles?| nouveau)? ?(?:\w+ )?$|"
    r"(?<![^\W\d_])[وفبلك]?(?:هذه|هذا) $|ال$"
)
_THIS: Final = re.compile(r"(?:^|[^\W\d_]?[ \"(])(?:ce|cette?|ledit|this|هذه|هذا) (?:\w+ )?$")
_INDEFINITE: Final = re.compile(
    r"(?<![^\W\d_])(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+|plusieurs|des|de|premiere?|autre|nouvelle|a|an|"
    r"two|three|"
    r"several|عده|عدد من|اول)(?: [^\W\d_]+){0,2}? ?$"
)
_OTHER: Final = re.compile(
    r"(?<![^\W\d_])(?:loi|decret|finances|dette|rembours|travailleur|salarie|de travail|bail|futures|libre-echange|"
    r"d'adhesion|de paris)"
)
_TO_DO: Final = re.compile(
    r"(?<![^\W\d_])(?:prevoi\w+|vise\w*|entend\w*|permet\w*|inscri\w+|ambitionne\w*|aims?|will|يهدف|"
    r"تهدف|يروم|تروم|يتوخي|تتوخي)"
)
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


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each agreement, from the sentence that says most of it; nothing where it is denied or supposed."""
    kept: list[_Read] = []
    for passage in text.passages:
        for read in _in_sentence(text, passage, kept):
            _keep(kept, read)
    named = {one.fields.instrument for one in kept if one.fields.parties}
    for one in _inherited(kept, _headline_place(text)):
        count = len(one.fields.parties)
        told = one.fields.date or (one.fields.place and one.passage.zone != "title")
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
        before = folded[max(0, one.start - 40) : one.start]
        if (one.form == "accord" and before.endswith("d'")) or (one.form == "partenariat" and _JOINTLY.search(folded[:one.end])):
            continue
        if HYPOTHETICAL.search(before) or _OTHER.search(folded[one.end : one.end + 24]):
            continue
        parties = parties_of(text, passage, one, until, [read.fields.parties for read in kept])
        definite = _is_definite(folded, one)
        if all(fold_text(party.name) in GENERIC for party in parties):
            parties = []
        if not (definite and _recalled(folded, one)) and _binds(folded, one, parties, definite=definite):
            yield _read(text, passage, one, parties)


def _binds(folded: str, one: Instrument, parties: Sequence[Party], *, definite: bool) -> bool:
    """Whether the sentence says that parties bind themselves: signing, or "un accord avec X prévoit"."""
    if not parties:
        return (
            one.status == "signed"
            and abs(one.act - one.end) < 40
            and not definite
            and _INDEFINITE.search(folded[max(0, one.start - 30) : one.start]) is not None
        )
    if one.form == "acquisition":
        return one.status == "signed" and len(parties) > 1
    if one.form == "partenariat" and _THIS.search(folded[max(0, one.start - 24) : one.start]):
        return False
    if one.status is not None:
        return one.form != "partenariat" or len(parties) > 1 or one.status == "signed"
    after = folded[one.end : one.end + 60]
    joined = re.search(r"(?<![^\W\d_])(?:entre|avec|between|with|con|بين|مع)(?![^\W\d_])", after)
    if joined is None or re.search(r"[.;:,]", after[: joined.start()]):
        return False
    return one.form != "partenariat" or _TO_DO.search(folded, one.end) is not None


def _is_definite(folded: str, one: Instrument) -> bool:
    """ "The agreement"; in Arabic also by its complement: "اتفاق الصيد"."""
    if _DEFINITE.search(folded[max(0, one.start - 24) : one.start]) or folded.startswith("ال", one.start):
        return True
    return folded[one.start] > "ء" and re.match(r" (?:ال|لل)", folded[one.end : one.end + 4]) is not None


def _recalled(folded: str, one: Instrument) -> bool:
    """Whether "the agreement" is one long known: nothing said close by of its being signed, ended or what it provides for."""
    near = abs(one.act - one.end) < NEAR_ACT or abs(one.start - one.act) < NEAR_ACT
    told = one.status is not None and one.act != one.start and near
    return not told and _TO_DO.search(folded, one.end, one.end + 160) is None


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
    return _Read(passage, fields, one, _is_definite(folded.text, one))


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
            kept[number] = _Read(fuller.passage, fields, fuller.instrument, fuller.definite)
            return
    kept.append(new)


def _same(old: _Read, new: _Read) -> bool:
    a, b = _keys(old.fields), _keys(new.fields)
    if not (a and b):
        return not b and new.definite and old.fields.instrument == new.fields.instrument
    if "title" in (old.passage.zone, new.passage.zone) or new.definite:
        return bool(a & b) and old.instrument.plural == new.instrument.plural
    alike = old.fields.instrument == new.fields.instrument and old.instrument.plural == new.instrument.plural
    return alike and old.fields.status == new.fields.status and (a <= b or b <= a) and (len(a & b) > 1 or a == b)


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
        yield _Read(one.passage, fields, one.instrument, one.definite)
