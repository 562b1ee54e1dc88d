"""Files in, tables out: pages given by hand go through the same stages as crawled ones, and are loaded before it returns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.reading import ConfigError
from crawlers.ingest import read_pages
from flows import ephemeral
from flows.console import Steps, err, steps
from flows.desk import Desk
from flows.ending import FAILED, finish
from flows.stages import Draining, dead_among
from pipeline.codec import encode
from pipeline.events import RawPage
from pipeline.topology import RAW_PAGES, REJECTIONS, lane_of

FLUSH_EVERY = 200


def ingest_files(desk: Desk, files: Sequence[Path]) -> int:
    """Publish every page of the files, drain, load and print what was found. Returns the exit code: 0, or 1 where rows
    were unreadable or records died. Raises ConfigError where a file does not exist."""
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise ConfigError(f"no such file: {', '.join(missing)}")
    _ = desk.watch, desk.digests
    ephemeral.start(desk.settings)
    with steps() as shown:
        with Draining(desk) as draining:
            unreadable = _publish(desk, files, shown)
            counts = draining.finish(shown)
        failed = finish(desk, shown)
    return FAILED if failed or unreadable or dead_among(counts) else 0


def _publish(desk: Desk, files: Sequence[Path], shown: Steps) -> int:
    """Send the pages to raw-pages and what cannot be read to rejections; how many could not."""
    shown.begin("ingest")
    pages = unreadable = 0
    with desk.bus() as bus, bus.producer() as producer:
        for sent, item in enumerate(read_pages(files, desk.outlets.values()), start=1):
            value, headers = encode(item)
            if isinstance(item, RawPage):
                producer.send(RAW_PAGES.on(lane_of(item.ref.origin)), item.ref.article_id, value, headers)
                pages += 1
            else:
                producer.send(REJECTIONS.name, item.ref.article_id, value, headers)
                err.print(f"marsad: {item.detail}", markup=False)
                unreadable += 1
            shown.advance("ingest")
            if sent % FLUSH_EVERY == 0:
                producer.flush()
    shown.end("ingest", f"{pages} pages from {len(files)} files" + (f", {unreadable} unreadable" if unreadable else ""))
    return unreadable
