"""An article in, the programmes, plans, strategies, projects and works it tells of out, with stage and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.spelling import mentions_any, spelt, stems
from pipeline.classify.facts.ventures import VENTURE, Stage, kind_of, stage_near
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Initiative
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "initiatives/1"
CONFIDENCE: Final = {"watched": 0.62, "named": 0.62, "founded": 0.75, "described": 0.65, "object": 0.55}
MAX_NAME: Final = 130
_SUBJECT: Final = 45
"""Characters from the start of a sentence within which a name is what the sentence is about."""
_NEAR: Final = 45
"""Characters between a thing and the word for its stage."""
_SHORT: Final = 3
"""Letters of an acronym that is no name of a plan: "la stratégie IA"."""
_QUOTED: Final = re.compile(r"[ \u00a0]?[«“\"][ \u00a0]?([^«»“”\"]{2,70}?)[ \u00a0]?[»”\"]")
_PROPER: Final = re.compile(
    r"[ \u00a0](?:(?:national|nationale|royal|intégré|régional|industriel|stratégique|dénommée?|baptisée?|"
    r"intitulée?)[ \u00a0])?"
    r"((?:[A-ZÀ-Þ][\w’'&-]*|D4SD)(?:[ \u00a0](?:(?:de|du|des|d['’]|et|for|of|the)[ \u00a0]?)?(?:[A-ZÀ-Þ][\w’'&-]*|20\d\d))*)"
)
_COMPLEMENT: Final = re.compile(
    r"(?:[ \u00a0][\w-]+(?:al|ale|ique|if|ive|aire|ier|el|elle|onal|onale|eux|ré|rée|ain|aine|bal|bale)){0,2}(?:[ \u00a0]en "
    r"[^\W\d_]+)?[ \u00a0]"
    r"(?:d['’]|de[ \u00a0](?:la |l['’])?|des |du |pour (?:la |le |l['’]|les )?|dédiée? aux? |destinée? à |relati(?:f|ve) "
    r"(?:à|aux?) |lié à |"
    r"for (?:the )?|of (?:the )?|to )"
)
_NAME_END: Final = re.compile(
    r"[.;:!?()«»“”\"،؛]|,|[ \u00a0](?:qui|que|qu['’]\w*|dont|où|a|ont|est|sont|sera|seront|était|avait|lors|dans|avec|en vue|"
    r"afin|à travers|visant|portant|prévoit|vise|lancée?|"
    r"permet|ainsi|mis|mise|selon|sous|sur la période|par|pour un montant|pour laquelle|notamment|prévue?s?|exigés?|"
    r"constitue|doit|which|that|was|is|will|has|in|by|with|aimed|as|"
    r"التي|الذي|من أجل|بهدف|إلى|على|في|تفاديا|ابتداء|يهدف|تهدف|وذلك|خلال|الذين|من طرف|غير|حيث|سيتم)(?=[ \u00a0,.]|$)"
)
_ARABIC_NEXT: Final = re.compile(r" (?!(?:التي|الذي|في|من|على|إلى|هذا|هذه|أن|كان|لم|قد|غير|هو|هي|و)\b)[\u0621-\u064a]{3,}")
_STEMS: Final = stems(
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
    "طريق ملعب معهد مدرسه مختبر حاضنه فرع حمله تأهيل تعميم توسعه رقمنه")
_WISHED: Final = re.compile(
    r"(?<![^\W\d_])(?:evit\w+|propos\w+|recommand\w+|il faut|necessit\w+|necessaire|plaid\w+|appel\w+ a|exig\w+|souhait\w+|"
    r"suggest\w+|call\w+ for|"
    r"need\w*|should|يجب|ضرورة|ضروره|دعا|دعت|طالب\w*|اقترح\w*|توصي)(?![^\W\d_])[^.;:]{0,40}$")
"""What is wished for or advised against is no initiative."""
_THIS: Final = re.compile(
    r"(?<![^\W\d_])(?:ce|cet|cette|ces|this|these|that|son|sa|ses|leur|leurs|aucun|tout|chaque|quel|"
    r"هذا|هذه|كل|اي) (?:\w+ )?$"
)
_FOUNDING: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:(?:lancement|creation|construction|inauguration|ouverture|mise en place|mise en service|"
        r"realisation|"
        r"developpement|extension|demarrage|implantation|"
        r"launch|construction|creation|opening)(?: (?:officiel(?:le)?|effective|prochaine?))? (?:de la |de l'|d'une? |du |"
        r"des |"
        r"de |d'|of (?:the |an? )?)(?:nouve(?:au|lle|l)s? |premier |future? |deux |trois )*|"
        r"(?:inaugure|inaugurent|lance|lancent|a lance|ont lance|a inaugure|ouvre|a ouvert|cree|a cree|va lancer|launched|"
        r"inaugurated|opened|unveiled)(?: a [^\W\d_]+)?,? (?:une? |la |le |l'|sa |son |ses |des |an? |the )"
        r"(?:nouve(?:au|lle|l)s? |premi(?:er|ere) |new )?|(?:إطلاق|افتتاح|تدشين|إحداث|إنشاء|بناء|إنجاز|تنزيل|تنفيذ) )$"
    )
)
_FOUNDED: Final = re.compile(
    r"(?<![^\W\d_])(?<!rampe de )(?:(?:lancement|creation|construction|inauguration|ouverture|mise en place)(?: "
    r"(?:officiel(?:le)?|effective|prochaine?))? "
    r"(?:(?P<indefinite>d'une? |de nouve(?:aux|lles?) |de deux |de trois |d'un nouveau )|de la |de l'|du |de |d')|"
    r"(?:inaugure|inaugurent|a inaugure|ont inaugure|va construire|construira|ouvrira|engager|lancer|lance|a lance)(?: a "
    r"[^\W\d_]+)? (?P<direct>une? (?:nouve(?:au|lle) )?))"
)
_CAPITALS: Final = re.compile(r"[A-ZÀ-Þ][\w&’'-]+(?:[ \u00a0][A-ZÀ-Þ][\w&’'-]*)*(?: \([A-Z]{2,8}\))?")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_NAMED_ONLY: Final = frozenset(
    (
        "dispositif",
        "école",
        "centre",
        "initiative",
        "fonds",
        "pôle",
        "infrastructure",
        "unité industrielle",
        "filiale",
        "campagne",
        "restructuration",
        "étude",
        "augmentation de capital",
        "groupe de travail",
        "plateforme",
    )
)
"""Kinds that so often are mere words that they need a name or a founding."""


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
        fact for rank, fact in best.values() if rank[1] or rank[0] == CONFIDENCE["watched"] or _kind(fact) not in in_body
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
    for match in VENTURE.finditer(folded.text):
        read = _read(passage, match)
        if read and all(read.start + len(read.name) <= low or high <= read.start for low, high in taken):
            taken.append((read.start, read.start + len(read.name)))
            yield read
    for read in _foundings(passage):
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
    before = folded.text[max(0, low - 60) : low]
    if passage.text[start:end].endswith(("és", "ée", "ées")) or _in_organisation(passage, start):
        return None
    if name := _own_name(passage.text, end, kind):
        return _Read(name[0], name[1], kind, "named", stage_near(folded.text, low, high)[0], True)
    if _THIS.search(before) or _WISHED.search(before) or len(whole := _described(passage.text, start, end)) < end - start + 4:
        return None
    founded = _FOUNDING.search(before) is not None
    stage, gap = stage_near(folded.text, low, high)
    if not (founded or stage):
        return None
    proper = re.search(r"[A-ZÀ-Þ]", whole[1:]) is not None
    plural = folded.text[low:high].split()[0].endswith("s") and kind != "étude"
    done = kind == "étude" and stage == "completed"
    to_do = re.search(r" d['’]\w+er$", whole) is not None
    told = done or (proper and gap < _NEAR and stage != "under_way")
    if to_do or (not founded and (plural or (kind in _NAMED_ONLY and not told) or kind == "filiale")):
        return None
    return _Read(whole, start, kind, "founded" if founded else "described", stage, False)


def _in_organisation(passage: Passage, start: int) -> bool:
    """Whether the word belongs to an organisation's name: "Programme des Nations unies", "Centre hospitalier"."""
    at = passage.start + start
    return any(one.kind == "organisation" and one.start <= at < one.end for one in passage.mentions)


