"""Folded text after a number in, the unit or the things it counts out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.events import Language
from pipeline.language.folding import Folded

_PERCENT: Final = re.compile(
    r" ?(?:%|٪|pour ?cents?|percent|per cent|por ciento|(?:في|ب) ?المايه|في الميه|بالمايه|بالميه|pp\b|"
    r"points? de (?:pourcentage|croissance)|points? de pour cent|percentage points?|puntos porcentuales|نقاط? ميويه|"
    r"نقطه ميويه)(?![^\W_])")
MOST_POINTS: Final = 60
"""From here on points are those of an index or a game."""
_POINTS: Final = re.compile(r" (?:points?|puntos)(?! de base| de vente)(?![^\W\d_])")
_OF_RATES: Final = re.compile(r"%|(?<![^\W\d_])(?:pib|croissance|taux|gdp|growth|rate|crecimiento)(?![^\W\d_])")
_MEASURE: Final = re.compile(
    r" ?(?:de |d'|of )?(?P<unit>"
    r"(?:giga|mega|kilo|tera)?watts?(?:[ -]?(?:heures?|cretes?|hours?))?|[kmgt]wc?(?:h|p)?|megavatios|"
    r"tonnes?|tons?|toneladas?|quintaux|quintal|kilogrammes?|kilograms?|kg|kilos?|grammes?|t(?= ?/)|"
    r"kilometres? carres?|square kilomet(?:re|er)s?|km2|km²|kilometres?|kilometers?|kilometros|kms?|"
    r"metres? cubes?|cubic met(?:re|er)s?|hm3|mm3|m3|m³|metres? carres?|square met(?:re|er)s?|m2|m²|metres?|meters?|metros|"
    r"hectares?|hectareas?|ha|litres?|liters?|hectolitres?|litros?|barils?|barrels?|barriles|"
    r"noeuds|milles nautiques|mah|gbps|mbps|[gm]bits?/s|gigabits?|megabits?|gigaoctets?|teraoctets?|gb|tb|megapixels?|"
    r"chevaux|ch|cv|hp|horsepower|km/h|kmh|evp|teus?|petaflops|exaflops|"
    r"(?:تيرا|جيغا|كيغا|ميغا|ميكا|كيلو) ?(?:واط|وات)(?:ا)?(?:[ /]?ساع[هي])?|طنا?|اطنان|قنطارا?|قناطير|كيلوغراما?|"
    r"كيلوجراما?|كلغ|كيلومترا? مربعا?|"
    r"كيلومترات|كيلومترا?|كلم|هكتارا?|هكتارات|(?:مليون )?مترا? (?:مكعبا?|مربعا?)|امتار مكعبه|مترا?|امتار|لترا?|لترات|"
    r"برميلا?|براميل"
    r")(?![^\W\d_])")
_RATE: Final = re.compile(
    r"[^.;:()]{0,22}?(?:(?P<year>/ ?an\b|par an\b|l'an\b|annuel|a year|per year|per annum|سنويا|في السنه|al ano)|"
    r"(?P<day>/ ?j(?:our)?\b|par jour|per day|a day|daily|quotidien|يوميا|في اليوم|al dia)|(?P<hour>/ ?h\b|par heure|"
    r"per hour|في الساعه))")
_DURATION: Final = re.compile(
    r" ?(?:de |d')?(?P<unit>ans|annees?|mois|semaines?|jours?(?: ouvrables| ouvres)?|heures|minutes|secondes|years?|"
    r"months?|weeks?|days?|hours|"
    r"anos?|meses|semanas|dias|horas|سنوات|سنه|عاما?|اعوام|اشهر|شهرا?|اسابيع|اسبوعا?|ايام|يوما?|ساعات|ساعه|دقيقه|"
    r"دقايق)(?![^\W\d_])")
_WORD: Final = re.compile(r"[ -]?(?:de |d')?(?P<word>[^\W\d_][^\W\d_'-]*(?:[-][^\W\d_]+)*)")
_PLURALS_ALIKE: Final = frozenset(
    "aux plus moins dans sans sous vers depuis apres des les ses mes nos vos ces lors alors mais puis ainsi fois pas tous "
    "toutes mars "
    "parfois jadis desormais environs voix fr tres dos tres las los mas menos veces sus is was as has its this thus "
    "versus vs "
    "plays does ils elles nous vous dont leurs us yes always across besides points-virgules euros degres restants restantes "
    "derniers dernieres prochains prochaines suivants suivantes passes precedents selon hors jamais toujours ailleurs "
    "quelques "
    "plusieurs certains certaines eux times others annees jours heures minutes secondes semaines ans mois years months "
    "weeks days hours centuries decades thirds quarters halves tiers quarts demis pages paginas anos meses dias "
    "semanas horas decennies decades siecles".split())
_BEFORE_NOUN: Final = frozenset(
    "nouveaux nouvelles nouveau nouvelle autres grands grandes grand grande principaux principales petits petites "
    "premiers premieres "
    "bons bonnes meilleurs meilleures jeunes differents differentes seuls seules seul seule gros grosses vieux anciens "
    "anciennes "
    "derniers dernieres presumes presumees pres nuevos nuevas grandes otros otras principales futurs futures".split())
_PEOPLE: Final = frozenset("jeunes anciens anciennes".split())
"""Adjectives that are counted themselves where no noun follows: "100.000 jeunes"."""
_IRREGULAR: Final = frozenset(
    "people children women men staff cattle livestock police personnel personnes pme tpme ong mre aircraft".split())
_FUNCTION: Final = frozenset(
    "a an and as at but by for from has have in into is it its of on or over per than that the their to under was were "
    "who which with "
    "will would while when since after before against during between among about this these those he she they we i not "
    "no so if "
    "including according amid compared plus minus year years month months".split())
_ARABIC_OTHER: Final = frozenset(
    "سنوات سنه عاما اعوام اشهر شهرا اسابيع ايام يوما ساعات ساعه دقيقه دقايق "
    "قرن مينوت ماكس منها منهم منهن منه بينها بينهم لها له لهم فيها دينار دينارا جنيه ليره صفحه صفحات عقود عقد قرون قرنا "
    "في من الي علي عن مع بين خلال قبل بعد منذ حتي او ان كما كان كانت قد هو هي هذا هذه التي الذي ثم لكن حيث اي بما عند "
    "ضمن غير كل بعض "
    "مقابل مقارنه اذ بدل عوض ازاء نحو حوالي مره مرات درجه درجات صباحا مساء زوالا ليلا ظهرا ميلاديه هجريه لم لا لن ما "
    "يوم بسبب ضد "
    "فقط تقريبا علاوه فيما بينما الف مليون مليار مليارات ملايين ملايير بلاس نقطه".split())
_ARABIC_BA: Final = ("بلد", "برلم", "بحث", "بيت", "بنك", "بير", "برن", "برا", "بطو", "بقر", "بطا", "بعث",
                      "باح", "بند", "بنو", "بوا", "بري", "باخر")
_ARABIC_LAM: Final = ("لتر", "لجن", "لاع", "لاج", "لقا", "ليل", "لوح", "لوا", "لغ", "لق")
_ARABIC_WAW: Final = ("وحد", "وزي", "وزر", "ورش", "وكال", "وثي", "وثا", "ولا", "وفد", "وفي", "وفا", "وسي", "وسا", "وجه", "وظي")

_ATTACHED: Final = (("و", _ARABIC_WAW), ("ب", _ARABIC_BA), ("ل", _ARABIC_LAM))
"""Letters that are mostly a particle, each with how nouns begin that bear it as their own."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or noun and where the expression ends."""

    name: str
    end: int


