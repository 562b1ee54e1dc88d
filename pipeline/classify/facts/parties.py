"""A stretch of a sentence in, the parties named in it out: organisations, states and offices, canonical where watched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from babel import Locale

from pipeline.classify.facts.holders import holders_in
from pipeline.classify.facts.people import RUN, people_in
from pipeline.classify.text import Passage
from pipeline.events import Party
from pipeline.language.folding import fold_text

MAX_PARTY: Final = 110
STATES: Final = frozenset(fold_text(name) for code, name in Locale("fr").territories.items() if code.isalpha())
"""Names of states, folded, as Unicode CLDR has them: of places only these bind themselves."""
_BODY = (
    r"minist[eè]res?|ministre|celui|celle|gouvernement|[EÉ]tat|office|agence|conseil|commune|r[eé]gion|wilaya|pr[eé]fecture|"
    r"province|universit[eé]|banque|groupe|soci[eé]t[eé]|"
    r"fondation|association|f[eé]d[eé]ration|conf[eé]d[eé]ration|chambre|institut|centre|[eé]cole|compagnie|entreprise|"
    r"d[eé]partement|direction|organisation|union|commission|"
    r"syndicats?|f[oó]nds|caisse|op[eé]rateur|r[eé]gie|administration|haut-commissariat|coop[eé]rative|club|cabinet|"
    r"start-?up|filiale|ambassade|autorit[eé]s?|partenaires?|"
    r"ministry|government|university|agency|company|group|bank|foundation|association|council|office|authority|fund|"
    r"federation|organization|institute|"
    r"ministerio|gobierno|universidad|banco|empresa"
)
_LINK = (
    r"(?:de la|de l['’]|des|du|de|d['’]|et de la|et du|et des|et de l['’]|à la|à|of the|of|for|del|de los|pour (?:la|le|"
    r"l['’])|en charge de)"
)
_ADJECTIVE = (
    r"(?:\w+(?:ale?s?|aux|iques?|aine?s?|ien(?:ne)?s?|ives?|if|ères?|ois(?:e)?|aise?s?|ines?|elles?|eu(?:r|se)s?|bres?|"
    r"ovaires?|aires?|é|ée|és|ées|istes?)(?<!ment)|public|publics|publique|libre)"
)
_LATIN_BODY: Final = re.compile(
    rf"(?<!\w)(?i:{_BODY})(?!\w)(?:[ \u00a0](?!(?:a|ont|est|sont|aurai(?:t|ent)|avait|ser(?:a|ait)|sign\w+|conclu\w*|"
    rf"également)(?!\w))(?:(?i:{_LINK})[ \u00a0]?[\w’'\-&]+|[A-ZÀ-Þ][\w&’'\-]*|{_ADJECTIVE}(?!\w))|"
    rf",? \([^)]{{2,40}}\)){{0,12}}",
)
_ARABIC_BODIES = (
    r"(?:ال|لل)?(?:وزارة|حكومة|جامعة|مؤسسة|شركة|مجموعة|بنك|وكالة|مكتب|مجلس|جمعية|اتحاد|منظمة|معهد|كلية|جماعة|جهة|عمالة|"
    r"ولاية|هيئة|نقابة|غرفة|"
    r"صندوق|مديرية|نادي|فيدرالية|كونفدرالية|مركز|أكاديمية|مندوبية|برنامج|رابطة|لجنة|شبكة|تعاونية)(?!\w)"
)
_ARABIC_BODY: Final = re.compile(
    rf"(?<!\w)(?P<attached>[ولب]?)(?P<name>{_ARABIC_BODIES}(?! من (?!طرف))(?: (?![ول]?{_ARABIC_BODIES}|(?:من أجل|بهدف|"
    rf"في إطار|"
    rf"على|إلى|التي|الذي|يهدف|تهدف|تهم|تروم|"
    r"بشأن|حول|وقعت|وقع|تم|اليوم|أمس|خلال|بحضور|بين|مع|عن|قصد|لأجل|وذلك|اتفاقية|مذكرة|اتفاق|أن|إن|عقب|بعد|بعدما|قبل|مساء|"
    r"صباح|قد|كما|منذ|وفق|حسب|سوف|لم|لن|كانت?|لتتبع|العاجزة?|الخاصة?|التابعة?|المتخصصة?|المذكورة?|ذاتها?|قرار|"
    r"س[يت]\w{3,})(?!\w))[\w\"“”]+){0,7})"
)
_STOP: Final = re.compile(
    r"[.;:!?]|(?:,| |^)(?:pour|vis(?:e|ant|ent)|afin|en vue|portant|porte|destin[eé]e?s?|relati(?:f|ve)s?|concernant|"
    r"pr[eé]voit|entend|a [eé]t[eé]|ont [eé]t[eé]|sera|seront|qui|que|dans (?:le|la|l['’]|un|les)|lors|"
    r"en marge|sous|sign[eé]e?s?|dirig[eé]e? par|inscrit|pr[eé]cise|indique|sur|à travers|devrait|dont|afin|en pr[eé]sence|"
    r"renfor[cç]ant|permettant|mettant|d[eé]tenteur|"
    r"to|aimed|aiming|for the|on the|which|that|was|were|will|under|during|covering|"
    r"من أجل|بهدف|في إطار|التي|الذي|تهدف|يهدف|تهم|تروم|يروم|بشأن|حول|خلال|بحضور|قصد|وذلك|على هامش|ليتماشى|بعدما|تحت|لتعزيز|"
    r"لتطوير|لموسم|الموقع|بحسب|حسب|وفق|كما|يستوجب|مؤخرا|والتي|والذي|مضيفا?|مشيرا)(?= |,|،|$|\.)"
)
_SPLIT: Final = re.compile(
    r", (?:ainsi que )?(?:et )?|[ \u00a0](?:et|and|y|ainsi que|as well as|avec|with|d['’]une part|"
    r"d['’]autre part)[ \u00a0]|، ?و?| و(?=[\u0621-\u064a])"
)
_CAPITAL_BEFORE: Final = re.compile(r"(?<!^)\b(?!The |Le |La |Les )[A-Z]\w+ $")
"""The word for a body ends a name: "Alpha Group"."""
_ARTICLE: Final = re.compile(r"(?:^|[\s(])(?:le|la|l['’]|un|une|the)[ \u00a0]?$", re.IGNORECASE)
GENERIC: Final = frozenset(
    fold_text(
        "parties partenaires partenaire pays institutions entreprises entreprise societe societes groupe banque ministere "
        "gouvernement etat centre office conseil commune region province agence fonds "
        "union club filiale academy university institute institution universite academie institut ecole agency fund bank "
        "association federation  administration autorites compagnie partners company government ministry "
        "المنظمة الوزارة الحكومة المجلس الشركة المجموعة الجمعية المؤسسة المكتب المركز النادي المعهد الجامعة للمعهد مؤسسة شركة"
    ).split()
)
_NAME: Final = re.compile(
    rf"{RUN.pattern}|(?<![\w])[A-Z][A-Z0-9&/-]{{1,14}}(?!\w)|(?<=[ '’(«“\"\u00a0])[A-ZÀ-Þ][\w&-]{{2,}}(?:/[A-Z]\w+)?")
_LEADING: Final = re.compile(r"(?:The|Le|La|Les|L['’]|Un|Une|A|An|As|On|In|At|After|While|When|Meanwhile,?|Both) (?:the )?")
_PLACE_BEFORE: Final = re.compile(r"(?:^|\s)(?:à|in|en|at|mois de)\s?$", re.IGNORECASE)
_OF_BEFORE: Final = re.compile(r"(?:^|\s)(?:de|du|d['’]|of)\s?$", re.IGNORECASE)
_NOT_PARTIES: Final = frozenset(
    fold_text(
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi "
        "vendredi samedi dimanche "
        "january february march april may june july august september october november december monday tuesday wednesday "
        "thursday friday saturday sunday "
        "representatives president minister memorandum moroccan spanish french israeli american british german swedish swiss "
        "chinese algerian egyptian european african emirati italian portuguese turkish indian design rabat ministers king "
        "after while during following according when although despite since under "
        "nord sud est ouest bureau forum accord convention protocole contrat partenariat "
        "can ia mou dh mdh mmdh mad usd eur ceo pdg dg royaume majeste sa roi maroc"
    ).split()
) - {"maroc"}


_NO_PARTY: Final = re.compile(
    r"(?:(?:North|South|West|East|Sub-Saharan|Pan) )?(?:Arabs?|Saudi|African|European|American|Asian|[A-Z][a-z]+(?:ese|"
    r"ish|nian|lian|"
    r"tian|rian|isi))|(?:General|Deputy|Managing|Vice|Chief|Executive|Prime|Foreign|State|Former|Regional) (?:General )?"
    r"(?:Manager|Director|President|Executive|Officer|Minister|Secretary|Delegate)|Innovation|Security|Space|"
    r"Technology|Directorate|"
    r".*[’']s (?:Foreign |Prime )?(?:Minister|King|President|Head)|Moroccan \w+|Coupe|Arab-\w+")
"""Capitalised words that name nobody who could sign."""


def parties_in(passage: Passage, low: int, high: int, *, stop: bool = True, owned: bool = False) -> list[Party]:
    """Parties named in text[low:high], up to where the clause goes on about something else (`stop`).

    `owned`: also names after "de", which otherwise belong to what stands before them.
    """
    region = passage.text[low:high]
    if stop and (halt := _STOP.search(region, 1)):
        high = low + halt.start()
    found: list[tuple[int, int, Party]] = []
    for start, end, party in (
        *_mentioned(passage, low, high),
        *_offices(passage, low, high),
        *_bodies(passage, low, high),
        *_names(passage, low, high, owned=owned),
    ):
        if end > start and all(end <= other[0] or other[1] <= start for other in found):
            found.append((start, end, party))
    parties = [party for _, _, party in sorted(found, key=lambda one: one[0])]
    return list({fold_text(party.name): party for party in parties}.values())


def _mentioned(passage: Passage, low: int, high: int) -> Iterator[tuple[int, int, Party]]:
    for mention in passage.mentions_within(low, high):
        start, end = mention.start - passage.start, mention.end - passage.start
        state = mention.kind == "place" and fold_text(mention.name) in STATES and _is_state(passage, start)
        owner = re.match(r"[’']s (?!(?:Foreign |Prime )?(?:Minister|King|President|"
        r"Head))", passage.text[end : end + 40]) is not None
        if (mention.kind == "organisation" or (state and not owner)) and not _is_dateline(passage.text, start, end):
            yield start, end, Party(name=mention.name, surface=mention.surface, entity_id=mention.entity_id)


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether the article only begins with it: "Rabat - The ministry"."""
    return start == 0 and re.match(r" ?[-–—] ", text[end : end + 3]) is not None


