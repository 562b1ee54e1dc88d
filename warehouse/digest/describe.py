"""A fact's fields in, what a reader is told of them out: a heading, the value, and details, each with the language it is in.

Kinds with a form of their own are in FORMS; any other kind is told by the fields that it shares with gold/GUIDE.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pipeline.events import Agreement, Amount, FactFields, Language
from warehouse.digest import amounts
from warehouse.digest.names import Names
from warehouse.digest.subscriptions import kind_of
from warehouse.digest.wording import Wording


@dataclass(frozen=True)
class Detail:
    """A labelled piece of text; `language` is the text's own where it is quoted from the article."""

    label: str
    text: str
    language: Language


@dataclass(frozen=True)
class Description:
    """What is told of a fact beside its evidence."""

    heading: str
    value: str
    value_language: Language
    details: tuple[Detail, ...]
    surface: str
    """The words of the evidence that the value was read from: what the excerpt marks."""


def describe(fields: FactFields, said_in: Language, wording: Wording, names: Names) -> Description:
    """The fact in the reader's language; what is verbatim stays in the language of the article (`said_in`)."""
    teller = _Teller(said_in, wording, names)
    if isinstance(fields, Amount):
        return teller.amount(fields)
    if isinstance(fields, Agreement):
        return teller.agreement(fields)
    return teller.general(kind_of(fields), msgspec.structs.asdict(fields))


@dataclass(frozen=True)
class _Teller:
    said_in: Language
    wording: Wording
    names: Names

    def amount(self, fields: Amount) -> Description:
        value = self.wording.modal(fields.modality, amounts.money(fields.value, fields.currency, self.wording.language))
        heading = self.wording.kind(fields.role if fields.role != "other" else "amount")
        details = [*self._subject(fields.subject_entity, fields.subject), *self._date("period", fields.period),
                   *self._quoted("place", fields.place)]
        return Description(heading, value, self.wording.language, tuple(details), fields.surface)

    def agreement(self, fields: Agreement) -> Description:
        parties = [self.names.entity(party.entity_id, self.wording.language) or party.name for party in fields.parties]
        details = [Detail(self.wording.text("status"), self.wording.code(fields.status), self.wording.language),
                   *self._quoted("subject", fields.object_surface), *self._date("date", fields.date),
                   *self._quoted("signatories", f"{self.wording.comma} ".join(fields.signatories)),
                   *self._quoted("place", fields.place)]
        if fields.amount_value is not None and fields.amount_currency:
            sum_ = amounts.money(fields.amount_value, fields.amount_currency, self.wording.language)
            details.insert(1, Detail(self.wording.text("amount"), sum_, self.wording.language))
        return Description(self.wording.code(fields.instrument), " – ".join(parties) or fields.instrument_surface,
                           self.wording.language if parties else self.said_in, tuple(details), fields.instrument_surface)

    def general(self, kind: str, fields: Mapping[str, Any]) -> Description:
        value, own = self._general_value(kind, fields)
        details = [detail for name, tell in self._general_details().items() if fields.get(name)
                   for detail in tell(fields[name]) if detail.text != value]
        return Description(self.wording.kind(kind), value, self.wording.language if own else self.said_in,
                           tuple(details), str(fields.get("surface") or _verbatim(fields)))

    def _general_value(self, kind: str, fields: Mapping[str, Any]) -> tuple[str, bool]:
        """The value, and whether it is in the reader's language."""
        number, language = fields.get("value"), self.wording.language
        if not isinstance(number, int | float):
            return _verbatim(fields), False
        unit, currency = fields.get("unit"), fields.get("currency")
        if currency:
            text = amounts.money(number, str(currency), language)
        elif kind == "percentage" or unit == "%":
            text = amounts.percent(number, language)
        else:
            text = f"{amounts.number(number, language)}{amounts.HARD}{unit or ''}".strip()
        return self.wording.modal(str(fields.get("modality", "exact")), text), True

    def _general_details(self) -> dict[str, Callable[[Any], Iterator[Detail]]]:
        def quoted(label: str) -> Callable[[Any], Iterator[Detail]]:
            return lambda text: self._quoted(label, _joined(text, self.wording.comma))

        def coded(label: str) -> Callable[[Any], Iterator[Detail]]:
            return lambda code: iter([Detail(self.wording.text(label), self.wording.code(str(code)), self.wording.language)])

        def dated(label: str) -> Callable[[Any], Iterator[Detail]]:
            return lambda iso: self._date(label, str(iso))

        return {"status": coded("status"), "stage": coded("stage"), "direction": coded("direction"),
                "subject": quoted("subject"), "object_surface": quoted("subject"), "role_surface": quoted("role"),
                "org": quoted("organisation"), "entity": quoted("entity"), "number": quoted("number"),
                "date": dated("date"), "period": dated("period"), "horizon": dated("horizon"),
                "edition": quoted("edition"), "place": quoted("place"), "partners": quoted("partners")}

    def _subject(self, entity_id: str | None, verbatim: str | None) -> Iterator[Detail]:
        if verbatim:
            yield from self._quoted("subject", verbatim)
        elif name := self.names.entity(entity_id, self.wording.language):
            yield Detail(self.wording.text("subject"), name, self.wording.language)

    def _quoted(self, label: str, verbatim: str | None) -> Iterator[Detail]:
        if verbatim:
            yield Detail(self.wording.text(label), verbatim, self.said_in)

    def _date(self, label: str, iso: str | None) -> Iterator[Detail]:
        if iso:
            yield Detail(self.wording.text(label), self.wording.date(iso), self.wording.language)


NAMING = ("person", "speaker", "name", "name_surface", "object_surface", "text", "surface", "subject")
"""Fields that can stand for a fact without a number, best first."""


def _verbatim(fields: Mapping[str, Any]) -> str:
    return next((str(fields[name]) for name in NAMING if fields.get(name)), "")


def _joined(value: Any, comma: str) -> str:
    if isinstance(value, str):
        return value
    return f"{comma} ".join(str(getattr(one, "name", one)) for one in value) if isinstance(value, tuple) else str(value)
