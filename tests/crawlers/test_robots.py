"""robots.txt and TDM reservations, as RFC 9309 and TDMRep want them read."""

from __future__ import annotations

import pytest

from config.outlet import Outlet
from crawlers.robots import is_fresh, page_reservation, rules_of, sitemaps_named
from pipeline.state.hosts import StoredRobots

OUTLET = Outlet(id="x", title="x", language="fr", crawl_delay=2)
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
    return StoredRobots(1000.0, status, content, tdm)


@pytest.mark.parametrize(("path", "decision"), [
    ("/a", "allowed"), ("/search?q=x", "disallowed"), ("/search/about", "allowed"), ("/a.pdf", "disallowed"),
    ("/a.pdf?x", "allowed")])
def test_rules(path: str, decision: str) -> None:
    assert rules_of(stored(), OUTLET, AGENT).decide(f"https://phare.ma{path}") == decision


def test_a_group_of_our_own_counts_instead() -> None:
    text = TEXT + b"\nUser-agent: marsad\nDisallow: /prive\nCrawl-delay: 1\n"
    rules = rules_of(stored(content=text), OUTLET, AGENT)
    assert (rules.decide("https://phare.ma/search"), rules.decide("https://phare.ma/prive")) == ("allowed", "disallowed")
    assert rules.delay == 2


def test_the_crawl_delay_can_only_slow_us_down() -> None:
    assert rules_of(stored(), OUTLET, AGENT).delay == 7


@pytest.mark.parametrize(("status", "decision", "delay"), [
    (404, "allowed", 2), (403, "allowed", 2), (503, "unavailable", 4), (429, "unavailable", 4), (None, "disallowed", 2)])
def test_without_a_readable_robots_txt(status: int | None, decision: str, delay: float) -> None:
    rules = rules_of(stored(status, b""), OUTLET, AGENT)
    assert (rules.decide("https://phare.ma/a"), rules.delay) == (decision, delay)


def test_by_agreement_it_is_ignored_and_that_is_recorded() -> None:
    agreed = Outlet(id="x", title="x", language="fr", robots="ignore", robots_reason="written agreement of 2026")
    assert rules_of(stored(), agreed, AGENT).decide("https://phare.ma/search") == "ignored"


def test_how_long_it_is_kept() -> None:
    assert is_fresh(stored(), 1000.0 + 86_399)
    assert not is_fresh(stored(), 1000.0 + 86_401)
    assert not is_fresh(stored(503), 1000.0 + 3601)


def test_sitemaps_are_named() -> None:
    assert sitemaps_named(stored()) == ("https://phare.ma/sitemap.xml",)
    assert sitemaps_named(stored(404)) == ()


def test_the_reservations_of_tdmrep_json() -> None:
    tdm = b'[{"location": "/archives/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1, "tdm-policy": "x"}]'
    rules = rules_of(stored(tdm=tdm), OUTLET, AGENT)
    assert rules.reserved("https://phare.ma/archives/1") is False
    assert rules.reserved("https://phare.ma/a") is True
    assert rules_of(stored(tdm=b"no json"), OUTLET, AGENT).reserved("https://phare.ma/a") is None


@pytest.mark.parametrize(("header", "body", "reserved"), [
    ("1", b"", True), ("0", b"", False), (None, b"", None), ("maybe", b"", None),
    (None, b'<meta name="tdm-reservation" content="1">', True), ("1", b"<meta content='0' name='tdm-reservation'>", False),
    ("1", b"<meta name='tdm-reservation' content='0'>", False)])
def test_what_a_page_says_itself(header: str | None, body: bytes, reserved: bool | None) -> None:
    assert page_reservation(header, body) is reserved
