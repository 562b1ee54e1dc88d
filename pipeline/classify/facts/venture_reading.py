"""A word for a venture in its sentence in, the venture it stands for out: named, founded, described with a stage or a purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.classify.facts.foundings import WISHED
from pipeline.classify.facts.spelling import spelt
from pipeline.classify.facts.venture_names import ARABIC, described, described_in_english, name_before, own_name
from pipeline.classify.facts.ventures import BUILT, FOUNDING, Stage, kind_of, stage_near
from pipeline.classify.text import Passage

_NEAR: Final = 45
"""Characters between a thing and the word for its stage."""
_BEFORE: Final = 90
"""Characters before a thing in which its founding may be told."""
_FEW: Final = 3
"""Words from which an indefinite Arabic description says which thing is meant: "خطة أمنية" does not."""
_BY: Final = 30
"""Characters between a thing without a name and a word such as "mise en œuvre", which alone makes no news of it."""
_THIS: Final = re.compile(
    r"(?<![^\W\d_])(?:ce|cet|cette|ces|this|these|that|son|sa|ses|leur|leurs|aucun|tout|chaque|quel|"
    r"هذا|هذه|كل|اي) (?:\w+ )?$"
)
_IDIOM: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:sur|au) (?:le |un )?|sur tous les )(?=plans? )|(?<![^\W\d_])a (?:l'|son )(?=initiative )|"
    r"ministr[^.;:()]{0,60}(?=reforme de l'administration)|minister[^.;:()]{0,60}administrative (?=reform)|"
    r"ministry[^.;:()]{0,80}(?=reform)|"
    r"(?<![^\W\d_])(?:en|a) (?=projet )")
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
                                   "Royal", "Royale", "Royales", "Nationale", "National", "Transport",
                                   "World Food Program", "UN World Food Program"))
_A: Final = re.compile(r"(?<![^\W\d_])(?:une?|an?|un(?:a)?)(?: (?:nouve\w+|vaste|grand|ambitieux|new|major|nuev[oa]))? $")
_COPULA: Final = re.compile(r"(?<![^\W\d_])(?:is|was|are|were|est|etait|sont|constitue|represente|as|comme) (?:une?|"
r"an?) (?:\w+ )?$")
"""Before what another thing is said to be: "the operation is an annual campaign that"."""
_PURPOSE: Final = re.compile(
    r",?[ \u00a0](?:(?:qui |that |which )?(?:vis(?:ant|e)|aim(?:ed|ing|s)|ambitionne|permettra|prévoit|ciblera|will)|"
    r"destiné|dédié|axé|doté|consacré|d['’]un montant|pour un montant|afin de|to (?!be )[a-z]+ |for (?:the )?[a-z]+ing|"
    r"que (?:busca|permitirá)|"
    r"destinad[oa])")
"""What says that a new thing is meant: "un programme de logements visant à"."""
_HEADS: Final = frozenset(("feuille de route", "plan d’action", "plan d'action", "plan stratégique", "plan directeur", "roadmap"))
"""Descriptions that do not say which one is meant."""
_PRAISE: Final = re.compile(r" (?:de référence|de premier plan|de choix|d['’]échanges?|de croissance externe active|"
r"incontournable)(?!\w)")
"""What calls a place a platform or a centre: "plateforme de référence"."""
_PART_OF: Final = re.compile(r"(?<![^\W\d_])(?:axe|volet|pilier|composante)s? (?:de la |du |de l'|des )$")
_NEVER_AGAIN: Final = frozenset((
    "initiative", "centre", "restructuration", "étude", "augmentation de capital", "groupe de travail", "ligne", "appel",
    "opération", "école", "fonds", "pôle", "campagne", "filiale"))
_AGAIN: Final = re.compile(
    r"(?<![^\W\d_])(?:cet?(?:te)? |this |the (?:said )?|هذا |هذه |le (?:dit )?|la |l'|[وفبل]{0,2}(?=ال))$")
_GOES_ON: Final = re.compile(r" (?:de |d'|du |des |pour |of |for |الوطني|ال\w+|[a-z]+(?:al|ale|ique|if|ive) )")
_BROADCAST: Final = re.compile(spelt(
    r"(?<![^\W\d_])(?:emission|diffus\w*|chaine|animat\w+|presentateur|tv|television|broadcast\w*|"
    r"[وفبل]?(?:ضيف\w*|استضاف\w*|حلقة|حلقات|يبث|تبث|بث|قناة|إذاعة|تلفزيون\w*|تقديم|تقدمه|يقدمه|مقدم\w*|فقرة))(?![^\W\d_])"))
"""A programme of radio or television is no plan."""



@dataclass(frozen=True)
class Read:
    """A venture as one sentence tells of it."""

    name: str
    """Its own name, or the description that stands for one."""
    start: int
    """Position in the sentence's text."""
    kind: str
    rule: str
    """watched, named, founded, described, object, purpose; again: counts only where the text comes back to it."""
    stage: Stage | None
    proper: bool
    """Whether it is a name."""
    entity: tuple[str | None, str] | None = None


