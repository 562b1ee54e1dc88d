"""An article in, the programmes, plans, strategies, projects and works it tells of out, with stage and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.classify.facts.spelling import matches_at, mentions_any, spelt, stems
from pipeline.classify.facts.venture_names import ARABIC, described, name_before, name_end, own_name, whole_name
from pipeline.classify.facts.ventures import FOUNDED, FOUNDED_ARABIC, FOUNDING, VENTURE, Stage, kind_of, stage_near
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Initiative
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "initiatives/1"
CONFIDENCE: Final = {"watched": 0.6, "named": 0.67, "founded": 0.75, "described": 0.65, "object": 0.6}
"""As judged on sampled articles of the press in French, Arabic and English."""
_NAMED: Final = (CONFIDENCE["watched"], CONFIDENCE["named"])
_SUBJECT: Final = 45
"""Characters from the start of a sentence within which a name is what the sentence is about."""
_NEAR: Final = 45
"""Characters between a thing and the word for its stage."""
_BEFORE: Final = 90
"""Characters before a thing in which its founding may be told."""
_BRACKET: Final = 3
"""Characters between a description and the name it is given in brackets: "Programme d'appui à l'emploi (PAE)"."""
_FEW: Final = 3
"""Words from which an indefinite Arabic description says which thing is meant: "خطة أمنية" does not."""
_BY: Final = 30
"""Characters between a thing without a name and a word such as "mise en œuvre", which alone makes no news of it."""
_STEMS: Final = stems(
    "applic app lignes liaison desserte air direct hopita chu clini hospital appel call central parcs solar wind observat "
    "registre guichet operation تطبيق خط طلب مرصد mega master data hoja estrateg produit task commission نظام "
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
_WISHED: Final = re.compile(
    r"(?<![^\W\d_])(?:evit\w+|propos\w+|recommand\w+|il faut|necessit\w+|necessaire|plaid\w+|appel\w+ a|exig\w+|souhait\w+|"
    r"suggest\w+|call\w+ for|"
    r"need\w*|should|يجب|ضرورة|ضروره|دعا|دعت|طالب\w*|اقترح\w*|توصي)(?![^\W\d_])[^.;:]{0,40}$")
"""What is wished for or advised against is no initiative."""
_THIS: Final = re.compile(
    r"(?<![^\W\d_])(?:ce|cet|cette|ces|this|these|that|son|sa|ses|leur|leurs|aucun|tout|chaque|quel|"
    r"هذا|هذه|كل|اي) (?:\w+ )?$"
)
_CAPITALS: Final = re.compile(r"[A-ZÀ-Þ][\w&’'-]+(?:[ \u00a0][A-ZÀ-Þ][\w&’'-]*)*(?: \([A-Z]{2,8}\))?")
_GATHERING: Final = re.compile(r"(?:Forum|Salon|Congrès|Sommet|Festival|Assises|Conférence|Semaine|Session|Conseil|Foire)\b")
_THROWN: Final = re.compile(
    r"(?:nouvel )?(?:appels?(?! d['’]offres)|enquête|procédure|missile|alerte|pierre|message|regard|roquette|assaut|offensive|"
    r"action|grève|poursuite|information|feu|ballon|album|single|film|clip|avertissement|défi|débat|attaque|cri|polémique|pétition|mandat|"
    r"porte|brèche|dossier|compte|livre|roman|demande)\b")
"""What is launched, opened or made without being an initiative."""
_IDIOM: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:sur|au) (?:le |un )?|sur tous les )(?=plans? )|(?<![^\W\d_])a (?:l'|son )(?=initiative )|"
    r"(?:ministr|minister)[^.;:()]{0,60}(?=reforme de l'administration)|(?<![^\W\d_])(?:en|a) (?=projet )")
"""Where the word is no venture: "sur le plan de", "à l'initiative de", "ministre de la Réforme de l'administration"."""
_FAVOURED: Final = re.compile(
    r"(?:en faveur|au profit|financer|financements?) (?:du |de la |de l'|des |le |la |l'|d'une? |un |une )$")
"""Who lends or grants to a thing makes news of it."""
_COUNTED: Final = re.compile(r"(?:nouve(?:aux|lles)|quatre|huit|neuf|five|deux|trois|quatre|cinq|six|dix|new|two|three|\d) $")
_NAMED_ONLY: Final = frozenset((
    "dispositif", "école", "centre", "initiative", "fonds", "pôle", "infrastructure", "unité industrielle", "filiale", "campagne",
    "restructuration", "étude", "augmentation de capital", "groupe de travail", "plateforme", "application", "ligne", "hôpital",
    "appel", "centrale", "observatoire", "opération"))
_TOLD_IN_ARABIC: Final = frozenset(("initiative", "plateforme", "campagne", "unité industrielle", "dispositif"))
"""Kinds that so often are mere words that they need a name or a founding."""
_NO_NAMES: Final = frozenset(("État", "Etat", "Royaume", "Maroc", "Gouvernement", "Groupe", "Société", "Projet", "Président",
                                   "Royal", "Royale", "Royales", "Nationale", "National", "Transport"))
_BUILT: Final = frozenset((
    "infrastructure", "école", "unité industrielle", "campagne", "étude", "hôpital", "centrale", "ligne", "observatoire"))
"""Kinds of which a name alone is where something happens: «ملعب “أولد ترافورد”»."""
_BROADCAST: Final = re.compile(spelt(
    r"(?<![^\W\d_])(?:emission|diffus\w*|chaine|animat\w+|presentateur|tv|television|broadcast\w*|"
    r"[وفبل]?(?:ضيف\w*|استضاف\w*|حلقة|حلقات|يبث|تبث|بث|قناة|إذاعة|تلفزيون\w*|تقديم|تقدمه|يقدمه|مقدم\w*|فقرة))(?![^\W\d_])"))
"""A programme of radio or television is no plan."""


@dataclass(frozen=True)
class _Read:
    name: str
    start: int
    kind: str
    rule: str
    stage: Stage | None
    proper: bool
    entity: tuple[str | None, str] | None = None


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each initiative, from the sentence that says most of it."""
    best: dict[str, tuple[tuple[float, bool, bool, int], Fact]] = {}
    for passage in text.passages:
        for one in _in_sentence(passage):
            place = place_near(passage, one.start)
            fields = Initiative(
                name=one.entity[1] if one.entity else one.name if one.proper else None,
                name_surface=one.name if one.proper or one.entity else None,
                object_surface=None if one.proper or one.entity else one.name,
                entity_id=one.entity[0] if one.entity else None,
                kind=one.kind,
                stage=one.stage or "under_way",
                place=place,
            )
            fact = make_fact(text, passage, fields, extractor=EXTRACTOR, confidence=CONFIDENCE[one.rule], at=one.start)
            key = one.entity[0] or one.entity[1] if one.entity else _key(one.name)
            subject = one.rule == "watched" and one.start < _SUBJECT
            rank = (CONFIDENCE[one.rule], passage.zone != "title", subject, 0 if one.proper else len(one.name))
            if key not in best or rank > best[key][0]:
                best[key] = rank, fact
    in_body = {_kind(fact) for rank, fact in best.values() if rank[1]}
    yield from (
        fact for rank, fact in best.values() if rank[1] or rank[0] in _NAMED or _kind(fact) not in in_body
    )


