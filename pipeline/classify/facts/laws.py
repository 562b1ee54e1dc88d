"""An article in, the laws, decrees and bills it tells of out: kind, number, object and how far they have come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.law_words import LAW, NUMBER, OBJECT, OBJECT_END, SPELT, STAGE, STEMS, Stage
from pipeline.classify.facts.said_dates import said_dates
from pipeline.classify.facts.spelling import matches_at
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Law
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "laws/1"
MAX_GAP: Final = 50
"""Characters between a bill or circular and its object: "la circulaire que le ministère a publiée sur"."""
NUMBERED: Final = 0.95
STAGED: Final = 0.85
_SAID_DONE: Final = re.compile(
    r"[^.;:\"]{0,70}?(?:a ete|ont ete|est|vient d'etre|was|has been|were) (?:\w+ )?"
    r"(?:adopte|promulgue|publie|vote|approuve|entree? en vigueur|adopted|passed|enacted|approved|published)|"
    r"(?: (?:on|to|that) [^.;:\"]{3,60}?)? (?:enter(?:ed|s)|came|comes) into force|"
    r"[^.;:\"]{0,25}?(?<![^\W\d_])(?:(?:الذي |التي )?(?:نشر|صدر|صادق|دخل|وقع)\w{0,3})(?![^\W\d_])")
"""What a bare "la loi" needs to count: that it is said to have been passed, published or the like."""
_DONE_WITH: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:adopt|promulgu|publi|vot|approuv|sign|abrog|edict|enact|pass|issu)\w*(?: par decret)?|"
    r"[وفي]?(?:وقع|اصدر|نشر|اعتمد|صادق)\w{0,2}(?: علي)?)(?: [^\W\d_]+){0,2}? "
    r"(?:un |une |le |la |l'|les |des |de nouve\w+ |the |a |an |new |علي )?(?:nouve\w+ )?$")
"""The same said before it: "a promulgué la loi"."""
_YEARLY: Final = re.compile(r"(?: (?:pour|de|of|for))?(?: l'(?:annee|exercice)| the year)? ?(?:20\d\d)|(?: لسنه| سنه)? "
    r"?20\d\d")
_NOTICE: Final = re.compile(r"protege par la loi|droits d'auteur|tous droits reserves|copyright")
"""A page's own legal notice."""
_CLOSE: Final = 70
"""Characters from a code, which is always in force, to what is said of its reform."""
_BARE: Final = 4
"""Words of an object that says no more than the kind."""
_ARTICLE_OF: Final = re.compile(
    r"(?:articles?|alinea|الفصل|الماده|الفصول|المواد) [^ ]{1,9} (?:du |de |of (?:the )?|من )?$")
_SEVERAL: Final = re.compile(r"[وفبلك]?(?:projets|propositions|lois|decrets|bills|draft laws|مشاريع|مراسيم|مشروعي)")
_LISTED: Final = 4
"""Sentences after a list of texts within which they are told one by one."""
_ONE_OF: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:le|la|the) (?:premi\w+|deuxieme|second|seconde|troisieme|quatrieme|dernier|first|third)"
    r"(?: (?:projet|texte|decret|projet de (?:loi|decret)|de ces (?:projets|textes)|bill|draft|one))? (?:vise|porte|"
    r"concerne|a pour objet|"
    r"est relatif|modifie|fixe|prevoit|relatif|portant|aims|concerns|amends|regulates)|"
    r"(?:[يت]تعلق|يهم|يخص|يقضي) (?:(?:ال)?(?:مشروع|مرسوم) )?(?:ال)?(?:اول|ثاني|ثالث)|(?:اما )?(?:ال)?(?:مشروع|مرسوم) "
    r"(?:ال)?(?:اول|ثاني|ثالث) ?،? ?ف?(?:[يت]تعلق|يهم|يخص))(?![^\W\d_])")
_WITHIN: Final = 25
"""Characters between the word for a bill and the code that it changes."""
_STEM: Final = 4
_KIND_WORDS: Final = ("relatif", "relative", "portant", "projet", "propo", "décret", "decret", "organique", "finances", "draft",
                      "concernant", "circulaire", "arrêté", "arrete", "المتعلق", "مشروع", "قانون", "مرسوم", "اطار")
