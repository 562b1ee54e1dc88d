"""Touched stories in, their claims written anew and the changes that readers are told of put into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from config.settings import Settings
from pipeline.claims import AssembledClaim, assemble
from warehouse.claims import noted, tables
from warehouse.claims.changes import Change, alerts, changes, dispute_of
from warehouse.claims.lineage import Lineage, trace
from warehouse.claims.reports import Reported, reports_of
from warehouse.claims.scope import Scope, scope_of
from warehouse.database import Connection
from warehouse.rows import delete, insert, replace

Row = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """What decides whether a change is news."""

    freshness_hours: int
    """An alert needs publication within so many hours of the fetch."""
    now: datetime
    """When the changes are noted."""
    quiet: bool = False
    """True where claims are made anew by other rules: redirects are written and nothing is told."""

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """The settings' rules, at this moment."""
        return cls(settings.freshness_hours, datetime.now(UTC))


def derive(con: Connection, stories: Iterable[str], rules: Rules) -> int:
    """Write the claims of these stories, and of those that share one with them, inside the caller's transaction.

    Returns how many changes were put into the outbox.
    """
    scope = scope_of(con, stories)
    rows = reports_of(con, scope.parts)
    claims = assemble([reported.report for reported in rows.values()])
    if not claims and not scope.held:
        return 0
    lineage = trace(scope, claims, {fact: reported.row["sentence"] for fact, reported in rows.items()})
    _write(con, scope, claims, rows, lineage, rules)
    return 0 if rules.quiet else _announce(con, scope, claims, rows, lineage, rules)


def _write(
    con: Connection, scope: Scope, claims: Sequence[AssembledClaim], rows: Mapping[str, Reported], lineage: Lineage, rules: Rules,
) -> None:
    made = [tables.claim_row(claim, rows, rules.freshness_hours) for claim in claims]
    stale = {(claim_id,) for claim_id in scope.held} | {(claim.claim_id,) for claim in claims}
    for table in ("claims", "claim_facts", "conflicts"):
        delete(con, table, ("claim_id",), stale)
    insert(con, "claims", made)
    insert(con, "claim_facts", [row for claim in claims for row in tables.claim_fact_rows(claim)])
    insert(con, "conflicts", [row for claim in claims for row in tables.conflict_rows(claim)])
    delete(con, "claim_redirects", ("claim_id",), [(claim.claim_id,) for claim in claims])
    replace(con, "claim_redirects", ("claim_id",), [
        {"claim_id": old, "into_claim_id": new} for old, new in sorted(lineage.redirects.items())])
    insert(con, "claim_history", tables.history_rows(scope, made, lineage.into, rules.now))


def _announce(
    con: Connection, scope: Scope, claims: Sequence[AssembledClaim], rows: Mapping[str, Reported], lineage: Lineage, rules: Rules,
) -> int:
    """Note each change once, whatever ids the claim bore. What only moved from one claim to another is no change."""
    known = {fact for said in scope.said.values() for fact in said}
    found: list[tuple[AssembledClaim, Change]] = []
    for claim in claims:
        before = lineage.before.get(claim.claim_id)
        if before is None and any(report.fact.fact_id in known for report in claim.reports):
            continue
        found += [(claim, change) for change in changes(before, claim, _disputes(scope, before, rows))]
    names = {claim.claim_id: {claim.claim_id, *claim.aliases, *(o for o, n in lineage.into.items() if n == claim.claim_id)}
             for claim, _ in found}
    told = noted.told_before(con, names)
    fresh = [(claim, change) for claim, change in found if (change.kind, change.what) not in told[claim.claim_id]]
    return noted.note(con, [
        (claim, change, alerts(change, claim, _said(scope, lineage.before.get(claim.claim_id)), rows, rules.freshness_hours))
        for claim, change in fresh], rows, rules.now)


def _said(scope: Scope, before: Mapping[str, Any] | None) -> Mapping[str, bool]:
    return scope.said.get(before["claim_id"], {}) if before else {}


def _disputes(scope: Scope, before: Mapping[str, Any] | None, rows: Mapping[str, Reported]) -> set[str]:
    pairs = scope.disputes.get(before["claim_id"], []) if before else []
    return {dispute_of(field, rows[a].report.fact.fields, rows[b].report.fact.fields)
            for field, a, b in pairs if a in rows and b in rows}
