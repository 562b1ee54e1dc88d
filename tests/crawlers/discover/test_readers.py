"""Feeds, sitemaps and lists as the press makes them: whole, malformed, hostile."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from config.outlet import Section
from crawlers.discover import UnreadableError
from crawlers.discover.feed import read_feed
from crawlers.discover.section import read_section
from crawlers.discover.sitemap import MAX_URLS, read_sitemap
from pipeline.state.ways import Child

BASE = "https://phare.ma/eco/"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Phare</title>
<item><title>Un quai &amp; deux grues</title><link>https://phare.ma/a-1</link>
<pubDate>Tue, 24 Nov 2026 10:00:00 +0100</pubDate></item>
<item><title>Sans date</title><link>https://phare.ma/a-2</link></item><item><title>Sans lien</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>المنارة</title><entry><title>رصيف جديد</title>
<link rel="alternate" href="https://phare.ma/b-1"/><published>2026-11-24T10:00:00Z</published><updated>2026-11-24T12:00:00Z</updated></entry></feed>"""
HOSTILE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><item><title>&x;&b;</title><link>https://phare.ma/a</link></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://phare.ma/a-1 </loc><lastmod>2026-11-24</lastmod>
<image:image><image:loc>https://phare.ma/a.jpg</image:loc></image:image></url>
<url><loc>https://phare.ma/a-2</loc><news:news><news:publication><news:name>Phare</news:name></news:publication>
<news:publication_date>2026-11-24T10:00:00+01:00</news:publication_date>
<news:title>Un quai</news:title></news:news></url></urlset>"""


def test_rss_with_and_without_dates() -> None:
    first, second = read_feed(RSS.encode(), BASE, "application/rss+xml").links
    assert (first.url, first.headline) == ("https://phare.ma/a-1", "Un quai & deux grues")
    assert (first.published, first.published_raw) == (datetime(2026, 11, 24, 9, tzinfo=UTC), "Tue, 24 Nov 2026 10:00:00 +0100")
    assert (second.url, second.published) == ("https://phare.ma/a-2", None)


def test_atom_says_when_an_entry_changed() -> None:
    (link,) = read_feed(ATOM.encode(), BASE, None).links
    assert (link.headline, link.published) == ("رصيف جديد", datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert link.modified == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_feed_that_is_cut_off_and_wrongly_escaped_is_read_as_far_as_it_goes() -> None:
    broken = "\n\n" + RSS.replace("Sans date", "Tous droits&nbsp;réservés & plus")[:-60]
    assert len(read_feed(broken.encode(), BASE, "text/xml").links) == 2


@pytest.mark.parametrize("body", ["<html><body>404</body></html>", "", "nothing", HOSTILE])
def test_what_is_no_feed_or_a_hostile_one_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError):
        read_feed(body.encode(), BASE, "application/rss+xml")


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_gives_addresses_dates_and_titles(packed: bool) -> None:
    body = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    first, second = read_sitemap(body).links
    assert (first.url, first.modified, first.published) == ("https://phare.ma/a-1", datetime(2026, 11, 24, tzinfo=UTC), None)
    assert (second.url, second.headline) == ("https://phare.ma/a-2", "Un quai")
    assert second.published == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_an_index_names_further_sitemaps() -> None:
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://phare.ma/1.xml</loc>
    <lastmod>2026-11-24T10:00:00Z</lastmod></sitemap><sitemap><loc>https://phare.ma/2.xml</loc></sitemap></sitemapindex>"""
    assert read_sitemap(index.encode()).children == (
        Child("https://phare.ma/1.xml", "sitemap", "2026-11-24T10:00:00Z"), Child("https://phare.ma/2.xml", "sitemap", None))


def test_a_broken_sitemap_gives_what_can_be_read_and_a_huge_one_its_first_addresses() -> None:
    assert len(read_sitemap(SITEMAP[:-80].encode()).links) >= 1
    many = "".join(f"<url><loc>https://phare.ma/{number}</loc></url>" for number in range(MAX_URLS + 10))
    assert len(read_sitemap(f"<urlset>{many}</urlset>".encode()).links) == MAX_URLS


@pytest.mark.parametrize("body", [b"<html></html>", b"", b"\x1f\x8bnot gzip", HOSTILE.replace("rss", "urlset").encode()])
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_sitemap(body)


def test_a_bomb_is_not_inflated() -> None:
    with pytest.raises(UnreadableError, match="inflates to more"):
        read_sitemap(gzip.compress(b" " * 60_000_000))


def section(*links: str) -> bytes:
    return f"<html><body>{''.join(links)}</body></html>".encode()


def test_links_are_whole_once_and_in_page_order() -> None:
    page = section('<a href="b-1#top">Un</a>', '<a href="/a-2"> Un titre assez long pour en être un </a>', '<a href="b-1">Un</a>',
                   '<a href="javascript:x()">x</a><a href="mailto:a@b.ma">m</a><a href="http://[bad">x</a><a>y</a>')
    links = read_section(page, BASE, None).links
    assert [link.url for link in links] == ["https://phare.ma/eco/b-1", "https://phare.ma/a-2"]
    assert [link.headline for link in links] == [None, "Un titre assez long pour en être un"]


@pytest.mark.parametrize("following", [
    '<link rel="next" href="?page=2">', '<a rel="next" href="?page=2">2</a>', '<a href="?page=2">Suivant »</a>',
    '<a href="?page=2">التالي</a>', '<a href="?page=2">Siguiente</a>', '<a href="?page=2">Next page</a>',
    '<a class="pagination-next" href="?page=2"><i></i></a>',
    '<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a>'])
def test_the_next_page_is_found_however_it_is_marked(following: str) -> None:
    reading = read_section(section('<a href="/a-1">x</a>', following), BASE, None)
    assert [child.url for child in reading.children] == [f"{BASE}?page=2"]


def test_page_numbers_lead_on_from_where_we_are() -> None:
    pages = "".join(f'<a href="/eco/page/{number}/">{number}</a>' for number in (1, 2, 3, 4, 9))
    assert read_section(section(pages), "https://phare.ma/eco/page/3/", None).children[0].url == "https://phare.ma/eco/page/4/"
    assert read_section(section(pages), "https://phare.ma/eco/page/9/", None).children == ()


def test_no_next_page_leads_off_the_host() -> None:
    assert read_section(section('<a rel="next" href="https://elsewhere.ma/2">2</a>'), BASE, None).children == ()


def test_the_outlets_own_rules_win() -> None:
    rules = Section(kind="section", url=BASE, links="//div[@class='card']", next_page="//a[@id='more']")
    page = section('<a href="/menu-1">x</a><div class="card"><a href="/a-1">x</a></div><a id="more" href="/eco/2">y</a>')
    reading = read_section(page, BASE, None, rules)
    assert [link.url for link in reading.links] == ["https://phare.ma/a-1"]
    assert reading.children[0].url == "https://phare.ma/eco/2"


def test_deep_and_empty_pages_do_no_harm() -> None:
    assert read_section(b"<div>" * 50_000 + b"<a href='/a-1'>x</a>", BASE, None).children == ()
    with pytest.raises(UnreadableError):
        read_section(b"", BASE, None)
