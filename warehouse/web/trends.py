"""A visit in, how much the press writes about each topic and sector out, week by week, with the denominator."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from warehouse.web.claims import tell
from warehouse.web.names import Scheme
from warehouse.web.selection import asked, claim_ids
from warehouse.web.series import WEEKS, series_of
from warehouse.web.site import Missing, Page, Visit
from warehouse.web.today import grouped

AMOUNTS: Final = """
    SELECT role, currency, sum(claims) AS claims, sum(total) AS total, max(largest) AS largest
    FROM amounts_by_sector WHERE sector = $code AND month >= $since GROUP BY ALL ORDER BY claims DESC, role LIMIT 12"""


def trends(visit: Visit) -> Page:
    """The page of all topics and sectors: small charts on one scale each."""
    return Page("trends.html.j2", {
        "schemes": [(scheme, series_of(visit, scheme)) for scheme in ("topic", "sector")], "names": visit.names, "weeks": WEEKS})


def trend(visit: Visit, scheme: Scheme, code: str) -> Page:
    """The page of one topic or sector. Raises Missing."""
    if code not in visit.names.codes(scheme):
        raise Missing
    found = next((one for one in series_of(visit, scheme, {code}, large=True) if one.code == code), None)
    since = visit.now - timedelta(days=365)
    amounts = visit.rows(AMOUNTS, {"code": code, "since": since}) if scheme == "sector" else []
    told = tell(visit.reading, visit.viewer, claim_ids(visit.reading, asked({scheme: code}), 20))
    return Page("trend.html.j2", {
        "scheme": scheme, "code": code, "series": found, "amounts": amounts, "groups": grouped(told), "names": visit.names,
        "now": visit.now})
