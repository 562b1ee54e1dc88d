"""Stored and newly assembled claims in, which goes on as which out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.claims import AssembledClaim
from warehouse.claims.scope import Scope

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Lineage:
    """How stored claims go on."""

    into: Mapping[str, str]
    """By stored claim id, the claim that goes on as it (itself, where its id stands)."""
    redirects: Mapping[str, str]
    """Ids that are no claim's own, and the claim each of them leads to."""
    before: Mapping[str, Row] = field(default_factory=dict)
    """By new claim id, the stored claim it goes on from: of several the one with its id, else with its first fact."""


def trace(scope: Scope, claims: Sequence[AssembledClaim], sentences: Mapping[str, str]) -> Lineage:
    """Which claim each stored one became. `sentences` are the evidence of the new claims' facts, by fact id."""
    ids = {claim.claim_id for claim in claims}
    home = {report.fact.fact_id: claim.claim_id for claim in claims for report in claim.reports}
    redirects = _aliases(claims, ids)
    into: dict[str, str] = {}
    for claim_id in scope.held:
        goes_on = claim_id if claim_id in ids else redirects.get(claim_id) or _holder(scope, claim_id, home)
        if goes_on is None:
            goes_on = _reread(scope.held[claim_id], claims, sentences)
        if goes_on is not None:
            into[claim_id] = goes_on
    redirects.update((old, new) for old, new in into.items() if old != new)
    return Lineage(into, redirects, _before(scope, claims, into))


def _aliases(claims: Sequence[AssembledClaim], ids: set[str]) -> dict[str, str]:
    """Ids that a claim could have borne: a warehouse that loaded the same in other batches may have announced it so."""
    found: dict[str, str] = {}
    for claim in claims:
        for alias in claim.aliases:
            if alias not in ids:
                found[alias] = min(found.get(alias, claim.claim_id), claim.claim_id)
    return found


def _holder(scope: Scope, claim_id: str, home: Mapping[str, str]) -> str | None:
    """The claim that has its first fact, else the next of its facts."""
    return next((home[fact] for fact in scope.said.get(claim_id, ()) if fact in home), None)


def _reread(held: Row, claims: Sequence[AssembledClaim], sentences: Mapping[str, str]) -> str | None:
    """The claim that better rules made of the same sentence: of the same kind, the same value first."""
    likely = [
        (fields_differ(held, report.fact.fields), claim.claim_id)
        for claim in claims if claim.kind == held["kind"]
        for report in claim.reports
        if report.article_id == held["first_article_id"] and sentences[report.fact.fact_id] == held["sentence"]]
    return min(likely)[1] if likely else None


def fields_differ(held: Row, fields: object) -> bool:
    """Whether the stored claim's value is another than that of the fields."""
    value = getattr(fields, "value", getattr(fields, "amount_value", None))
    return bool(held["value"] != value)


def _before(scope: Scope, claims: Sequence[AssembledClaim], into: Mapping[str, str]) -> dict[str, Row]:
    first = {claim.claim_id: claim.verdict.first.fact.fact_id for claim in claims}
    came: dict[str, list[str]] = {}
    for old, new in into.items():
        came.setdefault(new, []).append(old)
    return {
        new: scope.held[min(olds, key=lambda old: (old != new, first[new] not in scope.said.get(old, {}), old))]
        for new, olds in came.items()}