_ISSUED: Final = re.compile(
    r"(?<![^\W\d_])(?:dans (?:une|sa|cette)|publi\w+|diffus\w+|adress\w+|envoy\w+|emis\w*|signe\w*|issued?|sent|"
    r"published|according to|"
    r"[وف]?(?:اصدر|عمم|وجه|عممت|اصدرت|وجهت|في|حسب))(?: [^\W\d_]+){0,3}? (?:une? |a |the |new )?(?:nouvelle |ministerial )?$|"
    r"(?<![^\W\d_])(?:اصدر|عمم|وجه)ت?(?: [^\W\d_]+){1,4} $")
_ISSUES: Final = re.compile(
    r" (?:datee|adressee|publiee|diffusee|envoyee|emise|signee|du \d|en date|interdi|exige|impose|invite|appelle|"
    r"precise|dated|"
    r"sent|issued|addressed|bans?|orders?|requires?|[يت]\w{3,}|جديده)")
"""What is said of a circular that somebody sent."""
_DATED: Final = re.compile(r" (?:du|of|de) \d{1,2}(?:er)? (?:de )?[^\W\d_]{3,} (?:de )?(?:1[89]|20)\d\d")
_NAMED_LAW: Final = re.compile(r" (?:ال|ل)?[^\W\d_]{4,}")
_MADE_LAW: Final = re.compile(
    r"(?<![^\W\d_])[وفسيت]{0,3}(?:صادق|صادقت|دخل|دخول|نشر|صدور|صدر|اعتمد|تعتمد|اعتماد|تعديل|تغيير|مراجعه|مصادقه|تبني|"
    r"تبنت|اقر|اقرار|"
    r"المصادقه|اصدار|سن|طرح|مناقشه)(?: علي| في)? $")
"""What is done with an Arabic law that is called by its subject: "دخل قانون العقوبات البديلة"."""
_PASSED: Final = frozenset(("loi", "décret", "arrêté", "loi organique", "loi-cadre", "texte", "dahir", "circulaire"))
_BILL: Final = ("projet", "proposition")


