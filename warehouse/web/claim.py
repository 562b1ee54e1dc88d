"""A claim's id in, its page out: what is said, by whom, in which words, and where accounts differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from warehouse.digest.view import clean
from warehouse.web.claims import tell
from warehouse.web.reading import Row
from warehouse.web.site import Missing, Moved, Page, Visit
from warehouse.web.story import moved
from warehouse.web.words import Words

REPORTS: Final = """
    SELECT k.position, k.independent, k.is_current, f.sentence, f.surface, f.value, f.currency, f.confidence, f.extractor,
           a.outlet, a.language, a.headline, a.canonical_url, a.date_published, a.placement, a.article_id
    FROM claim_facts k JOIN facts f ON f.fact_id = k.fact_id AND f.article_id = k.article_id
    JOIN articles a ON a.article_id = k.article_id
    WHERE k.claim_id = $id QUALIFY row_number() OVER (PARTITION BY k.position, k.fact_id ORDER BY f.version DESC) = 1
    ORDER BY k.position LIMIT 60"""
HISTORY: Final = """
    SELECT noted_at, state, value, currency, unit, status, sources FROM claim_history
    WHERE (claim_id = $id OR claim_id IN (SELECT claim_id FROM claim_redirects WHERE into_claim_id = $id))
      AND state NOT IN ('replaced', 'dropped')
    ORDER BY noted_at DESC, claim_id LIMIT 60"""
STEPS: Final = 20
REDIRECT: Final = "SELECT into_claim_id AS into_id FROM claim_redirects WHERE claim_id = $id"


@dataclass(frozen=True)
class Step:
    """How the claim stood from a moment on."""

    at: datetime
    state: str
    value: str
    """Empty where it has none."""
    sources: int


def claim(visit: Visit, claim_id: str) -> Page | Moved:
    """The page. Raises Missing."""
    told = tell(visit.reading, visit.viewer, [claim_id])
    if not told:
        return moved(visit, REDIRECT, claim_id, "claim")
    reports = visit.rows(REPORTS, {"id": claim_id})
    if not reports:
        raise Missing
    return Page("claim.html.j2", {
        "told": told[0], "reports": reports, "history": history(visit, claim_id), "names": visit.names,
        "now": visit.now})


def history(visit: Visit, claim_id: str) -> list[Step]:
    """How it stood, the latest first; what only counts copies is no step."""
    steps: list[Step] = []
    for row in reversed(visit.rows(HISTORY, {"id": claim_id})):
        step = Step(row["noted_at"], row["state"], _value(row, visit.words), row["sources"])
        if not steps or (step.state, step.value, step.sources) != (steps[-1].state, steps[-1].value, steps[-1].sources):
            steps.append(step)
    return steps[::-1][:STEPS]


def _value(row: Row, words: Words) -> str:
    if row["value"] is not None and row["currency"]:
        return words.sum(row["value"], row["currency"])
    if row["value"] is not None:
        return clean(f"{words.number(row['value'])} {row['unit'] or ''}", 60)
    return words.code(row["status"]) if row["status"] else ""
