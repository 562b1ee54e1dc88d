"""The sample press is crawled completely, once, and politely; edits and withdrawals arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawlers.archive import read_archived
from crawlers.charset import decode
from crawlers.crawl import CrawlReport
from pipeline.events import RawPage
from pipeline.urls import canonical_url
from tests.crawlers.desk import CrawlDesk, urls
from tests.world import World
from tests.world.operator import CRAWL_DELAY

pytestmark = pytest.mark.slow


@dataclass
class Crawled:
    """What three rounds over the sample press left: as it was, again, and seven hours later."""

    desk: CrawlDesk
    truth: list[dict[str, Any]]
    reports: dict[str, CrawlReport]
    pages: tuple[list[RawPage], list[RawPage], list[RawPage]]
    requests: tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder: Path = tmp_path_factory.mktemp("press")
    with World(folder / "world", now=datetime(2026, 11, 24, 15, tzinfo=UTC)) as world:
        desk = CrawlDesk(folder / "data", world.outlets)
        reports = desk.crawl()
        pages, requests = [desk.pages()], [len(world.requests())]
        for hours in (0, 7):
            world.advance(hours)
            desk.crawl(force=True)
            pages.append(desk.pages())
            requests.append(len(world.requests()))
        rows = world.requests()
        parts = rows[:requests[0]], rows[requests[0]:requests[1]], rows[requests[1]:]
        yield Crawled(desk, world.truth, reports, (pages[0], pages[1], pages[2]), parts)


def articles(crawled: Crawled, *, hidden: bool) -> set[str]:
    return {canonical_url(row["url"]) for row in crawled.truth if row["kind"] == "article" and row["robots_disallowed"] is hidden}


def test_every_article_arrives_once(crawled: Crawled) -> None:
    assert {report.state for report in crawled.reports.values()} == {"completed"}
    assert articles(crawled, hidden=False) <= urls(crawled.pages[0])
    assert max(Counter(page.ref.url for page in crawled.pages[0]).values()) == 1
    assert sum(report.pages for report in crawled.reports.values()) == len(crawled.pages[0])


def test_hardly_anything_else_is_fetched_as_an_article(crawled: Crawled) -> None:
    others = urls(crawled.pages[0]) - articles(crawled, hidden=False)
    kinds = {canonical_url(row["url"]): row["kind"] for row in crawled.truth}
    assert {kinds.get(url) for url in others} <= {"soft_404", "challenge"}


def test_what_robots_txt_forbids_is_never_asked_for_and_is_recorded(crawled: Crawled) -> None:
    forbidden = articles(crawled, hidden=True)
    asked = {row["path"] for part in crawled.requests for row in part}
    assert forbidden
    assert not {url.split("/", 3)[3] for url in forbidden} & {path.lstrip("/") for path in asked}
    refused = {fetch.url for fetch in crawled.desk.fetches() if fetch.outcome == "refused:robots"}
    assert forbidden <= refused


def test_pages_carry_what_was_announced_and_are_in_the_archive(crawled: Crawled) -> None:
    by_feed = [page for page in crawled.pages[0] if page.ref.discovery and page.ref.discovery.via == "feed"]
    assert by_feed
    for page in by_feed:
        assert page.ref.discovery
        assert page.ref.discovery.announced_headline
        assert page.ref.discovery.announced_at
        assert page.ref.origin == "live"
    for page in crawled.pages[2]:
        assert page.ref.archive
        answer = read_archived(crawled.desk.data, page.ref.archive)
        assert answer.status == page.ref.status
        assert page.ref.status != 200 or decode(answer.body, answer.headers.get("content-type")) == page.content


def test_a_second_round_adds_nothing_and_asks_conditionally(crawled: Crawled) -> None:
    assert len(crawled.pages[1]) == len(crawled.pages[0])
    again = crawled.requests[1]
    assert len(again) < len(crawled.requests[0]) / 2
    assert sum(row["conditional"] for row in again) > len(again) / 2


def test_later_the_edit_and_the_withdrawal_arrive_and_nothing_else(crawled: Crawled) -> None:
    known = {page.ref.page_id for page in crawled.pages[1]}
    news = {(page.ref.url, page.ref.status) for page in crawled.pages[2] if page.ref.page_id not in known}
    edited = {(canonical_url(row["url"]), 200) for row in crawled.truth if row.get("versions")}
    gone = {(canonical_url(row["url"]), 410) for row in crawled.truth if row.get("withdrawn_after_hours")}
    assert edited
    assert gone
    assert news >= edited | gone
    assert {page.content for page in crawled.pages[2] if page.ref.status == 410} == {""}
    assert len(crawled.pages[2]) == len(crawled.pages[1]) + len(news)


def test_the_delay_is_kept_at_the_server_and_we_say_who_we_are(crawled: Crawled) -> None:
    for outlet in {row["outlet"] for row in crawled.requests[0]}:
        for part in crawled.requests:
            times = [datetime.fromisoformat(row["time"]).timestamp() for row in part if row["outlet"] == outlet]
            gaps = [later - earlier for earlier, later in pairwise(times)]
            assert min(gaps, default=1.0) >= CRAWL_DELAY * 0.98, outlet
    agents = {row["user_agent"] for part in crawled.requests for row in part}
    assert len(agents) == 1
    assert agents.pop().startswith("Marsad/")


def test_each_request_is_recorded_and_each_run(crawled: Crawled) -> None:
    asked = sum(len(part) for part in crawled.requests)
    recorded = [fetch for fetch in crawled.desk.fetches() if not fetch.outcome.startswith("refused:robots")]
    assert len(recorded) == asked
    assert Counter(run.state for run in crawled.desk.runs()) == {"completed": 3 * len(crawled.reports)}
