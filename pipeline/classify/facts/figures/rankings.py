"""Sentences in, positions in indices and lists out, and the places won or lost there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.classify.facts.figures.ordinals import ORDINAL, ordinal_value
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Mention, Ranking
from pipeline.language.number_words import value_of

EXTRACTOR: Final = "rankings/1"
_START = r"(?<![^\W\d_])"
_STOP = r"(?![^\W\d_])"
_PLACE = (
    r"(?:places?|rangs?|positions?|puestos?|lugar(?:es)?|posicion(?:es)?|ranks?|spots?|مرتبه|مراتب|مركزا?|مراكز|"
    r"رتبه|رتب|درجات)")
_SCOPE = (r"(?:mondia(?:l|le|ux|les)|au monde|du monde|africaine?s?|d'afrique|en afrique|du continent|continentale?s?|"
          r"europeenn?e?s?|arabes?|"
          r"nationale?s?|au maroc|du maroc|du royaume|du marche|du secteur|du pays|maghrebine?s?|mediterraneen\w*|"
          r"regional\w*|de la region|"
          r"(?:to|for|of|in) (?:the )?\w+|world(?:wide)?|globally|en el mundo|mundial|de africa|africano?|"
          r"عالميا|افريقيا|قاريا|عربيا|وطنيا|علي (?:ال)?(?:صعيد|مستوي) \w+|في العالم|في افريقيا|للمغرب|للمملكه)")
_ROLE = (r"(?:producteur|exportateur|importateur|fournisseur|client|partenaire|marche|destination|puissance|economie|"
         r"investisseur|operateur|port|"
         r"constructeur|banque|groupe|employeur|acteur|contributeur|acheteur|consommateur|bailleur)")
_POSITION: Final = re.compile(
    rf"{_START}(?:[وفبل]|لل)?(?:(?P<before>{ORDINAL})[ -](?:et derniere )?{_PLACE}{_STOP}"
    rf"|(?:ال)?{_PLACE} (?:(?P<after>{ORDINAL})|(?:n[°o] ?)?(?P<number>\d{{1,3}})(?![\d.,%]))"
    rf"|(?:class\w+|ranked|ranks|ranking|arriv\w+|point\w+|se hiss\w+) (?:\w+ ){{0,2}}?(?P<ranked>{ORDINAL})(?! (?:fois|"
    rf"edition|session|jour))"
    rf"|(?P<superlative>{ORDINAL})[ -](?:plus (?:grand|gros|import|haut)\w*|meilleure?s?|largest|biggest|most|best|"
    rf"highest|top|mayor|mejor|اكبر|اهم|افضل|احسن){_STOP}"
    rf"|(?P<role>{ORDINAL}) {_ROLE}s?(?: \w+){{0,2}}? {_SCOPE}{_STOP}"
    rf"|(?:ال)?(?:مزود|مصدر|منتج|شريك|مستثمر|زبون|مورد|وجهه|سوق|"
    rf"قوه) (?:ال)?(?:\w+ )?(?P<role_ar>ال{ORDINAL})(?: (?P<also>وال{ORDINAL}))?)")
_DELTA: Final = re.compile(
    rf"{_START}[وف]?(?:(?P<up>gagn\w+|progress\w+|avanc\w+|grimp\w+|bond\w*|gain\w*|remont\w*|up|climb\w*|rose|rising|"
    rf"jump\w*|mov\w+ up|advanc\w+|"
    r"sub\w+|escal\w+|ascend\w+|[يت]?(?:تقدم|ارتق|صعد|ارتفع|كسب|قفز)\w*|متقدما|متقدمه)|"
    r"(?P<down>perd\w*|recul\w*|chut\w*|retrograd\w*|dropp?\w*|fell|fall\w*|down|lost|los\w+|slipp?\w*|baj\w+|"
    r"descend\w+|cay\w+|"
    r"[يت]?(?:تراجع|فقد|خسر|انخفض|هبط)\w*|متراجعا|متراجعه))"
    rf"(?: \w+){{0,2}}?(?: d'| de | by | ب ?| بنحو| )(?:\w+ )??(?P<count>\d{{1,3}}|[^\W\d_]+) {_PLACE}{_STOP}")
_GROUPS: Final = ("before", "after", "number", "ranked", "superlative", "role", "role_ar")
_IDIOM: Final = re.compile(r" ?(?:desquel|duquel|dont |d'honneur|en premier|publique|du (?:8|20)|mohammed|des nations)")
_LISTED: Final = re.compile(
    rf"{_START}(?:[وفبل]|لل)?(?:classements?|indices?|index|palmares|barometres?|ranking|score|clasificacion|(?:ال)?موشر|"
    rf"(?:ال)?تصنيف|(?:ال)?ترتيب)(?: [^,;:.()\"]{{3,90}})?")
_AFTER: Final = re.compile(r" ?(?:(?:du|de la|des|de|d'|au|parmi les|of|in|among|en|del|من|في|"
                           r"ب) ?)?(?P<phrase>[^\W\d_][^,;:.()\"\d]{3,80})")
_YEAR: Final = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_CONFIDENCE: Final = {"place": 0.85, "superlative": 0.7, "role": 0.75, "delta": 0.9}


@dataclass(frozen=True, slots=True)
class Rank:
    """A position or a change of it, in the folded text."""

    rule: str
    start: int
    end: int
    position: int | None = None
    delta: int | None = None
    direction: Literal["up", "down"] | None = None


def find(text: ArticleText) -> Iterator[Fact]:
    """Rankings of the article, each once; a title's only where the body does not tell it."""
    told: set[tuple[int | None, int | None]] = set()
    for passage in sorted(text.passages, key=lambda one: one.zone == "title"):
        listed = _LISTED.search(passage.folded.text)
        for rank in ranks(passage):
            if (rank.position, rank.delta) not in told:
                told.add((rank.position, rank.delta))
                yield make_fact(
                    text, passage, _ranking(passage, rank, listed), extractor=f"{EXTRACTOR}/{rank.rule}",
                    confidence=_CONFIDENCE[rank.rule], at=rank.start)