@dataclass(frozen=True)
class _Told:
    passage: Passage
    law: Law
    at: int


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each text of law: one number or one object is one text; a bare word is any of its kind."""
    kept: list[_Told] = []
    several: tuple[int, str, Stage | None] | None = None
    for number, passage in enumerate(text.passages):
        last: re.Match[str] | None = None
        for match in matches_at(LAW, passage.folded.text, STEMS):
            within = last is not None and match.start() - last.end() < _WITHIN and _kind(last).startswith(_BILL)
            law = None if within and _kind(match) == "code" else _read(text, passage, match)
            last = match
            if law is not None:
                _keep(kept, _Told(passage, law, match.start()))
                if _SEVERAL.match(match[0]):
                    several = number, law.kind, law.stage
        if several is not None and number - several[0] <= _LISTED:
            told = list(_listed(passage, several[1], several[2]))
            kept = [one for one in kept if not (told and _is_bare(one, several[1]))] + told
    for one in kept:
        yield make_fact(
            text, one.passage, one.law, extractor=EXTRACTOR, confidence=NUMBERED if one.law.number else STAGED, at=one.at)


def _listed(passage: Passage, kind: str, stage: Stage | None) -> Iterator[_Told]:
    """ "Le premier porte sur X, alors que le deuxième modifie Y": texts of a list, told one by one after it."""
    folded = passage.folded
    for match in _ONE_OF.finditer(folded.text):
        stop = OBJECT_END.search(folded.text, match.end())
        end = min(stop.start() if stop else len(folded.text), match.end() + 200)
        yield _Told(passage, Law(kind=kind, object_surface=" ".join(folded.surface(match.start(), end).split()), stage=stage),
                    match.start())


def _is_bare(one: _Told, kind: str) -> bool:
    return one.law.kind == kind and not one.law.number and not _object_words(one.law)


def _kind(match: re.Match[str]) -> str:
    return SPELT[int(str(match.lastgroup)[1:])][0]


def _keep(kept: list[_Told], new: _Told) -> None:
    """What is told again is kept once: in the body rather than the headline, with its object rather than without."""
    for number, old in enumerate(kept):
        if _same(old.law, new.law):
            if _fullness(new) > _fullness(old):
                kept[number] = new
            return
    kept.append(new)


def _same(old: Law, new: Law) -> bool:
    if old.number and new.number:
        return old.number == new.number
    if old.kind != new.kind:
        return False
    a, b = _object_words(old), _object_words(new)
    return not a or not b or bool(a & b) or not (old.stage and new.stage)


def _object_words(law: Law) -> set[str]:
    """The longer words of what it is about, without those for its kind."""
    words = fold_text(law.object_surface or "").split()[1:]
    return {word[:_STEM] for word in words if len(word) > _STEM} - {word[:_STEM] for word in _KIND_WORDS}


def _fullness(one: _Told) -> tuple[bool, bool, bool]:
    return one.law.number is not None, one.passage.zone != "title", len((one.law.object_surface or "").split()) > _BARE


def _read(text: ArticleText, passage: Passage, match: re.Match[str]) -> Law | None:
    folded, kind = passage.folded, _kind(match)
    number = NUMBER.match(folded.text, match.end())
    end = number.end() if number else match.end()
    own = OBJECT.match(folded.text, end)
    if own is None and kind.startswith(("projet", "circulaire", "arrêté")):
        own = OBJECT.search(folded.text[: end + MAX_GAP], end)
    stage = _stage(folded.text, match.start(), kind)
    bill = kind.startswith(_BILL)
    if _NOTICE.search(folded.text) or (kind == "code" and _is_unsettled(folded.text, match, stage)):
        return None
    yearly = _YEARLY.match(folded.text, end) if "finances" in folded.text[match.start() : end] else None
    if number is None and yearly is None and not _is_told(folded.text, match, end, own, stage):
        return None
    end = yearly.end() if yearly else end
    stop = _object_end(folded.text, own, end)
    stage = stage or ("drafting" if bill else "published" if kind == "circulaire" else "in_force" if number else None)
    dates = said_dates(folded.text, text.day) if stage in ("adopted_council", "adopted_parliament", "published") else []
    return Law(
        kind=kind,
        object_surface=" ".join(folded.surface(match.start(str(match.lastgroup)), stop).split()),
        stage=stage,
        number=number["number"] if number else None,
        date=dates[0].iso if dates else None,
    )


def _is_unsettled(folded: str, match: re.Match[str], stage: Stage | None) -> bool:
    """Whether a code, which is always in force, is only referred to: nothing is said close by of its reform."""
    return (stage in (None, "in_force")
            or _ARTICLE_OF.search(folded[max(0, match.start() - 24) : match.start()]) is not None
            or _stage(folded, match.start(), "code", _CLOSE) is None)


def _is_told(folded: str, match: re.Match[str], end: int, own: re.Match[str] | None, stage: Stage | None) -> bool:
    """Whether a text without a number is one that the sentence tells of: with its object and stage, issued, adopted, dated."""
    kind, before = _kind(match), folded[max(0, match.start() - 60) : match.start()]
    if kind == "loi" and match[0].lstrip("وفبلك").startswith("قانون") and own is None:
        return _NAMED_LAW.match(folded, match.end()) is not None and _MADE_LAW.search(before) is not None
    done = _SAID_DONE.match(folded, end) is not None or (kind in _PASSED and _DONE_WITH.search(before[-50:]) is not None)
    issued = kind == "circulaire" and (_ISSUED.search(before) is not None or _ISSUES.match(folded, end) is not None)
    dated = kind in _PASSED and _DATED.match(folded, end) is not None
    bill = kind.startswith(_BILL) and stage is not None
    return done or issued or dated or bill or kind == "code" or (own is not None and stage is not None) or (
        kind == "loi de finances" and stage not in (None, "in_force"))


def _object_end(folded: str, own: re.Match[str] | None, end: int) -> int:
    if own is None:
        return end
    stop = OBJECT_END.search(folded, own.end())
    return min(stop.start() if stop else len(folded), own.end() + 200)


def _stage(folded: str, at: int, kind: str, reach: int = 220) -> Stage | None:
    """What the sentence says of the text; a bill is never in force, a law never in drafting unless it says so alone."""
    around = folded[max(0, at - min(160, reach)) : at + reach]
    for stage, pattern in STAGE:
        if pattern.search(around) and not (stage == "in_force" and kind.startswith(_BILL)):
            if stage == "drafting" and not kind.startswith(_BILL) and re.search(r"\d[.-]\d", around):
                continue
            return stage
    return None