def read_percent(text: str, end: int) -> int | None:
    """Where the per cent sign (or word) after position `end` ends."""
    match = _PERCENT.match(text, end)
    return match.end() if match else None


def read_points(text: str, end: int, value: float) -> int | None:
    """Where "points" ends after `end`, where it means percentage points: a small number in a sentence of rates."""
    match = _POINTS.match(text, end)
    rates = value % 1 != 0 or _OF_RATES.search(text) is not None
    return match.end() if match and value < MOST_POINTS and rates else None


def read_measure(text: str, end: int) -> Unit | None:
    """A physical unit after `end`, with `/an`, `/jour` or `/h` where a rate follows."""
    match = _MEASURE.match(text, end)
    if not match:
        return None
    rate = _RATE.match(text, match.end())
    suffix = {"year": "/an", "day": "/jour", "hour": "/h"}[str(rate.lastgroup)] if rate else ""
    return Unit(match["unit"] + suffix, match.end())


def read_duration(text: str, end: int) -> Unit | None:
    """A unit of time after `end`."""
    match = _DURATION.match(text, end)
    return Unit(match["unit"], match.end()) if match else None


def read_things(folded: Folded, end: int, language: Language, *, scaled: bool = False) -> Unit | None:
    """The noun counted by the number that ends at `end`. `scaled`: said in millions, which take "de" in French."""
    text = folded.text
    if language == "ar":
        return _arabic_things(text, end)
    if language == "en":
        return _english_things(folded, end)
    if scaled and not text.startswith((" de ", " d'"), end):
        return None
    at, people = end, None
    for _ in range(3):
        match = _WORD.match(text, at)
        if not match:
            break
        word = match["word"]
        if word in _BEFORE_NOUN:
            at = match.end()
            people = Unit(word, at) if word in _PEOPLE else people
            continue
        return Unit(word, match.end()) if _is_plural(word, folded.surface(match.start("word"), match.end())) else people
    return people


def _is_plural(word: str, written: str) -> bool:
    if word in _IRREGULAR:
        return True
    if written.isupper():
        return 2 <= len(word) <= 6
    return len(word) >= 3 and word[-1] in "sxz" and word not in _PLURALS_ALIKE and written[0].islower()


def _english_things(folded: Folded, end: int) -> Unit | None:
    at = end
    for _ in range(4):
        match = _WORD.match(folded.text, at)
        if not match or match["word"] in _FUNCTION:
            return None
        word, written = match["word"], folded.surface(match.start("word"), match.end())
        if word in _IRREGULAR or (
                len(word) > 3 and word[-1] == "s" and not word.endswith(("ss", "us", "is")) and word not in _PLURALS_ALIKE):
            return Unit(word, match.end())
        if word.endswith(("ed", "ing")) and written[0].islower() and at == end:
            return None
        at = match.end()
    return None


def _arabic_things(text: str, end: int) -> Unit | None:
    match = _WORD.match(text, end)
    if not match or text[match.start("word") - 1] != " ":
        return None
    word = match["word"]
    if len(word) < 2 or word in _ARABIC_OTHER or word.startswith(("ال", "لل", "بال", "وال")):
        return None
    if any(word[0] == letter and not word.startswith(nouns) for letter, nouns in _ATTACHED):
        return None
    return Unit(word, match.end())
