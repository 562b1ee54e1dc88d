"""The reports of a claim in, who says what out: statements, the differing accounts side by side, copies apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from pipeline.events import ClaimReport, FactFields
from warehouse.digest.issue import Side, Source, Statement

COMPARED = frozenset({
    "value", "currency", "unit", "amount_value", "amount_currency", "status", "stage", "direction", "position", "delta",
    "number", "date", "date_to", "horizon", "person", "org"})
"""Fields by which two accounts of one claim can differ; the others are wording."""


def source_of(report: ClaimReport) -> Source:
    """The article behind a report."""
    return Source(report.article_id, report.outlet, report.url, report.headline, report.language, report.published)


def statement_of(report: ClaimReport) -> Statement:
    """What the report says."""
    return Statement(source_of(report), report.fields, report.evidence)


def differ(one: FactFields, other: FactFields) -> bool:
    """True where both state something that cannot both hold; what only one of them states is no difference."""
    left, right = _compared(one), _compared(other)
    return type(one) is not type(other) or any(
        not _compatible(name, left[name], right[name]) for name in left.keys() & right.keys())


def accounts(reports: Sequence[ClaimReport]) -> tuple[Side, ...]:
    """The differing accounts of the independent reports, in the order they first appeared; () where they agree."""
    groups: list[list[ClaimReport]] = []
    for report in _independent(reports):
        home = next((group for group in groups if not differ(group[0].fields, report.fields)), None)
        if home is None:
            groups.append([report])
        else:
            home.append(report)
    if len(groups) < 2:
        return ()
    return tuple(Side(statement_of(group[0]), _others(group, group[0].article_id)) for group in groups)


def agreeing(
    reports: Sequence[ClaimReport], main: Statement, sides: Sequence[Side],
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Further independent sources (none beside sides, which name their own), and the copies."""
    independent = _independent(reports)
    sources = {report.article_id for report in independent}
    copies = unique([source_of(report) for report in reports if report.article_id not in sources])
    return () if sides else _others(independent, main.source.article_id), copies


def unique(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Each article once, by time of publication, the undated last."""
    known = {source.article_id: source for source in reversed(sources)}
    return tuple(sorted(known.values(), key=lambda one: (
        one.published is None, one.published.timestamp() if one.published else 0, one.outlet, one.article_id)))


def _compatible(name: str, one: Any, other: Any) -> bool:
    """Equal; of two dates, the coarser may hold the finer (2026-11 and 2026-11-24)."""
    if name.startswith("date") or name == "horizon":
        return str(one).startswith(str(other)) or str(other).startswith(str(one))
    return bool(one == other)


def _independent(reports: Sequence[ClaimReport]) -> list[ClaimReport]:
    """The reports that are sources of their own; the first where there is none, since somebody said it."""
    return [report for report in reports if report.independent] or list(reports[:1])


def _others(reports: Sequence[ClaimReport], but: str) -> tuple[Source, ...]:
    return unique([source_of(report) for report in reports if report.article_id != but])


def _compared(fields: FactFields) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(fields).items() if name in COMPARED and value is not None}
