"""One crawl as a process: `python -m crawlers OUTLET --run-id ID --seconds N`. Its last line of output is its report."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from typing import Any

import structlog

from config.outlet import load_outlets
from config.reading import ConfigError
from config.settings import Settings, settings
from crawlers.browser import browser_path
from crawlers.download import scrapy_settings
from crawlers.past import Past, going_back
from crawlers.run import CrawlRun
from crawlers.spider import OutletSpider
from pipeline.bus import BusError, open_bus
from pipeline.state import open_state
from pipeline.state.crawls import CrawlLease, crawl_times
from pipeline.topology import TOPICS

LEASE_PATIENCE = 10.0
"""Seconds to wait for another crawl of the outlet, which may just be ending."""


def main() -> int:
    """Crawl, and print the report as the last line of standard output. 0 where the crawl was completed, else 1."""
    parser = argparse.ArgumentParser(prog="python -m crawlers", description=__doc__)
    parser.add_argument("outlet")
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--force", action="store_true", help="read every way of discovery, due or not")
    parser.add_argument("--since", type=date.fromisoformat, help="with --until: look for what was published then")
    parser.add_argument("--until", type=date.fromisoformat)
    options = parser.parse_args()
    past = Past(options.since, options.until) if options.since and options.until else None
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))   # standard output is for the report alone
    try:
        report = _crawl(options.outlet, options.run_id, options.seconds, force=options.force, past=past)
    except (ConfigError, BusError) as error:
        report = {"state": "failed", "detail": str(error)}
    sys.stdout.write(json.dumps(report) + "\n")
    return 0 if report["state"] == "completed" else 1


def _crawl(outlet_id: str, run_id: str, seconds: float, *, force: bool, past: Past | None) -> dict[str, Any]:
    on = settings()
    outlets = load_outlets(on.outlets)
    if outlet_id not in outlets:
        raise ConfigError(f"no outlet {outlet_id!r} in {on.outlets}")
    if outlets[outlet_id].fetcher == "browser":
        browser_path()
    outlet = going_back(outlets[outlet_id]) if past else outlets[outlet_id]
    run = CrawlRun(outlet, on, run_id, time.time() + seconds, force=force, past=past)
    with open_state(on.operational_url) as state, open_bus(on.bus, str(on.data)) as bus:
        bus.ensure(TOPICS)
        lease = CrawlLease(state, outlet_id)
        if not _take(lease):
            return {"state": "completed", "detail": "another crawl of it is under way"}
        run.clock_offset = crawl_times(state, outlet_id, run.now()).clock_offset
        try:
            _run_scrapy(run, on, state=state, bus=bus, lease=lease)
        finally:
            lease.give_back(time.time(), run.ended)
    return {"state": run.ended, "detail": run.detail, "requests": run.counts["requests"], "pages": run.counts["pages"],
            "not_modified": run.counts["not_modified"]}


def _take(lease: CrawlLease) -> bool:
    until = time.monotonic() + LEASE_PATIENCE
    while not lease.take(time.time()):
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True


def _run_scrapy(run: CrawlRun, on: Settings, **parts: Any) -> None:
    from scrapy.crawler import CrawlerProcess

    process = CrawlerProcess(scrapy_settings(run.outlet, on))
    process.crawl(OutletSpider, run=run, **parts)
    process.start(install_signal_handlers=False)


if __name__ == "__main__":
    sys.exit(main())