def read_venture(passage: Passage, match: re.Match[str]) -> Read | None:
    """`match`: a word for a venture in the sentence's folded text. None where it stands for none worth telling."""
    folded = passage.folded
    kind, low, high = kind_of(match)
    start, end = folded.span(low, high)
    start += passage.text[start] == "ل" and passage.text[start - 1 : start] == "ل"
    before = folded.text[max(0, low - _BEFORE) : low]
    idiom = any(found.end() == low for found in _IDIOM.finditer(folded.text[: high + 1], max(0, low - _BEFORE)))
    if idiom or passage.text[start:end].endswith(("és", "ée", "ées")) or _in_organisation(passage, start, end):
        return None
    if passage.language == "en":
        name = name_before(passage.text, start, end) if passage.zone != "title" else None
    else:
        name = own_name(passage.text, end, kind)
    if name and not _is_known_else(passage, name[1], name[0]):
        stage, gap = stage_near(folded.text, name[1], name[1] + len(name[0]))
        housed = kind in BUILT or (passage.language == "en" and kind == "centre")
        if passage.language == "en" and kind == "école":
            return None
        told = not housed or (stage not in (None, "under_way", "planned") and gap < _NEAR)
        broadcast = _BROADCAST.search(folded.text[max(0, low - _NEAR) : high + len(name[0]) + _NEAR])
        return Read(name[0], name[1], kind, "named", stage, True) if told and not broadcast else None
    if passage.language == "en":
        start, whole = described_in_english(passage.text, start, end)
        before = folded.text[max(0, low - (end - start) - _BEFORE) : max(0, low - (folded.span(low, high)[0] - start))]
    else:
        whole = described(passage.text, start, end)
    says = len(whole) > end - start + 3 or " " in passage.text[start:end]
    if not says or _THIS.search(before) or WISHED.search(before):
        return None
    return _told(passage, Read(whole, start, kind, "described", None, False), (low, high), before)


def _told(passage: Passage, read: Read, word: tuple[int, int], before: str) -> Read | None:
    """A venture without a name with its stage, where the sentence makes news of it: founded, or a stage said close by.

    `word`: where the word for its kind stands in the folded text; `before`: the folded text that leads up to it.
    """
    founded = FOUNDING.search(before) is not None
    stage, gap = stage_near(passage.folded.text, *word)
    proper = re.search(r"[A-ZÀ-Þ]", read.name[1:]) is not None
    arabic = ARABIC.match(read.name) is not None
    head = re.split(r" (?:d[e']|a )", passage.folded.text[slice(*word)])[0].split()
    plural = (read.kind != "étude" and any(part.endswith("s") for part in head)) or head[0].endswith("برامج")
    done = read.kind == "étude" and stage == "completed"
    news = gap < _NEAR and stage != "under_way" and (proper or (arabic and read.kind in _TOLD_IN_ARABIC))
    told = done or news or (_FAVOURED.search(before) is not None and stage == "announced")
    bare = arabic and len(read.name.split()) < _FEW and not re.search(r" (?:ال|لل)", read.name)
    far = gap > (_BY if stage == "under_way" else _NEAR)
    if founded:
        return None if plural and not _COUNTED.search(before) else replace(read, rule="founded", stage=stage)
    whole = len(re.findall(r"\w+", read.name)) >= _FEW and _COPULA.search(before) is None
    if whole and _A.search(before) and not plural and _PURPOSE.match(passage.text, read.start + len(read.name)):
        return replace(read, rule="purpose", stage=stage)
    to_do = re.search(r" d['’]\w+er$", read.name) is not None
    nameless = read.kind in ("feuille de route", "plan") and read.name in _HEADS and not re.match(
        r" 20\d\d", passage.folded.text[word[1]:word[1] + 5])
    nameless = nameless or _PART_OF.search(before) is not None or _PRAISE.search(read.name) is not None
    unsaid = stage is None or bare or far or plural or to_do or nameless or read.kind == "filiale"
    if not unsaid and (read.kind not in _NAMED_ONLY or told):
        return replace(read, stage=stage)
    vague = nameless or bare or plural or to_do or read.kind in _NEVER_AGAIN or len(read.name.split()) < _FEW
    return None if vague else replace(read, rule="again", stage=stage)


def is_named_again(folded: str, match: re.Match[str]) -> bool:
    """Whether the word means a venture told of before: "ce programme", "the project", "هذا المشروع", without a complement."""
    _, low, high = kind_of(match)
    return _AGAIN.search(folded, max(0, low - 20), low) is not None and _GOES_ON.match(folded, high) is None


def _in_organisation(passage: Passage, start: int, end: int) -> bool:
    """Whether the word belongs to an organisation's name: "Programme des Nations unies", "Centre hospitalier".

    An unknown English name that ends with it is that of a programme: "Food Security Programme".
    """
    at, last = passage.start + start, passage.start + end
    return any(
        one.kind == "organisation" and one.start <= at < one.end
        and not (passage.language == "en" and one.entity_id is None and one.end == last and one.start < at)
        for one in passage.mentions)


def _is_known_else(passage: Passage, start: int, name: str) -> bool:
    """Whether the whole name is that of a place, a person or a body: "projet Maroc", "plan de l'Etat"."""
    at = passage.start + start
    whole = at + len(name)
    return name in _NO_NAMES or any(
        one.kind in ("place", "person", "organisation") and one.entity_id and one.start <= at and whole <= one.end
        for one in passage.mentions)

