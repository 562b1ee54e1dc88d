"""An article in, the laws, decrees and bills it tells of out: kind, number, object and how far they have come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from pipeline.classify.facts.said_dates import said_dates
from pipeline.classify.facts.spelling import mentions_any, spelt, stems
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, Law

EXTRACTOR: Final = "laws/1"
MAX_GAP: Final = 50
"""Characters between a bill or circular and its object: "la circulaire que le ministère a publiée sur"."""
NUMBERED: Final = 0.92
STAGED: Final = 0.8
Stage = Literal["drafting", "adopted_council", "adopted_parliament", "published", "in_force"]
_KINDS: Final = (
    (
        "projet de loi",
        r"(?:avant-)?projets? de loi(?: organique|-cadre| de finances(?: rectificative)?)?|draft (?:law|bill)|"
        r"bill(?= (?:no|n°|on|to))|"
        r"proyecto de ley|مشروع (?:ال)?قانون(?: (?:ال)?(?:تنظيمي|اطار|المالية))?|مشروع قانون(?:-| )اطار",
    ),
    ("proposition de loi", r"propositions? de loi|مقترح (?:ال)?قانون"),
    ("projet de décret", r"projets? de decret|draft decree|مشروع مرسوم"),
    ("loi organique", r"lois? organiques?|organic law|القانون التنظيمي|قانون تنظيمي"),
    ("loi-cadre", r"lois?[- ]cadres?|framework law|القانون[- ]الاطار|قانون[- ]اطار"),
    ("loi de finances", r"lois? de finances(?: rectificative)?|finance (?:law|act)|finance bill|قانون المالية"),
    (
        "loi",
        r"lois?(?! de la| du plus| martiale| d'airain)|law (?=no|n°|\d)|ley(?= (?:n|\d))|(?:ال)?قانون(?= (?:رقم|عدد|"
        r"\d))",
    ),
    ("décret", r"decrets?(?:-lois?)?|decree(?= )|decreto|مرسوم"),
    ("arrêté", r"arretes?(?= (?:n°|conjoint|ministeriel|du (?:ministre|\d)|relatif|portant|fixant))"),
    ("circulaire", r"circulaires?(?= )|circular|دوريه|الدوريه|مذكره وزاريه"),
    ("texte", r"texte(?= (?:de loi|autorisant|portant|encadrant|relatif|reglementaire))|projet de texte"),
    ("textes d'application", r"textes? d'application|نصوص تطبيقيه"),
    ("dahir", r"dahirs?|ظهير"),
)
_SPELT: Final = tuple((kind, spelt(words)) for kind, words in _KINDS)
_LAW: Final = re.compile(
    "|".join(rf"(?<![^\W_])[وبلكف]{{0,2}}(?P<k{at}>{words})(?![^\W_])" for at, (_, words) in enumerate(_SPELT))
)
_STEMS: Final = stems("loi decret arrete circula dahir law bill decree ley texte قانون مرسوم دوريه ظهير مذكره نصوص")
_NUMBER: Final = re.compile(
    r",? ?(?:n ?[°ºo]\.? ?|no\.? ?|num\.? |رقم |عدد "
    r")?(?P<number>\d{1,3}[.\-/]\d{2,3}(?:[.\-/]\d{1,3})?)(?![\d%])"
)
_OBJECT: Final = re.compile(
    spelt(
        r",? ?(?:relati(?:f|ve)s? (?:a|au|aux)|portant(?: sur)?|sur (?=l[ea' ])|concernant|encadrant|regissant|fixant|"
        r"modifiant|"
        r"autorisant|instituant|"
        r"pour(?= \w+er )|reglementant|visant a|on (?=the )|regulating|governing|amending|(?=لل\w{3})|المتعلقه? ب|يتعلق ب|"
        r"تتعلق "
        r"ب|بشان |القاضي ب|الخاص ب|حول )"
    )
)
_OBJECT_END: Final = re.compile(
    r"[.;:«»\"()،]|, (?!de |des |du |d'|et )| (?:qui|a ete|est|sera|ont|doit|vise|prevoit|permet|"
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
        r"dans le pipe|finalis|en preparation|introdui|examin|debat|amend|اعداد|صياغه|تعديل|مناقشه|قيد|يناقش|عرض|احال|احاله|"
        r"دراسه|المسطره",
    ),
    ("published", r"bulletin officiel|publie|publication|official gazette|published|الجريده الرسميه|صدور|اصدر|نشر"),
    (
        "in_force",
        r"entr[ee]+e? en vigueur|en vigueur|promulgu|application|conformement|en vertu|applicable|came into force|"
        r"in force|under the|دخل|حيز التنفيذ|بموجب|طبقا|وفقا|تنزيل|تفعيل|تطبيق",
    ),
)
_STAGE: Final = tuple((stage, re.compile(spelt(words))) for stage, words in _STAGES)
_SAID_DONE: Final = re.compile(
    r"[^.;:\"]{0,70}?(?:a ete|ont ete|est|vient d'etre|was|has been|were) (?:\w+ )?"
    r"(?:adopte|promulgue|publie|vote|approuve|entree? en vigueur|adopted|passed|enacted|approved|published)")
"""What a bare "la loi" needs to count: that it is said to have been passed, published or the like."""
_YEARLY: Final = re.compile(r"(?: (?:pour|de|of|for))?(?: l'(?:annee|exercice)| the year)? ?(?:20\d\d)|(?: لسنه| سنه)? "
    r"?20\d\d")
_NOTICE: Final = re.compile(r"protege par la loi|droits d'auteur|tous droits reserves|copyright")
"""A page's own legal notice."""
_BARE: Final = 4
"""Words of an object that says no more than the kind."""
_BILL: Final = ("projet", "proposition")


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each text of law: those with a number, and of those without one for each kind that has no numbered one."""
    best: dict[str, tuple[tuple[bool, bool], Law, Fact]] = {}
    for passage in text.passages:
        if not mentions_any(passage.folded.text, _STEMS):
            continue
        for match in _LAW.finditer(passage.folded.text):
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
    if _NOTICE.search(folded.text):
        return None
    done = _SAID_DONE.match(folded.text, end) is not None
    yearly = _YEARLY.match(folded.text, end) if "finances" in folded.text[match.start() : end] else None
    if number is None and not (own and (stage or bill)) and not (bill and stage) and not done and not yearly:
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


def _stage(folded: str, at: int, kind: str) -> Stage | None:
    """What the sentence says of the text; a bill is never in force, a law never in drafting unless it says so alone."""
    around = folded[max(0, at - 160) : at + 220]
    for stage, pattern in _STAGE:
        if pattern.search(around) and not (stage == "in_force" and kind.startswith(_BILL)):
            if stage == "drafting" and not kind.startswith(_BILL) and re.search(r"\d[.-]\d", around):
                continue
            return stage
    return None
