"""An article in, people who come into an office or leave it out: appointed, elected, dismissed, resigned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from pipeline.classify.facts.people import RUN, Named, is_no_person, people_in, people_known
from pipeline.classify.facts.person_roles import organisation_of
from pipeline.classify.facts.roles import Role, roles_in
from pipeline.classify.facts.said_dates import nearest_date
from pipeline.classify.facts.spelling import mentions_any, spelt, stems
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Appointment, Fact

EXTRACTOR: Final = "appointments/1"
CONFIDENCE: Final = 0.85
REACH: Final = 110
"""Characters between the verb and the person or the office."""
Status = Literal["appointed", "dismissed", "elected", "resigned"]
_VERBS: Final[tuple[tuple[Status, str], ...]] = (
    (
        "elected",
        r"(?:est|a ete|ete|sont|ont ete) (?:re)?elue?s?|elu a|election de|reelection de|(?:was|were|been) "
        r"(?:re)?elected|elected|(?:fue|ha sido) elegid[oa]|انتخب\w*|انتخاب|إعادة انتخاب",
    ),
    (
        "appointed",
        r"(?:est|a ete|sont|ont ete|vient d'etre|ete) (?:nomme|designe|promu|reconduit|installe|porte a la "
        r"tete)\w*|nomme\w*|nomination (?:de|d')|designe\w*|"
        r"prend(?:ra)? (?:la (?:presidence|direction|tete)|les renes)|a pris (?:la (?:presidence|direction|tete)|"
        r"ses fonctions)|"
        r"succede a|"
        r"(?:was|were|been|has been) (?:appointed|named)|appoint(?:s|ed|ment of)|named|nombrad[oa]|عين|عينت|تعيين|"
        r"تم تعيين|يعين|"
        r"تنصيب|نصب|نصبت|تكليف|كلف",
    ),
    (
        "dismissed",
        r"(?:est|a ete|ete) (?:limoge|demis|revoque|releve|ecarte|suspendu)\w*|limogeage de|revocation de|(?:was|"
        r"been) (?:dismissed|sacked|fired|removed)|"
        r"أعفي|إعفاء|أقيل|إقالة|تمت إقالة",
    ),
    (
        "resigned",
        r"(?:a )?(?:demissionne|presente sa demission|quitte (?:ses fonctions|son poste|la presidence|la "
        r"direction))\w*|demission de|resign(?:ed|s|ation of)|stepped down|استقال\w*|استقالة|قدم استقالته",
    ),
)
_VERB: Final = tuple((status, re.compile(spelt(rf"(?<![^\W\d_])[وف]?(?:{words})(?![^\W\d_])"))) for status, words in _VERBS)
_STEMS: Final = stems(
    "elu elect elegid انتخ nomm nomin design promu reconduit install presidence direction fonctions succede appoint named "
    "nombrad عين تعيين تنصيب نصب تكليف كلف "
    "limog demis revo releve ecart suspen dismiss sacked fired removed اعف اقيل اقال quitte resign stepped استقال"
)
_SUCCEEDED: Final = re.compile(
    r"(?:succ[eé]dant (?:ainsi )?à|succ[eè]de à|remplace|remplacement de|remplaçant|à la place de|succeed(?:s|ing|ed)?|"
    r"replac(?:es|ing|ed)|"
    r"خلفا ل|بدلا من|مكان|خليفة ل?)(?:[ ]?(?:M\.|Mme|السيد|لل?\w+))?[ ]?$")
"""Before the name of who held the office till then."""
_SOVEREIGN: Final = "mohammed_vi"
_FIRST_ARABIC: Final = "ء"
"""An Arabic office in the accusative is the one that somebody comes into: "عين والي الجهة X عاملا"."""
_MOST: Final = 4
_NOT: Final = re.compile(
    r"(?<![^\W\d_])(?:n'a pas|n'est pas|aurait|serait|pourrait|candidat|candidature|not been|لم يتم|"
    r"مرشح)(?![^\W\d_])"
)
_OFFICE: Final = re.compile(
    r"(?:la )?(?P<office>presidence|direction|tete) (?:du |de la |de l'|des |"
    r"d')(?P<org>[^.,;:]{2,70})"
)


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each person and office, where both stand by the verb."""
    known, said = people_known(text), set[tuple[str, str]]()
    for passage in text.passages:
        if not mentions_any(passage.folded.text, _STEMS) or _NOT.search(passage.folded.text):
            continue
        for status, person, role, surface in _moves(passage):
            whole = known.get(person.surname, person)
            if (whole.name, status) in said:
                continue
            said.add((whole.name, status))
            org, entity = organisation_of(text, passage, role, surface)
            when = nearest_date(passage.folded.text, text.day, role.start)
            fields = Appointment(
                person=whole.name,
                person_surface=person.surface,
                person_entity=whole.entity_id,
                role_surface=surface,
                org=org,
                org_entity=entity,
                status=status,
                date=when.iso if when else None,
            )
            yield make_fact(text, passage, fields, extractor=EXTRACTOR, confidence=CONFIDENCE, at=person.start)


