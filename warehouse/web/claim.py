"""A claim's id in, its page out: what is said, by whom, in which words, and where accounts differ."""

from __future__ import annotations

from typing import Final

from warehouse.web.claims import tell
from warehouse.web.site import Missing, Moved, Page, Visit
from warehouse.web.story import moved

REPORTS: Final = """
    SELECT k.position, k.independent, k.is_current, f.sentence, f.surface, f.value, f.currency, f.confidence, f.extractor,
           a.outlet, a.language, a.headline, a.canonical_url, a.date_published, a.placement, a.article_id
    FROM claim_facts k JOIN facts f ON f.fact_id = k.fact_id AND f.article_id = k.article_id
    JOIN articles a ON a.article_id = k.article_id
    WHERE k.claim_id = $id QUALIFY row_number() OVER (PARTITION BY k.position, k.fact_id ORDER BY f.version DESC) = 1
    ORDER BY k.position LIMIT 60"""
CHANGES: Final = "SELECT change, noted_at FROM claim_events WHERE claim_id = $id ORDER BY seq DESC LIMIT 20"
REDIRECT: Final = "SELECT into_claim_id AS into_id FROM claim_redirects WHERE claim_id = $id"


def claim(visit: Visit, claim_id: str) -> Page | Moved:
    """The page. Raises Missing."""
    told = tell(visit.reading, visit.viewer, [claim_id])
    if not told:
        return moved(visit, REDIRECT, claim_id, "claim")
    reports = visit.rows(REPORTS, {"id": claim_id})
    if not reports:
        raise Missing
    return Page("claim.html.j2", {
        "told": told[0], "reports": reports, "changes": visit.rows(CHANGES, {"id": claim_id}), "names": visit.names,
        "now": visit.now})
