"""The sample press: it serves what its truth says, answers conditional requests, and changes when its clock is advanced."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree, html

from config.outlet import Feed, Section, Sitemap, load_outlets
from config.settings import ROOT
from tests.world import World
from tests.world.addresses import bind_all
from tests.world.fixture import START
from tests.world.visit import get, links, page_text, squeeze

Row = dict[str, Any]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all tests that change nothing in it."""
    with World(tmp_path_factory.mktemp("press"), now=START) as served:
        yield served


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path, now=START) as served:
        yield served


def rows(world: World, *kinds: str) -> list[Row]:
    return [row for row in world.truth if row["kind"] in kinds]


def the(found: list[Row]) -> Row:
    assert len(found) == 1
    return found[0]


def test_size_languages_and_kinds(press: World) -> None:
    articles = rows(press, "article")
    assert len(press.bases) >= 7
    assert len(set(press.bases.values())) == len(press.bases)
    assert len(articles) >= 60
    assert set(Counter(row["lang"] for row in articles)) == {"ar", "fr", "en", "es"}
    assert {row["kind"] for row in press.truth} == {
        "article", "home", "listing", "category_article", "tag", "contact", "video", "challenge", "soft_404",
        "feed", "sitemap", "robots"}
    assert len({row["url"] for row in press.truth}) == len(press.truth)


def test_every_address_answers(press: World) -> None:
    for row in press.truth:
        status, headers, content = get(row["url"])
        assert status == (403 if row["kind"] == "challenge" else 200), row["url"]
        assert int(headers["Content-Length"]) == len(content) > 0


def test_the_page_says_what_the_truth_says(press: World) -> None:
    for row in rows(press, "article"):
        text = page_text(get(row["url"])[2])
        for said in [row["title"], *row["body_paragraphs"], *row["must_not_contain"], *row["captions"]]:
            assert squeeze(said) in text, (row["url"], said)
        body = "\n".join(row["body_paragraphs"])
        assert not [noise for noise in row["must_not_contain"] if noise in body], row["url"]
        for fact in row["facts"]:
            assert fact["sentence"] in body, (row["url"], fact)


def test_operators_files_load_and_lead_to_pages(press: World) -> None:
    outlets = load_outlets(press.outlets)
    assert set(outlets) == set(press.bases)
    known = {unquote(row["url"]): row["kind"] for row in press.truth}
    expected = {Feed: {"feed"}, Sitemap: {"sitemap"}, Section: {"listing", "category_article", "home"}}
    for outlet in outlets.values():
        assert (outlet.local, outlet.verified, outlet.first_round) == (True, True, "live")
        for way in outlet.discover:
            assert known[unquote(way.url)] in expected[type(way)], way.url


def test_feeds_parse(press: World) -> None:
    addresses = {unquote(row["url"]) for row in rows(press, "article")}
    versions = set()
    for row in rows(press, "feed"):
        parsed = feedparser.parse(get(row["url"])[2])
        assert not parsed.bozo, row["url"]
        versions.add(parsed.version)
        assert parsed.entries
        for entry in parsed.entries:
            assert unquote(entry.link) in addresses
            assert entry.published_parsed
    assert versions == {"rss20", "atom10"}


def test_sitemaps_are_well_formed(press: World) -> None:
    roots = Counter[str]()
    for row in rows(press, "sitemap"):
        tree = etree.fromstring(get(row["url"])[2])
        roots[etree.QName(tree).localname] += 1
        known = {unquote(one["url"]) for one in press.truth}
        assert {unquote(str(loc.text)) for loc in tree.iter("{*}loc")} <= known
    assert roots["sitemapindex"] >= 1
    assert roots["urlset"] >= 3


def test_sections_lead_to_further_pages(press: World) -> None:
    deep = []
    for row in rows(press, "listing", "category_article"):
        tree = html.document_fromstring(get(row["url"])[2].decode())
        deep += [str(one.get("href")) for one in tree.iter("a") if one.get("rel") == "next"]
    assert len(deep) >= 5
    assert all(get(url)[0] == 200 for url in deep)
    assert any(urlsplit(url).path.rstrip("/").endswith("page/2") for url in deep)


