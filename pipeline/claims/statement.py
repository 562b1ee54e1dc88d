"""Reports in, the distinct statements they make out, each prepared once for comparison with the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import msgspec

from pipeline.claims.agreements import parties_of
from pipeline.claims.comparison import signature
from pipeline.claims.keys import key_of
from pipeline.claims.measures import Measure, measure_of
from pipeline.claims.report import ClaimKey, Order, Report
from pipeline.claims.wording import stems
from pipeline.events import FactFields, content_id

_SPANS: Final = tuple(frozenset(group.split()) for group in (
    "mois mensue month monthl mes شهر شهري شهريه", "annuel annee yearly annual anual glissa سنوي سنويه سنه",
    "trimes quarte فصل فصلي", "moyenn averag متوسط"))
"""Stems of what a change or a rate is measured over."""


@dataclass(eq=False)
class Statement:
    """What one or several reports of one story say in the same fields and language."""

    reports: list[Report]
    alone: bool = True
    """No article that says it says anything else of its kind, role and unit."""
    sole: frozenset[str] = frozenset()
    """Parties of an agreement that no other agreement of the same articles has."""
    first: Report = field(init=False)

    def __post_init__(self) -> None:
        self.reports.sort(key=lambda report: report.order)
        self.first = self.reports[0]

    @property
    def fields(self) -> FactFields:
        """What is said, as the first report has it."""
        return self.first.fact.fields

    @property
    def kind(self) -> str:
        """Kind of fact."""
        return self.first.kind

    @property
    def story_id(self) -> str:
        """The story of all its reports."""
        return self.first.story_id

    @cached_property
    def key(self) -> ClaimKey:
        """What it is about."""
        return key_of(self.first.fact, self.story_id)

    @cached_property
    def measure(self) -> Measure | None:
        """The number it states, if it does."""
        return measure_of(self.fields)

    @cached_property
    def texts(self) -> frozenset[tuple[str, int]]:
        """Article versions that say it."""
        return frozenset((report.article_id, report.version) for report in self.reports)

    @cached_property
    def articles(self) -> frozenset[str]:
        """Articles that say it."""
        return frozenset(report.article_id for report in self.reports)

    @cached_property
    def sentence(self) -> frozenset[str]:
        """Stems of the first report's evidence, without numbers."""
        return frozenset(stem for stem in stems(self.first.fact.evidence.sentence) if not stem.isdecimal())

    def same_base(self, other: Statement) -> bool:
        """Whether both sentences name the same spans of comparison (on a month, on a year, on a quarter)."""
        return all(bool(self.sentence & span) == bool(other.sentence & span) for span in _SPANS)

    @property
    def order(self) -> Order:
        """Sorts statements as their first reports."""
        return self.first.order


def statements_of(reports: Iterable[Report]) -> list[Statement]:
    """The statements, ordered; a report given twice counts once."""
    groups: dict[tuple[object, ...], dict[tuple[str, int, str], Report]] = defaultdict(dict)
    for report in reports:
        said = (report.story_id, report.kind, report.language, signature(report.fact.fields), _words(report.fact.fields))
        groups[said].setdefault((report.article_id, report.version, report.fact.fact_id), report)
    statements = sorted((Statement(list(group.values())) for group in groups.values()), key=lambda one: one.order)
    _mark_alone(statements)
    return statements


def _mark_alone(statements: Sequence[Statement]) -> None:
    rivals = Counter((text, _series(one)) for one in statements for text in one.texts)
    named = Counter((text, party) for one in statements for text in one.texts for party in parties_of(one.fields))
    for one in statements:
        one.alone = all(rivals[text, _series(one)] == 1 for text in one.texts)
        one.sole = frozenset(
            party for party in parties_of(one.fields) if all(named[text, party] == 1 for text in one.texts))


def _series(statement: Statement) -> tuple[str, ...]:
    measure = statement.measure
    return (statement.kind, measure.role, measure.unit) if measure else (statement.kind,)


def _words(fields: FactFields) -> frozenset[str]:
    measure = measure_of(fields)
    if measure:
        return measure.subject | {measure.entity or "", measure.modality}
    return frozenset({content_id(msgspec.json.encode(fields))})