def _foundings(passage: Passage) -> Iterator[_Read]:
    """What is launched, opened or built without a word for its kind: "le lancement de X", "la construction de deux hôpitaux"."""
    folded = passage.folded
    for match in _FOUNDED.finditer(folded.text):
        start = folded.span(match.end(), match.end())[0]
        proper = _CAPITALS.match(passage.text, start)
        if _WISHED.search(folded.text[max(0, match.start() - 50) : match.start()]):
            continue
        if proper and _is_thing(passage, start) and not VENTURE.match(folded.text, match.end()):
            yield _Read(proper[0].strip(" ,."), start, "entité", "founded", "launched", True)
        elif match["indefinite"] or match["direct"]:
            stop = _NAME_END.search(passage.text, start + 1, min(len(passage.text), start + MAX_NAME))
            name = passage.text[start : stop.start() if stop else start + MAX_NAME].strip(" ,.")
            sure = match["direct"] or "nouve" in match[0] or place_near(passage, start) is not None
            if sure and len(name.split()) > 1:
                stage, _ = stage_near(folded.text, match.start(), match.start(), 60)
                yield _Read(name, start, "projet", "object", stage or "launched", False)


def _is_thing(passage: Passage, start: int) -> bool:
    """Neither a place nor a person."""
    at = passage.start + start
    return not any(one.kind in ("place", "person") and one.start <= at < one.end for one in passage.mentions)


def _own_name(text: str, end: int, kind: str) -> tuple[str, int] | None:
    """The name in quotation marks or capitals right after the word: "programme « X »", "stratégie Génération Green"."""
    if quoted := _QUOTED.match(text, end):
        return quoted[1], quoted.start(1)
    proper = _PROPER.match(text, end)
    if (
        proper
        and len(proper[1]) > _SHORT
        and not _ARABIC.search(proper[1])
        and kind not in ("école", "filiale", "étude", "fonds", "infrastructure")
    ):
        return proper[1], proper.start(1)
    return None


def _described(text: str, start: int, end: int) -> str:
    """The word with its complement: "programme de réduction des disparités"."""
    opens = _ARABIC_NEXT if _ARABIC.match(text, start) else _COMPLEMENT
    first = opens.match(text, end)
    if first is None:
        return text[start:end]
    stop = _NAME_END.search(text, first.end() + 1, min(len(text), start + MAX_NAME))
    limit = stop.start() if stop else text.rfind(" ", 0, start + MAX_NAME) if len(text) > start + MAX_NAME else len(text)
    return text[start : max(limit, end)].strip(" ,،.")
