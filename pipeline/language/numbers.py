"""Folded text in, the numbers in it out: digits and words, thousands by space, dot or comma, millions and milliards, "et demi".

Which mark is decimal depends on the language and on what follows: `22.649` is twenty-two thousand in French and Spanish,
`1.125 مليار` and `1,125 milliard` are one and an eighth, `1,200` is twelve hundred in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.events import Language
from pipeline.language import number_words
from pipeline.language.folding import Folded

_DIGITS: Final = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?P<grouped>[1-9]\d{0,2}(?:(?P<sep>[ .])\d{3}(?!\d))(?:(?P=sep)\d{3}(?!\d))*(?:,\d{1,6})?)"
    r"|(?P<english>[1-9]\d{0,2}(?:,\d{3}(?!\d))+(?:\.\d{1,6})?)|(?P<plain>\d{1,16}(?:[.,]\d{1,9})?))")
_SCALES: Final = {
    1e3: "mille milliers? thousand mil miles الف الاف الفا k",
    2e3: "الفين الفي الفان",
    1e6: "millions? millon millones mn مليون مليونا ملايين",
    2e6: "مليونين مليوني مليونان",
    1e9: "milliards? mds? mrds? bn مليار مليارا ملايير مليارات بليون",
    2e9: "مليارين ملياري ملياران",
    1e12: "billones trillions? تريليون تريليونات",
}
_FACTOR: Final[dict[str, float]] = {
    form: factor for factor, words in _SCALES.items() for word in words.split()
    for form in ((word[:-2], word[:-2] + "s") if word.endswith("s?") else (word,))}
_SCALE_WORDS = "|".join(sorted(_FACTOR, key=len, reverse=True))
_SCALE: Final = re.compile(rf"[ -]?(?P<scale>{_SCALE_WORDS}|billions?|billon)(?![^\W\d_])")
_OF_SCALE: Final = re.compile(r" (?:de |d')(?=milli|mds?\b|mrds?\b)")
_BARE: Final = re.compile(  # A scale that is a number by itself: "مليون درهم", "بمليوني درهم", "a million", "half a million".
    r"(?<![^\W\d_])(?:[وفبلك]?(?P<arabic>مليونا|مليونين|مليوني|مليونان|مليون|مليارا|مليارين|ملياري|ملياران|مليار"
    r"|الفين|الفي|الف)"
    r"|(?:(?P<half>un demi|half a|medio|نصف)[ -]|a )(?P<latin>million|milliard|billion|millon|مليون"
    r"|مليار))(?![^\W\d_])")
_HALF: Final = re.compile(r" (?:et demie?|and a half|y medi[oa]|ونصف|و نصف)(?![^\W\d_])")
_AND: Final = re.compile(r" (?:et |and |y |و ?)?$")
_TAIL: Final = re.compile(
    r"(?:m{0,3}dhs?|kdhs?|mrd?dhs?|mds?|mrds?|mn|m|bn|b|k|m?€|m?usd|m?eur|m{1,3}ad|usd|eur|mad|dhs?|[kmg]wc?h?|gwh"
    r"|twh|km2?|m[23²³]|ha|kg|t|l|"
    r"cm|mm|hm3|fcfa)(?![^\W\d_])")
_HEAD: Final = re.compile(r"(?:(?<![^\W\d_])(?:[وفبلك]|[وفبك]?ال|لل|us|usd|eur|mad|dhs?|fcfa|rs)|[€$£])$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands in the folded text."""

    value: float
    start: int
    end: int
    scale: float = 1.0
    """The million or milliard it was said in; 1 for a plain number."""
    spelled: bool = False
    rough: bool = False
    """Said as "une dizaine"."""

    @property
    def plain(self) -> bool:
        """Digits without a scale: may be a year, a day or part of a name."""
        return self.scale == 1.0 and not self.spelled


