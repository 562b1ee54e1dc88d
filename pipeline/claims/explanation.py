"""Two reports that contradict each other in, one sentence in English, French and Arabic that says how out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.claims.report import Report, Sentence
from pipeline.claims.towns import town_of
from pipeline.claims.wording import folded
from pipeline.events import (
    Agreement,
    Amount,
    Appointment,
    Capacity,
    Count,
    FactFields,
    Law,
    Percentage,
    PublicEvent,
    Ranking,
    Target,
)

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
    "date": ("the date", "la date", "التاريخ"),
    "place": ("the place", "le lieu", "المكان"),
    "position": ("the position", "le rang", "الرتبة"),
    "delta": ("the places won or lost", "le nombre de places gagnées ou perdues", "عدد المراتب"),
}


def explain(field: str, one: Report, other: Report, beside: Iterable[Report] = ()) -> Sentence:
    """The sentence: what they differ in, and who says what. `beside`: what else the two outlets report of it."""
    a, b = shown(field, one.fact.fields), shown(field, other.fact.fields)
    what = _FIELD[field]
    said = Sentence(
        en=f"They differ on {what[0]}: {one.outlet} says {a.en}, {other.outlet} says {b.en}.",
        fr=f"Désaccord sur {what[1]} : {one.outlet} donne {a.fr}, {other.outlet} donne {b.fr}.",
        ar=f"اختلاف حول {what[2]}: {one.outlet} يذكر {a.ar}، بينما يذكر {other.outlet} {b.ar}.")
    venue = _venue(beside) if field == "place" else None
    if venue is None:
        return said
    return Sentence(
        en=f"{said.en} The venue named is {venue}.", fr=f"{said.fr} Le lieu précis cité est {venue}.",
        ar=f"{said.ar} والمكان المذكور بالتحديد هو {venue}.")


def _venue(beside: Iterable[Report]) -> str | None:
    """The hall or campus that reports of the event name, where they name one: it may lie between two towns."""
    named: dict[str, str] = {}
    for report in sorted(beside, key=lambda report: report.order):
        fields = report.fact.fields
        if isinstance(fields, PublicEvent) and fields.place and town_of(fields.place) is None:
            named.setdefault(folded(fields.place), fields.place)
    return next(iter(named.values())) if len(named) == 1 else None


def shown(field: str, fields: FactFields) -> Sentence:  # noqa: PLR0911 - one line a kind
    """The value of `field` as readers of each language write it."""
    match fields:
        case Agreement() if field == "amount_value" and fields.amount_value is not None:
            return quantity(fields.amount_value, fields.amount_currency or "")
        case PublicEvent() if field == "date" and fields.date_to and fields.date_to != fields.date:
            return _same(f"{fields.date}/{fields.date_to}")
        case PublicEvent() if field == "place":
            return _same(fields.place)
        case Agreement() | Appointment() | Law() | PublicEvent():
            return _same(fields.date)
        case Ranking():
            return _same(str(fields.position if field == "position" else fields.delta))
        case Percentage():
            sign = -1 if fields.direction == "down" and fields.value > 0 else 1
            return quantity(fields.value * sign, "%")
        case Target():
            return quantity(fields.value, fields.currency or fields.unit or "")
        case Amount():
            return quantity(fields.value, fields.currency)
        case Count() | Capacity():
            return quantity(fields.value, fields.unit)
    return _same(None)


def _same(text: str | None) -> Sentence:
    return Sentence(en=text or "", fr=text or "", ar=text or "")


def quantity(value: float, unit: str) -> Sentence:
    """A number with its unit: "1.2 billion dirhams", "1,2 milliard de dirhams", "1,2 مليار درهم"."""
    names = _CURRENCY.get(unit, (unit, unit, unit))
    for scale, en, fr, ar in _SCALES:
        if abs(value) >= scale:
            number = f"{value / scale:,.6g}"
            comma = _comma(number)
            plural = fr[abs(value) >= 2 * scale]
            return Sentence(
                en=f"{number} {en[0]} {names[0]}", fr=f"{comma} {plural} de {names[1]}", ar=f"{comma} {ar} {names[2]}")
    number = f"{value:,.10g}"
    comma = _comma(number)
    return Sentence(en=f"{number} {names[0]}".strip(), fr=f"{comma} {names[1]}".strip(), ar=f"{comma} {names[2]}".strip())


def _comma(number: str) -> str:
    return number.replace(",", "\u202f").replace(".", ",")