def _is_state(passage: Passage, start: int) -> bool:
    """A place is a party where it is named as such ("entre le Maroc et l'Espagne"), not as a place ("à Rabat", "de Rabat")."""
    before = fold_text(passage.text[max(0, start - 12) : start])
    return (
        re.search(
            r"(?:entre|et|avec|between|and|with|بين|و|مع)(?: (?:le |la |l'|les )?)?$|^(?:le |la |"
            r"l')?$",
            before,
        )
        is not None
    )


def _offices(passage: Passage, low: int, high: int) -> Iterator[tuple[int, int, Party]]:
    """ "Le ministre de la Santé, X" stands for the ministry; "le directeur de Y" for Y, which is then named itself."""
    for one in holders_in(passage):
        if low <= one.role.start < high and one.role.head.startswith(("ministr", "وزير")):
            start = one.role.start
            words = re.sub(r"^[Mm]inistres?(?: (?:délégué|déléguée|chargée?))*(?: chargée?)?", "", one.surface)
            name = (
                "Ministère" + (words if words.startswith(" ") else " " + words)
                if one.role.head.startswith("ministr")
                else "وزارة " + one.surface.split(" ", 1)[-1]
            )
            yield start, start + len(one.surface), Party(name=name, surface=one.surface)


def _bodies(passage: Passage, low: int, high: int) -> Iterator[tuple[int, int, Party]]:
    for match in _LATIN_BODY.finditer(passage.text, low, high):
        if _CAPITAL_BEFORE.search(passage.text[max(0, match.start() - 20) : match.start()]):
            continue
        surface = _cut(match[0]).strip(" ,")[:MAX_PARTY]
        if fold_text(surface) not in GENERIC or _ARTICLE.search(passage.text[max(0, match.start() - 4) : match.start()]):
            yield match.start(), match.start() + len(surface), Party(name=surface, surface=surface)
    for match in _ARABIC_BODY.finditer(passage.text, low, high):
        surface = _SPLIT.split(match["name"])[0].strip(' ،“”"')[:MAX_PARTY]
        yield match.start("name"), match.start("name") + len(surface), Party(name=surface, surface=surface)


