"""An article in, the laws, decrees and bills it tells of out: kind, number, object and how far they have come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from pipeline.classify.facts.said_dates import said_dates
from pipeline.classify.facts.spelling import matches_at, spelt, stems
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Law

EXTRACTOR: Final = "laws/1"
MAX_GAP: Final = 50
"""Characters between a bill or circular and its object: "la circulaire que le ministère a publiée sur"."""
NUMBERED: Final = 0.95
STAGED: Final = 0.85
Stage = Literal["drafting", "adopted_council", "adopted_parliament", "published", "in_force"]
_KINDS: Final = (
    (
        "projet de loi",
        r"(?:avant-)?projets? de loi(?: organique|-cadre| de finances(?: rectificative)?)?|plf(?= |r )|draft (?:law|bill)|"
        r"bill(?= (?:no|n°|on|to|that|amending|regulating))|proyecto de ley|"
        r"مشروع (?:ا?ل)?قانون(?: (?:ال)?(?:تنظيمي|اطار|المالية))?|مشروع قانون(?:-| )اطار|مشاريع قوانين",
    ),
    ("proposition de loi", r"propositions? de loi|مقترح (?:ا?ل)?قانون"),
    ("projet de décret", r"projets? de decret(?:-loi)?|draft decree|مشروع (?:ا?ل)?مرسوم(?: بقانون)?|مشاريع مراسيم"),
    ("loi organique", r"lois? organiques?|organic law|(?:ا?ل)?قانون التنظيمي|قانون تنظيمي"),
    ("loi-cadre", r"lois?[- ]cadres?|framework law|(?:ا?ل)?قانون[- ]الاطار|قانون[- ]اطار"),
    ("loi de finances", r"lois? de finances(?: rectificative)?|finance (?:law|act)|finance bill|قانون المالية"),
    (
        "loi",
        r"lois?(?! de la| du plus| martiale| d'airain)|"
        r"(?:law|act)(?= (?:no|n°|\d|on |regulating|governing|prohibiting|amending|criminali|banning))|ley(?= (?:n|\d))|"
        r"(?:ا?ل)?قانون(?= (?:رقم|عدد|\d|(?:ال)?(?:جديد|متعلق|منظم|قاضي|خاص|محدث)))",
    ),
    (
        "code",
        r"codes? (?:de la (?:famille|route|nationalite|presse|mutualite)|du (?:travail|numerique|commerce)|penal|electoral|"
        r"de (?:procedure (?:penale|civile)|procedure|commerce|l'urbanisme|la route)|general des impots|des (?:douanes|"
        r"assurances|juridictions financieres))|(?:family|penal|criminal|labou?r) code|"
        r"مدونه (?:ا?ل)?(?:اسره|شغل|سير|تجاره|انتخابات|جنسيه|محاكم|تعمير|صحافه|تامينات|ادويه)|(?:قانون )?المسطره "
        r"(?:الجناييه|المدنيه)|المدونه العامه للضرايب",
    ),
    ("décret", r"decrets?(?:-lois?)?|decree(?= )|decreto|(?:ا?ل)?مرسوما?|مراسيم"),
    (
        "arrêté",
        r"arretes?(?= (?:n°|conjoint|ministeriel|du (?:ministre|\d)|relatif|portant|fixant|interministeriel))|"
        r"(?:ا?ل)?قرار(?= (?:رقم|عدد|(?:ال)?(?:وزاري|مشترك|عاملي)))",
    ),
    (
        "circulaire",
        r"circulaires?(?= )|circular|(?:ا?ل)?دوريه(?= (?:رقم|عدد|حول|بشان|تحث|تدعو|تتعلق|مشتركه|وزاريه|موجهه|الي (?:ال)?(?:ولاه|"
        r"عمال|روساء)|(?:ال)?(?:متعلقه|صادره|تي)|وزي?ر|وزاره))|(?:ا?ل)?مذكره (?:(?:ا?ل)?وزاريه|رقم|عدد)",
    ),
    ("directive", r"directives?(?= (?:europeenne|n°|\d|\(ue\)|eu))"),
    ("texte", r"texte(?= (?:de loi|autorisant|portant|encadrant|relatif|reglementaire))|projet de texte"),
    ("textes d'application", r"textes? d'application|نصوص تطبيقيه|(?:ا?ل)?نصوص التنظيميه"),
    ("dahir", r"dahirs?|(?:ا?ل)?ظهير(?= (?:الشريف|شريف|المتعلق|بمثابه|رقم|المنظم|موسس|\d))"),
)
_SPELT: Final = tuple((kind, spelt(words)) for kind, words in _KINDS)
_LAW: Final = re.compile(
    "|".join(rf"(?<![^\W_])[وبلكف]{{0,2}}?(?P<k{at}>{words})(?![^\W_])" for at, (_, words) in enumerate(_SPELT))
)
_STEMS: Final = stems(
    "loi projet avant proposition proyecto draft organic framework finance family penal criminal labo "
    "decret arrete circula dahir law bill decree ley texte act code plf directive مشروع مشاريع "
    "مقترح قانون قوانين مرسوم مراسيم دوريه ظهير "
    "مذكره نصوص قرار مدونه مسطره")
_NUMBER: Final = re.compile(
    r",? ?(?:n ?[°ºo]\.? ?|no\.? ?|num\.? |رقم |عدد "
    r")?(?P<number>\d{1,3}[.\-/]\d{2,3}(?:[.\-/]\d{1,3})?)(?![\d%])"
)
_OBJECT: Final = re.compile(
    spelt(
        r",? ?(?:بتاريخ [^،.]{4,30} )?(?:relati(?:f|ve)s? (?:a|au|aux)|portant(?: sur)?|sur (?=l[ea' ])|concernant|encadrant|"
        r"regissant|fixant|modifiant|autorisant|instituant|"
        r"pour(?= \w+er )|reglementant|visant a|portant|anti-(?=\w)|contre |"
        r"on (?!\w+day|\w+ \d)|regulating|governing|amending|prohibiting|"
        r"criminali[sz]ing|banning|(?=لل\w{3})|(?:ا?ل)?متعلقه? ب|يتعلق ب|تتعلق ب|بشان |(?:ا?ل)?قاضي ب|(?:ا?ل)?خاص ب|حول |"
        r"(?:ا?ل)?منظم ل|(?:ا?ل)?محدث ل|(?:ا?ل)?متضمن |يهم |يقضي ب|يخص |المغير|بتغيير |بتتميم |باحداث |بتحديد |بتنفيذ |بسن |"
        r"الجديد ل|جديد ل)"
    )
)
_OBJECT_END: Final = re.compile(
    r"[;:«»\"()،]|\.(?!\d)|, (?!de |des |du |d'|et )| (?:qui|a ete|est|sera|ont|doit|vise|prevoit|permet|"
    r"actuellement|dont|afin|lors|الذي|التي|اذ|من المرتقب|was|is|which)(?= |$)"
)
_STAGES: Final[tuple[tuple[Stage, str], ...]] = (
    (
        "adopted_council",
        r"(?:conseil de gouvernement|conseil du gouvernement|conseil des ministres|conseil ministeriel|"
        r"government council|cabinet)[^.]{0,90}"
        r"(?:adopt|approuv|valid|approv)|(?:adopt|approuv|valid|approv)[^.]{0,90}(?:conseil de gouvernement|conseil du "
        r"gouvernement|conseil des ministres|government council)|"
        r"(?:صادق|صادقت|المصادقه|اعتمد)[^.]{0,80}(?:مجلس الحكومه|المجلس الحكومي|المجلس الوزاري)|(?:مجلس الحكومه|المجلس "
        r"الحكومي|"
        r"المجلس الوزاري)[^.]{0,80}(?:صادق|يصادق)",
    ),
    (
        "adopted_parliament",
        r"(?:chambre|parlement|representants|representatives|conseillers|deputes|parliament|lower house|upper "
        r"house)[^.]{0,120}(?:adopt|approuv|vot|pass)|"
        r"(?:adopt|approuv|vot|pass)[^.]{0,120}(?:chambre|parlement|representants|representatives|conseillers|deputes|"
        r"parliament|house of)|"
        r"(?:صادق|صادقت|المصادقه)[^.]{0,80}(?:مجلس النواب|مجلس المستشارين|البرلمان|لجنه)|(?:مجلس النواب|مجلس المستشارين|"
        r"البرلمان)[^.]{0,60}(?:صادق|يصادق)",
    ),
    (
        "drafting",
        r"en cours d'(?:elaboration|examen|adoption|etude)|elabor|prepar|redig|redaction|l'etude|a l'examen|soumis|"
        r"depose|sgg|secretariat general du gouvernement|draft|"
        r"dans le pipe|finalis|en preparation|introdui|examin|debat|amend|refonte|revision|reforme d|اعداد|صياغه|تعديل|مناقشه|"
        r"قيد|ناقش|عرض|احال|احاله|دراسه|مسطره التشريع|مراجعه|تدارس|تقدم|اخراج|مقترح",
    ),
    ("published", r"bulletin officiel|publie|publication|official gazette|published|signed into law|"
        r"الجريده الرسميه|صدور|صادر|اصدر|صدر|نشر"),
    (
        "in_force",
        r"entr[ee]+e? en vigueur|en vigueur|promulgu|en application|mise en application|application de|conformement|en vertu|"
        r"applicable|came into force|in force|under the|دخل|حيز التنفيذ|بموجب|طبقا|وفقا|تنزيل|تفعيل|تطبيق",
    ),
)
_STAGE: Final = tuple(
    (stage, re.compile(spelt(re.sub(r"(?<=\|)(?=[\u0621-\u064a])", r"(?<![^\\W\\d_])[وفبلسيت]{0,2}(?:ال)?", words))))
    for stage, words in _STAGES)
"""Arabic words with what may be attached to their beginning."""
_SAID_DONE: Final = re.compile(
    r"[^.;:\"]{0,70}?(?:a ete|ont ete|est|vient d'etre|was|has been|were) (?:\w+ )?"
    r"(?:adopte|promulgue|publie|vote|approuve|entree? en vigueur|adopted|passed|enacted|approved|published)|"
    r"[^.;:\"]{0,25}?(?<![^\W\d_])(?:(?:الذي |التي )?(?:نشر|صدر|صادق|دخل|وقع)\w{0,3})(?![^\W\d_])")
"""What a bare "la loi" needs to count: that it is said to have been passed, published or the like."""
_DONE_WITH: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:adopt|promulgu|publi|vot|approuv|sign|abrog|edict|enact|pass|issu)\w*(?: par decret)?|"
    r"[وفي]?(?:وقع|اصدر|نشر|اعتمد|صادق)\w{0,2}(?: علي)?)(?: [^\W\d_]+){0,2}? "
    r"(?:un |une |le |la |l'|les |des |de nouve\w+ |the |a |an |new |علي )?(?:nouve\w+ )?$")
"""The same said before it: "a promulgué la loi"."""
_YEARLY: Final = re.compile(r"(?: (?:pour|de|of|for))?(?: l'(?:annee|exercice)| the year)? ?(?:20\d\d)|(?: لسنه| سنه)? "
    r"?20\d\d")
_NOTICE: Final = re.compile(r"protege par la loi|droits d'auteur|tous droits reserves|copyright")
"""A page's own legal notice."""
_CLOSE: Final = 70
"""Characters from a code, which is always in force, to what is said of its reform."""
_BARE: Final = 4
"""Words of an object that says no more than the kind."""
_ARTICLE_OF: Final = re.compile(
    r"(?:articles?|alinea|الفصل|الماده|الفصول|المواد) [^ ]{1,9} (?:du |de |of (?:the )?|من )?$")
