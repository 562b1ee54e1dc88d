"""A unit as written in, its one name out, so that the same quantity in two languages has the same unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SYMBOLS: Final = tuple((re.compile(pattern), symbol) for pattern, symbol in (
    (r"gigawatts?|(?:جيغا|كيغا) ?(?:واط|وات)ا?|gw", "GW"),
    (r"megawatts?|megavatios|(?:ميغا|ميكا) ?(?:واط|وات)ا?|mw", "MW"),
    (r"mwc|mwp|megawatts?[ -]cretes?", "MWc"),
    (r"gwc|gwp|gigawatts?[ -]cretes?", "GWc"),
    (r"kilowatts?|كيلو ?(?:واط|وات)ا?|kw", "kW"),
    (r"twh|terawatts?[ -]?heures?|terawatt[ -]hours?", "TWh"),
    (r"gwh|gigawatts?[ -]?heures?|gigawatt[ -]hours?|(?:جيغا|كيغا) ?(?:واط|وات)ا?[ /]?ساع[هي]", "GWh"),
    (r"mwh|megawatts?[ -]?heures?|megawatt[ -]hours?|(?:ميغا|ميكا) ?(?:واط|وات)ا?[ /]?ساع[هي]", "MWh"),
    (r"kwh|kilowatts?[ -]?heures?|kilowatt[ -]hours?", "kWh"),
    (r"tonnes?|tons?|toneladas?|طنا?|اطنان", "tonnes"),
    (r"quintaux|quintal|قنطارا?|قناطير", "quintaux"),
    (r"kilogrammes?|kilograms?|kg|kilos?|كيلوغراما?|كيلوجراما?|كلغ", "kg"),
    (r"kilometres? carres?|square kilomet(?:re|er)s?|km2|km²|كيلومترا? مربعا?", "km²"),
    (r"kilometres?|kilometers?|kilometros|kms?|كيلومترات|كيلومترا?|كلم", "km"),
    (r"metres? cubes?|cubic met(?:re|er)s?|m3|m³|مترا? مكعبا?|امتار مكعبه|مليون مترا? مكعبا?", "m3"),
    (r"metres? carres?|square met(?:re|er)s?|m2|m²|مترا? مربعا?", "m²"),
    (r"metres?|meters?|metros|مترا?|امتار", "m"),
    (r"hectares?|hectareas?|ha|هكتارا?|هكتارات", "ha"),
    (r"litres?|liters?|litros?|لترا?|لترات", "litres"),
    (r"barils?|barrels?|barriles|برميلا?|براميل", "barils"),
    (r"teus?|evp", "EVP"),
    (r"chevaux|ch|cv|hp|horsepower", "ch"),
    (r"lits?|beds?|camas|سريرا?|اسره", "lits"), (r"places?|sieges?|seats?|plazas|مقعدا?|مقاعد", "places"),
    (r"chambres?|rooms?|habitaciones|غرفه|غرف", "chambres"),
    (r"ans|annees?|years?|anos?|سنوات|سنه|عاما?|اعوام", "ans"),
    (r"mois|months?|meses|اشهر|شهرا?", "mois"),
    (r"semaines?|weeks?|semanas|اسابيع|اسبوعا?", "semaines"),
    (r"jours?(?: ouvrables| ouvres)?|days?|dias?|ايام|يوما?", "jours"),
    (r"heures?|hours?|horas?|ساعات|ساعه", "heures"),
    (r"minutes?|دقيقه|دقايق", "minutes"),
))
"""One symbol or French name for a unit, whatever language it is written in."""


@lru_cache(maxsize=1024)
def symbol_of(unit: str) -> str:
    """The one name of a unit: `ميغاواط`, `megawatts` and `MW` are `MW`; a unit unknown here stays as it is."""
    return next((symbol for pattern, symbol in _SYMBOLS if pattern.fullmatch(unit)), unit)
