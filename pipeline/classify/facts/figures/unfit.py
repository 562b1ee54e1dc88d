"""A number and its surroundings in, whether it states nothing out: dates, times, ages, labels, scores, parts of names."""

from __future__ import annotations

import re
from typing import Final

from pipeline.language.months import MONTH
from pipeline.language.numbers import Number

_LABEL: Final = re.compile(
    r"(?:n ?[°º]s?|no\.?|numeros?|numbers?|articles?|art\.?|lois?|decrets?|dahirs?|chapitres?|pages?|phases?|lots?|"
    r"groupes?|niveaux?|"
    r"covid|كوفيد|types?|lignes?|top|journees?|titres?|alineas?|paragraphes?|versions?|saisons?|episodes?|numero|norme|"
    r"iso|canal|"
    r"chaine|rn|"
    r"laws?|sections?|chapters?|resolution|ley|articulos?|decreto|"
    r"(?:ال)?(?:قانون|رقم|ماده|فصل|مواد|فصول|مرسوم|ظهير|فقره|مرحله|دوره|نسخه|صفحه|قرار)(?: (?:ال)?تنظيمي)?) ?(?:رقم|"
    r"n ?[°º]|no\.?)? ?[:(\"]? ?$")
_MONTH_AFTER: Final = re.compile(rf"(?:er|º|°)?[ -]?(?:(?:de|of|من) )?(?:شهر )?(?:{MONTH}|محرم|صفر|رجب|شعبان|رمضان|شوال|"
                                 rf"ذي|ذو|جمادي)(?![^\W\d_])")
_MONTH_BEFORE: Final = re.compile(rf"(?<![^\W\d_])(?:{MONTH})\.?,? ?(?:de |del )?(?:سنه |عام |\()?$")
_WEEKDAY: Final = re.compile(
    r"(?<![^\W\d_])(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد|يوم|"
    r"يومي)[ ,(]{1,2}$")
_TIME: Final = re.compile(r" ?(?:h(?![^\W\d_])|h\d|:\d\d|heures? (?:du|et|gmt|precises)|gmt|تغ(?![^\W\d_])|"
                          r"[ap]\.?m(?![^\W\d_])|صباحا|"
                          r"مساء|زوالا)")
_CLOCK: Final = re.compile(r"(?:الساعه|à|vers|de) (?:ال)?$")
_GLUED_AFTER: Final = re.compile(r"(?:[/:]\d|-\d|-[^\W\d_]|\.\d)")
_GLUED_BEFORE: Final = re.compile(r"(?:\d[/:.-]|[^\W\d_]-|[#@_/]|\d,|\d-)$")
_AGE_BEFORE: Final = re.compile(r"(?:age(?:e|s|es)?s? (?:de |d')?|(?:ا)?عمار?[هك]?[اهمن]{0,3} |العمر |البالغ[هين]{0,2} |سن |"
                                r"aged? |edad de )[^.;]{0,18}$")
_AGE_AFTER: Final = re.compile(r" ?(?:ans|years?|عاما?|سنه|سنوات|anos)(?:[ -]old| et plus| de edad| and over| من العمر|"
                               r" من عمر|"
                               r" d'age| فما فوق)")
_DEGREES: Final = re.compile(r" ?(?:°|º|degres?|degrees?|grados|درج[هات]|(?:mm|millimetres?|ملم|مليمترات?|ملمترات?|"
                             r"ميليمتر)(?![^\W\d_]))")
_ORDINAL: Final = re.compile(r" ?(?:e|eme|emes|er|ere|nd|rd|st|th|º|ª)(?![^\W\d_])")
_LIST_MARK: Final = re.compile(r"(?:[.)] ?(?!\d)|[-/] )")
_MISWRITTEN: Final = re.compile(r"^\d{1,3},\d{4}$")
"""A number with its comma in the wrong place: "40,0000"."""
_HEADING: Final = 40
_ITEMS: Final = 20
"""A short line without a full stop that begins with a number up to this is an item of a list: "3 Maîtrise des prix"."""
_COUNTED_BEFORE: Final = re.compile(
    r"(?<![^\W\d_])(?:plus de|pres de|environ|quelque|au moins|moins de|jusqu'a|presque|more than|over|nearly|about|"
    r"some|around|almost|up to|"
    r"mas de|cerca de|unos|unas|اكثر من|ازيد من|حوالي|نحو|زهاء|قرابه|ما يزيد عن|يناهز) ?$")


def is_unfit(text: str, number: Number) -> bool:
    """True where the number is no quantity: its sentence would be misread by taking it as one."""
    before = text[max(0, number.start - 32):number.start]
    if number.start == 0 and number.plain and len(text) < _HEADING and number.value <= _ITEMS and text[-1:] not in ".!?":
        return True
    if number.spelled:
        return bool(_MONTH_AFTER.match(text, number.end) or _AGE_AFTER.match(text, number.end) or _AGE_BEFORE.search(before)
                    or _LABEL.search(before))
    after = text[number.end:number.end + 24]
    plain = number.plain
    if plain and (_GLUED_AFTER.match(after) or _GLUED_BEFORE.search(before) or _is_code(text, number)):
        return True
    if plain and (_MONTH_AFTER.match(after) or _WEEKDAY.search(before) or _TIME.match(after) or _ORDINAL.match(after)):
        return True
    if plain and (_MONTH_BEFORE.search(before) or (not before.strip(" \"'(-") and number.start < 3 and _LIST_MARK.match(after))):
        return True
    return bool(_LABEL.search(before) or _DEGREES.match(after) or _AGE_AFTER.match(after) or _AGE_BEFORE.search(before))


def is_year(text: str, number: Number, earliest: int = 1900) -> bool:
    """True for four plain digits that read as a year: round numbers and those said to be rough are none.

    `earliest`: English writes other numbers of four digits with a comma.
    """
    if not number.plain or number.end - number.start != 4 or not text[number.start:number.end].isdigit():
        return False
    if not 1000 <= number.value <= 2100 or _COUNTED_BEFORE.search(text[max(0, number.start - 16):number.start]):
        return False
    return number.value >= earliest and number.value % 50 != 0


def _is_code(text: str, number: Number) -> bool:
    digits = text[number.start:number.end]
    if _MISWRITTEN.search(digits):
        return True
    return (digits[0] == "0" and len(digits) > 1 and digits[1].isdigit()) or (digits.isdigit() and len(digits) > 9)
