"""The Prefect flow `crawl`: one outlet in, its new pages on the bus out, by way of a subprocess with a time limit."""

from __future__ import annotations

from prefect import flow

from config.settings import settings
from crawlers.crawl import CrawlReport, crawl
from flows.desk import new_run_id


@flow(name="crawl", log_prints=False)
def crawl_flow(outlet: str) -> CrawlReport:
    """Crawl what is due of one outlet."""
    return crawl(outlet, run_id=new_run_id(), seconds=settings().crawl_seconds)
