"""What an article states: the kinds of fact with their fields (gold/GUIDE.md), each with its evidence."""

from __future__ import annotations

from typing import Literal

from pipeline.events.base import Value, Zone

Modality = Literal["exact", "about", "up_to", "at_least", "more_than", "less_than", "potential"]


class Evidence(Value, frozen=True, kw_only=True):
    """The verbatim sentence that says it."""

    sentence: str
    zone: Zone
    start: int
    end: int
    extractor: str
    """Rule module and version, as `amounts/1`."""
    confidence: float
    """Share of such readings expected to be right, 0 to 1."""


class Party(Value, frozen=True, kw_only=True):
    """One side of an agreement."""

    name: str
    """Canonical name where resolved, else the surface."""
    surface: str
    entity_id: str | None = None


class Amount(Value, tag="amount", frozen=True, kw_only=True):
    """A sum of money (gold/GUIDE.md: amount)."""

    value: float
    """In units of `currency` (not thousands or millions)."""
    currency: str
    """ISO 4217."""
    surface: str
    modality: Modality = "exact"
    role: str = "other"
    """budget, investment, revenue, profit, debt, loan, contract, trade, aid, fine, price, cost, stock, other."""
    subject: str | None = None
    """Short, in the text's own words."""
    subject_entity: str | None = None
    """Entity id of the subject, where resolved."""
    period: str | None = None
    """ISO year, quarter or half-year: 2025, 2025-Q1, 2025-S1; or a horizon year."""
    place: str | None = None


class Agreement(Value, tag="agreement", frozen=True, kw_only=True):
    """Parties bind themselves to each other (gold/GUIDE.md: agreement)."""

    parties: tuple[Party, ...]
    instrument: str
    """French short form: convention, protocole d'accord, mémorandum, accord, contrat, partenariat, déclaration d'intention."""
    instrument_surface: str
    status: Literal["signed", "planned", "renewed", "in_talks", "terminated"]
    object_surface: str | None = None
    signatories: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601, to the precision known."""
    place: str | None = None
    amount_value: float | None = None
    amount_currency: str | None = None


class Count(Value, tag="count", frozen=True, kw_only=True):
    """A number of things or people that are neither money nor a percentage."""

    value: float
    unit: str
    """What is counted, in the text's own words (head noun): `emplois`, `établissements`, `مستفيد`."""
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    period: str | None = None
    place: str | None = None


class Percentage(Value, tag="percentage", frozen=True, kw_only=True):
    """A share, a change or a rate, in per cent (7.5 for 7.5 %); percentage points too."""

    value: float
    surface: str
    modality: Modality = "exact"
    kind: Literal["share", "change", "rate"] = "rate"
    direction: Literal["up", "down"] | None = None
    subject: str | None = None
    subject_entity: str | None = None
    period: str | None = None
    place: str | None = None


class Target(Value, tag="target", frozen=True, kw_only=True):
    """A number somebody means to reach by a stated time."""

    value: float
    unit: str | None = None
    """Unit, or `%`; None for money."""
    currency: str | None = None
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    horizon: str | None = None
    """ISO 8601 year or date."""
    horizon_surface: str | None = None
    place: str | None = None


class Capacity(Value, tag="capacity", frozen=True, kw_only=True):
    """How much something can hold, produce or treat: MW, GWh, m3/j, tonnes/an, beds, seats."""

    value: float
    unit: str
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    place: str | None = None


class Ranking(Value, tag="ranking", frozen=True, kw_only=True):
    """A position in an index or list, or its change."""

    position: int | None = None
    delta: int | None = None
    """Places won or lost, without sign."""
    direction: Literal["up", "down"] | None = None
    index_surface: str | None = None
    entity: str | None = None
    """Who is ranked."""
    entity_id: str | None = None
    edition: str | None = None
    """Year of the index."""
    surface: str


class PersonRole(Value, tag="person_role", frozen=True, kw_only=True):
    """A person and the office the text gives them."""

    person: str
    """Canonical name where resolved."""
    person_surface: str
    person_entity: str | None = None
    role_surface: str
    org: str | None = None
    org_entity: str | None = None


class Appointment(Value, tag="appointment", frozen=True, kw_only=True):
    """A person comes into an office or leaves it."""

    person: str
    person_surface: str
    person_entity: str | None = None
    role_surface: str
    org: str | None = None
    org_entity: str | None = None
    status: Literal["appointed", "dismissed", "elected", "resigned"] = "appointed"
    date: str | None = None


class Law(Value, tag="law", frozen=True, kw_only=True):
    """A law, decree or the like and how far it has come."""

    kind: str
    """French: loi, projet de loi, proposition de loi, décret, projet de décret, arrêté, circulaire, dahir, ..."""
    object_surface: str | None = None
    stage: Literal["drafting", "adopted_council", "adopted_parliament", "published", "in_force"] | None = None
    number: str | None = None
    date: str | None = None


class Initiative(Value, tag="initiative", frozen=True, kw_only=True):
    """A programme, plan, strategy, centre, project or platform, and how far it has come."""

    name: str | None = None
    """Canonical name where resolved, else as named."""
    name_surface: str | None = None
    object_surface: str | None = None
    """What it is, where it has no name."""
    entity_id: str | None = None
    kind: str = "programme"
    """French short form: programme, plan, stratégie, centre, projet, plateforme, ..."""
    stage: Literal["announced", "launched", "under_way", "completed", "planned"] | None = None
    place: str | None = None
    partners: tuple[str, ...] = ()


class PublicEvent(Value, tag="event", frozen=True, kw_only=True):
    """A conference, forum, fair, session or the like."""

    name: str
    name_surface: str
    entity_id: str | None = None
    date: str | None = None
    date_to: str | None = None
    place: str | None = None
    edition: str | None = None


class Quote(Value, tag="quote", frozen=True, kw_only=True):
    """What somebody said, word for word."""

    text: str
    speaker: str | None = None
    """Canonical name where resolved."""
    speaker_surface: str | None = None
    """None where only a pronoun stands there."""
    speaker_entity: str | None = None
    partial: bool = False
    """Under a full clause."""


FactFields = (
    Amount | Agreement | Count | Percentage | Target | Capacity | Ranking | PersonRole | Appointment | Law | Initiative
    | PublicEvent | Quote
)


class Fact(Value, frozen=True, kw_only=True):
    """One checkable statement with its evidence."""

    fact_id: str
    """content_id of article, text version, kind, evidence span and normalised fields."""
    fields: FactFields
    evidence: Evidence
    attributed_to: str | None = None
    """Whose word it is, where the text distances itself ("selon", "d'après", "aurait"): as named there, or `unnamed`."""
