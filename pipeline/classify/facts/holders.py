"""A sentence in, the persons in it with the office next to their name out: "Name, role", "role, Name", "role Name"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.classify.facts.people import ENDS, PARTICLE, RUN, WORD, Named, is_no_person, people_in
from pipeline.classify.facts.roles import Role, roles_in
from pipeline.classify.text import Passage
from pipeline.language.folding import fold_text

APPOSITION: Final = 0.93
BEFORE_NAME: Final = 0.9
LED_BY: Final = 0.85
_AFTER_NAME: Final = re.compile(
    r"،?\s?بصفته?ا?\s(?=[\u0621-\u064a])|"
    r"\s?[,،(]\s?(?:et |and |y |the |el |an? |le |la |les |l['’]|un |une |son |sa |leur |également |aussi |ancien |ancienne "
    r"|ex-|actuel |nouveau |également |former |senior |leading |veteran |longtime |deputy |top |prominent |outgoing |"
    r"incoming |permanent |then-?|(?:(?!King |President |Minister )[A-Z][\w.-]+(?:[’']s)? )){0,6}|"
    r" (?=ال|رئيس|وزير|مدير|عضو|أمين|كاتب|نائب|القيادي|أستاذ|باحث|ناشط|محلل|خبير|ناطق|سفير|عميد|ممثل|منسق|مدرب|لاعب|حارس|"
    r"متحدث|مستشار|فاعل|طبيب|مؤسس|والي|مندوب)")
_TO_NAME: Final = re.compile(r"(?:\s?\([A-Z][\w&-]{1,9}\))?\s?[,،:]?\s?(?:(?:MM?\.|Mmes?|Mr\.?|Mrs\.?|Ms\.?|Madame|"
r"Monsieur|S\.?E\.?M?\.?|Dr\.?|Pr\.?|"
    r"Engr\.|السيد|السيدة|الدكتور|الأستاذ|د\.|الجنرال|الفريق|فخامة|معالي|سعادة|اللواء|العقيد|الشيخ)\s?)*")
_ARABIC_LETTER: Final = re.compile(r"[\u0621-\u064a]")
_SET_OFF: Final = re.compile(r"،\s?(?:السيدة? |الدكتورة? )?([\u0621-\u064a]{2,}(?: [\u0621-\u064a]{2,}){1,3})(?=،|:)")
_SAID_BY: Final = re.compile(
    r"(?:^|[\s،])[وف]?(?:قالت?|أكدت?|أوضحت?|أضافت?|أشارت?|صرحت?|أبرزت?|شددت?|كشفت?|اعتبرت?|أعلنت?|عبرت?|هنأت?|شكرت?|"
    r"أعربت?|ذكرت?|دعت?|"
    r"ترأست?|استقبلت?|سجلت?|لفتت?|"
    r"طالبت?) (?P<name>[\u0621-\u064a]{3,}(?: [\u0621-\u064a]{3,}){1,2})(?P<latin>(?: [A-Z][\w-]+){0,3})\s?،\s?")
_NO_NAME: Final = re.compile(r"(?:ال|بال|لل|وال|كال|[يت]\w{2,}[هاةى]$|[بل][أإ]|سي)|\w+(?:ات|ية|ين)$")
"""Words that a name hardly has: with an article or a particle, and plurals."""
_NOBODY: Final = re.compile(
    r"(?:Dieu|Aïd|Ramadan|Pour|Avec|Et|And|On|In|At|As|By|For|Since|During|After|Before|This|Last|The|Small|Les|Des|"
    r"Dans|Lors|Selon|Le|La)\b")
"""How a run of capitalised words begins that is no name."""
_JOINED: Final = re.compile(r"\s?,? (?:et|and|y) |،? ?و(?=[\u0621-\u064a])")
"""What joins the next person's office: "الملك، ورئيس الجمهورية X"."""
_LED: Final = re.compile(
    r"(?P<org>(?:minist[eè]re|commission|agence|d[eé]partement|conseil|office|fondation|parti|groupe|banque|soci[eé]t[eé]|"
    r"cabinet) [^,;.«»()]{3,90}?),? "
    r"(?:dirigée?|présidée?|pilotée?|menée?|conduite?) par (?:M\. |Mme |le |la )?$", re.IGNORECASE)


