"""A claim as it was and as it is in, the changes that readers are told of out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.claims import AssembledClaim
from warehouse.claims.reports import Reported
from warehouse.statements import columns_of

Kind = Literal["new", "confirmed", "updated", "disputed", "settled", "withdrawn"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change; the same `what` of a claim is told once."""

    kind: Kind
    what: str


def changes(before: Row | None, claim: AssembledClaim, disputed: Collection[str]) -> Iterator[Change]:
    """What changed between the stored claim and the new one, in the order in which it is told.

    `disputed` are the disputes (dispute_of) that the stored claim was in.
    """
    verdict = claim.verdict
    if verdict.state == "withdrawn":
        if before is not None and before["state"] != "withdrawn":
            yield Change("withdrawn", "")
        return
    if before is None or before["state"] == "withdrawn":
        yield Change("new", "")
    elif verdict.state == "updated" and (before["state"] != "updated" or stands(before) != _leading(claim)):
        yield Change("updated", _leading(claim))
    elif verdict.state == "confirmed" and before["state"] == "new":
        yield Change("confirmed", "")
    now = {dispute_of(one.field, one.report_a.fact.fields, one.report_b.fact.fields) for one in verdict.conflicts}
    for what in sorted(now - set(disputed)):
        yield Change("disputed", what)
    if before is not None and before["state"] == "disputed" and verdict.settled:
        yield Change("settled", _leading(claim))


def stands(row: Row) -> str:
    """The value and stage of a stored claim, as text."""
    return " ".join(str(row[name]) for name in ("value", "currency", "unit", "status") if row[name] is not None)


def standing_columns(fields: object) -> dict[str, Any]:
    """value, currency, unit and status of what a fact says: those columns of `claims`."""
    row = columns_of(fields)  # type: ignore[arg-type]
    value = row["value"] if row["value"] is not None else row["position"] if row["position"] is not None else row["delta"]
    return {"value": None if value is None else float(value), "currency": row["currency"], "unit": row["unit"],
            "status": row["status"] or row["stage"]}


def alerts(change: Change, claim: AssembledClaim, said: Mapping[str, bool], rows: Mapping[str, Reported], hours: int) -> bool:
    """Whether the change is news: something fresh and live brought it. `said` is what the stored claim rested on.

    A claim is news only where its first report is, so that a late copy of old news is none.
    """
    if change.kind == "new":
        first = rows[claim.verdict.first.fact.fact_id]
        return first.fresh(hours)
    return any(_brought(rows[report.fact.fact_id], said, hours) for report in claim.reports)


def _brought(reported: Reported, said: Mapping[str, bool], hours: int) -> bool:
    stood = said.get(reported.report.fact.fact_id)
    if stood is None:
        return reported.fresh(hours)
    return stood and not reported.report.standing and reported.gone_fresh(hours)


def _leading(claim: AssembledClaim) -> str:
    return stands(standing_columns(claim.verdict.leading.fact.fields))


def dispute_of(field: str, one: object, other: object) -> str:
    """What two facts differ in, as text: the values, whoever states them."""
    return f"{field} " + " / ".join(sorted((repr(getattr(one, field, None)), repr(getattr(other, field, None)))))
