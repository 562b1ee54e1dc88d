"""An Arabic text in, people that are not watched out: a given name and what follows it, as there are no capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.classify.given_names import ARABIC, ARABIC_PARTICLES
from pipeline.events import Mention, Zone
from pipeline.language.folding import Folded, fold, fold_text

_WORD: Final = re.compile(r"[\u0621-\u064a]+")
_MAX_PARTS: Final = 5
_SERVANT: Final = "عبد"
"""Makes one given name with the word after it."""
_NO_SURNAME: Final = re.compile(
    r"^(?:في|من|الي|علي|عن|ان|انه|انها|ب|هو|هي|هذا|هذه|ذلك|قد|لقد|كما|بعد|قبل|عند|خلال|حول|بين|مع|ضد|لدي|حتي|كان|"
    r"كانت|يكون|قال|قالت|اكد|اكدت|اوضح|اوضحت|اضاف|اضافت|اشار|اشارت|اعلن|اعلنت|صرح|ابرز|ابرزت|شدد|شددت|كشف|كشفت|اعتبر|"
    r"اعتبرت|[وف]?(?:رئيس|رئيسه|وزير|وزيره|مدير|مديره|عضو|كاتب)|النائب|الرئيس|الوزير|الوزيره|المدير|الامين|الكاتب|المستشار|"
    r"المستشاره|الي|التي|الذي|الذين|اليوم|امس|السابق|السابقه|الدولي|الوطني|المغربي|المغربيه|[يتن]\w{3,}|ب\w{2,}ه|"
    r"لل\w+)$")


_ALSO_WORDS: Final = frozenset(fold_text(
    "حياة أمل آمال أمال أسماء جلال صالح العربي البشير نور حسن سناء جمال أمين رحمة فرح صفاء منى هدى دنيا كوثر مبارك "
    "حكيم كريم عزيز سعيد رشيد سعد بدر كمال وفاء إيمان بشرى سلمى ربيع فاضل مالك منصور علي ناصر").split())
"""Given names that are common words too: they need a word that announces a person, or the surname of no such kind."""
_ANNOUNCES: Final = re.compile(
    r"(?:^|[\s،,:(.\"“«-])(?:(?:و|ف)?(?:قال|قالت|اكد|اكدت|اوضح|اوضحت|اضاف|اضافت|اشار|صرح|ابرز|شدد|كشف|اعتبر|يقول|"
    r"تقول|السيد|السيده|الدكتور|الدكتوره|الاستاذ|الاستاذه|الوزير|الوزيره|الفنان|الفنانه|الكاتب|الشاعر|اللاعب|المدرب|"
    r"الرئيس|النائب|النائبه|المستشار|الصحافي|الباحث|الباحثه|القيادي|الدولي|رئيس|رئيسه|وزير|وزيره|مدير|مديره|المدعو|"
    r"وزوجته|الناشط|الناشطه|المحامي|المحاميه|الامير|الملك|الشيخ|العميد|الجنرال)(?: [\u0621-\u064a]+){0,6}? )$")
_LOOK_BACK: Final = 60
Words = list[re.Match[str]]


def find_arabic_names(text: str, zone: Zone) -> list[Mention]:
    """People by name, in order."""
    folded = fold(text)
    words = list(_WORD.finditer(folded.text))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        last = _name_end(folded, words, at)
        if last is None:
            at += 1
            continue
        start, end = folded.span(_head_start(words[at]), words[last].end())
        found.append(Mention(
            kind="person", name=" ".join(text[start:end].split()), surface=text[start:end], zone=zone, start=start, end=end))
        at = last + 1
    return found


def _head(word: str) -> str | None:
    """The given name that the word is, with attached letters or not."""
    if word in ARABIC:
        return word
    return word[1:] if len(word) > 4 and word[0] in "وفبلك" and word[1:] in ARABIC else None


def _head_start(word: re.Match[str]) -> int:
    return word.start() + (0 if word[0] in ARABIC else 1)


def _name_end(folded: Folded, words: Words, at: int) -> int | None:
    """Index of the last word of the name that begins at `at`: given names, particles and one surname."""
    given = _head(words[at][0])
    # Folding makes one word of the name Ali and of the preposition; few texts spell the name with the latter's letter.
    if given is None or folded.surface(*words[at].span()).endswith("لى"):
        return None
    last, surname = _surname(folded.text, words, at)
    if words[last][0] in ARABIC_PARTICLES:
        last -= 1
    if last <= at or (not surname and words[at][0] == _SERVANT):
        return None
    return last if given not in _ALSO_WORDS or _sure(folded.text, words, at, last) else None


def _surname(text: str, words: Words, at: int) -> tuple[int, bool]:
    """Index of the last word that can belong to the name, and whether a surname was among them."""
    last, surname = at, False
    for here in _neighbours(text, words, at):
        word, before = words[here][0], words[here - 1][0]
        if before == _SERVANT or word in ARABIC_PARTICLES or (word in ARABIC and not surname):
            last = here
        elif before in ARABIC_PARTICLES or (not surname and not _NO_SURNAME.match(word) and not _joined(word)):
            last, surname = here, True
        else:
            break
    return last, surname


def _joined(word: str) -> bool:
    return word[0] == "و" and (word[1:] in ARABIC or word[1:3] == "ال")


def _sure(text: str, words: Words, at: int, last: int) -> bool:
    if any(words[here][0] in ARABIC or words[here][0] in ARABIC_PARTICLES for here in range(at + 1, last + 1)):
        return True
    start = _head_start(words[at])
    followed = text[words[last].end():words[last].end() + 1] in ("،", ",")
    return followed or _ANNOUNCES.search(text, max(0, start - _LOOK_BACK), start) is not None


def _neighbours(text: str, words: Words, at: int) -> Iterator[int]:
    """The next words, as long as nothing but a space lies between."""
    for here in range(at + 1, min(at + _MAX_PARTS, len(words))):
        if text[words[here - 1].end():words[here].start()] != " ":
            return
        yield here
