"""Fields of facts in, reports of outlets out: what the tests of claims assemble."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.claims import AssembledClaim, Report, assemble
from pipeline.events import (
    Agreement,
    Amount,
    Appointment,
    Count,
    Evidence,
    Fact,
    FactFields,
    Initiative,
    Law,
    Party,
    Percentage,
    PublicEvent,
    Quote,
    Ranking,
    content_id,
)

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def report(fields: FactFields, outlet: str = "aurore", *, hours: float = 0, story: str = "s1", article: str = "",
           source: str = "", sentence: str = "", language: Any = "fr", version: int = 1, current: bool = True,
           withdrawn: bool = False) -> Report:
    """The outlet's article says so, `hours` after noon."""
    article = article or f"{outlet}-1"
    fact = Fact(
        fact_id=content_id(article, str(version), repr(fields)), fields=fields,
        evidence=Evidence(sentence=sentence or "Une phrase.", zone="body", start=0, end=11, extractor="test/1", confidence=0.9))
    at = NOON + timedelta(hours=hours)
    return Report(
        fact=fact, article_id=article, outlet=outlet, source=source or f"outlet:{outlet}", story_id=story, published=at,
        fetched_at=at + timedelta(hours=1), origin="live", language=language, version=version, current=current,
        withdrawn=withdrawn)


def only(*reports: Report) -> AssembledClaim:
    """The one claim of these reports."""
    claims = assemble(reports)
    assert len(claims) == 1, [claim.key for claim in claims]
    return claims[0]


def amount(value: float, subject: str = "le plan d'irrigation du Souss", **more: Any) -> Amount:
    return Amount(**{"value": value, "currency": "MAD", "surface": "x", "role": "budget", "subject": subject, **more})


def count(value: float, unit: str = "emplois", subject: str = "l'usine de câbles", **more: Any) -> Count:
    return Count(value=value, unit=unit, surface="x", subject=subject, **more)


def percentage(value: float, subject: str = "les prix du poisson", **more: Any) -> Percentage:
    return Percentage(**{"value": value, "surface": "x", "kind": "change", "subject": subject, **more})


def agreement(*parties: str, status: Any = "signed", **more: Any) -> Agreement:
    return Agreement(parties=tuple(Party(name=party, surface=party) for party in parties), instrument="convention",
                     instrument_surface="convention", status=status, **more)


def event(name: str = "Forum des oasis", **more: Any) -> PublicEvent:
    return PublicEvent(name=name, name_surface=name, **more)


def law(stage: Any, number: str | None = None, kind: str = "projet de loi", subject: str = "la protection des dunes") -> Law:
    return Law(kind=kind, object_surface=subject, stage=stage, number=number)


def initiative(name: str = "Villages connectés", stage: Any = "announced", **more: Any) -> Initiative:
    return Initiative(name=name, name_surface=name, stage=stage, **more)


def appointment(person: str, org: str | None = "Office des sources", **more: Any) -> Appointment:
    role = "directrice générale"
    return Appointment(person=person, person_surface=person, role_surface=role, org=org, **more)


def ranking(position: int | None = None, **more: Any) -> Ranking:
    return Ranking(position=position, index_surface="indice mondial de l'eau", entity="Maroc", surface="x", **more)


def quote(text: str, speaker: str | None = "Salma Berrada") -> Quote:
    return Quote(text=text, speaker=speaker, speaker_surface=speaker)
