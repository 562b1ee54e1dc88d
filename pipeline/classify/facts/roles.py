"""A sentence in, the phrases in it that name an office out: "directeur général de X", "وزير الداخلية", "chief executive of X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.classify.facts.spelling import spelt
from pipeline.classify.text import Passage

MAX_PHRASE: Final = 170
"""Characters of a role with what it is the role of."""
_FRENCH = (
    r"(?:vice-|co-?|ex-|ancien(?:ne)? |futur(?:e)? |actuel(?:le)? |nouveau |nouvelle )*(?:"
    r"(?:premi(?:er|ere) )?ministres?|presidente?s?|pdg|p-dg|dg|dga|directeurs?|directrices?|secretaires?(?= general| "
    r"d'etat| national| regional| perpetuel| executi| de | du )|"
    r"chefs?(?= d[ueo]| d'| de l)|(?:sa majeste (?:le )?)?roi|souverain(?= espagnol)|prince(?:sse)?|emir|wali|gouverneure?|"
    r"ambassadeurs?|ambassadrice|consule?(?= )|deputee?|conseillers?|conseillere|"
    r"porte-parole|fondateurs?|fondatrice|ceo|cfo|coo|chief \w+(?: \w+)? officer|responsables?(?= d[ue']| de | marketing| "
    r"communication| commercial)|"
    r"expert(?:e)?|professeure?|economiste|politologue|sociologue|historien(?:ne)?|coordinat(?:eur|rice)|coordonnat(?:eur|"
    r"rice)|representante?|maire|senat(?:eur|rice)|"
    r"commissaire(?= )|procureure?|avocate?|entraineur|selectionneur|coach|analyste|chercheu(?:r|se)|medecin|membre|"
    r"tresoriere?|rapporteure?|inspect(?:eur|rice)|"
    r"doyen(?:ne)?|recteur|deleguee?|haut-commissaire|charge[e]? d'affaires|charge[e]? de (?:mission|la communication)|"
    r"manager|managing director|patron(?:ne)?|"
    r"dirigeante?|gerante?|associee?|commandant|colonel|general de|capitaine|enseignante?(?:-chercheuse?)?|consultante?|"
    r"associe gerant|senior advisor|country manager|"
    r"administrat(?:eur|rice)|mediat(?:eur|rice)|syndicaliste|parlementaire|realisat(?:eur|rice)|executive vice president|"
    r"senior vice president|vice president|"
    r"group chief executive officer|head of|notaire|architecte|ingenieure?|gardien de but|attaquant|milieu de terrain|"
    r"defenseur|animat(?:eur|rice)|commissioner|"
    r"secretary[- ]general|deputy (?:prime )?minister|dean|provost|rector|vice-president|executive director|leader(?= of)|"
    r"commander|activist|journalist|scholar|expert|deputy(?= (?:head|director|governor|chief|mayor|secretary|chair))|"
    r"lawmaker|"
    r"attorney general|prosecutor|captain|goalkeeper|midfielder|striker|defender|queen|sheikh|undersecretary|consul general|"
    r"chief of staff|general manager|managing editor|"
    r"secretary of state|"
    r"prime minister|foreign minister|minister|president|chair(?:man|woman|person)?|director[- ]general|director|governor|"
    r"ambassador|spokes(?:man|woman|person)|"
    r"founder|co-founder|chief executive|head(?= of)|managing partner|king|crown prince|secretary|representative|professor|"
    r"economist|analyst|lawyer|coach|"
    r"member of|mp|senator|mayor|envoy|special envoy|coordinator|researcher|advis[eo]r|"
    r"ministro|ministra|presidenta|director(?:a)? general|directora|portavoz|alcalde(?:sa)?|embajador(?:a)?|secretari[oa] "
    r"general|consejer[oa]|delegad[oa]|jefe de|rey"
    r")")
_LATIN_ROLE: Final = re.compile(rf"(?<![\w'-])(?:[ld]')?(?P<head>{_FRENCH})(?![\w-])")
_STOPS = (
    r" and (?:(?:[^\W\d_]+ ){0,2}[^\W\d_]+'s |his |her |its |the )(?:deputy |prime |foreign |vice )?"
    r"(?=minister|president|director|head of|secretary|chief|ceo|ambassador|king)| and (?=(?:deputy |foreign |"
    r"prime )?minister of )|"
    r"[;:()\"]|,(?! (?:du|de la|de l'|des|d'|de|chargee?s?|aupres|au|of|and) )|\.(?= |$)|"
    r" (?:qui|que|qu'\w*|dont|ou|lors|ainsi|avec|dans le cadre|en marge|hier|ce|cette|ces|a (?!la |l'|rabat)|ont|est|sont|"
    r"etait|etaient|avait|sera|fut|aurait|y|se|s'\w+|n'\w+|ne|pour que|"
    r"afin|apres|avant|depuis|mardi|lundi|mercredi|jeudi|vendredi|samedi|dimanche|said|says|told|who|has|have|had|is|was|"
    r"will|on|during|when|added|"
    r"affirme|declare|explique|indique|souligne|estime|precise|ajoute|preside|signe|annonce|insiste|rappelle|en presence|en "
    r"visite|par(?! interim)|et (?:le|la|les|l'|m\.|mme|son|sa)|"
    r"mais|comme|selon|sous|sans|while|quien|dijo|ha|que|y (?:el|la)|as well as|met|visited|announced|signed|aux "
    r"cotes)(?=[ ,.]|$)| - ")
_LATIN_STOP: Final = re.compile(_STOPS)
_ARABIC_HEADS = spelt(
    "رئيس(?:ه|ا)?|وزير(?:ه|ا)?|مدير(?:ه|ا)?|كاتب(?:ه|ا)?(?= (?:ال)?(?:عاما|عام|عامه|دوله|الدوله|اقليمي|الاقليمي|"
    "جهوي|الجهوي|وطني|"
    "الوطني|المحلي))|امين(?:ه|ا)?(?= (?:ال)?(?:عاما|عام|عامه|مال|سر|المال|جهوي))|والي(?:ا)?(?= )|"
    "عاملا?(?= (?:علي )?(?:اقليم|عماله|عمالات|صاحب))|"
    "عميد(?:ه|ا)?|سفير(?:ه|ا)?|نائب(?:ه|ا)?|مستشار(?:ه|ا)?|عضو(?:ه|ا)?|منسق(?:ه|ا)?|ناطق(?:ه|ا)?|ملك(?= )|"
    "امير(?:ه)?(?= )|استاذ(?:ه)?|"
    "باحث(?:ه)?|خبير(?:ه)?|محامي(?:ه)?|نقيبا?|مدربا?|ناخب|حارس|لاعب|"
    "قيادي(?:ه)?|برلماني(?:ه)?|مندوب(?:ه|ا)?|متحدث(?:ه)?(?= باسم)|مؤسس|مكلف(?:ه)?(?= ب)|طبيب(?:ه)?|ممثل(?:ه)?|"
    "مفتش(?:ه)?|محلل(?:ه)?|حقوقي(?:ه)?|فاعل(?:ه)?(?= (?:ال)?(?:جمعوي|سياسي|حقوقي|مدني|تربوي))|وكيل|قاضي(?:ه)?|مخرج(?:ه)?|"
    "قنصل(?:ه)?|"
    "مسؤول(?:ه)?(?= )|عضوه|ناشط(?:ه)?|مبعوث(?:ه)?|رئيسه|عمده|قائد|منشط(?:ه)?|اعلامي(?:ه)?|صحافي(?:ه)?|مهندس(?:ه)?|خازن|"
    "الكاتب|مقرر(?:ه)?|فنان(?:ه)?|شيخ|خليفه|رجل الاعمال|روايي(?:ه)?|ناقد(?:ه)?|شاعر(?:ه)?|مورخ(?:ه)?|ولي العهد|"
    "صاحب الجلاله|جلاله|عاهل|محافظ|ضابط|جنرال|نائبه")
_ARABIC_ROLE: Final = re.compile(rf"(?<![^\W\d_])(?P<attached>[وف]?[بلك]?)(?P<head>(?:ال|"
    rf"لل)?(?:{_ARABIC_HEADS}))(?![^\W\d_])")
_ARABIC_STOP: Final = re.compile(spelt(
    r"[،؛:.()]|(?<= )(?:ان|انه|انها|بان|خلال|علي|الذي|التي|اليوم|امس|يوم|قال|قالت|اكد|اكدت|اضاف|اوضح|في (?:تصريح|كلمه|حديث|"
    r"اتصال|مداخله|لقاء|ندوه|ختام|هذا)|ضمن|حول|"
    r"ل(?:هسبريس|جريده|لصحافه|وكاله)|من اجل|الي|حيث|كان|كانت|قد|عن(?! )|هذا|هذه|بعد|قبل|رفقه|بحضور|مع|كما|او|ثم|اثر|منذ|"
    r"بشان|وذلك|وهو|وهي|لكي|لكن|تم|يتم|اعلن|كشف|عبر|بمناسبه|بصفته|ا?جتمع|استقبل|ترأس|تراس)(?= |$|[،.])"))
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_THE_KING: Final = "الملك"
"""Needs no complement: what follows is his name, or whom he appoints."""
_QUOTED: Final = re.compile(r'"[^"]{1,60}"')


@dataclass(frozen=True, slots=True)
class Role:
    """An office named in a sentence; positions in the sentence's text. It may run on into the holder's name."""

    start: int
    end: int
    head: str
    """The word for the office, folded and without article."""
    complement: int
    """Where what follows the head begins."""


@lru_cache(maxsize=512)
def roles_in(passage: Passage) -> tuple[Role, ...]:
    """Phrases that name an office, in order, none inside another."""
    arabic = _ARABIC.search(passage.text) is not None
    pattern, stop = (_ARABIC_ROLE, _ARABIC_STOP) if arabic else (_LATIN_ROLE, _LATIN_STOP)
    return tuple(_outer(passage, _found(passage, pattern, stop)))


def _found(passage: Passage, pattern: re.Pattern[str], stop: re.Pattern[str]) -> Iterator[Role]:
    folded = passage.folded
    held = [one for one in passage.mentions if one.kind == "person" and one.entity_id is not None]
    for match in pattern.finditer(folded.text):
        at = passage.start + folded.span(*match.span("head"))[0]
        name = next((one for one in held if one.start <= at < one.end), None)
        if name is not None and name.start < at:
            continue
        limit = match.end() if match["head"] == _THE_KING else min(len(folded.text), match.end() + MAX_PHRASE)
        halt = stop.search(_without_quotes(folded.text, limit), match.end())
        end = halt.start() if halt else limit
        first, last = folded.span(match.start("head"), end)
        surface = passage.text[first:last if name is None else name.end - passage.start].rstrip(" -،,")
        head = match["head"].removeprefix("ال").removeprefix("لل")
        yield Role(first, first + len(surface), head, folded.span(0, match.end())[1])


def _without_quotes(folded: str, limit: int) -> str:
    """Names in quotation marks don't end a role: حزب "الميزان"."""
    return _QUOTED.sub(lambda match: "x" * len(match[0]), folded[:limit])


def _outer(passage: Passage, found: Iterator[Role]) -> Iterator[Role]:
    """A role inside another's complement counts only where it is the head of its own ("conseiller du ministre" is one).

    After somebody's name another begins: "President Name Name and Director Name Name".
    """
    names = [one.start - passage.start for one in passage.mentions if one.kind == "person"]
    last: Role | None = None
    for role in found:
        if last is None or role.start >= last.end or (role.start - last.start > 12 and role.start > last.complement + 60) or any(
                last.start < name < role.start for name in names):
            yield role
            last = role
