"""A visit in, the outlets with how well they are being read out."""

from __future__ import annotations

from typing import Final

from warehouse.web.site import Page, Visit

HEALTH: Final = """
    SELECT h.*, o.language, o.aggregator FROM outlet_health h
    LEFT JOIN (SELECT outlet, language, aggregator FROM outlets WHERE valid_to IS NULL) o USING (outlet)
    ORDER BY h.articles DESC, h.outlet LIMIT 500"""
TOTALS: Final = """
    SELECT outlet, count(*) AS articles, count(*) FILTER (placement = 'copy') AS copies FROM articles GROUP BY outlet"""


def outlets(visit: Visit) -> Page:
    """The page."""
    totals = {row["outlet"]: row for row in visit.rows(TOTALS)}
    return Page("outlets.html.j2", {
        "outlets": visit.rows(HEALTH), "totals": totals, "names": visit.names, "now": visit.now})
