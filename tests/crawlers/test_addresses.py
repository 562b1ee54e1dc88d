"""Nothing but the outlet's own hosts, and no private network unless the outlet is on this machine."""

from __future__ import annotations

import pytest
from twisted.internet.error import DNSLookupError

from config.outlet import Feed, Outlet
from crawlers.addresses import is_private, on_outlet, refuse
from crawlers.resolver import _checked

PHARE = Outlet(id="phare", title="x", language="fr", discover=(Feed(kind="feed", url="https://www.phare.ma/feed"),))
HERE = Outlet(id="here", title="x", language="fr", local=True, discover=(Feed(kind="feed", url="http://127.0.0.1:8800/feed"),))
NUMERIC = Outlet(id="numeric", title="x", language="fr", discover=(Feed(kind="feed", url="http://127.0.0.1:8800/feed"),))


@pytest.mark.parametrize("host", [
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "[::1]", "fe80::1", "fc00::1",
    "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "localhost", "a.localhost", "db.internal"])
def test_private_addresses(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888", "phare.ma"])
def test_open_addresses(host: str) -> None:
    assert not is_private(host)


def test_what_dns_says_is_checked_too() -> None:
    assert _checked("8.8.8.8", "phare.ma") == "8.8.8.8"
    with pytest.raises(DNSLookupError, match="private"):
        _checked("127.0.0.1", "phare.ma")


@pytest.mark.parametrize(("url", "reason"), [
    ("https://www.phare.ma/a", None), ("http://www.phare.ma/a", None), ("https://phare.ma/a", None),
    ("https://m.phare.ma/a", "off_outlet"),
    ("https://elsewhere.ma/a", "off_outlet"), ("file:///etc/passwd", "off_outlet"), ("https://www.phare.ma:8443/", "off_outlet"),
    ("https://www.phare.ma@elsewhere.ma/", "off_outlet"), ("https://elsewhere.ma/?www.phare.ma", "off_outlet"),
    ("http://2130706433/", "off_outlet")])
def test_only_the_outlets_own_hosts(url: str, reason: str | None) -> None:
    assert refuse(PHARE, url) == reason


def test_a_private_host_needs_the_outlet_to_be_local() -> None:
    assert refuse(HERE, "http://127.0.0.1:8800/a") is None
    assert refuse(HERE, "http://127.0.0.1:9999/a") == "off_outlet"
    assert refuse(NUMERIC, "http://127.0.0.1:8800/a") == "private_address"


@pytest.mark.parametrize(("url", "found"), [
    ("https://phare.ma/a?b=1", "https://www.phare.ma/a?b=1"), ("https://WWW.phare.ma:443/a", "https://www.phare.ma/a"),
    ("https://amp.phare.ma/a", None), ("https://user:pw@www.phare.ma/a", None), ("ftp://www.phare.ma/", None)])
def test_the_www_twin_leads_to_the_host_we_know(url: str, found: str | None) -> None:
    assert on_outlet(PHARE, url) == found
