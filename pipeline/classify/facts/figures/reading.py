"""A passage in, the quantities it states out: each number with its currency, unit or noun, ranges and ellipses filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.classify.facts.figures.money import read_money
from pipeline.classify.facts.figures.quantity import Kind, Quantity
from pipeline.classify.facts.figures.unfit import is_unfit, is_year
from pipeline.classify.facts.figures.units import (
    Unit,
    read_duration,
    read_measure,
    read_percent,
    read_points,
    read_things,
)
from pipeline.classify.text import Passage
from pipeline.language.numbers import Number

_BETWEEN: Final = re.compile(r"(?: ?(?:a|et|ou|to|and|or|y|o|الي|و|او)(?: (?:plus de|quelque|pres de|environ))? ?[+]?| ?- ?)")
_RANGE_HEAD: Final = re.compile(r"(?:entre|between|بين|ما بين)(?: les| ما)? ?[+]?$")
_COMPARED: Final = re.compile(
    r"(?:contre|par rapport a(?:ux)?|face a(?:ux)?|versus|vs|against|compared (?:to|with)|up from|down from|au lieu de|"
    r"frente a|مقابل|مقارنه ب|بدل|"
    r"عوض|apres|au lieu des)"
    r"(?: (?:pres de|plus de|environ|quelque|seulement|only|just|les|حوالي|نحو))? ?$")
_OF_ALL: Final = re.compile(r" ?(?:des|sur(?: les| un total de)?|of the|out of|من اصل|de los|de las)(?: les)? $")
_PARTITIVE: Final = re.compile(
    r" ?(?:$|[,;.:()!?\"]|(?:en|a|au|aux|contre|pour|soit|et|fin|l'an|par|sur|dans|dont|qui|d'ici|durant|lors|apres|"
    r"entre|depuis|cette|"
    r"in|by|at|for|and|to|from|a year|last|this|during|against|compared|while|with|"
    r"في|خلال|سنه|عام|مقابل|و[^\W\d_]*|مع|اي|بحلول|الي|برسم|عند|فيما|قبل|ثم|العام|السنه)(?![^\W\d_]))")
_ELLIPSIS: Final = re.compile(r" (?:du|de la|de l'|directs?|indirects?|permanents?|saisonniers?|femmes|hommes|utilisent|"
                              r"sont|ont|seront)(?![^\W\d_])")
_LISTED_BEFORE: Final = re.compile(r"(?:[,;،] ?(?:و|et |and |y )?| (?:و|et |and |y ))$")
_LISTED_AFTER: Final = re.compile(r" (?:في|en|au|aux|a|in|at|dans|pour|au niveau|au profit|for)(?![^\W\d_])")
_TOTAL: Final = re.compile(
    r"(?<![^\W\d_])(?:objectif|total|cumule?e?|cible|goal|target|objetivo|مجموع\w*|هدف)(?: [^\W\d_]+)? (?:de|of) $")
_NUMBERED: Final = re.compile(
    r"(?:nombre(?: total| global)? d(?:e |es |')|effectifs? d(?:e |es |')|(?:total )?number of |numero (?:total )?de |"
    r"عدد (?:ال)?|اعداد )(?:[^\W\d_]+ ){0,1}?(?P<noun>[^\W\d_][^\W\d_'-]+)")
_TEASER: Final = re.compile(
    r"[ >\[(]*(?:read (?:also|more)|also read|lire (?:aussi|egalement)|a lire|voir aussi|اقرا ايضا|اقرا المزيد|"
    r"lea tambien|lee tambien)")
_MILLION: Final = 1e6
_SPENT: Final = re.compile(
    r" (?:de |d')(?:investissements?|recettes?|depenses?|chiffre d'affaires|benefices?|pertes?|dettes?|transferts?|"
    r"subventions?|"
    r"exportations?|importations?|revenus?|credits?|depots?)")
"""What is counted in money, whether or not the currency is said again."""
_CONVERTED: Final = re.compile(
    r" ?(?:[(\[] ?|, ?(?:soit|or|ou|o) |(?:soit|ou|or|o|equivalent to|equivalant a|l'equivalent de|اي|او|ما يعادل|يعادل) )"
    r"(?:(?:soit|ou|or|equivalent to|l'equivalent de|اي|ما يعادل|[وفب]?حوالي|نحو|plus de|pres de|environ|quelque|about|"
    r"around|nearly|approximately|"
    r"roughly|some|over|more than|just over|just under|un peu plus de|ما يقارب|ما يفوق|ازيد من|اكثر من) ?){0,2}")
_SIGN: Final = re.compile(r"(?:^|[ (\[:;,])([+-]) ?$")


def quantities(passage: Passage) -> list[Quantity]:
    """All quantities of the sentence in order; bare numbers that nothing explains, years, labels and dates are left out."""
    numbers = passage.numbers
    if not numbers or _TEASER.match(passage.folded.text):
        return []
    read = list(_each(passage, numbers))
    text = passage.folded.text
    read = _ranged(read, text)
    read = _inherited(read, text)
    return [one for i, one in enumerate(read) if one.kind != "bare" and not (i and _is_conversion(read[i - 1], one, text))]


def _is_conversion(before: Quantity, one: Quantity, text: str) -> bool:
    """True for an amount that only says the one before it in another currency: "MAD 2.4 billion ($244 million)"."""
    if not before.kind == one.kind == "money" or before.unit == one.unit:
        return False
    return _CONVERTED.fullmatch(text, before.end, one.start) is not None


def _each(passage: Passage, numbers: Sequence[Number]) -> Iterator[Quantity]:
    floor = 0
    for number in numbers:
        quantity = _read(passage, number, floor)
        if quantity:
            floor = quantity.end
            yield quantity


def _read(passage: Passage, number: Number, floor: int) -> Quantity | None:
    text = passage.folded.text
    if money := read_money(text, number.start, number.end, floor):
        value = round(number.value * money.factor, 6)
        factor = number.scale * money.factor
        return _signed(Quantity("money", value, money.start, money.end, number, money.currency, factor), text)
    if end := read_percent(text, number.end) or read_points(text, number.end, number.value):
        return _signed(Quantity("percent", number.value, number.start, end, number, "%"), text)
    if is_unfit(text, number):
        return None
    return _counted_or_bare(passage, number)


def _counted_or_bare(passage: Passage, number: Number) -> Quantity | None:
    text = passage.folded.text
    if unit := read_measure(text, number.end):
        return _counted("measure", number, unit)
    if unit := read_duration(text, number.end):
        return _counted("duration", number, unit)
    things = read_things(passage.folded, number.end, passage.language, scaled=number.scale >= 1e6)
    if is_year(text, number, earliest=1000 if passage.language == "en" else 1900):
        return None
    if things:
        return _counted("things", number, things)
    if number.plain and number.end - number.start == 4 and 1000 <= number.value <= 2100:
        return None
    return Quantity("bare", number.value, number.start, number.end, number, factor=number.scale)


def _counted(kind: Kind, number: Number, unit: Unit) -> Quantity:
    return Quantity(kind, number.value, number.start, unit.end, number, unit.name, number.scale)


def _signed(quantity: Quantity, text: str) -> Quantity:
    match = _SIGN.search(text, max(0, quantity.start - 4), quantity.start)
    return replace(quantity, sign="-" if match[1] == "-" else "+") if match else quantity


def _ranged(read: list[Quantity], text: str) -> list[Quantity]:
    """Lower ends of ranges take unit and factor of the upper: "entre 3 et 5 milliards", "8 à 10 %"."""
    for i in range(len(read) - 2, -1, -1):
        low, high = read[i], read[i + 1]
        if high.kind == "duration" or not _BETWEEN.fullmatch(text, low.end, high.start):
            continue
        if high.kind == "bare":
            if low.kind == "money" and low.factor == 1 and high.factor > 1 and low.value < 1000:
                # "$10-15 million": the currency stands before, the million after.
                read[i] = replace(low, value=low.value * high.factor, factor=high.factor)
                read[i + 1] = replace(high, kind="money", unit=low.unit, rule="ranged")
            continue
        head = _RANGE_HEAD.search(text, max(0, low.start - 12), low.start)
        if low.kind == "bare" and (low.value < high.value / high.factor or low.factor > 1 or head):
            factor = high.factor if low.number.plain and low.value < 1000 else 1.0
            money = high.kind == "money" and low.factor > 1
            low = replace(low, kind=high.kind, unit=high.unit, value=low.value * (1.0 if money else factor), rule="ranged",
                          factor=low.factor * factor)
        if head and low.kind == high.kind:
            read[i], read[i + 1] = replace(low, bound="at_least"), replace(high, bound="up_to")
        else:
            read[i] = low
    return read


def _inherited(read: list[Quantity], text: str) -> list[Quantity]:
    """Bare numbers take the unit of the number they are compared with or counted beside."""
    filled: list[Quantity] = []
    for i, one in enumerate(read):
        if filled and filled[-1].rule == "part" and one.kind == "things":
            # Of "6 des 7 plans" only the six is told.
            filled[-1] = replace(filled[-1], rule="inherited")
            continue
        filled.append(_explained(one, filled, read[i + 1:], text) if one.kind == "bare" else _as_money(one, filled, text))
    return filled


def _as_money(one: Quantity, before: Sequence[Quantity], text: str) -> Quantity:
    """ "345 MMDH de recettes et 115 milliards d'investissements": of the currency named before."""
    if one.kind != "things" or one.factor < _MILLION or not _SPENT.match(text, one.number.end):
        return one
    money = next((other for other in reversed(before) if other.kind == "money"), None)
    return one if money is None else replace(one, kind="money", unit=money.unit, end=one.number.end, rule="inherited")


def _explained(one: Quantity, before: Sequence[Quantity], after: Sequence[Quantity], text: str) -> Quantity:
    passed = ("bare", "duration", "percent") if one.factor >= _MILLION else ("bare", "duration")
    last = next((other for other in reversed(before) if other.kind not in passed and not (
        other.kind == "money" and text[other.start - 1:other.start] == "(")), None)
    following = next((other for other in after if other.kind != "bare"), None)
    head = text[max(0, one.start - 40):one.start]
    if following and following.kind == "things" and _OF_ALL.fullmatch(text, one.end, following.start):
        return replace(one, kind="things", unit=following.unit, rule="part")
    compared = last is not None and _COMPARED.search(head) is not None
    if last and compared and last.kind != "percent":
        plain_factor = last.factor if one.factor == 1 and one.value < 1000 and last.factor > 1 else 1.0
        return replace(one, kind=last.kind, unit=last.unit, value=one.value * plain_factor, factor=one.factor * plain_factor,
                       rule="compared")
    source = last or following
    if one.factor >= 1e6 and source and source.kind in ("money", "things", "measure") and source.factor >= 1e3:
        if _PARTITIVE.match(text, one.end) or _ELLIPSIS.match(text, one.end):
            return replace(one, kind=source.kind, unit=source.unit, rule="inherited")
        return one if source.kind == "money" else replace(one, kind="things", unit=source.unit, rule="inherited")
    listed = _LISTED_BEFORE.search(head) and _LISTED_AFTER.match(text, one.end)
    listed = listed or _TOTAL.search(head)
    if last and last.kind == "things" and (listed or (one.value >= 20 and _ELLIPSIS.match(text, one.end))):
        return replace(one, kind="things", unit=last.unit, rule="inherited")
    return _numbered(one, text)


def _numbered(one: Quantity, text: str) -> Quantity:
    """ "Le nombre d'opérateurs s'élève à 36": the noun stands before."""
    nouns = list(_NUMBERED.finditer(text, max(0, one.start - 170), one.start))
    found = nouns[-1] if nouns else None
    if not found or any(mark in text[found.end():one.start] for mark in ";:?!") or not _PARTITIVE.match(text, one.end):
        return one
    return replace(one, kind="things", unit=found["noun"], rule="numbered")
