"""Claim ids in, the claims with who says what out, told as digests tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pipeline.events import ClaimReport, Evidence
from warehouse.digest.accounts import accounts, agreeing, statement_of
from warehouse.digest.compose import speaking
from warehouse.digest.issue import ClaimEntry, Mark, Told
from warehouse.digest.view import ClaimView, Text, Viewer, clean
from warehouse.statements import fields_from
from warehouse.web.reading import Reading, Row

REPORTS: Final = 40
"""Reports of one claim that are shown; the rest is counted."""
MARKS: Final[dict[str, Mark]] = {"new": "new", "confirmed": "new", "updated": "update", "disputed": "disputed",
                                 "withdrawn": "withdrawn"}
"""How digests mark a claim in each state."""

CLAIMS: Final = """
    SELECT c.claim_id, c.kind, c.state, c.story_id, c.sources, c.reports, len(c.outlets) AS outlets,
           coalesce(c.first_published, c.first_fetched_at) AS at, s.headline, a.language
    FROM claims c JOIN stories s ON s.story_id = c.story_id JOIN articles a ON a.article_id = s.first_article_id
    WHERE c.claim_id IN (SELECT unnest($ids))"""
WHO_SAYS: Final = """
    SELECT k.claim_id, k.independent, k.is_current, k.position, f.fact_id, f.kind, f.fields, f.sentence, f.zone, f.start_offset,
           f.end_offset, f.extractor, f.confidence, f.article_id, a.outlet, a.canonical_url, a.headline, a.language,
           a.date_published, a.fetched_at, a.origin
    FROM claim_facts k JOIN facts f ON f.fact_id = k.fact_id AND f.article_id = k.article_id
    JOIN articles a ON a.article_id = k.article_id
    WHERE k.claim_id IN (SELECT unnest($ids))
      AND f.fact_id IN (SELECT fact_id FROM claim_facts WHERE claim_id IN (SELECT unnest($ids)))
    QUALIFY row_number() OVER (PARTITION BY k.claim_id ORDER BY k.is_current DESC, k.position, f.version DESC) <= $reports
    ORDER BY k.claim_id, k.position"""


@dataclass(frozen=True)
class Telling:
    """A claim as a page shows it."""

    claim_id: str
    story_id: str
    headline: Text
    """Of its story."""
    kind: str
    state: str
    sources: int
    """Independent sources."""
    reports: int
    """Reports, copies included."""
    at: datetime
    """First report."""
    view: ClaimView


def tell(reading: Reading, viewer: Viewer, ids: Iterable[str]) -> tuple[Telling, ...]:
    """The claims of these ids, newest first; ids without a claim or a report are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return ()
    reports: dict[str, list[Row]] = {}
    for row in reading.rows(WHO_SAYS, {"ids": wanted, "reports": REPORTS}):
        reports.setdefault(row["claim_id"], []).append(row)
    claims = [row for row in reading.rows(CLAIMS, {"ids": wanted}) if row["claim_id"] in reports]
    told = [_telling(row, reports[row["claim_id"]], viewer) for row in claims]
    return tuple(sorted(told, key=lambda one: (one.at, one.claim_id), reverse=True))


def _telling(claim: Row, rows: Sequence[Row], viewer: Viewer) -> Telling:
    return Telling(
        claim["claim_id"], claim["story_id"], Text(clean(claim["headline"]), claim["language"]), claim["kind"], claim["state"],
        claim["sources"], claim["reports"], claim["at"], viewer.claim(entry(claim, rows)))


def entry(claim: Row, rows: Sequence[Row]) -> ClaimEntry:
    """The claim as it stands: what outlets say now, or said last where nobody says it any more."""
    current = [row for row in rows if row["is_current"]]
    reports = [_report(row) for row in current or rows]
    mark = MARKS[claim["state"]]
    sides = accounts(reports) if mark == "disputed" else ()
    main = sides[0].statement if sides else statement_of(speaking(reports, mark))
    also, copies = agreeing(reports, main, sides)
    first = statement_of(_report(rows[0]))
    told = Told(first, claim["at"]) if mark == "update" and first.source.article_id != main.source.article_id else None
    return ClaimEntry(
        claim_id=claim["claim_id"], mark=mark, at=claim["at"], changed_at=main.source.published or claim["at"], statement=main,
        sides=sides, also=also, copies=copies, told=told)


def _report(row: Row) -> ClaimReport:
    return ClaimReport(
        fact_id=row["fact_id"], article_id=row["article_id"], outlet=row["outlet"], url=row["canonical_url"],
        headline=row["headline"], language=row["language"], published=_utc(row["date_published"]),
        fetched_at=row["fetched_at"], origin=row["origin"], independent=row["independent"],
        fields=fields_from(row["kind"], row["fields"]),
        evidence=Evidence(sentence=row["sentence"], zone=row["zone"], start=row["start_offset"], end=row["end_offset"],
                          extractor=row["extractor"], confidence=row["confidence"]))


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