def _moves(passage: Passage) -> Iterator[tuple[Status, Named, Role, str]]:
    folded = passage.folded
    named = people_in(passage)
    for status, pattern in _VERB:
        for match in pattern.finditer(folded.text):
            start, end = folded.span(*match.span())
            people = (*named, *_unknown(passage, named, start, end))
            person = _nearest(passage, people, start, end)
            role = _role_by(passage, start, end, people)
            if person and role:
                yield status, person, role, _words(passage, role, people)


def _unknown(passage: Passage, named: tuple[Named, ...], start: int, end: int) -> Iterator[Named]:
    """Capitalised words right before the verb or right after it: "Name Name nommé directeur", "nomination de Name Name"."""
    for run in RUN.finditer(passage.text):
        beside = passage.text[run.end():start].strip(" ,") == "" or passage.text[end:run.start()].strip(" ") == ""
        known = any(one.start < run.end() and run.start() < one.end for one in named)
        if beside and run.start() != start and not known and len(run[0].split()) <= _MOST and not is_no_person(run[0]):
            at, last = passage.start + run.start(), passage.start + run.end()
            if not any(one.kind != "person" and one.start < last and at < one.end for one in passage.mentions):
                yield Named(run.start(), run.end(), run[0], run[0])


def _nearest(passage: Passage, people: tuple[Named, ...], start: int, end: int) -> Named | None:
    """The person next to the verb, before it or after: neither the king who appoints nor the one succeeded."""
    near = [
        one for one in people
        if start - REACH < one.end and one.start < end + REACH
        and _SUCCEEDED.search(passage.text, max(0, one.start - 40), one.start) is None]
    near = [one for one in near if one.entity_id != _SOVEREIGN]
    return min(near, key=lambda one: start - one.end if one.end <= start else one.start - end, default=None)


def _role_by(passage: Passage, start: int, end: int, people: tuple[Named, ...]) -> Role | None:
    """The office after the verb; "prend la présidence de X" names it itself."""
    if office := _OFFICE.search(passage.folded.text, start, min(len(passage.folded.text), end + 80)):
        first, last = passage.folded.span(office.start("office"), office.end())
        return Role(first, last, office["office"], passage.folded.span(office.start("org"), office.end())[0])
    after = [
        role for role in roles_in(passage)
        if end <= role.start < end + REACH and not any(one.start <= role.start < one.end for one in people)
        and role.head != "ملك"]
    into = (role for role in after if role.head.endswith("ا") and role.head[0] > _FIRST_ARABIC)
    return next(into, after[0] if after else None)


def _words(passage: Passage, role: Role, people: tuple[Named, ...]) -> str:
    cut = min((one.start for one in people if role.start < one.start < role.end), default=role.end)
    return passage.text[role.start : cut].strip(" ,،")
