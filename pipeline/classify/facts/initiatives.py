"""An article in, the programmes, plans, strategies, projects and works it tells of out, with stage and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.classify.facts.foundings import foundings
from pipeline.classify.facts.spelling import matches_at, stems
from pipeline.classify.facts.venture_reading import Read, is_named_again, read_venture
from pipeline.classify.facts.ventures import VENTURE, kind_of, stage_near
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Initiative
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "initiatives/1"
CONFIDENCE: Final = {
    "watched": 0.6, "named": 0.67, "founded": 0.75, "described": 0.65, "object": 0.6, "purpose": 0.6, "again": 0.6}
"""As judged on sampled articles of the press in French, Arabic and English."""
_NAMED: Final = (CONFIDENCE["watched"], CONFIDENCE["named"])
_SUBJECT: Final = 45
"""Characters from the start of a sentence within which a name is what the sentence is about."""
_ALIKE: Final = 0.5
"""Share of the shorter description's words found in the other, above which they are of one venture."""
_STEM: Final = 5
_LONG: Final = 3
_OPENING: Final = 250
"""Code points of a body that tell beforehand what follows in full."""
_FULL: Final = 80
"""Code points of a sentence that tells more than a heading."""
_BRACKET: Final = 3
"""Characters between a description and the name it is given in brackets: "Programme d'appui à l'emploi (PAE)"."""
_STEMS: Final = stems(
    "applic app lignes liaison desserte air direct hopita chu clini hospital appel call central parcs solar wind observat "
    "registre guichet operation تطبيق خط طلب مرصد mega master data hoja estrateg produit task commission working نظام "
    "program plan strateg feuille roadmap projet project proyecto initiativ plateforme portail platform reform centre center "
    "dispositif "
    "mecanisme label offre fonds fund pole cite cluster technopole hub unite usine plant factory station barrage autoroute "
    "gazoduc lgv ligne "
    "parc zone port stade gare ecole institut universit laborato incuba academi school filiale subsidiary coentreprise joint "
    "etude campa "
    "restructur rehabilit modernis extension generalis digitalis augmentation introduction ipo groupe lance creation "
    "construc inaugur "
    "ouvert ouvr mise engager برنامج برامج مخطط خطه خطة استراتيجي إستراتيجي خارطه خريطه مشروع ورش مبادر منصه بوابه نظام "
    "اصلاح مركز صندوق مصنع وحده محطه سد ميناء "
    "طريق ملعب معهد مدرسه مختبر حاضنه فرع حمله تأهيل تعميم توسعه رقمنه افتتاح تدشين احداث "
    "انشاء تشييد بناء اطلاق")


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each initiative, from the sentence that says most of it."""
    best: dict[str, tuple[tuple[float, bool, bool, bool, int], Fact]] = {}
    for passage, one in _reads(text):
        fact = _fact(text, passage, one)
        key = one.entity[0] or one.entity[1] if one.entity else _described_before(one, best) or _key(one.name)
        subject = one.rule == "watched" and one.start < _SUBJECT
        inside = passage.start >= _OPENING and passage.zone != "title" and one.entity is None
        rank = (CONFIDENCE[one.rule], passage.zone != "title", subject, inside,
                len(passage.text) >= _FULL if one.proper else len(one.name))
        if key not in best or rank > best[key][0]:
            best[key] = rank, fact
    in_body = {_kind(fact) for rank, fact in best.values() if rank[1]}
    yield from (
        fact for rank, fact in best.values() if rank[1] or rank[0] in _NAMED or _kind(fact) not in in_body
    )


def _described_before(one: Read, best: Mapping[str, tuple[object, Fact]]) -> str | None:
    """Key of the venture of its kind that was described in other words: "un plan pour la banque", "le plan de la banque"."""
    words = _words(one.name) - _words(one.kind)
    for key, (_, fact) in best.items() if not one.proper else ():
        assert isinstance(fact.fields, Initiative)
        other = _words(fact.fields.object_surface or "") - _words(one.kind)
        if fact.fields.kind == one.kind and len(words & other) > _ALIKE * min(len(words), len(other)) > 0:
            return key
    return None


def _words(name: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[^\W_]+", fold_text(name)) if len(word) > _LONG}


def _fact(text: ArticleText, passage: Passage, one: Read) -> Fact:
    fields = Initiative(
        name=one.entity[1] if one.entity else one.name if one.proper else None,
        name_surface=one.name if one.proper or one.entity else None,
        object_surface=None if one.proper or one.entity else one.name,
        entity_id=one.entity[0] if one.entity else None,
        kind=one.kind,
        stage=one.stage or "under_way",
        place=place_near(passage, one.start),
    )
    return make_fact(text, passage, fields, extractor=EXTRACTOR, confidence=CONFIDENCE[one.rule], at=one.start)


def _reads(text: ArticleText) -> Iterator[tuple[Passage, Read]]:
    """Ventures that a sentence makes news of; those only described where the text goes on about them ("ce programme")."""
    told, mere, again = set[str](), list[tuple[Passage, Read]](), dict[str, int]()
    for number, passage in enumerate(text.passages):
        for one in _in_sentence(passage):
            if one.rule == "again":
                mere.append((passage, one))
            else:
                told.add(one.kind)
                yield passage, one
        for match in matches_at(VENTURE, passage.folded.text, _STEMS):
            if is_named_again(passage.folded.text, match):
                again[kind_of(match)[0]] = number
    first: dict[str, tuple[Passage, Read]] = {}
    for passage, one in mere:
        if one.kind not in told and passage.zone != "title":
            first.setdefault(one.kind, (passage, one))
    yield from (one for kind, one in first.items() if text.passages.index(one[0]) < again.get(kind, -1))


def _kind(fact: Fact) -> str:
    assert isinstance(fact.fields, Initiative)
    return fact.fields.kind


def _key(name: str) -> str:
    return " ".join([word for word in re.findall(r"[^\W_]+", fold_text(name)) if len(word) > 3][:3])


def _in_sentence(passage: Passage) -> Iterator[Read]:
    folded = passage.folded
    taken: list[tuple[int, int]] = []
    for mention in passage.mentions:
        if mention.kind == "programme":
            start = mention.start - passage.start
            taken.append((start, mention.end - passage.start))
            stage, _ = stage_near(folded.text, start, start + len(mention.surface))
            aside = stage is None and passage.zone != "title" and passage.paragraph > 1 and start > _SUBJECT
            verb = passage.language == "en" and (mention.surface[0].islower() or folded.text[:start].endswith("to "))
            if aside or verb:
                continue
            yield Read(
                mention.surface,
                start,
                _kind_before(folded.text, start),
                "watched",
                stage,
                True,
                (mention.entity_id, mention.name),
            )
    mere: list[Read] = []
    for match in matches_at(VENTURE, folded.text, _STEMS):
        read = read_venture(passage, match)
        if read and read.rule == "again":
            mere.append(read)
        elif read and _free(read, taken, _BRACKET):
            taken.append((read.start, read.start + len(read.name)))
            yield read
    founded = (Read(one.name, one.start, one.kind, one.rule, one.stage, one.proper) for one in foundings(passage))
    for read in (*founded, *mere):
        if _free(read, taken):
            taken.append((read.start, read.start + len(read.name)))
            yield read


def _free(read: Read, taken: list[tuple[int, int]], apart: int = 0) -> bool:
    """Whether it overlaps none of what was read before, and stands so many characters before it."""
    return all(read.start + len(read.name) + apart <= low or high <= read.start for low, high in taken)


def _kind_before(folded: str, start: int) -> str:
    found = [kind_of(match)[0] for match in VENTURE.finditer(folded[max(0, start - 30) : start + 12])]
    return found[-1] if found else "programme"
