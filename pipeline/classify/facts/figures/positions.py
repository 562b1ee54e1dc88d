"""Folded text in, the positions in indices and lists that it states out, and the places won or lost there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.classify.facts.figures.ordinals import ORDINAL, ordinal_value
from pipeline.classify.facts.spelling import mentions_any, stems
from pipeline.classify.text import Passage
from pipeline.language.months import MONTH
from pipeline.language.number_words import value_of

_START = r"(?<![^\W\d_])"
_STOP = r"(?![^\W\d_])"
_PLACE = (
    r"(?:places?|rangs?|positions?|puestos?|lugar(?:es)?|posicion(?:es)?|ranks?|spots?|مرتبه|مراتب|مركزا?|مراكز|"
    r"رتبه|رتب|درجات)")
_SCOPE = (r"(?:mondia(?:l|le|ux|les)|au monde|du monde|africaine?s?|d'afrique|en afrique|du continent|continentale?s?|"
          r"europeenn?e?s?|arabes?|de l'ue|de l'union europeenne|"
          r"nationale?s?|au maroc|du maroc|du royaume|du marche|du secteur|du pays|maghrebine?s?|mediterraneen\w*|"
          r"regional\w*|de la region|"
          r"(?:to|for|of|in) (?:the )?\w+|world(?:wide)?|globally|en el mundo|mundial|de africa|africano?|"
          r"عالميا|افريقيا|قاريا|عربيا|وطنيا|علي (?:ال)?(?:صعيد|مستوي) \w+|في العالم|في افريقيا|للمغرب|للمملكه)")
_ROLE = (r"(?:producteur|exportateur|importateur|fournisseur|client|partenaire|marche|destination|puissance|economie|"
         r"investisseur|operateur|port|pays(?= (?:au monde|d'afrique|africain|arabe|de la region|du monde|en afrique|"
         r"maghrebin))|"
         r"constructeur|banque|groupe|employeur|acteur|contributeur|acheteur|consommateur|bailleur)")
_HELD = (r"(?:exporter|producer|importer|supplier|buyer|market|economy|port|seaport|bank|company|investor|employer|"
r"consumer|operator|"
         r"airline|airport|donor|manufacturer|trading partner|trade partner|partner)")
_LARGEST = (
    rf"(?:world|africa|continent|region|europe|country|kingdom|morocco|globe)'s (?:largest|biggest) (?:\w+ )?{_HELD}{_STOP}|"
    rf"(?:largest|biggest) (?:\w+ )?{_HELD} (?:of \w+ )?(?:in (?:the )?(?:world|africa|region|country|continent|"
    rf"middle east)|worldwide)|"
    r"premiere? (?:exploitant|producteur|exportateur|operateur|groupe|constructeur|destination|port|"
    r"banque) (?:marocaine?|africaine?|"
    r"national)|اكبر (?:مصدر|منتج|مستورد|ميناء|بنك|اقتصاد|مصنع|مستثمر) (?:لل?\w+ )?(?:في (?:العالم|افريقيا|المغرب)|"
    r"عالميا|افريقيا|بافريقيا)")
"""The largest of all has the first place."""
_POSITION: Final = re.compile(
    rf"{_START}(?:[وفبل]|لل)?(?:(?P<before>{ORDINAL})[ -](?:et derniere )?{_PLACE}{_STOP}"
    rf"|(?<!de )(?<!of )(?:ال)?{_PLACE} (?:(?P<after>{ORDINAL})|(?:n[°o] ?|ال ?)?(?P<number>\d{{1,3}})(?![\d%]|[.,]\d))"
    rf"(?:(?: \w+)? و ?(?P<also_number>\d{{1,3}}) ?(?:عالميا|افريقيا|قاريا|عربيا|وطنيا))?"
    rf"|(?P<head>(?:en |a la )tete (?:du|des) (?:classements?|palmares|podium)|en tete (?:du groupe|de la poule)|"
    rf"(?:arriv|caracol)\w+ "
    rf"en tete|tops? the (?:group|table|list|standings|rankings?|index)|(?:[يت]تصدر|"
    rf"تصدرت) (?:\w+ ){{0,2}}?(?:ال)?(?:ترتيب|تصنيف|"
    rf"قاءمه|مجموعه|موشر))"
    rf"|(?:fell|dropp\w+|slipp\w+|rose|climb\w+|mov\w+|jump\w+|improv\w+|rank\w*) (?:\w+ ){{0,2}}?to (?:the )?"
    rf"(?P<moved>{ORDINAL})(?! \w+ (?:edition|round|day))"
    rf"|(?:and|et|y) (?:is |le |la )?(?P<joined>{ORDINAL}) (?:en afrique|in africa|au monde|in the|dans le monde|a l'echelle|"
    rf"en africa)"
    rf"|و(?P<joined_ar>ال{ORDINAL}) (?:عالميا|افريقيا|قاريا|عربيا|وطنيا|مغاربيا)"
    rf"|(?P<largest>{_LARGEST})"
    rf"|(?:ال)?مصنفه? (?P<ranked_ar>{ORDINAL})"
    rf"|(?:class\w+|ranked|ranks|ranking|arrive en|pointe(?:nt)?|pointant|"
    rf"se hiss\w+) (?:\w+ ){{0,2}}?(?P<ranked>{ORDINAL})(?! (?:fois|"
    rf"edition|session|jour))"
    rf"|(?:rank\w*|placed|class(?:e|ee|es|ees)|positione?d?) (?:\w+ ){{0,2}}?(?:at |in |au |a la |en )?(?:number |"
    rf"no\.? ?|n° ?|# ?)?(?P<at>\d{{1,3}})(?![\d.,%]|\w)(?! (?:of|des|{_PLACE}|\w+s{_STOP}))"
    rf"|(?P<superlative>{ORDINAL})[ -](?:plus (?:grand|gros|import|haut)\w*|meilleure?s?|largest|biggest|most|best|"
    rf"highest|top|mayor|mejor|اكبر|اهم|افضل|احسن){_STOP}"
    rf"|(?P<role>{ORDINAL}) {_ROLE}s?(?: \w+){{0,2}}? {_SCOPE}{_STOP}"
    rf"|(?:ال)?(?:مزود|مصدر|منتج|شريك|مستثمر|زبون|مورد|وجهه|سوق|"
    rf"قوه) (?:ال)?(?:\w+ )?(?P<role_ar>ال{ORDINAL})(?: (?P<also>وال{ORDINAL}))?"
    rf"|(?P<first_ar>(?:اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)) (?:مورد|مصدر|منتج|شريك|مستثمر|زبون|مستورد|"
    rf"اقتصاد|قوه|وجهه|سوق|(?:دوله|بلد) (?:(?:و?(?:اسلامي|عربي|افريقي|مغاربي)ه?)|في (?:العالم|افريقيا))){_STOP})")
_ORDINAL_FIGURE: Final = re.compile(
    r"(?<![^\W_])(?P<listed>\d{1,3}) ?(?:st|nd|rd|th|eme|ieme|er|ere|e|º|ª)(?![^\W\d_])"
    r"(?! (?:edition|edicion|anniver\w+|aniver\w+|centur\w+|siecle|siglo|session|year|annee|ano|time|fois|vez|"
    r"conferen\w+|arrondissement|phase|"
    r"day|jour\w*|dia|round|minute|quarter|trimestre|semestre|congres\w*|forum|festival|salon|sommet|summit|parliament|"
    r"amendment|floor|etage|site|usine|magasin|hotel|mission|membre|member|"
    rf"generation|match|meeting|reunion|(?:au|to|and|et) \d|{MONTH}|of (?:{MONTH})){_STOP})")
_DELTA: Final = re.compile(
    rf"{_START}[وف]?(?:(?P<up>gagn\w+|progress\w+|avanc\w+|grimp\w+|bond\w*|gain\w*|remont\w*|up|climb\w*|rose|rising|"
    rf"jump\w*|mov\w+ up|advanc\w+|"
    r"sub\w+|escal\w+|ascend\w+|[يت]?(?:تقدم|ارتق|صعد|ارتفع|كسب|قفز)\w*|متقدما|متقدمه)|"
    r"(?P<down>perd\w*|recul\w*|chut\w*|retrograd\w*|dropp?\w*|fell|fall\w*|down|lost|los\w+|slipp?\w*|baj\w+|"
    r"descend\w+|cay\w+|"
    r"[يت]?(?:تراجع|فقد|خسر|انخفض|هبط)\w*|متراجعا|متراجعه))"
    rf"(?: \w+){{0,2}}?(?: d'| de | by | ب ?| بنحو| )(?:\w+ )??(?P<count>\d{{1,3}}|[^\W\d_]+) {_PLACE}{_STOP}")
_RULES: Final = {
    "before": "place", "after": "place", "number": "place", "ranked": "place", "at": "place", "superlative": "superlative",
    "moved": "place", "joined": "place", "joined_ar": "place", "largest": "superlative",
    "role": "role", "role_ar": "role", "first_ar": "role",
    "head": "place", "ranked_ar": "place"}
"""Rule of each group of _POSITION."""
_TELLING: Final = stems(
    "place rang rank positi class point hiss plus meilleur largest biggest most best highest top spot indice index "
    "palmar barom "
    "world glob mondial product export import fournisseur client parten march destinat puissan econom investis banque groupe "
    "operat contribu acheteur consomm bailleur acteur employeur constructeur port puesto lugar clasific mejor mayor "
    "tete pays "
    "تصدر ترتيب افريقيا عالميا عربيا fell drop slip rose climb mov jump improv arriv caracol figur africa continent "
    "region country kingdom leading main مرتب مراتب مركز مراكز رتب درجات اكبر اهم افضل احسن مزود مصدر منتج شريك "
    "مستثمر زبون مورد مستورد مصنف دوله بلد وجهه سوق "
    "قوه اقتصاد")
"""A sentence with none of these ranks nobody: a cheap test before the patterns."""
_ORDINALS: Final = stems(
    "premi first top prime deuxi second segund troisi third tercer quatri fourth cuart cinqui fifth quint sixi sixt "
    "sext septi "
    "sevent huiti eight octav neuvi nint noven dixi tent onzi elevent douzi twelf treizi quatorzi quinzi vingti centi tete "
    "largest biggest leading main اكبر تصدر اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر عشر")
_DIGIT: Final = re.compile(r"\d")
_IDIOM: Final = re.compile(r" ?(?:desquel|duquel|dont |d'honneur|en premier|publique|trimestre|semestre|quarter|half|"
                           r"jour|mois|annee|tour|ministre|minister|lieu|fois|time|du (?:8|20)|mohammed|des nations)")
_LIST_NAMED: Final = re.compile(
    r"(?<![^\W\d_])(?:classements?|indice|index|palmares|barometre|rank\w*|clasificacion|world(?:wide)?|globally|"
    r"mondial\w*)(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Rank:
    """A position or a change of it, in the folded text."""

    rule: str
    start: int
    end: int
    position: int | None = None
    delta: int | None = None
    direction: Literal["up", "down"] | None = None


def ranks(passage: Passage) -> list[Rank]:
    """All positions and changes of position that the sentence states."""
    text = passage.folded.text
    if not mentions_any(text, _TELLING):
        return []
    numbered = _DIGIT.search(text) is not None or mentions_any(text, _ORDINALS)
    found = [*(_positions(text) if numbered else ()), *_deltas(text, passage)]
    if _LIST_NAMED.search(text):
        found += [rank for rank in _listed(text) if not any(other.start < rank.end and rank.start < other.end for other in found)]
    return found


def _listed(text: str) -> Iterator[Rank]:
    for match in _ORDINAL_FIGURE.finditer(text):
        yield Rank("listed", match.start(), match.end(), position=int(match["listed"]))


def _positions(text: str) -> Iterator[Rank]:
    for match in _POSITION.finditer(text):
        groups = match.groupdict()
        group = next(name for name in _RULES if groups[name])
        value = 1 if group in ("head", "largest") else ordinal_value(groups[group])
        rule = _RULES[group]
        if value and not _IDIOM.match(text, match.end()):
            yield Rank(rule, match.start(), match.end(), position=value)
        if groups["also_number"]:
            yield Rank(rule, match.start("also_number"), match.end("also_number"), position=int(groups["also_number"]))
        if groups["also"] and (second := ordinal_value(groups["also"].removeprefix("و"))):
            yield Rank(rule, match.start("also"), match.end("also"), position=second)


def _deltas(text: str, passage: Passage) -> Iterator[Rank]:
    for match in _DELTA.finditer(text):
        count = match["count"]
        value = int(count) if count.isdigit() else value_of(count, passage.language)
        if value:
            yield Rank("delta", match.start(), match.end(), delta=value, direction="up" if match["up"] else "down")
