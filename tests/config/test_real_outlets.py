"""The real outlets as delivered: they load, wait for a check, say where their facts come from, and read the pages we hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from config.outlet import Outlet, load_outlets
from config.settings import ROOT

FOLDER = ROOT / "config" / "outlets" / "ma"
PAGES = "pages/morocco"
HELD = {
    "thevoice": f"{PAGES}/YassineElALAMI_Voice-of-Morocco/debug_article.html",
    "medias24": f"{PAGES}/yahya-rl-2002_casaTrader/medias24_economie.html",
    "boursenews": f"{PAGES}/rashid-1221_bourse-casablanca/boursenews.html",
}


@pytest.fixture(scope="module")
def outlets() -> dict[str, Outlet]:
    return load_outlets(FOLDER)


def test_forty_outlets_and_more_arabic_and_french_in_balance(outlets: dict[str, Outlet]) -> None:
    languages = [one.language for one in outlets.values()]
    assert len(outlets) >= 40
    assert min(languages.count("ar"), languages.count("fr")) >= 15
    assert "en" in languages
    ways = [way.url for one in outlets.values() for way in one.discover]
    assert len(set(ways)) == len(ways)


def test_none_is_crawled_before_a_check(outlets: dict[str, Outlet]) -> None:
    for one in outlets.values():
        assert not one.verified, one.id
        assert not one.local, one.id
        assert one.robots == "obey", one.id


def test_each_says_where_its_facts_come_from_and_how_old_they_are(outlets: dict[str, Outlet]) -> None:
    for one in outlets.values():
        assert one.note, one.id
        assert re.search(r"\bkeys? [A-Z]\b", one.note), one.id
        assert re.search(r"\b20(25|26)\b", one.note), one.id
        assert "Nothing checked live" in one.note, one.id


def test_each_has_a_way_to_discover_on_the_open_web(outlets: dict[str, Outlet]) -> None:
    for one in outlets.values():
        assert one.discover, one.id
        for way in one.discover:
            assert way.url.startswith("https://"), way.url


def _page(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _find(page: html.HtmlElement, expression: str) -> list[html.HtmlElement]:
    found = etree.XPath(expression)(page)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, html.HtmlElement)]


@pytest.mark.shared
@pytest.mark.parametrize("outlet_id", sorted(HELD))
def test_expressions_find_their_parts_on_the_page_we_hold(
    outlet_id: str, outlets: dict[str, Outlet], shared: Path,
) -> None:
    outlet = outlets[outlet_id]
    page = _page(shared / HELD[outlet_id])
    dropped = [one for expression in outlet.drop for one in _find(page, expression)]
    assert dropped
    for element in dropped:
        element.drop_tree()
    for part in ("headline", "body", "author", "date", "lead"):
        if expression := getattr(outlet.read, part):
            assert _find(page, expression)[0].text_content().strip(), f"{part}: {expression}"
