"""Assembled claims in, rows of `claims`, `claim_facts`, `conflicts` and `claim_history` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pipeline.claims import AssembledClaim
from pipeline.events import FactFields
from warehouse.claims.changes import standing_columns
from warehouse.claims.reports import Reported
from warehouse.claims.scope import Scope

Row = dict[str, Any]
SUBJECTS: Final = (
    "subject", "object_surface", "name", "index_surface", "person", "speaker", "unit", "number", "kind", "instrument")
"""Where kinds of fact say what they are about; the first that is stated counts."""
SUBJECT: Final = 300
"""Characters of a subject."""
HISTORY: Final = (
    "state", "value", "currency", "unit", "status", "reports", "sources", "first_fact_id", "first_outlet", "first_published",
    "story_id")


def claim_row(claim: AssembledClaim, rows: Mapping[str, Reported], hours: int) -> Row:
    """A row of `claims`."""
    verdict, standing = claim.verdict, [report for report in claim.reports if report.standing]
    first = rows[verdict.first.fact.fact_id]
    published = [row["date_published"] for report in claim.reports if (row := rows[report.fact.fact_id].row)["date_published"]]
    return {
        **standing_columns(verdict.leading.fact.fields), "claim_id": claim.claim_id, "kind": claim.kind, "key": claim.key,
        "state": verdict.state, "story_id": claim.story_id, "first_fact_id": verdict.first.fact.fact_id,
        "leading_fact_id": verdict.leading.fact.fact_id, "first_article_id": verdict.first.article_id,
        "first_outlet": verdict.first.outlet, "first_published": first.row["date_published"],
        "last_published": max(published, default=None), "first_fetched_at": verdict.first.fetched_at,
        "origin": verdict.first.origin, "fresh": first.fresh(hours), "settled": verdict.settled,
        "subject": subject_of(verdict.first.fact.fields), "sentence": verdict.first.fact.evidence.sentence,
        "reports": len(standing), "sources": verdict.sources, "outlets": sorted({report.outlet for report in standing}),
    }


def subject_of(fields: FactFields) -> str | None:
    """What a fact is about, in its own words."""
    words = (getattr(fields, name, None) for name in SUBJECTS)
    return next((str(said)[:SUBJECT] for said in words if said), None)


def claim_fact_rows(claim: AssembledClaim) -> list[Row]:
    """Rows of `claim_facts`, first report first."""
    independent = set(claim.verdict.independent)
    return [
        {"claim_id": claim.claim_id, "fact_id": report.fact.fact_id, "article_id": report.article_id, "position": position,
         "source": report.source, "independent": report.fact.fact_id in independent, "is_current": report.standing}
        for position, report in enumerate(claim.reports, 1)]


def conflict_rows(claim: AssembledClaim) -> list[Row]:
    """Rows of `conflicts`."""
    return [
        {"claim_id": claim.claim_id, "fact_a": one.report_a.fact.fact_id, "fact_b": one.report_b.fact.fact_id, "field": one.field,
         "explanation_fr": one.explanation.fr, "explanation_ar": one.explanation.ar, "explanation_en": one.explanation.en}
        for one in claim.verdict.conflicts]


def history_rows(scope: Scope, made: Sequence[Row], into: Mapping[str, str], now: datetime) -> list[Row]:
    """Rows of `claim_history`: of claims that stand otherwise than stored, and of those that do not stand any more."""
    rows = []
    for row in made:
        held = scope.held.get(row["claim_id"])
        if held is None or any(held[name] != row[name] for name in HISTORY):
            rows.append({**{name: row[name] for name in HISTORY}, "claim_id": row["claim_id"], "noted_at": now})
    present = {row["claim_id"] for row in made}
    for claim_id, held in scope.held.items():
        if claim_id not in present:
            state = "replaced" if claim_id in into else "dropped"
            rows.append({**{name: held[name] for name in HISTORY}, "state": state, "claim_id": claim_id, "noted_at": now})
    return rows
