"""The text after the word for a venture in, its own name or the description that says which one is meant out."""

from __future__ import annotations

import re
from typing import Final

MAX_NAME: Final = 130
ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_SHORT: Final = 3
"""Letters of an acronym that is no name of a plan: "la stratégie IA"."""
_NAME_WORDS: Final = 6
""" Words of a quoted Arabic name, at most, where it may be a saying."""
_QUOTED: Final = re.compile(r"[ \u00a0]?[«“\"][ \u00a0]?([^«»“”\"]{2,70}?)[ \u00a0]?[»”\"]")
_PROPER: Final = re.compile(
    r"[ \u00a0](?:(?:national|nationale|royal|intégré|régional|industriel|stratégique|dénommée?|baptisée?|"
    r"intitulée?)[ \u00a0])?"
    r"((?:[A-ZÀ-Þ][\w’'&-]*|D4SD)(?:[ \u00a0](?:(?:de|du|des|d['’]|et|for|of|the)[ \u00a0]?)?(?:[A-ZÀ-Þ][\w’'&-]*|20\d\d))*)"
)
_ADJECTIVE = (
    r"(?:[ \u00a0][\w-]+(?:al|ale|ique|if|ive|aire|ier|el|elle|onal|onale|eux|ré|rée|ain|aine|bal|bale|erne|ise|ien|ienne))")
_COMPLEMENT: Final = re.compile(
    rf"{_ADJECTIVE}{{0,2}}(?:[ \u00a0]en [^\W\d_]+)?[ \u00a0]"
    r"(?:d['’]|de[ \u00a0](?:la |l['’])?|des |du |pour (?:la |le |l['’]|les )?|dédiée? aux? |destinée? à |spécialisée? dans |"
    r"relati(?:f|ve) (?:à|aux?) |lié à |entre |reliant |vers |"
    rf"for (?:the )?|of (?:the )?|to )|{_ADJECTIVE}{{1,2}}(?=[ \u00a0](?:dans|à|au|aux)[ \u00a0])"
)
_NAME_END: Final = re.compile(
    r"[;:!?()«»“”\"،؛]|[.,](?!\d)|[ \u00a0](?:qui|que|qu['’]\w*|dont|où|a|ont|est|sont|sera|seront|était|avait|lors|"
    r"dans|avec|"
    r"en vue|afin|à travers|visant|portant|prévoit|vise|lancée?|"
    r"permet|ainsi|mis|mise|selon|sous|sur la période|par|pour un montant|pour laquelle|notamment|prévue?s?|exigés?|"
    r"constitue|doit|which|that|was|is|will|has|in|by|with|aimed|as|"
    r"induit|tout en|soutenant|permettant|contribue\w*|devrait|devra|reste|demeure|entre|depuis|conclut?|soit|"
    r"التي|الذي|من أجل|بهدف|إلى|على|في|تفاديا|ابتداء|يهدف|تهدف|وذلك|خلال|الذين|من طرف|غير|حيث|سيتم|المزمع|المرتقب|منذ|قصد|"
    r"وفق|وفقا|حسب|بعد|قبل|لكن|كما|أمام|ضمن|بما|مما|إذ|بعدما|رغم|تم|يهم|تهم|همت?|يروم|تروم|يشمل|تشمل|كان|كانت|حققت?|"
    r"تظهر|تظهَر|جاء|جاءت|بلغت?|وهو|وهي|عبر|عن|مع|بشراكة|بتعاون|بميزانية|بكلفة|بتكلفة|بغلاف|بقيمة|أطلق\w*|باشر\w*|"
    r"أعد(?:ه|ها|ته|تها)|وضع(?:ه|ها|ته|تها|ت)?|خصص\w*|والتي|والذي|بالإضافة|المرتكزة?|"
    r"تنادي|ي(?!وم|ول|ون|نا|هود|سار|مين|اب)\w{3,})(?=[ \u00a0,.]|$)"
)
_ARABIC_NEXT: Final = re.compile(
    r" (?!(?:التي|الذي|من|على|إلى|هذا|هذه|أن|كانت?|قد|غير|وهو|وهي|ما|أو|ثم|مع|عن|حول|بين|كل|أي|أكثر|مهمة?|هام|هامة|"
    r"كبير|كبيرة|"
    r"ضخمة?|آخر|أخرى|واحدة?|ثانية?|تابعة?|مثل|حقق|تم|تنتظره?|لها|له|لهم|خلال|ضمن|كما|لكن|عام|سنة|أولي|مماثلة?|معينة?|ناجحة?|"
    r"[ته]هدف|تروم|تهم|تنادي|تشمل|تضم|لهذا|لذلك|بالإضافة|حتى)(?!\w)|(?:باشر|أطلق|وضع|جاء|خصص|سي)\w*|"
    r"ي(?!وم|ول|ون|نا|هود|سار|مين|اب)\w{3,})[\u0621-\u064a]{3,}")
