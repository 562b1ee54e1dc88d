"""An outlet and a moment in, a crawl of it at that moment by the product's own command, in a process of its own, out."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

import time_machine

from crawlers.crawl import CrawlReport

SECONDS = 120.0
"""Limit of one crawl."""
GRACE_SECONDS = 30.0


def prepare() -> None:
    """Import what a crawl needs once, in the server that processes are forked from: a crawl then costs a third."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.week.crawling", "crawlers.__main__", "scrapy.crawler", "pipeline.extract"])
    crawl_at("none", datetime.now().astimezone())


def crawl_at(outlet: str, moment: datetime) -> CrawlReport:
    """Crawl it as of that moment."""
    context = get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_crawl, args=(outlet, moment, theirs))
    process.start()
    theirs.close()
    try:
        said = ours.recv() if ours.poll(SECONDS + GRACE_SECONDS) else None
    except EOFError:
        said = None
    process.join(GRACE_SECONDS)
    process.kill()
    return CrawlReport(outlet, **json.loads(said)) if said else CrawlReport(outlet, "failed", "ended without a report")


def _crawl(outlet: str, moment: datetime, out: Connection) -> None:
    from crawlers.__main__ import main

    sys.argv = ["crawlers", outlet, "--run-id", f"{outlet}-{moment:%m%dT%H%M%S}", "--seconds", str(SECONDS)]
    sys.stderr = open("/dev/null", "w")  # noqa: SIM115 - for the rest of this process's life
    said = io.StringIO()
    with time_machine.travel(moment, tick=True), redirect_stdout(said):
        main()
    out.send(said.getvalue().strip().splitlines()[-1])
