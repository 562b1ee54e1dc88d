"""Servers that redirect without end, drip, bomb, refuse or ask for patience: the crawl ends, and says what it met."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from config.settings import ROOT
from pipeline.state import open_state
from pipeline.state.hosts import Hosts
from tests.crawlers.desk import CrawlDesk, urls
from tests.crawlers.hostile import Replies, Reply, serving

pytestmark = pytest.mark.slow
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Un texte sur {0}.</p></body></html>"


def listing(*paths: str) -> Reply:
    return Reply("".join(f'<p><a href="{path}">un lien</a></p>' for path in paths).encode())


def article(path: str) -> Reply:
    return Reply(PAGE.format(path).encode(), headers={"ETag": f'"{path}"'})


def endless() -> Iterator[bytes]:
    yield b"<html><body>"
    for _ in range(40_000):
        yield b"<p>remplissage</p>" * 60


TRAPS = ("/tour-sans-fin-1000", "/page-enorme-2000", "/bombe-3000", "/ailleurs-4000", "/prive-5000", "/pdf-6000",
         "/vide-7000", "/bon-article-8000")


def traps(path: str, asked: int) -> Reply:
    replies = {
        "/": listing(*TRAPS, "http://169.254.169.254/latest-meta-data-9000", "http://127.0.0.1:1/port-interdit-9001",
                     "//elsewhere.invalid/un-article-9002"),
        "/bon-article-8000": article(path),
        "/page-enorme-2000": Reply(endless()),
        "/bombe-3000": Reply(gzip.compress(b" " * 80_000_000), headers={"Content-Encoding": "gzip"}),
        "/ailleurs-4000": Reply(status=302, headers={"Location": "https://elsewhere.invalid/x"}),
        "/prive-5000": Reply(status=302, headers={"Location": "http://169.254.169.254/x"}),
        "/pdf-6000": Reply(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}),
        "/vide-7000": Reply(b""),
    }
    if path.startswith("/tour-sans-fin"):
        return Reply(status=302, headers={"Location": f"/tour-sans-fin-{int(path.rsplit('-', 1)[1]) + 1}"})
    return replies.get(path, Reply(b"", 404))


def crawl_once(tmp_path: Path, replies: Replies, **fields: object) -> tuple[CrawlDesk, list[tuple[float, str]], str]:
    with serving(replies) as site:
        outlets = site.outlet(tmp_path / "outlets", "phare", **({"discover": [{"kind": "section", "url": "{base}/"}]} | fields))
        desk = CrawlDesk(tmp_path / "data", outlets)
        report = desk.crawl("phare", seconds=60)["phare"]
        return desk, site.asked, str(report)


def test_every_trap_ends_and_is_told(tmp_path: Path) -> None:
    desk, asked, report = crawl_once(tmp_path, traps)
    assert report.startswith("completed")
    assert {page.ref.url.rsplit("/", 1)[1] for page in desk.pages()} == {"bon-article-8000", "vide-7000"}
    outcomes = {fetch.url.rsplit("/", 1)[1]: fetch.outcome for fetch in desk.fetches() if fetch.purpose == "article"}
    assert outcomes["page-enorme-2000"] == outcomes["bombe-3000"] == "refused:oversized"
    assert "failed:too_many_redirects" in outcomes.values()
    assert outcomes["x"] == "refused:off_outlet"
    assert outcomes["pdf-6000"] == "refused:not_html"
    assert Counter(one.reason for one in desk.rejections()) == {"oversized": 2, "not_html": 1}
    assert sum(path.startswith("/tour-sans-fin") for _, path in asked) == 6
    assert not [fetch.url for fetch in desk.fetches() if fetch.status and "127.0.0.1" not in fetch.url]


def test_a_calendar_without_end_is_left_after_the_pages_allowed(tmp_path: Path) -> None:
    def calendar(path: str, asked: int) -> Reply:
        if not path.startswith("/agenda"):
            return article(path)
        number = int(path.rsplit("/", 1)[1])
        links = f'<a href="/un-evenement-{number + 1000}">x</a><a rel="next" href="/agenda/{number + 1}">Suivant</a>'
        return Reply(links.encode())
    _, asked, report = crawl_once(
        tmp_path, calendar, discover=[{"kind": "section", "url": "{base}/agenda/1", "pages": 4}], max_pages=60)
    assert report.startswith("completed")
    assert sum(path.startswith("/agenda") for _, path in asked) == 4


def test_the_server_says_when_to_come_back_and_is_heeded(tmp_path: Path) -> None:
    def busy(path: str, asked: int) -> Reply:
        if path == "/un-article-1000" and asked == 1:
            return Reply(b"", 503, {"Retry-After": "3"})
        return listing("/un-article-1000") if path == "/" else plain_site(path, asked)
    desk, asked, _ = crawl_once(tmp_path, busy)
    first, second = (at for at, path in asked if path == "/un-article-1000")
    assert second - first >= 3
    assert len(desk.pages()) == 1


def test_a_host_that_sends_us_away_for_long_is_left_alone_by_the_next_crawl_too(tmp_path: Path) -> None:
    def closed(path: str, asked: int) -> Reply:
        return Reply(b"", 429, {"Retry-After": "3600"}) if path == "/" else Reply(b"", 404)
    with serving(closed) as site:
        desk = CrawlDesk(tmp_path / "data", site.outlet(
            tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}]))
        desk.crawl("phare")
        before = len(site.asked)
        report = desk.crawl("phare")["phare"]
        assert len(site.asked) == before
        assert report.state == "failed"
        assert "may not be asked again" in str(report)


def test_where_only_robots_txt_is_broken_pages_are_read_at_half_the_speed(tmp_path: Path) -> None:
    def broken(path: str, asked: int) -> Reply:
        return Reply(b"", 502) if path == "/robots.txt" else plain_site(path, asked)
    desk, asked, report = crawl_once(tmp_path, broken, max_pages=8, crawl_delay=0.2)
    assert report.startswith("completed")
    assert desk.pages()
    others = [one for one in desk.fetches() if one.purpose != "robots"]
    assert {(one.robots, one.crawl_delay) for one in others} == {("unavailable", 0.4)}
    times = [at for at, path in asked if path not in ("/robots.txt", "/")]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.39


def test_an_outlet_that_refuses_us_is_left_alone(tmp_path: Path) -> None:
    def refusing(path: str, asked: int) -> Reply:
        if path == "/":
            return listing(*(f"/un-article-{1000 + number}" for number in range(40)))
        return Reply(b"", 404) if "robots" in path or "tdm" in path else Reply(b"<h1>403 Forbidden</h1>", 403)
    desk, asked, report = crawl_once(tmp_path, refusing)
    assert report.startswith("failed")
    assert "blocked" in report
    assert len(asked) < 15
    assert {page.ref.status for page in desk.pages()} == {403}


def test_nothing_is_asked_of_a_private_address_unless_the_outlet_is_local(tmp_path: Path) -> None:
    _, asked, report = crawl_once(tmp_path, traps, local=False)
    assert asked == []
    assert report.startswith("failed")


def test_no_way_that_can_be_read_is_a_failed_crawl(tmp_path: Path) -> None:
    def nothing(path: str, asked: int) -> Reply:
        return Reply(b"no feed")
    _, _, report = crawl_once(tmp_path, nothing, discover=[{"kind": "feed", "url": "{base}/feed"}])
    assert "none of its ways" in report


def plain_site(path: str, asked: int) -> Reply:
    if path == "/":
        return listing(*(f"/un-article-{1000 + number}" for number in range(30)))
    return Reply(b"", 404) if "robots" in path or "tdm" in path else article(path)


def test_kills_lose_nothing_and_fetch_again_at_most_what_was_in_flight(tmp_path: Path) -> None:
    with serving(plain_site) as site:
        outlets = site.outlet(
            tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}], crawl_delay=0.05)
        desk = CrawlDesk(tmp_path / "data", outlets)
        kills = 0
        for number in range(8):
            process = subprocess.Popen(
                [sys.executable, "-m", "crawlers", "phare", "--run-id", f"k{number}", "--seconds", "60"], cwd=ROOT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "MARSAD_DATA": str(tmp_path / "data"), "MARSAD_OUTLETS": str(outlets)})
            before, until = len(site.asked), time.monotonic() + 20
            while len(site.asked) < before + 3 + number % 3 and process.poll() is None and time.monotonic() < until:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
        assert desk.crawl("phare")["phare"].state == "completed"
    articles = [path for _, path in site.asked if path.startswith("/un-article")]
    assert kills == 8
    assert len(urls(desk.pages())) == 30
    assert len(articles) <= 30 + kills
    assert len({page.ref.page_id for page in desk.pages()}) == 30


def test_overlapping_crawls_of_one_outlet_do_not_both_run(tmp_path: Path) -> None:
    with serving(plain_site) as site:
        outlets = site.outlet(
            tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}], crawl_delay=0.1)
        desk = CrawlDesk(tmp_path / "data", outlets)
        report = desk.crawl("phare", "phare", "phare")["phare"]
    times = sorted(at for at, _ in site.asked)
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.098
    assert len(desk.pages()) == 30
    assert report.state == "completed"
    with open_state(f"sqlite:///{tmp_path / 'data' / 'state.sqlite'}") as state:
        assert Hosts(state).robots(site.base) is not None