def test_every_article_can_be_discovered(press: World) -> None:
    for outlet in load_outlets(press.outlets).values():
        found = {unquote(url) for way in outlet.discover for url in links(way)}
        own = {unquote(row["url"]) for row in rows(press, "article") if row["outlet"] == outlet.id}
        assert own <= found, outlet.id
        if outlet.article_url:
            for url in own:
                assert re.search(outlet.article_url, urlsplit(url).path), url


def test_conditional_requests(press: World) -> None:
    for kind in ("feed", "sitemap", "article"):
        row = rows(press, kind)[0]
        _, headers, _ = get(row["url"])
        assert get(row["url"], If_None_Match=headers["ETag"])[::2] == (304, b"")
        assert get(row["url"], If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert get(row["url"], If_None_Match='"another"', If_Modified_Since=headers["Last-Modified"])[0] == 200
        assert get(row["url"], If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200
        assert get(row["url"], "HEAD")[::2] == (200, b"")
    noted = [one for one in press.requests() if one["status"] == 304]
    assert noted
    assert all(one["conditional"] for one in noted)


def test_robots(press: World) -> None:
    delays = []
    for outlet, base in press.bases.items():
        robots = RobotFileParser()
        robots.parse(get(base + "/robots.txt")[2].decode().splitlines())
        delays += [line for line in get(base + "/robots.txt")[2].decode().splitlines() if line.startswith("Crawl-delay")]
        for row in rows(press, "article"):
            if row["outlet"] == outlet:
                assert robots.can_fetch("Marsad", row["url"]) is not row["robots_disallowed"]
    assert delays
    assert any(row["robots_disallowed"] for row in rows(press, "article"))


def test_one_announcement_with_a_disputed_figure(press: World) -> None:
    told = [row for row in rows(press, "article") if row["story"] == "data-centre" and not row["copy_of"]]
    assert len({row["outlet"] for row in told}) == len(told) >= 4
    assert {row["lang"] for row in told} >= {"ar", "fr", "en"}
    amounts = Counter(fact["value"] for row in told for fact in row["facts"] if fact["kind"] == "amount")
    assert amounts.most_common(1)[0][0] == 1.2e9
    assert amounts[1.5e9] == 1


def test_tickers_run_before_the_title(press: World) -> None:
    for outlet in ("kiosque_medina", "safsaf"):
        for row in rows(press, "article"):
            if row["outlet"] == outlet:
                text = page_text(get(row["url"])[2])
                before = text[:text.rindex(row["title"])]
                assert sum(squeeze(noise) in before for noise in row["must_not_contain"]) >= 30, row["url"]


def test_noise_around_every_article(press: World) -> None:
    assert all(len(row["must_not_contain"]) >= 5 for row in rows(press, "article"))


def test_announcements_are_told_in_several_languages(press: World) -> None:
    told: dict[str, set[str]] = {}
    for row in rows(press, "article"):
        if row["story"] and row["facts"]:
            told.setdefault(row["story"], set()).add(row["lang"])
    assert sum(len(languages) >= 2 for languages in told.values()) >= 6


def test_the_same_body_is_nowhere_without_a_name(press: World) -> None:
    bodies = Counter(tuple(row["body_paragraphs"]) for row in rows(press, "article") if not row["copy_of"])
    assert max(bodies.values()) == 1


def test_copies_name_originals(press: World) -> None:
    known = {row["url"]: row for row in rows(press, "article")}
    copies = [row for row in known.values() if row["copy_of"]]
    assert {row["copy_kind"] for row in copies} == {"exact", "truncated", "edited_lead"}
    for row in copies:
        original = known[row["copy_of"]]["body_paragraphs"]
        assert row["body_paragraphs"][1:] == original[1:len(row["body_paragraphs"])]
        assert (row["body_paragraphs"] == original) is (row["copy_kind"] == "exact")


def test_the_edit_and_the_withdrawal(changing: World) -> None:
    edited = the([row for row in rows(changing, "article") if row["versions"]])
    gone = the([row for row in rows(changing, "article") if row["withdrawn_after_hours"]])
    _, before, first = get(edited["url"])
    assert get(gone["url"])[0] == 200
    changing.advance(6)
    status, _, second = get(edited["url"], If_None_Match=before["ETag"], If_Modified_Since=before["Last-Modified"])
    assert status == 200
    assert first != second
    for said in edited["versions"][0]["body_paragraphs"]:
        assert said in page_text(second)
    assert edited["versions"][0]["body_paragraphs"] != edited["body_paragraphs"]
    amounts = [fact["value"] for fact in [*edited["facts"], *edited["versions"][0]["facts"]] if fact["kind"] == "amount"]
    assert amounts == [850e6, 920e6]
    assert get(gone["url"])[0] == 410
    for row in rows(changing, "feed", "sitemap"):
        assert urlsplit(gone["url"]).path not in get(row["url"])[2].decode()


def test_the_rest_stays_as_it_was(changing: World) -> None:
    articles = [row for row in rows(changing, "article") if not row["versions"] and not row["withdrawn_after_hours"]]
    tags = {row["url"]: get(row["url"])[1]["ETag"] for row in articles}
    changing.advance(6)
    assert all(get(url, If_None_Match=tag)[0] == 304 for url, tag in tags.items())


def test_the_paywalled_article_shows_its_beginning(press: World) -> None:
    row = the([row for row in rows(press, "article") if row["paywalled"]])
    content = get(row["url"])[2].decode()
    assert '"isAccessibleForFree": false' in content
    assert len(row["body_paragraphs"]) == 2


def test_same_start_same_pages(press: World, tmp_path: Path) -> None:
    with World(tmp_path, now=START) as again:
        for row in rows(press, "article")[::9]:
            other = row["url"].replace(press.bases[row["outlet"]], again.bases[row["outlet"]])
            first, second = (re.sub(r"127\.0\.\d+\.\d+:\d+", "", get(url)[2].decode()) for url in (row["url"], other))
            assert first == second


def test_without_further_loopback_addresses_ports_tell_outlets_apart() -> None:
    closed: list[tuple[str, int]] = []

    def listen(number: int, address: tuple[str, int]) -> tuple[str, int]:
        if address[0].startswith("127.0.1."):
            raise OSError("no such address here")
        return address

    assert bind_all(3, 8800, listen, closed.append) == [("127.0.0.1", 8800), ("127.0.0.1", 8801), ("127.0.0.1", 8802)]
    assert bind_all(2, 0, listen, closed.append) == [("127.0.0.1", 0), ("127.0.0.1", 0)]


def test_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.world", "--outlets", str(tmp_path / "o"), "--truth", str(tmp_path / "truth.jsonl"),
               "--now", "2026-07-03T18:00:00+01:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as program:
        assert program.stdout
        bases = json.loads(program.stdout.readline())
        control = bases.pop("__control__")
        assert set(load_outlets(tmp_path / "o")) == set(bases)
        assert json.loads(get(f"{control}/__world/clock")[2])["now"] == "2026-07-03T17:00:00+00:00"
        assert json.loads(get(f"{control}/__world/advance?hours=6", "POST")[2])["hours"] == 6
        assert get(f"{control}/__world/advance?hours=often", "POST")[0] == 400
        get(bases["safsaf"] + "/", User_Agent="reader/1")
        noted = json.loads(get(f"{control}/__world/requests")[2])
        assert [(one["outlet"], one["path"], one["user_agent"]) for one in noted] == [("safsaf", "/", "reader/1")]
        lines = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == json.loads(get(f"{control}/__world/truth")[2])
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=10) == 0
