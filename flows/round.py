"""One round: crawl what is due, drain every stage beside it, load, publish, send; a summary and an exit code out."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime

from config.outlet import Outlet
from crawlers.crawl import CrawlReport, crawl
from flows import ephemeral
from flows.console import Steps, err, steps
from flows.desk import Desk, new_run_id, verified
from flows.ending import FAILED, finish
from flows.stages import Draining, dead_among
from pipeline.state import open_state
from pipeline.state.frontier import due
from pipeline.state.pauses import Pauses


def run_round(desk: Desk, only: tuple[str, ...], *, even_if_not_due: bool) -> int:
    """Run it and print what was found. Returns the exit code: 0, or 1 where a crawl failed or a record died."""
    chosen = _chosen(desk, only, even_if_not_due=even_if_not_due)
    _ = desk.watch, desk.digests
    ephemeral.start(desk.settings)
    with steps() as shown:
        with Draining(desk) as draining:
            reports = _crawl_all(desk, chosen, shown, force=even_if_not_due or bool(only))
            counts = draining.finish(shown)
        failed = finish(desk, shown)
        _learn(desk, chosen, shown)
    broken = [report for report in reports if report.state != "completed"]
    for report in broken:
        err.print(f"marsad: crawl of {report.outlet} {report.state}: {report.detail or 'see data/logs'}", markup=False)
    return FAILED if broken or failed or dead_among(counts) else 0


def _learn(desk: Desk, outlets: list[Outlet], shown: Steps) -> None:
    # Imports Prefect, which must not happen before ephemeral.start() has set it up.
    from flows.learn import end_round

    end_round(desk, outlets, shown)


def _chosen(desk: Desk, only: tuple[str, ...], *, even_if_not_due: bool) -> list[Outlet]:
    if only:
        return [desk.outlet(name) for name in only]
    known, unknown = verified(desk.outlets.values())
    if unknown:
        err.print(f"skipping {len(unknown)} outlets that are not verified: {_names(unknown)} "
                  "(set `verified: true` once you have read how they answer)", markup=False)
    if even_if_not_due:
        return known
    now = datetime.now(UTC)
    with open_state(desk.settings.operational_url) as state:
        resting = Pauses(state).all()
        if names := [outlet for outlet in known if outlet.id in resting]:
            err.print(f"paused: {_names(names)} (`marsad resume OUTLET`)", markup=False)
        return [outlet for outlet in known if outlet.id not in resting and due(state, outlet, now)]


def _names(outlets: Iterable[Outlet], most: int = 12) -> str:
    names = [outlet.id for outlet in outlets]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _crawl_all(desk: Desk, outlets: list[Outlet], shown: Steps, *, force: bool) -> list[CrawlReport]:
    """Crawl side by side, settings.crawls at a time, a subprocess each. `force`: every feed and list, due or not."""
    if not outlets:
        shown.end("crawl", "no outlet is due")
        return []
    shown.begin("crawl", total=len(outlets))
    reports = []
    with ThreadPoolExecutor(desk.settings.crawls, thread_name_prefix="crawl") as pool:
        jobs = [pool.submit(crawl, outlet.id, run_id=new_run_id(), seconds=desk.settings.crawl_seconds, force=force)
                for outlet in outlets]
        for job in as_completed(jobs):
            reports.append(job.result())
            shown.advance("crawl")
    shown.end("crawl", f"{len(outlets)} outlets, {sum(report.requests for report in reports)} requests, "
                       f"{sum(report.pages for report in reports)} pages, "
                       f"{sum(report.not_modified for report in reports)} not modified")
    return reports

