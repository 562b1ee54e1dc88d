"""A counted or measured number in its sentence in, whether it says how much something can hold, make or treat out."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.figures.quantity import Quantity

_POWER: Final = re.compile(
    r"(?:giga|mega|kilo)?watts?(?:[ -]?cretes?)?|[kmgt]wc?p?|ch|chevaux|cv|hp|horsepower|mah|evp|teus?|gbps|mbps|"
    r"[gm]bits?/s|gigabits?|petaflops|exaflops|(?:جيغا|كيغا|ميغا|ميكا|كيلو) ?(?:واط|وات)ا?|megavatios")
_ENERGY: Final = re.compile(r"wh$|watt(?:s|[ -])?-?heures?$|ساع[هي]$")
_USED: Final = re.compile(
    r"(?<![^\W\d_])(?:consomm\w*|demande|import\w*|export\w*|econom\w*|consum\w*|demand|savings?|saved|استهلاك\w*|"
    r"[يت]ستهلك|استيراد|"
    r"طلب)(?![^\W\d_])")
_HOLDS: Final = re.compile(
    r"(?<![^\W\d_])(?:capacites?|puissance|concu\w* pour|dimensionne\w*|d'une contenance|charge utile|autonomie|portee|"
    r"rayon d'action|debit|payload|endurance|(?:flight |maximum )?range of|capable de|accueillera|d'accueillir|"
    r"(?:peut|pourra|pouvant|pourront|permettra de|permettant de|permettra d'|pour) ?(?:accueillir|produire|traiter|"
    r"stocker|contenir)|"
    r"capacity|capable of|seats|accommodates|(?:designed|equipped|built) (?:to|for)|(?:can|could|"
    r"to|will|able to) (?:hold|produce|handle|accommodate|house|seat|store|host|process)|"
    r"capacidad|potencia|"
    r"[وفبل]?(?:ال)?(?:طاقه|حموله|قدره|سعه|[يت]تسع|قادره? علي|طاقتها?|قدرتها?|سعتها?|[يت]سع)(?: \w+)?)(?![^\W\d_])")
_CAPACITY_AFTER: Final = re.compile(
    r"[^.;:,()]{0,14}?[ -](?:de capacite|de puissance|capacity|de capacidad|طاقه استيعابيه)(?![^\W\d_])")
_RANKED: Final = re.compile(r"(?<![^\W\d_])(?:rank\w*|class(?:e|ee|es|ees|ement|ements)|indices?|index|palmares)(?![^\W\d_])")
_BREAK: Final = re.compile(r"[;:]|,(?! (?:soit|or|i\.e|ou|estimee|evaluee))|(?<![^\W\d_])(?:and|et|while|mais)(?![^\W\d_])")
_YIELDS: Final = re.compile(
    r"(?<![^\W\d_])(?:produir\w*|produi\w*|production|traiter\w*|fournir\w*|generer\w*|fabriqu\w*|dessal\w*|transporter\w*|"
    r"accueillir\w*|alimenter\w*|desservir\w*|"
    r"produc\w*|process\w*|treat\w*|generat\w*|supply\w*|desalinat\w*|transport\w*|handl\w*|manufactur\w*|serv(?:e|es|ing)|"
    r"[وفبل]?(?:ال)?(?:انتاج|[سيت]{1,2}نتج|[يت]عالج|معالجه|[يت]وفر|توليد|تحليه|نقل|استقبال))(?![^\W\d_])")
_RATE_AFTER: Final = re.compile(
    r"[^.;:(),]{0,24}?(?:par an|/ ?an|l'an|annuel\w*|par jour|/ ?jour|a year|per year|annually|yearly|per day|a day|"
    r"daily|سنويا|"
    r"في السنه|يوميا|في اليوم)(?![^\W\d_])")
_ROOM: Final = re.compile(r"(?:lits?|places?|sieges?|chambres?|beds?|seats?|rooms?|camas|plazas|habitaciones|سريرا?|"
                          r"اسره|مقعدا?|مقاعد|غرفه|غرف)")


def is_capacity(text: str, quantity: Quantity, floor: int) -> bool:
    """True for power and for room; else where a word of capacity governs the number. `floor`: where the number before ended."""
    unit = quantity.unit.partition("/")[0]
    if quantity.kind == "measure":
        if _POWER.fullmatch(unit) or _CAPACITY_AFTER.match(text, quantity.end):
            return True
        if _ENERGY.search(unit):
            return _USED.search(text, max(0, quantity.start - 60), quantity.start) is None
    elif quantity.kind != "things":
        return False
    room = _ROOM.fullmatch(unit) is not None and not (unit.startswith("place") and _RANKED.search(text))
    return room or _is_held(text, quantity, floor) or _is_yielded(text, quantity, floor)


def _is_held(text: str, quantity: Quantity, floor: int) -> bool:
    words = list(_HOLDS.finditer(text, max(floor, quantity.start - 75), quantity.start))
    return bool(words) and _BREAK.search(text, words[-1].end(), quantity.start) is None


def _is_yielded(text: str, quantity: Quantity, floor: int) -> bool:
    """Made, treated or carried at a rate: "produira 10.000 tonnes par an"."""
    rated = "/" in quantity.unit or _RATE_AFTER.match(text, quantity.end) is not None
    return rated and _YIELDS.search(text, max(floor, quantity.start - 45), quantity.start) is not None