_ARABIC_ADJECTIVE: Final = re.compile(
    r" (?!ال(?:جديدة?|مذكورة?|حالية?|مقبلة?|سابقة?|تي|ذي|ذين|أخيرة?|كبيرة?|كبرى|مزمع|مرتقب|ثانية?|أولى?|"
    r"تابعة?)(?!\w))(?:ال|لل)"
    r"[\u0621-\u064a]{3,}[ \u00a0](?=[\u0621-\u064a]{3})")
"""What goes on from a noun with its article: an adjective with its own, and more: "المخطط الاستراتيجي للمجلس"."""
_DEFINITE: Final = re.compile(r"ال|(?<=ل)ل")
_SAYING: Final = re.compile(r"(?:[تي]\w{3,}|هي|هو|هذه|هذا|أن|قد|كان|لا|لم|لن|ما|نحن|سن?\w{4,}) ")
"""How a quotation begins that says something rather than names: «تعكس حجم انخراط»."""


_COMMON: Final = frozenset((
    "Coalition", "Faculté", "Observatoire", "Centre", "Institut", "Fonds", "Réseau", "Agence", "Comité", "Commission", "Alliance",
    "Campus", "Musée", "Hôpital", "Cité", "Ligne", "Parc", "École", "Ecole", "Académie", "Pôle", "Zone", "Plateforme", "Maison",
    "Université", "Complexe", "Programme", "Charte", "Registre", "Label", "Prix", "Portail", "Plan", "Stade", "Port", "Tour"))
"""Nouns that begin a name but do not make one: what follows belongs to it."""


def whole_name(text: str, start: int, name: str) -> str:
    """`name`, or where it is a common noun, as far as what completes it goes: "Faculté pluridisciplinaire de Taounate"."""
    return text[start : name_end(text, start)].strip(" ,.") if name in _COMMON else name

_QUOTED_BEFORE: Final = re.compile(r"[“\"«‘]([^“”\"«»]{2,70}?)[,”\"»’]{1,2} (?:\w+ )?$")
_ENGLISH_NAME: Final = re.compile(r"(?:[A-Z][\w’'&-]* |(?<=\w )(?:of|for|and|the|to) (?=[A-Z])){1,7}$")
_LEADS: Final = re.compile(r"(?:[A-Z]\w+(?:ing|nder) (?:the )?|(?:The|the|and) )")
"""What stands before a name at the beginning of a sentence: "Citing the World Food Programme"."""
_COMPLETED: Final = re.compile(r" (?:of|for) (?:the )?[A-Z][\w&'-]*(?: (?:and |& )?[A-Z][\w&'-]*)*")
"""What completes a name after the word: "Centre of Excellence"."""
_GOES_ON: Final = re.compile(r"[ \u00a0][A-Z][a-z]+")
"""A name that goes on after the word is that of something else: "Redseer Strategy Consulting"."""
_ENGLISH_WORD: Final = re.compile(r"(?<!\w)(?!(?:The|This|A|An|In|On|For|That|Its|Their|New|Our) )[A-Z]")
"""What a name has besides an article."""


def name_end(text: str, start: int) -> int:
    """Where a name or description that begins at `start` ends, at most MAX_NAME characters on."""
    stop = _NAME_END.search(text, start + 1, min(len(text), start + MAX_NAME))
    return stop.start() if stop else min(len(text), start + MAX_NAME)


