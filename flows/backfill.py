"""An outlet and days of its past in, their articles on the backfill lane out: throttled, resumable, and never announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

import structlog
from prefect import flow

from config.outlet import Outlet
from config.settings import settings
from crawlers.crawl import crawl
from flows.artifacts import show_table
from flows.desk import Desk, new_run_id
from pipeline.state import open_state
from pipeline.state.frontier import Frontier, is_quiet

log = structlog.get_logger(__name__)
CRAWLS: Final = 500
"""Crawls of one backfill at the most: each ends at the outlet's max_pages or time limit, the next goes on from there."""


def backfill(desk: Desk, outlet: Outlet, since: date, until: date, tell: Callable[[str], None]) -> bool:
    """Fetch what the outlet published on these days and is still there. True where all of it was asked for; False where it
    was stopped or failed: the same command goes on from there."""
    pages = 0
    for number in range(1, CRAWLS + 1):
        if is_quiet(outlet, datetime.now(UTC)):
            tell(f"{outlet.id}: its quiet hours; the same command goes on after them")
            return False
        report = crawl(outlet.id, run_id=new_run_id(), seconds=desk.settings.crawl_seconds, force=True, past=(since, until))
        pages += report.pages
        waiting = _waiting(desk, outlet)
        tell(f"{outlet.id}: crawl {number} {report}; {pages} pages so far, {waiting} addresses wait{_estimate(outlet, waiting)}")
        if report.state in ("failed", "interrupted"):
            return False
        if report.state == "completed" and not (waiting and report.pages):
            if waiting:
                tell(f"{outlet.id}: {waiting} addresses gave no page; the ordinary crawls ask for them again")
            return True
    return False


@flow(name="backfill", log_prints=False)
def backfill_flow(outlet: str, since: date, until: date) -> bool:
    """The same as a flow run, to be started and cancelled from Prefect's page."""
    desk, told = Desk(settings()), list[dict[str, str]]()

    def tell(text: str) -> None:
        log.info("backfill", how_far=text)
        told.append({"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "how far": text})
        # The log of a run is for warnings; its page shows how far it is.
        show_table(f"backfill-{outlet}", f"How far the backfill of {outlet} is", told[::-1])
    return backfill(desk, desk.outlet(outlet), since, until, tell)


def _waiting(desk: Desk, outlet: Outlet) -> int:
    with open_state(desk.settings.operational_url) as state:
        return Frontier(state, outlet.id).counts().get("waiting", 0)


def _estimate(outlet: Outlet, waiting: int) -> str:
    """At the outlet's delay; robots.txt may ask for a longer one."""
    minutes = waiting * outlet.crawl_delay / 60
    return f", {minutes:.0f} min at the least" if minutes >= 1 else ""