_ITSELF: Final = re.compile(
    rf"[ \u00a0](?P<name>{WORD}(?:[ \u00a0](?:{PARTICLE}[ \u00a0-])?{WORD}){{1,3}})(?![\w’'-]|[ \u00a0](?:of|for|de|du|"
    rf"des)(?!\w))")
"""A name right after the word for the office: "Director Name Name"."""
_SAID: Final = re.compile(r",| (?:said|says|told|announced|added|noted|stressed|has|met|a|est|estime|affirme|declare|"
r"explique|indique)(?!\w)")
_AND_THEN: Final = re.compile(r"(?<!\w)(?:and|et|y|et de|et le|et la|avec|with|of|to|to (?:the )?[Kk]ing|to His Majesty)\s$")
"""Before a name: another person than the office before is of."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, the office, and its words; confidence is that of the rule that joined them."""

    person: Named
    role: Role
    surface: str
    confidence: float


@lru_cache(maxsize=512)
def holders_in(passage: Passage) -> tuple[Holder, ...]:
    """Each person of the sentence who has an office next to the name, on either side."""
    return tuple(
        Holder(person, role, surface, confidence) for person, role, confidence in _pairs(passage)
        if len(surface := _surface(passage, person, role)) > 1)


def _pairs(passage: Passage) -> Iterator[tuple[Named, Role, float]]:
    """Each person of the sentence with the office next to the name, on either side."""
    people = list(people_in(passage))
    if not people and not RUN.search(passage.text) and "،" not in passage.text:
        return
    roles = roles_in(passage)
    people += [one for one in _unknown(passage, roles) if not any(one.start < p.end and p.start < one.end for p in people)]
    taken = -1
    for person in sorted(people, key=lambda one: one.start):
        after, before = _after(passage, person, roles), _before(passage, person, roles)
        before = None if before is not None and before.start == taken else before
        after = None if after is not None and _names_the_next(passage, person, after, people) else after
        joined = after is not None and _JOINED.match(passage.text, person.end) is not None
        if after and not ((before or joined) and _of_next(passage, person, after)):
            taken = after.start
            yield person, after, APPOSITION
        elif before:
            yield person, before, BEFORE_NAME
        elif led := _LED.search(passage.text[max(0, person.start - 140):person.start]):
            at = max(0, person.start - 140) + led.start("org")
            yield person, Role(at, person.start - 1, "ministere", at), LED_BY


def _unknown(passage: Passage, roles: tuple[Role, ...]) -> Iterator[Named]:
    """Runs of capitalised words that an office makes a person's name: "Name Name, directeur de", "le président Name Name"."""
    for run in RUN.finditer(passage.text):
        words = run[0].split()
        if not 2 <= len(words) <= 4 or _NOBODY.match(run[0]) or any(word.isupper() and len(word) > 2 for word in words[:1]):
            continue
        at = passage.start + run.start()
        if any(one.kind != "person" and one.start < at + len(run[0]) and at < one.end for one in passage.mentions):
            continue
        named = Named(run.start(), run.end(), run[0], run[0])
        after = _after(passage, named, roles)
        if after and passage.text[run.end():run.end() + 1] == "," and not _in_role(run.start(), roles):
            yield named
    yield from _unknown_after(passage, roles)
    if _ARABIC_LETTER.search(passage.text):
        yield from _unknown_arabic(passage, roles)


def _unknown_after(passage: Passage, roles: tuple[Role, ...]) -> Iterator[Named]:
    """ "Director Name Name", and set off by commas: "the prime minister, Name Name, said"."""
    for role in roles:
        own = None if role.head.endswith((" of", " de")) else _ITSELF.match(passage.text, role.complement)
        if own is None and (comma := re.match(r",(?= )", passage.text[role.end:role.end + 2])):
            own = _ITSELF.match(passage.text, role.end + comma.end())
            own = own if own and _SAID.match(passage.text, own.end()) else None
        if own is None or is_no_person(own["name"]):
            continue
        start, end = passage.start + own.start("name"), passage.start + own.end("name")
        if not any(one.kind != "person" and one.start < end and start < one.end for one in passage.mentions):
            name = own["name"].rstrip(".")
            yield Named(own.start("name"), own.start("name") + len(name), name, name)


