"""An article in, its persons with the office it gives them and the body they hold it in out, one fact a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pipeline.classify.facts.holders import Holder, holders_in
from pipeline.classify.facts.people import Named, people_known
from pipeline.classify.facts.roles import Role
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Mention, PersonRole

EXTRACTOR: Final = "person_roles/1"
_DELEGATE: Final = re.compile(r"^déléguée? ")
_QUALIFIER: Final = re.compile(
    r"^(?:g[eé]n[eé]rale?|exécutif|exécutive|délégu[eé]e?|adjointe?|central|régional|national|financier|commercial|السابق|"
    r"السابقة|الحالي|"
    r"الجهوي|الإقليمي|الوطني|الرسمي باسم|المكلف ب|المكلفة ب|القوي داخل|العام|العامة|عام|عامة|المؤقت|المؤقتة|المستقيل|"
    r"المستقيلة|"
    r"الأسبق|الراحل|المنتخب|الجديد|الجديدة|الانتقالي|الإنتقالي)?\s*"
    r"(?:de la |de l['’]|du |des |de |d['’]|of the |of |à la |au |chez |del |de los )?")
"""What may stand between the word for an office and the body it belongs to."""
_PROPER: Final = re.compile(
    r"(?:^|[ '’])([A-ZÀ-Þ][\w&'’-]*(?:[ \u00a0](?:(?:du|de la|de l['’]|des|de|et|pour|of|and|the|"
    r"d['’])[ \u00a0]?)*[A-ZÀ-Þ][\w&'’-]*)*)")
_OWNS: Final = re.compile(r"(?:[’']s)?(?: [a-z-]+){0,2} ")
_ANAPHORA: Final = re.compile(
    r"^(?:la |le |l['’]|du |de la |de l['’]|cette |ce )?(?:(?:ال|لل|بال)?(?:حزب|بنك|مجلس|وزارة|فريق|شركة|مجموعة|مؤسسة|جمعية|"
    r"وكالة|مكتب|منتخب|نادي|هيئة|جامعة|كلية)|banque|groupe|société|compagnie|entreprise|établissement|institution|organisme|"
    r"agence|office|fondation|"
    r"association|fédération|parti|club|ministère|conseil|université|filiale|opérateur|startup|start-up)$", re.IGNORECASE)


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each person and office, where it is first said in full."""
    known, best = people_known(text), dict[str, Fact]()
    for passage in text.passages:
        for one in holders_in(passage):
            whole = known.get(one.person.surname, one.person)
            fact = _fact(text, passage, one, whole)
            held = best.get(whole.name)
            if held is None or _fullness(fact) > _fullness(held):
                best[whole.name] = fact
    yield from best.values()


def _fact(text: ArticleText, passage: Passage, one: Holder, whole: Named) -> Fact:
    org, entity = organisation_of(text, passage, one.role, one.surface)
    fields = PersonRole(
        person=whole.name, person_surface=one.person.surface, person_entity=whole.entity_id, role_surface=one.surface,
        org=org, org_entity=entity)
    return make_fact(text, passage, fields, extractor=EXTRACTOR, confidence=one.confidence, at=one.person.start)


def _fullness(fact: Fact) -> tuple[bool, bool]:
    """The first mention with an organisation says it in full; a body's sentence more than a caption's."""
    assert isinstance(fact.fields, PersonRole)
    return fact.fields.org is not None, fact.evidence.zone != "caption"


def organisation_of(text: ArticleText, passage: Passage, role: Role, surface: str) -> tuple[str | None, str | None]:
    """Name and entity id of what the office belongs to: a mention in its words, else its complement.

    "La banque" and the like mean the organisation that the article is about.
    """
    end = role.start + len(surface)
    for mention in passage.mentions_within(role.start, end):
        if mention.kind in ("organisation", "programme"):
            return mention.name, mention.entity_id
    if passage.language == "en" and (owner := _owner_before(passage, role)):
        return owner.name, owner.entity_id
    complement = passage.text[min(role.complement, end):end].strip(" ,")
    bare = _QUALIFIER.sub("", complement)
    if _ANAPHORA.match(complement) or _ANAPHORA.match(bare):
        return _main_organisation(text)
    return _in_own_words(role, complement, bare), None


def _owner_before(passage: Passage, role: Role) -> Mention | None:
    """ "The Alpha Group's executive director": the organisation that stands before the office."""
    return next((
        one for one in passage.mentions
        if one.kind == "organisation" and one.end <= passage.start + role.start
        and _OWNS.fullmatch(passage.text[one.end - passage.start:role.start])), None)


def _in_own_words(role: Role, complement: str, bare: str) -> str | None:
    if ("ministr" in role.head or role.head.startswith("وزير")) and bare:
        bare = "ال" + bare[2:] if bare.startswith("لل") else bare
        ministry = "وزارة " + bare if role.head.startswith("وزير") else "Ministère " + _DELEGATE.sub("", complement)
        return ministry.strip()
    if bare[:1].isupper() and " " in bare:
        return bare
    if role.head.endswith(("roi", "ملك", "العاهل")) and not bare:
        return "Maroc"
    if attached := re.match(r"لل(?=\w{3})|بال(?=\w{3})", bare):
        return "ال" + bare[attached.end():]
    proper = _PROPER.search(complement)
    return proper[1] if proper else None if bare.startswith("وال") else bare or None


def _main_organisation(text: ArticleText) -> tuple[str | None, str | None]:
    counted: Counter[tuple[str, str | None]] = Counter()
    for mention in text.mentions:
        if mention.kind == "organisation":
            counted[mention.name, mention.entity_id] += 1 + 2 * _headline(mention)
    return counted.most_common(1)[0][0] if counted else (None, None)


def _headline(mention: Mention) -> int:
    return int(mention.zone == "title")