def find_numbers(folded: Folded, language: Language) -> list[Number]:
    """All numbers of the text, in order, none inside another."""
    found = sorted((*_digits(folded.text, language), *_words(folded, language), *_bare(folded.text, language)),
                   key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
        elif number.scale > 1 and not kept[-1].scale > 1 and number.end > kept[-1].end:
            kept[-1] = number
    return [number for number in _summed(kept, folded.text) if not (number.spelled and number.value == 1 and number.scale == 1)]


def _digits(text: str, language: Language) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalpha() and not _HEAD.search(text, max(0, start - 5), start):
            continue
        if text[end:end + 1].isalpha() and not (_TAIL.match(text, end) or _SCALE.match(text, end)):
            continue
        scale = _scale(text, end, language)
        value = _digit_value(match, language, text[end:end + 12], scale[0])
        yield _scaled(Number(value, start, end), scale, text)


def _digit_value(match: re.Match[str], language: Language, after: str, scale: float) -> float:
    digits = match[0]
    if grouped := match["grouped"]:
        whole, _, decimals = grouped.partition(",")
        parts = whole.split(match["sep"])
        single = re.match(r"[ -]?(?:milliard|million|millon)(?!s|es)", after) is not None
        said_decimal = language == "en" or (language == "ar" and scale >= 1e6) or single
        if match["sep"] == "." and len(parts) == 2 and not decimals and said_decimal:
            return float(whole)
        return float("".join(parts) + ("." + decimals if decimals else ""))
    if digits == match["english"]:
        one_group = digits.count(",") == 1 and "." not in digits
        if one_group and language != "en" and (scale >= 1e6 or (language != "ar" and not digits.endswith("00"))):
            return float(digits.replace(",", "."))
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def _words(folded: Folded, language: Language) -> Iterator[Number]:
    for match in number_words.pattern(language).finditer(folded.text):
        rough = match["rough"]
        group = "rough" if rough else "words"
        spoken = match["words"] if language == "ar" else folded.surface(*match.span("words")) if not rough else ""
        value = number_words.rough_value(rough) if rough else number_words.value_of(spoken, language)
        if value is None:
            continue
        start, end = match.start() if rough else match.start(group), match.end()
        number = Number(float(value), start, end, spelled=True, rough=bool(rough))
        yield _scaled(number, _scale(folded.text, end, language), folded.text)


def _bare(text: str, language: Language) -> Iterator[Number]:
    for match in _BARE.finditer(text):
        word = match["arabic"] or match["latin"]
        factor = _factor(word, language)
        start = match.start("arabic") if match["arabic"] else match.start()
        yield _scaled(Number(0.5 if match["half"] else 1.0, start, match.end()), (factor, match.end()), text)


def _scale(text: str, end: int, language: Language) -> tuple[float, int]:
    """The scale after position `end` (1 for none), and where it ends: "mille milliards" and "mil millones" are one scale."""
    factor = 1.0
    for _ in range(2):
        joint = _OF_SCALE.match(text, end)
        match = _SCALE.match(text, joint.end() - 1 if joint else end)
        if not match or (factor > 1e3 or (factor == 1e3 and _factor(match["scale"], language) < 1e6)):
            break
        factor, end = factor * _factor(match["scale"], language), match.end()
    return factor, end


def _factor(word: str, language: Language) -> float:
    if word.startswith("billion") or word == "billon":
        return 1e9 if language in ("en", "ar") else 1e12
    return _FACTOR[word]


def _scaled(number: Number, scale: tuple[float, int], text: str) -> Number:
    factor, end = scale
    if factor == 1.0:
        return number
    half = _HALF.match(text, end)
    value = (number.value + (0.5 if half else 0.0)) * factor
    return replace(number, value=round(value, 6), end=half.end() if half else end, scale=factor)


def _summed(numbers: list[Number], text: str) -> Iterator[Number]:
    """Parts of one number put together: "3 milliards 200 millions", "مليار و200 مليون"."""
    held: Number | None = None
    for number in numbers:
        between = text[held.end:number.start] if held else ""
        # In Arabic the units too follow their thousands: "6 ملايين و476 الفا و64".
        units = between == " و" and number.plain and number.value < 1000
        lower = held and held.scale > number.scale and (number.scale >= 1e3 or units) and number.value < held.scale
        if held and lower and _AND.fullmatch(between):
            held = replace(held, value=held.value + number.value, end=number.end)
            continue
        if held:
            yield held
        held = number
    if held:
        yield held