def _cut(surface: str) -> str:
    """Up to an "et" that joins another party, not a word of the same name ("de l'Économie et des Finances")."""
    joined = re.search(r" (?:et|and|y) (?:le |la |l['’]|les |the )(?!de )", surface)
    return surface[: joined.start()] if joined else surface


def _names(passage: Passage, low: int, high: int, *, owned: bool) -> Iterator[tuple[int, int, Party]]:
    people = people_in(passage)
    for match in _NAME.finditer(passage.text, low, high):
        article = _LEADING.match(match[0])
        start = match.start() + (article.end() if article else 0)
        surface = passage.text[start : match.end()].strip(" .,")
        end = start + len(surface)
        if _is_name(passage.text, start, surface, owned=owned) and all(end <= one.start or one.end <= start for one in people):
            state = next((
                one for one in passage.mentions
                if one.start - passage.start == start and one.end - passage.start == end and one.kind == "place"), None)
            yield start, end, Party(name=state.name if state else surface, surface=surface,
                                    entity_id=state.entity_id if state else None)


def _is_name(text: str, start: int, surface: str, *, owned: bool) -> bool:
    before = text[max(0, start - 8) : start]
    owner = not owned and _OF_BEFORE.search(before) is not None
    if owner or _PLACE_BEFORE.search(before) or fold_text(surface) in _NOT_PARTIES:
        return False
    if _is_dateline(text, start, start + len(surface)) or _NO_PARTY.fullmatch(surface):
        return False
    return start > 0 or " " in surface or surface.isupper()