def _unknown_arabic(passage: Passage, roles: tuple[Role, ...]) -> Iterator[Named]:
    """Two to four words between commas after an office: "وزير الصحة، أولي إيلونغا، قال"; or after a verb, before an office."""
    for said in _SAID_BY.finditer(passage.text):
        if any(role.start == said.end() for role in roles) and not any(
                fold_text(word) in ENDS or _NO_NAME.match(word) for word in said["name"].split()):
            yield Named(said.start("name"), said.end("latin"), said["name"], said["name"])
    for role in roles:
        if (set_off := _SET_OFF.match(passage.text, role.end)) and not any(
                fold_text(word) in ENDS or _NO_NAME.match(word) for word in set_off[1].split()):
            yield Named(set_off.start(1), set_off.end(1), set_off[1], set_off[1])


def _in_role(at: int, roles: tuple[Role, ...]) -> bool:
    return any(role.start < at < role.end for role in roles)


def _after(passage: Passage, person: Named, roles: tuple[Role, ...]) -> Role | None:
    gap = _AFTER_NAME.match(passage.text, person.end)
    if gap is None:
        return None
    return next((role for role in roles if person.end < role.start <= gap.end() + 1 and role.end > gap.end()), None)


def _names_the_next(passage: Passage, person: Named, role: Role, people: list[Named]) -> bool:
    """ "X, journalist Y": the office is of the name right after it."""
    return any(one.start > person.end and passage.text[role.complement:one.start].strip() == "" and role.complement < one.start
               for one in people)


def _of_next(passage: Passage, person: Named, role: Role) -> bool:
    """Whether the office after the name begins the next person's: "le directeur de A, X, et le directeur de B, Y"."""
    joined = _JOINED.match(passage.text, person.end)
    later = (one for one in people_in(passage) if one.start >= role.start)
    return (joined is not None and joined.end() <= role.start + 1) or any(
        role.end > one.start or _TO_NAME.fullmatch(passage.text[role.end:one.start]) for one in later)


def _before(passage: Passage, person: Named, roles: tuple[Role, ...]) -> Role | None:
    for role in reversed(roles):
        if role.start >= person.start:
            continue
        end = min(role.end, person.start)
        between = passage.text[end:person.start]
        if any(role.start <= one.start and one.end < person.start for one in people_in(passage)):
            return None
        if role.end > person.start and _AND_THEN.search(passage.text, role.start, person.start):
            return None
        if role.end > person.start or _TO_NAME.fullmatch(between):
            return Role(role.start, _trimmed(passage.text, role.start, end), role.head, role.complement)
        return None
    return None


def _trimmed(text: str, start: int, end: int) -> int:
    """End of the role without the title or comma before the name."""
    surface = re.sub(r"(?:[\s,،]|MM?\.|Mmes?|Mr\.?|Mrs\.?|Madame|Monsieur|S\.?E\.?M?\.?|Dr\.?|Pr\.?|السيدة?|الدكتور|"
        r"الأستاذ|الجنرال|الفريق|فخامة|معالي|سعادة|اللواء|العقيد)+$", "", text[start:end])
    return start + len(surface)


def _surface(passage: Passage, person: Named, role: Role) -> str:
    """The role's words, as far as the next person's name."""
    later = (one.start for one in people_in(passage) if role.start < one.start < role.end)
    end = min((*later, person.start if role.start < person.start < role.end else role.end))
    if passage.text[role.start:end].endswith(" to ") and role.end > end:
        end = role.end
    return re.sub(r"(?:[\s,،]|(?<!\w)(?:and|et|y))+$", "", passage.text[role.start:end])
