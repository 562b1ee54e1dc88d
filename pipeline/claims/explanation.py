"""Two reports that contradict each other in, one sentence in English, French and Arabic that says how out."""

from __future__ import annotations

from typing import Final

from pipeline.claims.measures import measure_of
from pipeline.claims.report import Report, Sentence
from pipeline.events import Agreement, FactFields

_SCALES: Final = (
    (1e9, ("billion", "billions"), ("milliard", "milliards"), "مليار"),
    (1e6, ("million", "millions"), ("million", "millions"), "مليون"),
)
_CURRENCY: Final = {
    "MAD": ("dirhams", "dirhams", "درهم"), "EUR": ("euros", "euros", "أورو"), "USD": ("US dollars", "dollars", "دولار"),
}
_FIELD: Final = {
    "value": ("the figure", "le chiffre", "الرقم"),
    "amount_value": ("the sum of the agreement", "le montant de l'accord", "مبلغ الاتفاق"),
    "date": ("the date of the agreement", "la date de l'accord", "تاريخ الاتفاق"),
}


def explain(field: str, one: Report, other: Report) -> Sentence:
    """The sentence: what they differ in, and who says what."""
    a, b = shown(field, one.fact.fields), shown(field, other.fact.fields)
    what = _FIELD[field]
    return Sentence(
        en=f"They differ on {what[0]}: {one.outlet} says {a.en}, {other.outlet} says {b.en}.",
        fr=f"Désaccord sur {what[1]} : {one.outlet} donne {a.fr}, {other.outlet} donne {b.fr}.",
        ar=f"اختلاف حول {what[2]}: {one.outlet} يذكر {a.ar}، بينما يذكر {other.outlet} {b.ar}.")


def shown(field: str, fields: FactFields) -> Sentence:
    """The value of `field` as readers of each language write it."""
    if isinstance(fields, Agreement):
        if field == "amount_value" and fields.amount_value is not None:
            return quantity(fields.amount_value, fields.amount_currency or "")
        return Sentence(en=fields.date or "", fr=fields.date or "", ar=fields.date or "")
    measure = measure_of(fields)
    return quantity(measure.value, measure.unit) if measure else Sentence(en="", fr="", ar="")


def quantity(value: float, unit: str) -> Sentence:
    """A number with its unit: "1.2 billion dirhams", "1,2 milliard de dirhams", "1,2 مليار درهم"."""
    names = _CURRENCY.get(unit, (unit, unit, unit))
    for scale, en, fr, ar in _SCALES:
        if abs(value) >= scale:
            number = f"{value / scale:,.6g}"
            comma = number.replace(",", "\u202f").replace(".", ",")
            plural = fr[abs(value) >= 2 * scale]
            return Sentence(en=f"{number} {en[0]} {names[0]}", fr=f"{comma} {plural} de {names[1]}", ar=f"{comma} {ar} {names[2]}")
    number = f"{value:,.10g}"
    comma = number.replace(",", "\u202f").replace(".", ",")
    return Sentence(en=f"{number} {names[0]}".strip(), fr=f"{comma} {names[1]}".strip(), ar=f"{comma} {names[2]}".strip())