def ranks(passage: Passage) -> list[Rank]:
    """All positions and changes of position that the sentence states."""
    text = passage.folded.text
    return [*_positions(text), *_deltas(text, passage)]


def _positions(text: str) -> Iterator[Rank]:
    for match in _POSITION.finditer(text):
        groups = match.groupdict()
        said = next(groups[name] for name in _GROUPS if groups[name])
        rule = "superlative" if groups["superlative"] else "role" if groups["role"] or groups["role_ar"] else "place"
        value = ordinal_value(said)
        if value and not _IDIOM.match(text, match.end()):
            yield Rank(rule, match.start(), match.end(), position=value)
        if groups["also"] and (second := ordinal_value(groups["also"].removeprefix("و"))):
            yield Rank(rule, match.start("also"), match.end("also"), position=second)


def _deltas(text: str, passage: Passage) -> Iterator[Rank]:
    for match in _DELTA.finditer(text):
        count = match["count"]
        value = int(count) if count.isdigit() else value_of(count, passage.language)
        if value:
            yield Rank("delta", match.start(), match.end(), delta=value, direction="up" if match["up"] else "down")


def _ranking(passage: Passage, rank: Rank, listed: re.Match[str] | None) -> Ranking:
    folded = passage.folded
    after = _AFTER.match(folded.text, rank.end)
    index = folded.surface(*listed.span()) if listed else folded.surface(*after.span("phrase")) if after else None
    who = _ranked(passage, rank)
    year = _YEAR.search(folded.text)
    return Ranking(
        position=rank.position, delta=rank.delta, direction=rank.direction, index_surface=index.strip() if index else None,
        entity=who.name if who else None, entity_id=who.entity_id if who else None, edition=year[0] if year else None,
        surface=folded.surface(rank.start, rank.end))


def _ranked(passage: Passage, rank: Rank) -> Mention | None:
    """Who is ranked: the nearest organisation, place or person named before, else the first one named."""
    at = passage.start + passage.folded.span(rank.start, rank.end)[0]
    named = [one for one in passage.mentions if one.kind in ("organisation", "place", "person")]
    before = [one for one in named if one.end <= at]
    return before[-1] if before else named[0] if named else None