def name_before(text: str, start: int, end: int) -> tuple[str, int] | None:
    """English names, which end with the word for their kind: "the Green Cities Programme", "the “Blue Lab” project"."""
    quoted = _QUOTED_BEFORE.search(text, max(0, start - MAX_NAME), start)
    if quoted:
        return quoted[1], quoted.start(1)
    after = _QUOTED.match(text, end) or (_PROPER.match(text, end) if text[start].islower() else None)
    if after and not after[1][0].islower():
        return after[1], after.start(1)
    before = _ENGLISH_NAME.search(text, max(0, start - MAX_NAME), start) if text[start].isupper() else None
    if before is None or not _ENGLISH_WORD.search(before[0]):
        return None
    more = _COMPLETED.match(text, end)
    end = more.end() if more else end
    lead = _LEADS.match(before[0])
    begin = before.start() + (lead.end() if lead else 0)
    return (text[begin:end], begin) if begin < start and not _GOES_ON.match(text, end) else None


_ENGLISH_BEFORE: Final = re.compile(
    r"(?<![\w’'-])(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[\w-]+[’']s|new|first|second|major) ((?:(?!(?:of|for|to|in|on|by|"
    r"and|with|at|that|"
    r"which|is|was|from|as|the|an?|its|new|first|has|have)(?!\w))[\w&’'-]+ ){0,4})$")


_SENTENCE: Final = re.compile(
    r"[ \u00a0](?:Parallèlement|Ainsi|Enfin|Outre|Selon|Dans|Pour|Le|La|Les|Cette|Ce|Ces|Un|Une|Des|Au|Aux|En|Grâce|"
    r"Par|Depuis|Avec|Sur|"
    r"Lors|Il|Elle|Après|Afin|Cet|Du|De)(?= |$)")
"""Where a heading without a full stop has run into the next sentence."""
_SHOUTED: Final = re.compile(r"(?:D[EU]S?|[A-ZÀ-Þ]{3,}[ \u00a0][A-ZÀ-Þ]{2,})[ \u00a0]")
"""A heading in capitals is no name."""


def described_in_english(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the phrase begins that ends with the word, and the phrase with its complement: "study grant program for X"."""
    before = _ENGLISH_BEFORE.search(text, max(0, start - 60), start)
    begin = before.start(1) if before else start
    return begin, text[begin:start] + described(text, start, end)


def own_name(text: str, end: int, kind: str) -> tuple[str, int] | None:
    """The name in quotation marks or capitals right after the word: "programme « X »", "stratégie Génération Green"."""
    if (quoted := _QUOTED.match(text, end)) and not _is_saying(quoted[1]):
        begin = quoted.start(1) + len(quoted[1]) - len(quoted[1].lstrip())
        return quoted[1].strip(), begin
    proper = _PROPER.match(text, end)
    if (
        proper
        and len(proper[1]) > _SHORT
        and not _SHOUTED.match(proper[1])
        and not ARABIC.search(proper[1])
        and kind not in ("école", "filiale", "étude", "fonds", "infrastructure", "pôle", "hôpital", "centrale",
                         "ligne", "observatoire")
    ):
        name = _SENTENCE.split(proper[1])[0]
        return name, proper.start(1)
    return None


def _is_saying(quoted: str) -> bool:
    return ARABIC.match(quoted) is not None and len(quoted.split()) >= _NAME_WORDS and _SAYING.match(quoted) is not None


def described(text: str, start: int, end: int) -> str:
    """The word with its complement: "programme de réduction des disparités"."""
    arabic = ARABIC.match(text, start) is not None
    opens = (_ARABIC_ADJECTIVE if _DEFINITE.match(text, start) else _ARABIC_NEXT) if arabic else _COMPLEMENT
    first = opens.match(text, end)
    if first is None:
        return text[start:end]
    stop = _NAME_END.search(text, first.end() if arabic else first.end() + 1, min(len(text), start + MAX_NAME))
    limit = stop.start() if stop else text.rfind(" ", 0, start + MAX_NAME) if len(text) > start + MAX_NAME else len(text)
    return text[start : max(limit, end)].strip(" \u00a0,،.")
