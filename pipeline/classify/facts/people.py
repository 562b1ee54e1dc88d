"""A sentence in, the persons named in it out: by mention where the article's mentions cover them, else by given name.

Latin names are runs of capitalised words from a given name on; Arabic ones, a given name and the words a name goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.classify.given_names import ARABIC, LATIN
from pipeline.classify.text import ArticleText, Passage
from pipeline.events import Mention
from pipeline.language.folding import Folded, fold_text

MAX_WORDS: Final = 6
_ALSO_WORDS: Final = frozenset(fold_text(
    "حسن امين باسم امل جمال نور سعيد عادل صالح كريم رضي هدي حياه صباح نجاه وفاء مبارك منصف مختار مراد رجاء دنيا سليم سالم "
    "ناصر توفيق جلال "
    "كمال بشري ايمان احلام فاضل رحمه وليد بدر راشد جواد ليلي منال مني نوال بدر ماجد حكيم نزيهه امينه كريمه حافظ لاله "
    "علي").split())
"""Arabic given names that are common words too: a name only after a word that introduces people, or before no article."""
WORD = r"[A-ZÀ-ÖØ-Þ]\w*(?:[-’'][A-ZÀ-ÖØ-Þ]?\w+)*\.?"
PARTICLE = r"(?:[Ee]l|[Aa]l|[Bb]en|[Bb]in|[Ii]bn|[Oo]uld|[Aa][ïi]t|[Bb]ou|de la|de|da|di|du|van|von)"
RUN: Final = re.compile(rf"(?<!\w){WORD}(?:[ \u00a0](?:{PARTICLE}[ \u00a0-])?{WORD}){{1,7}}")
_NAMED_AFTER: Final = re.compile(
    r"(?:universit[eé]|fondation|h[oô]pital|complexe|stade|prix|avenue|boulevard|port|lyc[eé]e|centre|mosqu[eé]e|rue|place|"
    r"fonds|chu|institut|ecole|pont|"
    r"barrage|a[eé]roport|troph[eé]e|dynastie|academ(?:ie|y)|university|foundation|stadium|hospital|school|jardin|palais|"
    r"hay|quartier|douar|commune|arrondissement|th[eé][aâ]tre|mus[eé]e|cit[eé]|tour)"
    r"(?: internationale?| culturel(?:le)?| sportif| hospitalier| universitaire)?(?: (?:de|du|of))?[ \u00a0]$", re.IGNORECASE)
_TITLE_BEFORE: Final = re.compile(r"(?<!\w)(?:S\.?E\.?M?\.?|MM?\.|Mmes?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Me|Ma[iî]tre|Dr\.?|Pr\.?|"
    r"Prof\.?|Madame|Monsieur|Engr\.|Sr\.?|"
                                  r"Sra\.?|Cheikh|Sheikh|Prince|Princesse|Hajj?|Docteur|Professeur)[ \u00a0]$")
_TITLED: Final = re.compile(
    r"(?<!\w)(?:S\.?E\.?M?\.?|MM?\.|Mmes?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Me|Dr\.?|Pr\.?|Engr\.)[ \u00a0](?!(?:Mr?|Mme|Dr|Engr|SE)\b)"
    rf"((?:{PARTICLE} )?{WORD}(?: (?:{PARTICLE} )?{WORD}){{0,4}})")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ARABIC_LETTER: Final = re.compile(r"[\u0621-\u064a]")
_ATTACHED: Final = re.compile(r"[وف]?(?:[بكف]ال|لل)\w{3}|وال(?!ي$)\w{3}")
_VERB: Final = re.compile(r"ي\w{3,}")
_SERVANT: Final = frozenset(("عبد", "علي"))
"""Given names, or the first half of one, that are words of their own so often that they are not in the list."""
_ATTACHABLE: Final = ("و", "ل", "ب", "ف", "ك", "ول", "وب")
_GOES_ON: Final = frozenset("ولد بن ابن بنت ايت ال ابو بو ام بنو اد اولاد سي دي فان لو لا دو دا".split())
_SON_OF: Final = frozenset("بن ابن بنت ولد ايت بنو اولاد".split())
"""After these any name is a surname: "عبد القادر بن صالح"."""
ENDS: Final = frozenset(fold_text(
    "ان الي علي عن في من مع لدي خلال بين هذا هذه ذلك تلك الذي التي الذين قد لم لن لا ما كما ثم او اذ اذا حيث بعد قبل عند "
    "منذ ضد حول دون غير كل بعض جميع "
    "وهو وهي هو هي كان كانت يوم امس اليوم غدا صباح مساء ايضا قال قالت اكد اضاف اوضح ابرز صرح اعتبر شدد تابع ختم سجل اشار "
    "ذكر اعلن كشف افاد رئيس "
    "الرئيس وزير الوزير الوزيره وزيره مدير المدير الكاتب كاتب الامين امين عضو نائب النائب رئيسه الرئيسه السيد السيده "
    "الاستاذ الدكتور سابقا حاليا ذاته نفسه بصفته باسم "
    "استاذ الباحث باحث المحلل الخبير سفير السفير والي عامل مدرب المدرب لاعب رئيسا وزيرا مديرا امينا عضوا وكيل الوكيل ممثل "
    "ممثلا منسق المنسق مندوب المندوب الناطق "
    "بان بانه انه انها للصحافه لهسبريس بعدما عندما لما مما الان حسب وفق لوكاله عبر اثناء امام رفقه بحضور تحت نحو ضمن السابق "
    "الحالي الجديد الاسبق "
    "المستشار مستشار القيادي قيادي البرلماني برلماني الناشط ناشط الفاعل فاعل الحقوقي المحامي محامي الطبيب طبيب المغربي "
    "المغربيه المغرب عميد العميد نقيب النقيب قائد القائد "
    "خبير محلل مؤسس صاحب المعروف الملقب الراحل المرحوم سيتم يتم تم تمت لتدريب لقياده لرئاسه خلفا بدلا قائلا مضيفا مؤكدا "
    "موضحا مبرزا الثلاثاء الاربعاء الخميس الجمعه السبت "
    "الاحد الاثنين الاثنان بتاريخ الحداد التاسع لقاء خلفه بمدينه").split())


_NO_PERSON: Final = frozenset(fold_text(
    "Affairs Foreign Research Education Delegate General Minister Office Council Economy Economic Finance "
    "Business Employment "
    "Skills Trade Industry Health Higher Scientific Innovation Transition Energy Environment Water Culture "
    "Youth Sports Tourism Defense "
    "Interior Justice Transport Agriculture Fisheries Development International National Regional Social "
    "Digital Administration "
    "Group Bank Company Commission Committee Union League Party Parliament Senate House Assembly Ministry "
    "University Institute "
    "Foundation Agency Centre Center Association Federation Organization Organisation Airlines Telecom Cup "
    "World Africa African "
    "Europe European Morocco Moroccan Maroc Sahara Middle East North South West Small Medium Integration "
    "Inclusion Cooperation "
    "Saint Prix Royal Royale Air Club Football Nations Unies United States Kingdom Royaume Emirates Arab Executive Officer "
    "Spanish French German British American Israeli Chinese Russian Italian Algerian Tunisian Egyptian Turkish Saudi Swiss "
    "Director Manager President Secretary Chief Vice Deputy Senior Managing Majesty Majeste Excellency Altesse "
    "Highness").split())
"""Words of names that are no person's."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in a sentence; start and end are positions in the sentence's text."""

    start: int
    end: int
    surface: str
    name: str
    """Canonical where resolved, else as written."""
    entity_id: str | None = None

    @property
    def surname(self) -> str:
        """Last word of the surface, folded: how a text goes on naming the person."""
        return fold_text(self.surface).split()[-1]


@lru_cache(maxsize=512)
def people_in(passage: Passage) -> tuple[Named, ...]:
    """Persons named in the sentence, in order, none overlapping another."""
    found = [_mentioned(passage, one) for one in passage.mentions if one.kind == "person" and _credible(one)]
    own = _arabic(passage) if _ARABIC_LETTER.search(passage.text) else _latin(passage.text)
    for one in own:
        covered = [other for other in found if other.start < one.end and one.start < other.end]
        if not covered:
            found.append(one)
        elif len(covered) == 1 and covered[0].entity_id is None and len(one.surface) > len(covered[0].surface):
            found[found.index(covered[0])] = one
    return tuple(sorted(found, key=lambda one: one.start))


def _credible(mention: Mention) -> bool:
    """Watched people are; so is a name in Latin letters, and an Arabic surname of somebody named in full elsewhere.

    Other Arabic names are read here, where the words around decide ("حسن الجوار" is nobody).
    """
    if mention.entity_id is not None or not _ARABIC_LETTER.search(mention.surface):
        return mention.entity_id is not None or not (mention.name.startswith(("Dieu", "Aïd")) or is_no_person(mention.name))
    first, _, rest = fold_text(mention.name).partition(" ")
    plain = first in _ALSO_WORDS and (rest.startswith("ال") or mention.name.startswith("على"))
    return mention.name != mention.surface and not plain and first in ARABIC


def is_no_person(name: str) -> bool:
    """Whether a run of capitalised words has one that no person is called by: "Small Business"."""
    return not _NO_PERSON.isdisjoint(fold_text(name).replace("-", " ").split())


def _mentioned(passage: Passage, mention: Mention) -> Named:
    start = mention.start - passage.start
    return Named(start, mention.end - passage.start, mention.surface, mention.name, mention.entity_id)


def _latin(text: str) -> Iterator[Named]:
    for run in RUN.finditer(text):
        if "Dieu" in run[0]:
            continue
        words = _TOKEN.finditer(text, run.start(), run.end())
        first = next((word for word in words if fold_text(word[0]).split("-")[0] in LATIN and word[0][0].isupper()), None)
        if first is None or _NAMED_AFTER.search(text[max(0, first.start() - 40):first.start()]):
            continue
        if one := _cut(text, first.start(), run.end()):
            yield one
    for titled in _TITLED.finditer(text):
        surface = titled[1].rstrip(".")
        yield Named(titled.start(1), titled.start(1) + len(surface), surface, surface)


def _cut(text: str, start: int, end: int) -> Named | None:
    words = list(re.finditer(r"\S+", text[start:end]))[:MAX_WORDS]
    last = start + words[-1].end()
    surface = text[start:last].rstrip(".,")
    return Named(start, start + len(surface), surface, surface) if len(words) > 1 else None


def _arabic(passage: Passage) -> Iterator[Named]:
    folded = passage.folded
    words = list(_TOKEN.finditer(folded.text))
    at = 0
    while at < len(words):
        begin = _given(words[at][0])
        if begin is None or _plain_word(passage, words, at, begin) or (last := _last_word(words, at, folded)) is None:
            at += 1
            continue
        start, end = folded.span(words[at].start() + begin, words[last].end())
        surface = passage.text[start:end]
        yield Named(start, end, surface, surface)
        at = last + 1


def _given(word: str) -> int | None:
    """Where in the word a given name begins: 0, or 1 and more after attached letters; None where it is none."""
    if word in ARABIC or word in _SERVANT:
        return 0
    for attached in (1, 2):
        name = word[attached:]
        if word[:attached] in _ATTACHABLE and len(name) > 2 and (name in ARABIC or name in _SERVANT):
            return attached
    return None


def _plain_word(passage: Passage, words: list[re.Match[str]], at: int, begin: int) -> bool:
    """Whether what could be a given name is a word here: "حسن الجوار", "على" (folded as the name Ali is)."""
    word = words[at][0][begin:]
    if word not in _ALSO_WORDS:
        return False
    if word == "علي" and passage.folded.surface(*words[at].span()).endswith("ى"):
        return True
    following = words[at + 1][0] if at + 1 < len(words) else ""
    return (following.startswith("ال") or following in ("نيه", "عام", "جدا")) and not (at and words[at - 1][0] in ENDS)


def _is_end(word: re.Match[str], folded: Folded) -> bool:
    """Whether the name ends before the word; the name Ali is told from the preposition by its last letter."""
    if word[0] == "علي":
        return not folded.surface(*word.span()).endswith("ي")
    return word[0] in ENDS or _ATTACHED.match(word[0]) is not None or (_VERB.match(word[0]) is not None and word[0] not in ARABIC)


def _last_word(words: list[re.Match[str]], at: int, folded: Folded) -> int | None:
    """Number of the last word of the name whose given name is words[at]; None where no surname follows."""
    last, surname = at, False
    open_ended = words[at][0].endswith("عبد")
    for index in range(at + 1, min(len(words), at + MAX_WORDS)):
        word = words[index][0]
        if folded.text[words[last].end():words[index].start()] != " " or _is_end(words[index], folded):
            break
        before = words[last][0]
        joined = before in _GOES_ON or open_ended
        if surname and not joined and not (word.startswith("ال") or word in _GOES_ON):
            break
        if surname and not joined and word[:1] in "وبلف" and _given(word):
            break
        surname = surname or before in _SON_OF or not (word in ARABIC or word in _GOES_ON or (joined and open_ended))
        last, open_ended = index, word == "عبد"
    return last if last > at and not open_ended and words[last][0] not in _GOES_ON else None


def people_known(text: ArticleText) -> dict[str, Named]:
    """Surname as the text writes it (folded) to the person first named with it in full."""
    known: dict[str, Named] = {}
    for passage in text.passages:
        for one in people_in(passage):
            if " " in one.surface.strip() or one.entity_id:
                known.setdefault(one.surname, one)
                if (bare := one.surname.removeprefix("ال")) != one.surname:
                    known.setdefault(bare, one)
    return known


def has_title(text: str, start: int) -> bool:
    """Whether "M.", "Mme" or the like stands before `start`."""
    return _TITLE_BEFORE.search(text[max(0, start - 14):start]) is not None
