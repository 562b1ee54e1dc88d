"""The server's own log, over overlapping runs: no host is asked sooner than it wants or more often than it may be; feeds that
lie about what changed are caught; what is reserved is recorded."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawlers.desk import CrawlDesk, urls
from tests.crawlers.hostile import Reply, serving

pytestmark = pytest.mark.slow
DELAY = 0.4
CAP = 8
NAMES = ("phare", "lefil", "sahel")
PAGE = b"<html><h1>Un titre</h1><p>Un texte.</p></html>"


def one_host(path: str, asked: int) -> Reply:
    if path == "/robots.txt":
        return Reply(f"User-agent: *\nCrawl-delay: {DELAY}\n".encode())
    if path.startswith("/liste-"):
        name = path.removeprefix("/liste-")
        return Reply("".join(f'<a href="/{name}/un-article-{number}">x</a>' for number in range(1000, 1020)).encode())
    return Reply(PAGE) if "/un-article-" in path else Reply(b"", 404)


def test_three_overlapping_crawls_of_one_host_keep_its_delay_and_their_caps(tmp_path: Path) -> None:
    with serving(one_host) as site:
        for name in NAMES:
            outlets = site.outlet(
                tmp_path / "outlets", name, discover=[{"kind": "section", "url": f"{{base}}/liste-{name}"}], max_pages=CAP,
                crawl_delay=0.05)
        desk = CrawlDesk(tmp_path / "data", outlets)
        reports = desk.crawl(*NAMES)
    times = sorted(at for at, _ in site.asked)
    runs = [(run.started_at, run.finished_at) for run in desk.runs()]
    assert max(start for start, _ in runs) < min(end for _, end in runs if end), "the runs did not overlap"
    assert {report.state for report in reports.values()} == {"completed"}
    assert all(report.requests <= CAP for report in reports.values())
    assert len(times) <= CAP * len(NAMES)
    # robots.txt itself names the delay; before it was read, the outlet's own holds.
    known = [at for at in times if at > min(at for at, path in site.asked if path.startswith("/liste-"))]
    assert len(known) >= CAP
    assert min(later - earlier for earlier, later in pairwise(known)) >= DELAY * 0.98


def feed_of(number: int) -> bytes:
    items = "".join(f"<item><link>/un-article-{1000 + one}</link><title>Titre {one}</title></item>" for one in range(number))
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def test_a_feed_that_says_not_modified_while_it_changes_is_found_out(tmp_path: Path) -> None:
    """It keeps one ETag for good, and answers 304 to it from the second crawl on, as caches before a site do."""
    news = 1

    def lying(path: str, asked: int) -> Reply:
        if path != "/feed":
            return Reply(PAGE) if "/un-article-" in path else Reply(b"", 404)
        return Reply(feed_of(news).replace(b"<link>/", f"<link>{site.base}/".encode()), headers={"ETag": '"for-ever"'})
    with serving(lying) as site:
        outlets = site.outlet(tmp_path / "outlets", "phare", discover=[{"kind": "feed", "url": "{base}/feed"}])
        desk = CrawlDesk(tmp_path / "data", outlets)
        for news in (1, 2, 3):  # noqa: B007 (read by the server)
            desk.crawl("phare", force=True)
    assert len(urls(desk.pages())) == 3
    asked = [dict(headers) for path, headers in site.headers if path == "/feed"]
    assert ["If-None-Match" in one for one in asked] == [False, True, False]


def test_what_is_reserved_is_recorded_with_each_fetch(tmp_path: Path) -> None:
    tdm = b'[{"location": "/un-article-1001", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]'
    replies = {
        "/": Reply("".join(f'<a href="/un-article-{number}">x</a>' for number in range(1000, 1004)).encode()),
        "/.well-known/tdmrep.json": Reply(tdm), "/un-article-1000": Reply(PAGE), "/un-article-1001": Reply(PAGE),
        "/un-article-1002": Reply(PAGE, headers={"tdm-reservation": "1"}),
        "/un-article-1003": Reply(PAGE.replace(b"<h1>", b'<head><meta name="tdm-reservation" content="1"></head><h1>')),
    }
    with serving(lambda path, asked: replies.get(path, Reply(b"", 404))) as site:
        outlets = site.outlet(tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}])
        desk = CrawlDesk(tmp_path / "data", outlets)
        desk.crawl("phare")
    reserved = {fetch.url[-4:]: fetch.tdm_reservation for fetch in desk.fetches() if fetch.purpose == "article"}
    assert reserved == {"1000": False, "1001": True, "1002": True, "1003": True}
