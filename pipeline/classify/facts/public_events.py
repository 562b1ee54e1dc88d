"""An article in, the conferences, fairs, sessions and games it names out, with days, place and edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.facts.gatherings import ARABIC, CALLED, FAIRS, HELD, HELD_BY, MEETINGS, MET, MET_ARABIC, SITTING
from pipeline.classify.facts.said_dates import nearest_date
from pipeline.classify.facts.spelling import mentions_any, spelt, stems
from pipeline.classify.facts.venture_names import name_end
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import ArticleText, Passage, make_fact
from pipeline.events import Fact, PublicEvent
from pipeline.language.folding import fold_text

EXTRACTOR: Final = "public_events/1"
CONFIDENCE: Final = {"watched": 0.85, "named": 0.82, "meeting": 0.7, "met": 0.7}
_NTH = (
    r"(?:(?P<nth>\d{1,3})(?:e|eme|ere|er|nde|nd|th|st|rd)|(?P<first>premier(?:e|es|s)?|first|الأولى)|deuxieme|troisieme|"
    r"second|third) "
)
_ADJ = (
    r"(?: (?:international|internationale|national|nationale|nationales|mondial|mondiale|africain|africaine|arabe|annuelle?|"
    r"regional|regionale|ministeriel|ministerielle|economique|interministerielle|permanente))*"
)
_FAIR: Final = re.compile(rf"(?<![^\W_])(?:{_NTH})?(?P<head>{FAIRS})(?![^\W_]){_ADJ}")
_MEETING: Final = re.compile(
    rf"(?<![^\W_])(?:{_NTH})?(?P<head>{MEETINGS})(?![^\W_])(?= (?:a [^\W\d_]+ )?(?:du|de la|de l'|"
    r"des|d'|of) ?)"
)
_STEMS: Final = stems(
    "salon forum festival confer congre sommet assises colloque seminaire sympos foire expo coupe championnat rencontre "
    "journee web table "
    "etats session reunion conseil assemblee ceremon atelier visite edition trophee moussem marathon tournoi rally summit "
    "fair meeting "
    "workshop cup hackathon feria cumbre copa convention concours host organi kick exposition exhibition "
    "seminar jornada مؤتمر منتدى معرض مهرجان قمة ندوة ملتقى مناظرة كأس بطولة أسبوع يوم "
    "لقاء اجتماع دورة ورشات "
    "جلسة خلوة انتخابات صالون حفل")
_MORE: Final = re.compile(
    r"(?:[ \u00a0](?:de la|de l['’]|des|du|de|d['’]|pour l['’]|pour la|pour le|pour|sur l['’]|sur la|"
    r"sur le|sur|à l['’]|à la|et de la|et de l['’]|et du|et des|et|en|au|of the|of|on|for|in|the|and|&|-)[ \u00a0]?|"
    r"[ \u00a0]|['’])(?:[A-ZÀ-Þ0-9][\w’'.&/-]*|\([^)]{2,40}\)|«[^»]{2,80}»|(?:international|"
    r"nationale?s?|mondiale?|africaine?|arabe|annuelle?|régionale?|intelligence|artificielle|action|"
    r"économique|numérique|commune?|édition|livre|agriculture|tourisme|eau|énergie|emploi|santé|"
    r"investissement|industrie|sciences?|recherche|entrepreneuriat|jeunesse)(?!\w))"
)
_ARABIC_EVENT: Final = re.compile(
    rf"(?<![^\W\d_])[وبلف]?(?P<name>{ARABIC}(?: (?!(?:التي|الذي|يوم|اليوم|امس|اول|بحضور|"
    rf"بمشاركه|حول|تحت|في|من|الي|ان|علي|خلال|بين|مع|عن|لا|لم|ايضا|تم|عبر|كهذا|قد|وقد|والذي|والتي|صحفيه|صحافيه|الصحفيه|"
    rf"الصحافيه|بحضور|نظم\w*|عرف\w*|عقد\w*|شهد\w*|ستعقد|سينظم|انعقد\w*)(?![^\W\d_]))[^\W\d_]+){{1,7}})"
)
_TOPIC: Final = re.compile(
    rf"(?<![^\W\d_])[وبلف]?(?:{ARABIC})(?![^\W\d_])[^.;]{{0,160}}?(?:موضوع|عنوان|بعنوان|شعار)[ :]{{1,2}}"
    r"\" ?(?P<topic>[^\"]{8,140}?) ?\"")
"""A meeting without a name is known by its subject."""
_PLACE_ONLY: Final = re.compile(r"\S+ (?:ب|ل)\S+$")
_MONTHS: Final = frozenset(("ramadan", "رمضان", "شهر رمضان", "mois de ramadan"))
"""Times of the year that are watched as events; a text that only dates by them tells of none."""
_ARABIC_FAIR: Final = re.compile(r"(?:ال)?(?:موتمر|منتدي|معرض|مهرجان|قمه|ملتقي|مناظره|كاس|بطوله|صالون) (?:ال|ا)")
_THE_MEETING: Final = "met"
"""A text tells of one meeting that has no name."""
_QUOTED: Final = re.compile(r"[«“\"][ \u00a0]?([A-ZÀ-Þ][^«»“”\"]{3,80}?)[ \u00a0]?[»”\"]")
_DAY: Final = re.compile(
    spelt(r"(?<![^\W\d_])(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd'hui|le \d{1,2}|ce \d{1,2}|"
    r"monday|tuesday|"
          r"wednesday|thursday|friday|saturday|sunday|yesterday|today|on (?:january|february|march|april|may|june|july|"
          r"august|"
          r"september|october|november|december)|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|أمس|اليوم|يوم \d)"))
_ORGANISED: Final = re.compile(HELD_BY)
_NEAR: Final = 40
_ARABIC_LETTER: Final = re.compile(r"[\u0621-\u064a]")


def find(text: ArticleText) -> Iterator[Fact]:
    """One fact for each event, from the sentence that says most of it."""
    best: dict[str, tuple[tuple[bool, bool, int], Fact]] = {}
    for passage in text.passages:
        for name, start, rule, entity, edition in _named(passage):
            at = fold_text(passage.text[:start])
            when = nearest_date(passage.folded.text, text.day, len(at))
            place = place_near(passage, start)
            year = re.search(r"(?<!\d)20[1-3]\d(?!\d)", name)
            if year and when and when.iso[:4] != year[0]:
                when = None
            fields = PublicEvent(
                name=entity[1] if entity else name,
                name_surface=name,
                entity_id=entity[0] if entity else None,
                place=place,
                date=when.iso if when else year[0] if year else None,
                date_to=when.until if when else None,
                edition=edition,
            )
            fact = make_fact(text, passage, fields, extractor=EXTRACTOR, confidence=CONFIDENCE[rule], at=start)
            rank = (passage.zone != "title", fields.date is not None, len(name))
            key = entity[0] if entity else _THE_MEETING if rule == "met" else _key(name)
            if key not in best or rank > best[key][0]:
                best[key] = (rank, fact)
    yield from (fact for _, fact in best.values())


def _key(name: str) -> str:
    """First words of the name, without article and edition."""
    return " ".join(word for word in re.findall(r"[^\W\d_]+", fold_text(name)) if len(word) > 3)[:28]


Named = tuple[str, int, str, tuple[str, str] | None, str | None]


def _named(passage: Passage) -> Iterator[Named]:
    """Name, position, rule, entity (id and name) and edition of the events of a sentence."""
    taken: list[tuple[int, int]] = []
    for mention in passage.mentions:
        if mention.kind == "event" and fold_text(mention.surface) not in _MONTHS:
            start, end = mention.start - passage.start, mention.end - passage.start
            taken.append((start, end))
            yield mention.surface, start, "watched", (mention.entity_id or mention.name, mention.name), None
    if not mentions_any(passage.folded.text, _STEMS):
        return
    own = _arabic(passage) if _ARABIC_LETTER.search(passage.text) else _latin(passage)
    for one in own:
        if all(one[1] + len(one[0]) <= start or end <= one[1] for start, end in taken):
            taken.append((one[1], one[1] + len(one[0])))
            yield one


def _latin(passage: Passage) -> Iterator[Named]:
    folded = passage.folded
    held = HELD.search(folded.text) is not None
    for sitting in SITTING.finditer(folded.text):
        first, last = folded.span(*sitting.span("session" if sitting["session"] else "board"))
        yield passage.text[first:last], first, "meeting", None, None
    yield from _called(passage)
    yield from _met(passage)
    for pattern, rule in ((_FAIR, "named"), (_MEETING, "meeting")):
        for match in pattern.finditer(folded.text):
            first, last = folded.span(match.start(), match.end())
            end = last
            while more := _MORE.match(passage.text, end):
                end = more.end()
            name = passage.text[first:end].strip(" ,.")
            proper = re.search(r"[A-ZÀ-Þ0-9«]", passage.text[last:end]) is not None
            capital = passage.text[folded.span(match.start("head"), match.end())[0]].isupper()
            named = (capital and end > last) or (held and (proper or match["nth"] or match["first"]))
            presided = passage.zone == "title" or _presided(folded.text, match)
            if named if rule == "named" else proper and presided:
                yield name, first, rule, None, match["nth"] or ("1" if match["first"] else None)


def _called(passage: Passage) -> Iterator[Named]:
    """ "La journée «AI Made in X»", "will host the “Week of Science”"."""
    for match in CALLED.finditer(passage.folded.text):
        quoted = _QUOTED.match(passage.text, passage.folded.span(match.end(), match.end())[0])
        if quoted:
            yield quoted[1].strip(" ,"), quoted.start(1), "named", None, None


def _met(passage: Passage) -> Iterator[Named]:
    """ "Ont tenu, le 4 juillet, une réunion sur X": on a day, by a body that is named."""
    folded = passage.folded
    if _DAY.search(folded.text) is None or not any(one.kind == "organisation" for one in passage.mentions):
        return
    for match in MET.finditer(folded.text):
        first = folded.span(*match.span("met"))[0]
        yield passage.text[first:name_end(passage.text, first)].strip(" ,."), first, "met", None, None


def _presided(folded: str, match: re.Match[str]) -> bool:
    return (
        re.search(
            r"(?:presid|tenu|tient|reuni|organis|convoqu|held|"
            r"chair)\w*",
            folded[max(0, match.start() - 90) : match.end() + 90],
        )
        is not None
    )


def _arabic(passage: Passage) -> Iterator[Named]:
    folded = passage.folded
    if not HELD.search(folded.text):
        return
    if topic := _TOPIC.search(folded.text):
        first, last = folded.span(*topic.span("topic"))
        yield passage.text[first:last].strip(" \u00a0،"), first, "meeting", None, None
        return
    for match in MET_ARABIC.finditer(folded.text) if any(one.kind == "organisation" for one in passage.mentions) else ():
        if _DAY.search(folded.text):
            first, last = folded.span(*match.span("met"))
            yield passage.text[first:last].strip(" ،"), first, "met", None, None
    for match in _ARABIC_EVENT.finditer(folded.text):
        near = folded.text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        fair = _ARABIC_FAIR.match(match["name"]) is not None
        if (fair or _ORGANISED.search(near)) and not _PLACE_ONLY.match(match["name"]):
            first, last = folded.span(match.start("name"), match.end("name"))
            yield passage.text[first:last].strip(" ،"), first, "named" if fair else "meeting", None, None
