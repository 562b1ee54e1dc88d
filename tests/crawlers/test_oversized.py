"""A page larger than the bus takes, on either bus: rejected with where it lies in the archive, and the crawl goes on."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from config.settings import settings
from crawlers.archive import read_archived
from crawlers.crawl import crawl
from pipeline.bus import Bus, Record, open_bus
from pipeline.codec import decode
from pipeline.events import RawPage, Rejected
from pipeline.topology import RAW_PAGES, REJECTIONS
from tests.crawlers.hostile import Reply, serving

LIMIT = 100_000
LARGE = b"<html><body><article>" + base64.b64encode(random.Random(1).randbytes(200_000)) + b"</article></body></html>"
"""Hardly smaller once compressed."""
LISTING = b'<html><body><a href="/article-immense-1001">un titre assez long</a> <a href="/article-court-1002">un autre titre</a>'


def replies(path: str, _times: int) -> Reply:
    pages = {"/": LISTING, "/article-immense-1001": LARGE, "/article-court-1002": b"<html><body><p>Court.</p></body></html>"}
    return Reply(pages[path]) if path in pages else Reply(b"", 404)


def found(bus: Bus, topic: str) -> list[Record]:
    return [record for at, end in bus.end_offsets(topic).items() if end for record in bus.read(at, 0, end)]


@pytest.mark.parametrize("kind", ["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def test_a_page_over_the_limit_is_rejected_with_its_archive_reference(
        kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "embedded" if kind == "embedded" else request.getfixturevalue("own_kafka").url
    data = tmp_path / "data"
    with serving(replies) as site:
        site.outlet(tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}])
        for name, value in {"BUS": url, "OUTLETS": str(tmp_path / "outlets"), "MAX_RECORD_BYTES": str(LIMIT)}.items():
            monkeypatch.setenv(f"MARSAD_{name}", value)
        settings.cache_clear()
        report = crawl("phare", run_id="r1", seconds=60)
        with open_bus(url, str(data)) as bus:
            rejected = [decode(one.value, one.headers, Rejected) for one in found(bus, REJECTIONS.name)]
            pages = [decode(one.value, one.headers, RawPage) for lane in RAW_PAGES.names() for one in found(bus, lane)]
    assert (report.state, report.pages) == ("completed", 1)
    (one,) = (one for one in rejected if one.ref.url == f"{site.base}/article-immense-1001")
    assert one.reason == "oversized"
    assert one.detail is not None
    assert "MARSAD_MAX_RECORD_BYTES" in one.detail
    assert one.ref.archive is not None
    assert read_archived(data, one.ref.archive).body == LARGE
    assert [page.ref.url for page in pages if page.ref.url.startswith(site.base)] == [f"{site.base}/article-court-1002"]
