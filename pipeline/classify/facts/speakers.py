"""A sentence with a verb of saying in, who says it out: a name, an office or source standing for one, or the last who spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.cast import Cast
from pipeline.classify.facts.people import Named, people_in
from pipeline.classify.facts.speech import ACCORDING, PARTICIPLE, PRONOUN, VERB
from pipeline.classify.facts.spelling import spelt
from pipeline.classify.text import Passage
from pipeline.language.folding import fold, fold_text

MAX_SUBJECT: Final = 110
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_NOUN_PHRASE: Final = re.compile(
    r"(?:(?<=[\s,])|^)(?:l['’](?=\w)|(?:le|la|les|un|une|son|sa|ce|cette|notre|des|deux|plusieurs|the|a|an|el|los|"
    r"las)[ \u00a0])"
    r"(?!(?:fait|fois|fin|suite|cadre|sujet|part|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d+|même|nécessité|"
    r"importance)\b)(?:[\w&'’\-]+[ \u00a0]?){1,9}",
    re.IGNORECASE)
_PHRASE_STOP: Final = re.compile(
    r"[,;:.!?()«»“”\"]|[ \u00a0](?:qui|que|qu['’]\w*|dans|lors|en|à|au|ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|sur|pour|avec|a|ont|est|sont|avait|"
    r"après|avant|devant|auprès|et|tout|was|is|in|on|at|during|who|when|that|to|has|while)[ \u00a0]|[ \u00a0](?:a|ont|avait|"
    r"has|had)$")
_PERSON_WORD: Final = re.compile(spelt(
    r"(?<!\w)(?:l')?(?:ministre|responsable|president|presidente|directeur|directrice|pdg|dg|depute|deputee|expert|experte|"
    r"chef|intervenant|intervenante|orateur|analyste|economiste|politologue|"
    r"ambassadeur|gouverneur|wali|interesse|interessee|dirigeant|porte-parole|avocat|professeur|chercheur|souverain|"
    r"secretaire|coach|entraineur|selectionneur|joueur|medecin|specialiste|auteur|"
    r"artiste|parlementaire|elu|conseiller|conseillere|militant|acteur|minister|official|chairman|ceo|spokesperson|"
    r"spokesman|analyst|professor|diplomat|monarch|author|expert|"
    r"الوزير|الوزيره|النائب|النائبه|المتحدث|المتحدثه|المسؤول|المسؤوله|المصرح|الرئيس|المدير|المديره|الباحث|الباحثه|الخبير|"
    r"الاستاذ|المحلل|الاكاديمي|الفاعل|المستشار|القيادي|البرلماني|الناشط|المحامي|"
    r"الطبيب|المدرب|اللاعب|الاخير|الكاتب|الامين|السفير|الناطق|الفنان|الدكتور|الناخب|صاحب)(?!\w)"))
_SOURCE: Final = re.compile(spelt(
    r"(?<!\w)(?:l')?(?:ministere|gouvernement|conseil|banque|communique|rapport|sources?|parlement|commission|office|agence|"
    r"autorites?|groupe|societe|federation|association|syndicats?|parti|cour|"
    r"institution|organisation|direction|management|departement|haut-commissariat|observatoire|etude|document|texte|article|"
    r"projet de loi|note|lettre|quotidien|journal|habitants?|professionnels|"
    r"ministry|government|council|statement|report|union|company|agency|authorities|court|embassy|organization|bank|board|"
    r"officials|sources?|residents?|police|"
    r"و?ل?(?:ال)?(?:وزاره|مصادر|مصدر|بيان|بلاغ|تقرير|حكومه|مجلس|بنك|لجنه|نقابه|جمعيه|حزب|هيئه|موسسه|فريق|تنسيق|تنسيقيه|"
    r"مديريه|مكتب|وكاله|منظمه|دراسه|مشروع|ماده|قانون|محكمه|نواب|"
    r"برلمانيون|برلمانيين|مهنيون|مشاركون|سكان|نشطاء|فعاليات|شركه|جامعه|اتحاد|وثيقه|رساله|مذكره|منتدي|مواطنون|محتجون|معطيات|"
    r"جهات|ساكنه|موقعون|مراسله|مندوبيه|رئاسه|نيابه))(?!\w)"))
_GAP: Final = " " * 4
"""What is left of a quotation in a blanked sentence, at the least."""
_SAME: Final = re.compile(spelt(
    r"(?<!\w)(?:ذات(?:ه|ها|هم)|نفس(?:ه|ها|هم)|عين(?:ه|ها)|المذكور(?:ه|ين)?|سالف(?:ه)? الذكر|meme|dernier|derniere|memes|"
    r"same)(?!\w)"))
_SUBJECT_STOP: Final = re.compile(spelt(
    r"[،,:؛.\"()]|(?<!\w)(?:ان|انه|انها|بان|بانه|بانها|في|علي|عن|لهسبريس|لجريده|الي|من خلال|ضمن|خلال|بالقول|قائلا|قائله|"
    r"بقوله|مضيفا|تصريحه|تصريحها|كلمته|مداخلته|حول|بعدما|يوم|امس|"
    r"اليوم|هذا|قبل|بعد|لدي|عبر|كون|كيف|مع|ب|لما|عندما|الا|وهو|وهي|حيث|بخصوص|بشان|للصحافه|لوكاله|ايضا|كذلك|بدوره|بدورها|"
    r"بشده|الاربعاء|الخميس|الجمعه|السبت|الاحد|الاثنين|الثلاثاء)(?!\w)"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. `surface` is None where only a pronoun, or nothing, stands for the name."""

    name: str
    surface: str | None
    entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying in its sentence, and what the article told before."""

    passage: Passage
    start: int
    end: int
    blanked: str
    """The sentence with spaces for what stands in quotation marks."""
    cast: Cast
    last: Speaker | None

    @property
    def word(self) -> str:
        """The verb, folded."""
        return fold_text(self.passage.text[self.start:self.end])

    def at(self, start: int, end: int) -> Saying:
        """The same sentence, another verb."""
        return Saying(self.passage, start, end, self.blanked, self.cast, self.last)


def spoken_by(saying: Saying) -> Speaker | None:
    """The subject of the verb: a participle's is its sentence's; None where it cannot be told."""
    if PARTICIPLE.fullmatch(saying.word):
        before = fold(saying.blanked[:saying.start])
        main = next((m for m in VERB.finditer(before.text) if not PARTICIPLE.fullmatch(m[0])), None)
        if main is not None:
            return spoken_by(saying.at(*before.span(*main.span())))
        return named_in(saying.passage, saying.start, saying.cast, saying.blanked) or again(saying.last)
    if _ARABIC.search(saying.word):
        return _arabic(saying)
    return _latin(saying)


def again(last: Speaker | None) -> Speaker | None:
    """The last speaker, meant but not named."""
    return Speaker(last.name, None, last.entity_id) if last else None


def _latin(one: Saying) -> Speaker | None:
    after = one.blanked[one.end:one.end + MAX_SUBJECT]
    if PRONOUN.search(one.word) or PRONOUN.match(fold_text(after.lstrip(" -"))[:6].removeprefix("t-")):
        return again(one.last)
    if not _inverted(one):
        before = one.blanked[:one.start]
        if found := named_in(one.passage, one.start, one.cast, one.blanked):
            return found
        clause = before[max(before.rfind(mark) for mark in ",;:") + 1:]
        if before.rstrip().endswith((", a", ",")):
            return _named(one.passage, one.end, one.end + MAX_SUBJECT, one.cast, one.blanked) or again(one.last)
        phrase = None if PRONOUN.search(fold_text(before)[-40:]) else (_phrase(clause) or _phrase(before))
        return _standing_for(phrase, one) if phrase and _tells(phrase) else again(one.last)
    if found := _named(one.passage, one.end, one.end + MAX_SUBJECT, one.cast, one.blanked):
        return found
    phrase = _phrase(after)
    return _standing_for(phrase, one) if phrase else again(one.last)


def _inverted(one: Saying) -> bool:
    """Whether the subject follows: "..., affirme X", "selon X", "a déclaré X"."""
    before = fold_text(one.blanked[:one.start])
    if ACCORDING.match(one.word) or not before.strip(" ,."):
        return True
    auxiliary = re.search(r"(?:^|[\s,.])(?:comme )?(?:l')?(?:a|ont|avait|s'est|est) (?:\w+ )?$", before)
    stem = before[:auxiliary.start()] if auxiliary else before
    return not stem.strip(" ,.\u00a0") or _GAP in stem[len(stem.rstrip(" ,.\u00a0")):]


def named_in(passage: Passage, end: int, cast: Cast, blanked: str) -> Speaker | None:
    """The person or organisation named before `end`, persons first."""
    return _named(passage, 0, end, cast, blanked)


def _named(passage: Passage, low: int, high: int, cast: Cast, blanked: str) -> Speaker | None:
    people = [one for one in people_in(passage) if low <= one.start and one.end <= high and blanked[one.start:one.end].strip()]
    if people:
        return _person(people[0], cast)
    if found := _surname(blanked[low:high], cast):
        return found
    base = passage.start
    for mention in passage.mentions_within(low, high):
        if mention.kind == "organisation" and blanked[mention.start - base:mention.end - base].strip():
            return Speaker(mention.name, mention.surface, mention.entity_id)
    return None


def _person(one: Named, cast: Cast) -> Speaker:
    whole = cast.known.get(one.surname, one)
    return Speaker(whole.name, one.surface, whole.entity_id)


def _surname(region: str, cast: Cast) -> Speaker | None:
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", region):
        if (word[:1].isupper() or _ARABIC.match(word)) and (one := cast.known.get(fold_text(word))):
            return Speaker(one.name, word, one.entity_id)
    return None


def _phrase(region: str) -> str | None:
    found = _NOUN_PHRASE.search(region)
    if found is None:
        return None
    phrase = found[0].strip()
    stop = _PHRASE_STOP.search(phrase)
    phrase = phrase[:stop.start()] if stop else phrase
    return re.sub(r"^(?:l['’]|\w+[ \u00a0])", "", phrase).strip() or None


def _tells(phrase: str) -> bool:
    """Whether the phrase is one that speaks: an office, or a body or paper that statements come from."""
    folded = fold_text(phrase)
    return _PERSON_WORD.search(folded) is not None or _SOURCE.search(folded) is not None


def _standing_for(phrase: str, one: Saying) -> Speaker:
    """An office stands for who holds it in the article, "the same source" for the last who spoke; another phrase for itself."""
    folded = fold_text(phrase)
    if _PERSON_WORD.search(folded) and (holder := one.cast.holder(folded)):
        return Speaker(holder.name, phrase, holder.entity_id)
    if one.last is not None and (_SAME.search(folded) or (_PERSON_WORD.match(folded) and len(folded.split()) <= 3)):
        return Speaker(one.last.name, phrase, one.last.entity_id)
    return Speaker(phrase, phrase)


def _arabic(one: Saying) -> Speaker | None:
    region = one.passage.text[one.end:one.end + MAX_SUBJECT]
    stop = _stop(one.blanked[one.end:one.end + MAX_SUBJECT])
    people = [p for p in people_in(one.passage) if one.end <= p.start < one.end + stop + 2]
    if people:
        return _person(people[0], one.cast)
    phrase = " ".join(region[:stop].strip(" :،").split()[:9])
    if phrase and (_tells(phrase) or _SAME.search(fold_text(phrase)) or _surname(phrase, one.cast)):
        return _phrase_speaker(one, phrase, one.end + stop)
    before = named_in(one.passage, one.start, one.cast, one.blanked)
    if before is None and ACCORDING.match(one.word) is None:
        clause = one.blanked[:one.start].strip(" ،,")
        clause = re.split(r"[،؛:.]", clause)[-1].strip()
        if clause and len(clause.split()) <= 8 and _tells(clause):
            return Speaker(clause, clause)
    return before or again(one.last)


def _phrase_speaker(one: Saying, phrase: str, end: int) -> Speaker | None:
    folded = fold_text(phrase)
    if len(folded.split()) <= 2 and (found := _surname(phrase, one.cast)):
        return found
    if _SAME.search(folded) or (_PERSON_WORD.match(folded) and len(folded.split()) <= 2):
        return _standing_for(phrase, one)
    mentions = [m for m in one.passage.mentions_within(one.end, end) if m.kind == "organisation"]
    if mentions:
        return Speaker(mentions[0].name, mentions[0].surface, mentions[0].entity_id)
    return Speaker(phrase, phrase)


def _stop(region: str) -> int:
    folded = fold(region)
    found = _SUBJECT_STOP.search(folded.text)
    return folded.span(found.start(), found.start())[0] if found else len(region)
