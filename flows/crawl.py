"""The Prefect flow `crawl`: one outlet in, its new pages on the bus out, by way of a subprocess with a time limit.

After a pause Prefect runs every run that was missed (issue 19313 there): each asks first whether there is still anything to do.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from prefect import flow
from prefect.concurrency.sync import concurrency
from prefect.runtime import flow_run

from config.outlet import Outlet
from config.settings import settings
from crawlers.crawl import CrawlReport, crawl
from flows.artifacts import show_link, show_table
from flows.desk import Desk, new_run_id
from flows.due import is_missed
from pipeline.state import open_state
from pipeline.state.crawls import crawl_times
from pipeline.state.frontier import is_quiet, moment
from pipeline.state.pauses import Pauses

LIMIT: Final = "crawls"
"""The global limit in Prefect, set by `marsad schedule` to MARSAD_CRAWLS."""
SLOT_SECONDS: Final = 1800.0
"""How long a crawl waits for its turn under the limit; then the outlet's next run makes up for it."""


@flow(name="crawl", log_prints=False)
def crawl_flow(outlet: str) -> CrawlReport:
    """Crawl what is due of one outlet, unless it was crawled since this run's turn, is paused or rests."""
    on = settings()
    chosen, slot = Desk(on).outlet(outlet), flow_run.scheduled_start_time
    if why := reason_to_skip(Desk(on), chosen, slot or datetime.now(UTC)):
        return CrawlReport(outlet, "completed", why)
    try:
        with concurrency(LIMIT, occupy=1, timeout_seconds=SLOT_SECONDS):
            report = crawl(outlet, run_id=new_run_id(), seconds=on.crawl_seconds)
    except TimeoutError as error:
        return CrawlReport(outlet, "interrupted", f"no free turn among {on.crawls} crawls: {error}")
    show_table(f"crawl-{outlet}", f"What the crawl of {chosen.title} did", [asdict(report)])
    show_link(f"outlet-{outlet}", f"{chosen.title} and all other outlets on Marsad's page", f"{on.web_url}/fr/outlets")
    return report


def reason_to_skip(desk: Desk, outlet: Outlet, slot: datetime) -> str | None:
    """Why a run for that slot is not to crawl; None where it is."""
    now = datetime.now(UTC)
    with open_state(desk.settings.operational_url) as state:
        if since := Pauses(state).all().get(outlet.id):
            return f"paused since {since:%Y-%m-%d %H:%M} UTC"
        started = crawl_times(state, outlet.id, now.timestamp()).started_at
    if is_quiet(outlet, now):
        return "its quiet hours"
    if not is_missed(slot, moment(started) if started is not None else None):
        return "a later crawl was for this run, too"
    return None
