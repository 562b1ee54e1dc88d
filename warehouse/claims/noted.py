"""Changes of claims in, rows of the outbox `claim_events` out, and which changes it holds already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from pipeline.claims import AssembledClaim, Report
from pipeline.events import ClaimEvent, ClaimReport, content_id
from warehouse.claims.changes import Change
from warehouse.claims.reports import Reported
from warehouse.database import Connection
from warehouse.rows import dicts, insert, with_keys

MOST_REPORTS: Final = 100
"""Reports in one event: a digest shows a dozen, and a record of the bus has a largest size."""
FORMERLY: Final = """
WITH RECURSIVE names AS (
    SELECT key AS id, key AS root FROM batch
    UNION SELECT r.claim_id, n.root FROM claim_redirects r JOIN names n ON r.into_claim_id = n.id
)
SELECT DISTINCT n.root, e.change, e.what FROM names n JOIN claim_events e ON e.claim_id = n.id
"""
ABOUT: Final = """
WITH about AS (
    SELECT article_id, scheme, code FROM labels SEMI JOIN batch ON article_id = key WHERE scheme IN ('topic', 'sector')
    UNION ALL
    SELECT article_id, 'entity', entity_id FROM mentions SEMI JOIN batch ON article_id = key WHERE entity_id IS NOT NULL)
SELECT article_id, scheme, list_sort(list(DISTINCT code)) AS codes FROM about GROUP BY article_id, scheme
"""


def told_before(con: Connection, names: Mapping[str, set[str]]) -> dict[str, set[tuple[str, str]]]:
    """By claim, the changes noted under any of its names or under an id that leads to one."""
    by_name: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in with_keys(con, {name for some in names.values() for name in some}, FORMERLY):
        by_name[row["root"]].add((row["change"], row["what"]))
    return {claim_id: set().union(*(by_name[name] for name in some)) for claim_id, some in names.items()}


def note(
    con: Connection, told: Sequence[tuple[AssembledClaim, Change, bool]], rows: Mapping[str, Reported], now: datetime,
) -> int:
    """Put the changes, each with whether it alerts, into the outbox; how many."""
    if not told:
        return 0
    last = dicts(con, "SELECT coalesce(max(seq), 0) AS seq FROM claim_events")[0]["seq"]
    about: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in with_keys(con, {report.article_id for claim, _, _ in told for report in claim.reports}, ABOUT):
        about[row["article_id"]][row["scheme"]] = row["codes"]
    headlines = {row["story_id"]: row["headline"] for row in with_keys(
        con, {claim.story_id for claim, _, _ in told},
        "SELECT story_id, headline FROM stories SEMI JOIN batch ON story_id = key")}
    context = _Context(rows, about, headlines, now)
    events = [context.event(claim, change, seq, alert=alert) for seq, (claim, change, alert) in enumerate(told, last + 1)]
    insert(con, "claim_events", [
        {"seq": event.seq, "event_id": event.event_id, "claim_id": event.claim_id, "change": event.change, "what": change.what,
         "noted_at": now, "alert": event.alert, "event": msgspec.json.encode(event).decode()}
        for event, (_, change, _) in zip(events, told, strict=True)])
    return len(events)


@dataclass(frozen=True)
class _Context:
    """What events say beside the claim: rows by fact, labels and mentions by article, headlines by story."""

    rows: Mapping[str, Reported]
    about: Mapping[str, Mapping[str, list[str]]]
    headlines: Mapping[str, str]
    now: datetime

    def event(self, claim: AssembledClaim, change: Change, seq: int, *, alert: bool) -> ClaimEvent:
        shown, independent = _shown(claim), set(claim.verdict.independent)
        codes = {scheme: tuple(sorted({code for report in shown for code in self.about[report.article_id].get(scheme, ())}))
                 for scheme in ("topic", "sector", "entity")}
        return ClaimEvent(
            event_id=content_id("claim-event", claim.claim_id, change.kind, change.what), seq=seq, claim_id=claim.claim_id,
            change=change.kind, at=self.now, alert=alert, story_id=claim.story_id,
            story_headline=self.headlines.get(claim.story_id, ""),
            topics=codes["topic"], sectors=codes["sector"], entities=codes["entity"],
            reports=tuple(_claim_report(self.rows[one.fact.fact_id], one.fact.fact_id in independent) for one in shown))


def _shown(claim: AssembledClaim) -> list[Report]:
    """The reports that stand (all of them, once none does): the first, then independent ones before copies, within the limit."""
    standing = [report for report in claim.reports if report.standing] or list(claim.reports)
    independent = set(claim.verdict.independent)
    ranked = sorted(range(len(standing)), key=lambda at: (at > 0, standing[at].fact.fact_id not in independent, at))
    return [standing[at] for at in sorted(ranked[:MOST_REPORTS])]


def _claim_report(reported: Reported, independent: bool) -> ClaimReport:
    row, fact = reported.row, reported.report.fact
    return ClaimReport(
        fact_id=fact.fact_id, article_id=row["article_id"], outlet=row["outlet"], url=row["canonical_url"],
        headline=row["headline"], language=row["language"], published=row["date_published"], fetched_at=row["fetched_at"],
        origin=row["origin"], independent=independent, fields=fact.fields, evidence=fact.evidence)
