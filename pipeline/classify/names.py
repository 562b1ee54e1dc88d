"""A text in, names of people and organisations that are not watched out: told by a given name, a title, a head noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.given_names import LATIN, PARTICLES
from pipeline.classify.names_arabic import find_arabic_names
from pipeline.classify.organisations import find_organisations
from pipeline.events import Mention, Zone
from pipeline.language.folding import fold_text

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞŒ"
_PART: Final = rf"[{_CAPITAL}][\w’'\-]{{0,30}}(?![\w’'\-])"
_PARTICLE: Final = "|".join(sorted(PARTICLES))
_TITLE: Final = re.compile(
    rf"(?<!\w)(?:MM?\.|Mmes?\.?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame|Sr\.|Sra\.|Maître|Docteur|"
    rf"Professeur)[ \u00a0]+"
    rf"(?P<name>{_PART}(?:[ \u00a0]+(?:(?:{_PARTICLE})[ \u00a0]+)?{_PART}){{0,3}})")
_RUN: Final = re.compile(
    rf"(?<![\w.\-]){_PART}(?:[ \u00a0]+(?:(?:{_PARTICLE})[ \u00a0]+){{0,2}}{_PART}){{1,4}}")
_OFFICE: Final = re.compile(
    r"(?<!\w)(?i:ministre|secrétaire d[’']Etat|secrétaire d[’']État|président|présidente|directeur|directrice|PDG|DG|CEO|"
    r"wali|gouverneur|ambassadeur|ambassadrice|député|députée|porte-parole|fondateur|fondatrice|sénateur|maire|"
    r"avocat|avocate|professeur|chercheur|chercheuse|économiste|analyste|minister|chairman|chairwoman|president|"
    r"director|ambassador|founder|ministro|ministra|presidente|director|directora)"
    r"(?:[ \u00a0](?:générale?|exécutive?|déléguée?|adjointe?|général|executive|"
    r"general))*(?:[ \u00a0][^,.;:()«»\"\n]{1,60},)?[ \u00a0]"
    rf"(?P<name>{_PART}(?:[ \u00a0]+(?:(?:{_PARTICLE})[ \u00a0]+)?{_PART}){{1,3}})(?=[ ,.;:)\n]|$)")
_NOT_A_NAME: Final = frozenset(
    "le la les l un une the el los las en au aux du des de a il elle ce cette pour selon dans par sur avec mais et "
    "or and with for from at in on to is as que qui royaume maroc conseil ministere banque groupe bank group nord "
    "sud est ouest marches region centre national".split())
_MAX_PARTS: Final = 5


def find_names(text: str, zone: Zone) -> list[Mention]:
    """People and organisations by name, in order; none overlaps another."""
    arabic = re.search(r"[\u0600-\u06ff]", text) is not None
    people = find_arabic_names(text, zone) if arabic else list(_people(text, zone))
    return _first_kept((*people, *find_organisations(text, zone)))


def _first_kept(found: tuple[Mention, ...]) -> list[Mention]:
    kept: list[Mention] = []
    for new in found:
        if all(new.end <= old.start or old.end <= new.start for old in kept):
            kept.append(new)
    return sorted(kept, key=lambda one: one.start)


def _people(text: str, zone: Zone) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        if len(match["name"]) > 2:
            yield _person(text, *match.span("name"), zone)
    for match in _RUN.finditer(text):
        words = list(re.finditer(r"[^ \u00a0]+", match[0]))
        for at, word in enumerate(words[:-1]):
            if fold_text(word[0]) in LATIN and len(words[-1][0]) > 1:
                last = words[min(len(words), at + _MAX_PARTS) - 1]
                yield _person(text, match.start() + word.start(), match.start() + last.end(), zone)
                break
    for match in _OFFICE.finditer(text):
        if _looks_like_one(match["name"]):
            yield _person(text, *match.span("name"), zone)


def _looks_like_one(name: str) -> bool:
    words = name.split()
    return all(any(char.islower() for char in word) and fold_text(word) not in _NOT_A_NAME for word in words)


def _person(text: str, start: int, end: int, zone: Zone) -> Mention:
    while text[end - 1] in "’'-":
        end -= 1
    surface = text[start:end].removesuffix("'s").removesuffix("’s")
    return Mention(
        kind="person", name=" ".join(surface.split()), surface=surface, zone=zone, start=start, end=start + len(surface))
