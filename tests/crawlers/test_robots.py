"""robots.txt and TDM reservations, as RFC 9309 and TDMRep want them read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.outlet import Outlet
from crawlers.robots import is_fresh, is_unreachable, page_reservation, rules_of, sitemaps_named
from pipeline.state.hosts import StoredRobots

OUTLET = Outlet(id="x", title="x", language="fr", crawl_delay=2)
READ = 1000.0
NOW = 2000.0
AGENT = "Marsad/0.1 (+https://example.org)"
TEXT = b"""User-agent: *
Crawl-delay: 7
Disallow: /search
Allow: /search/about
Disallow: /*.pdf$
Sitemap: https://phare.ma/sitemap.xml

User-agent: GPTBot
Disallow: /
"""


def stored(status: int | None = 200, content: bytes = TEXT, tdm: bytes | None = None) -> StoredRobots:
    return StoredRobots(READ, status, content, tdm)


@pytest.mark.parametrize(("path", "decision"), [
    ("/a", "allowed"), ("/search?q=x", "disallowed"), ("/search/about", "allowed"), ("/a.pdf", "disallowed"),
    ("/a.pdf?x", "allowed")])
def test_rules(path: str, decision: str) -> None:
    assert rules_of(stored(), OUTLET, AGENT, NOW).decide(f"https://phare.ma{path}") == decision


def test_a_group_of_our_own_counts_instead() -> None:
    text = TEXT + b"\nUser-agent: marsad\nDisallow: /prive\nCrawl-delay: 1\n"
    rules = rules_of(stored(content=text), OUTLET, AGENT, NOW)
    assert (rules.decide("https://phare.ma/search"), rules.decide("https://phare.ma/prive")) == ("allowed", "disallowed")
    assert rules.delay == 2


def test_the_crawl_delay_can_only_slow_us_down() -> None:
    assert rules_of(stored(), OUTLET, AGENT, NOW).delay == 7


@pytest.mark.parametrize("status", [404, 403, 410])
def test_without_a_robots_txt_all_is_allowed(status: int) -> None:
    assert rules_of(stored(status, b""), OUTLET, AGENT, NOW).decide("https://phare.ma/a") == "allowed"


@pytest.mark.parametrize("trouble", ["http_503", "timeout"])
def test_one_that_cannot_be_had_forbids_all_once_the_last_reading_is_a_day_old(trouble: str) -> None:
    never = replace(stored(None, b""), trouble=trouble, tried_at=NOW)
    assert rules_of(never, OUTLET, AGENT, NOW).decide("https://phare.ma/a") == "unavailable"
    once = replace(stored(), trouble=trouble, tried_at=NOW + 80_000)
    day = [rules_of(once, OUTLET, AGENT, READ + age) for age in (86_399, 86_401)]
    assert [rules.decide("https://phare.ma/a") for rules in day] == ["allowed", "unavailable"]
    assert day[0].decide("https://phare.ma/search") == "disallowed"
    assert {rules.trouble for rules in day} == {trouble}


@pytest.mark.parametrize(("status", "unreachable"), [(500, True), (503, True), (429, True), (404, False), (200, False)])
def test_which_statuses_mean_later(status: int, unreachable: bool) -> None:
    assert is_unreachable(status) is unreachable


def test_by_agreement_it_is_ignored_and_that_is_recorded() -> None:
    agreed = Outlet(id="x", title="x", language="fr", robots="ignore", robots_reason="written agreement of 2026")
    assert rules_of(stored(), agreed, AGENT, NOW).decide("https://phare.ma/search") == "ignored"


def test_when_it_is_read_anew() -> None:
    assert is_fresh(stored(), READ + 43_199)
    assert not is_fresh(stored(), READ + 43_201)
    for trouble, seconds in (("http_502", 3600), ("timeout", 60)):
        failed = replace(stored(), trouble=trouble, tried_at=READ + 43_300)
        assert is_fresh(failed, READ + 43_300 + seconds - 1)
        assert not is_fresh(failed, READ + 43_300 + seconds + 1)


def test_sitemaps_are_named() -> None:
    assert sitemaps_named(stored()) == ("https://phare.ma/sitemap.xml",)
    assert sitemaps_named(stored(404)) == ()


def test_the_reservations_of_tdmrep_json() -> None:
    tdm = b'[{"location": "/archives/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1, "tdm-policy": "x"}]'
    rules = rules_of(stored(tdm=tdm), OUTLET, AGENT, NOW)
    assert rules.reserved("https://phare.ma/archives/1") is False
    assert rules.reserved("https://phare.ma/a") is True
    assert rules_of(stored(tdm=b"no json"), OUTLET, AGENT, NOW).reserved("https://phare.ma/a") is None


@pytest.mark.parametrize(("header", "body", "reserved"), [
    ("1", b"", True), ("0", b"", False), (None, b"", None), ("maybe", b"", None),
    (None, b'<meta name="tdm-reservation" content="1">', True), ("1", b"<meta content='0' name='tdm-reservation'>", False),
    ("1", b"<meta name='tdm-reservation' content='0'>", False)])
def test_what_a_page_says_itself(header: str | None, body: bytes, reserved: bool | None) -> None:
    assert page_reservation(header, body) is reserved