def _kind(fact: Fact) -> str:
    assert isinstance(fact.fields, Initiative)
    return fact.fields.kind


def _key(name: str) -> str:
    return " ".join([word for word in re.findall(r"[^\W_]+", fold_text(name)) if len(word) > 3][:3])


def _in_sentence(passage: Passage) -> Iterator[_Read]:
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
            yield _Read(
                mention.surface,
                start,
                _kind_before(folded.text, start),
                "watched",
                stage,
                True,
                (mention.entity_id, mention.name),
            )
    if not mentions_any(folded.text, _STEMS):
        return
    for match in matches_at(VENTURE, folded.text, _STEMS):
        read = _read(passage, match)
        if read and all(read.start + len(read.name) + _BRACKET <= low or high <= read.start for low, high in taken):
            taken.append((read.start, read.start + len(read.name)))
            yield read
    for read in (*_foundings(passage), *_foundings_arabic(passage)):
        if all(read.start + len(read.name) <= low or high <= read.start for low, high in taken):
            taken.append((read.start, read.start + len(read.name)))
            yield read


def _kind_before(folded: str, start: int) -> str:
    found = [kind_of(match)[0] for match in VENTURE.finditer(folded[max(0, start - 30) : start + 12])]
    return found[-1] if found else "programme"


def _read(passage: Passage, match: re.Match[str]) -> _Read | None:
    folded = passage.folded
    kind, low, high = kind_of(match)
    start, end = folded.span(low, high)
    start += passage.text[start] == "ل" and passage.text[start - 1 : start] == "ل"
    before = folded.text[max(0, low - _BEFORE) : low]
    idiom = any(found.end() == low for found in _IDIOM.finditer(folded.text[: high + 1], max(0, low - _BEFORE)))
    if idiom or passage.text[start:end].endswith(("és", "ée", "ées")) or _in_organisation(passage, start):
        return None
    if passage.language == "en":
        name = name_before(passage.text, start, end) if passage.zone != "title" else None
    else:
        name = own_name(passage.text, end, kind)
    if name and not _is_known_else(passage, name[1], name[0]):
        stage, gap = stage_near(folded.text, name[1], name[1] + len(name[0]))
        told = kind not in _BUILT or (stage not in (None, "under_way") and gap < _NEAR)
        broadcast = _BROADCAST.search(folded.text[max(0, low - _NEAR) : high + len(name[0]) + _NEAR])
        return _Read(name[0], name[1], kind, "named", stage, True) if told and not broadcast else None
    whole = described(passage.text, start, end)
    says = len(whole) > end - start + 3 or " " in passage.text[start:end]
    if not says or _THIS.search(before) or _WISHED.search(before):
        return None
    return _told(passage, _Read(whole, start, kind, "described", None, False), (low, high), before)