_PASSED: Final = frozenset(("loi", "décret", "arrêté", "loi organique", "loi-cadre", "texte", "dahir", "circulaire"))
_BILL: Final = ("projet", "proposition")


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each text of law: those with a number, and of those without one for each kind that has no numbered one."""
    best: dict[str, tuple[tuple[bool, bool], Law, Fact]] = {}
    for passage in text.passages:
        for match in matches_at(_LAW, passage.folded.text, _STEMS):
            read = _read(text, passage, match)
            if read is None:
                continue
            own = read.object_surface or ""
            rank = (passage.zone != "title", len(own.split()) > _BARE)
            key = read.number or f"{read.kind}/"
            if key not in best or rank > best[key][0]:
                confidence = NUMBERED if read.number else STAGED
                best[key] = (
                    rank,
                    read,
                    make_fact(text, passage, read, extractor=EXTRACTOR, confidence=confidence, at=match.start()),
                )
    numbered = {law.kind for _, law, _ in best.values() if law.number}
    yield from (fact for _, law, fact in best.values() if law.number or law.kind not in numbered)


def _read(text: ArticleText, passage: Passage, match: re.Match[str]) -> Law | None:
    folded = passage.folded
    kind = _SPELT[int(str(match.lastgroup)[1:])][0]
    number = _NUMBER.match(folded.text, match.end())
    end = number.end() if number else match.end()
    own = _OBJECT.match(folded.text, end)
    if own is None and kind.startswith(("projet", "circulaire")):
        own = _OBJECT.search(folded.text[: end + MAX_GAP], end)
    stage = _stage(folded.text, match.start(), kind)
    bill = kind.startswith(_BILL)
    unsettled = kind == "code" and (
        stage in (None, "in_force")
        or _ARTICLE_OF.search(folded.text[max(0, match.start() - 24) : match.start()]) is not None
        or _stage(folded.text, match.start(), kind, _CLOSE) is None)
    if _NOTICE.search(folded.text) or unsettled:
        return None
    done = _SAID_DONE.match(folded.text, end) is not None or (
        kind in _PASSED and _DONE_WITH.search(folded.text[max(0, match.start() - 50) : match.start()]) is not None)
    yearly = _YEARLY.match(folded.text, end) if "finances" in folded.text[match.start() : end] else None
    known = kind == "code" or (own and (stage or bill)) or (kind == "loi de finances" and stage not in (None, "in_force"))
    if number is None and not known and not (bill and stage) and not done and not yearly:
        return None
    end = yearly.end() if yearly else end
    whole = " ".join(folded.surface(match.start(str(match.lastgroup)), _object_end(folded.text, own, end)).split())
    stage = stage or ("drafting" if bill else "published" if kind == "circulaire" else "in_force" if number else None)
    dates = said_dates(folded.text, text.day) if stage in ("adopted_council", "adopted_parliament", "published") else []
    return Law(
        kind=kind,
        object_surface=whole,
        stage=stage,
        number=number["number"] if number else None,
        date=dates[0].iso if dates else None,
    )


def _object_end(folded: str, own: re.Match[str] | None, end: int) -> int:
    if own is None:
        return end
    stop = _OBJECT_END.search(folded, own.end())
    return min(stop.start() if stop else len(folded), own.end() + 200)


def _stage(folded: str, at: int, kind: str, reach: int = 220) -> Stage | None:
    """What the sentence says of the text; a bill is never in force, a law never in drafting unless it says so alone."""
    around = folded[max(0, at - min(160, reach)) : at + reach]
    for stage, pattern in _STAGE:
        if pattern.search(around) and not (stage == "in_force" and kind.startswith(_BILL)):
            if stage == "drafting" and not kind.startswith(_BILL) and re.search(r"\d[.-]\d", around):
                continue
            return stage
    return None