def _told(passage: Passage, read: _Read, word: tuple[int, int], before: str) -> _Read | None:
    """A venture without a name with its stage, where the sentence makes news of it: founded, or a stage said close by.

    `word`: where the word for its kind stands in the folded text; `before`: the folded text that leads up to it.
    """
    founded = FOUNDING.search(before) is not None
    stage, gap = stage_near(passage.folded.text, *word)
    proper = re.search(r"[A-ZÀ-Þ]", read.name[1:]) is not None
    arabic = ARABIC.match(read.name) is not None
    head = passage.folded.text[slice(*word)].split()[:2]
    plural = (read.kind != "étude" and any(part.endswith("s") for part in head)) or head[0].endswith("برامج")
    done = read.kind == "étude" and stage == "completed"
    news = gap < _NEAR and stage != "under_way" and (proper or (arabic and read.kind in _TOLD_IN_ARABIC))
    told = done or news or (_FAVOURED.search(before) is not None and stage == "announced")
    bare = arabic and len(read.name.split()) < _FEW and not re.search(r" (?:ال|لل)", read.name)
    far = gap > (_BY if stage == "under_way" else _NEAR)
    if founded:
        return None if plural and not _COUNTED.search(before) else replace(read, rule="founded", stage=stage)
    to_do = re.search(r" d['’]\w+er$", read.name) is not None
    unsaid = stage is None or bare or far or plural or to_do or read.kind == "filiale"
    return None if unsaid or (read.kind in _NAMED_ONLY and not told) else replace(read, stage=stage)


def _in_organisation(passage: Passage, start: int) -> bool:
    """Whether the word belongs to an organisation's name: "Programme des Nations unies", "Centre hospitalier"."""
    at = passage.start + start
    return any(one.kind == "organisation" and one.start <= at < one.end for one in passage.mentions)


def _foundings(passage: Passage) -> Iterator[_Read]:
    """What is launched, opened or built without a word for its kind: "le lancement de X", "la construction de deux hôpitaux"."""
    folded = passage.folded
    for match in FOUNDED.finditer(folded.text):
        start = folded.span(match.end(), match.end())[0]
        proper = _CAPITALS.match(passage.text, start)
        if _WISHED.search(folded.text[max(0, match.start() - 50) : match.start()]):
            continue
        word = VENTURE.match(folded.text, match.end())
        if proper and _is_thing(passage, start) and (word is None or (kind_of(word)[0] in _BUILT and " " in proper[0])):
            if not _GATHERING.match(proper[0]):
                yield _Read(whole_name(passage.text, start, proper[0].strip(" ,.")), start,
                            kind_of(word)[0] if word else "entité", "founded", "launched", True)
        elif match["indefinite"] or match["direct"]:
            name = passage.text[start : name_end(passage.text, start)].strip(" ,.")
            within = start, start + len(name)
            sure = match["direct"] or "nouve" in match[0] or place_near(passage, start, within=within) is not None
            if sure and len(name.split()) > 1 and not _THROWN.match(name):
                stage, _ = stage_near(folded.text, match.start(), match.start(), 60)
                yield _Read(name, start, kind_of(word)[0] if word else "projet", "object", stage or "launched", False)


def _foundings_arabic(passage: Passage) -> Iterator[_Read]:
    """The same in Arabic: "افتتاح قنصلية بمدينة العيون"."""
    for match in FOUNDED_ARABIC.finditer(passage.folded.text):
        start = passage.folded.span(*match.span("work"))[0]
        name = passage.text[start : name_end(passage.text, start)].strip(" ,،.")
        if len(name.split()) > 1 and not _WISHED.search(passage.folded.text[max(0, match.start() - 50) : match.start()]):
            stage, _ = stage_near(passage.folded.text, match.start(), match.start(), 60)
            yield _Read(name, start, "projet", "object", stage or "launched", False)


def _is_known_else(passage: Passage, start: int, name: str) -> bool:
    """Whether the whole name is that of a place, a person or a body: "projet Maroc", "plan de l'Etat"."""
    at = passage.start + start
    whole = at + len(name)
    return name in _NO_NAMES or any(
        one.kind in ("place", "person", "organisation") and one.entity_id and one.start <= at and whole <= one.end
        for one in passage.mentions)


def _is_thing(passage: Passage, start: int) -> bool:
    """Neither a place nor a person."""
    at = passage.start + start
    return not any(one.kind in ("place", "person") and one.start <= at < one.end for one in passage.mentions)


