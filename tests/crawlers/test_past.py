"""A backfill asks only for what may tell of its days: the server's own log says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.past import Past
from pipeline.state.ways import Child
from tests.crawlers.desk import CrawlDesk, urls
from tests.crawlers.hostile import Reply, serving

MARCH = Past(date(2026, 3, 1), date(2026, 3, 31))
MAPS = {
    "/maps/2026-03.xml": ("2026-03-31", True), "/maps/2026-02.xml": ("2026-10-01", False), "/maps/2026-05.xml": (None, False),
    "/maps/2025.xml": (None, False), "/maps/2026.xml": (None, True), "/map.xml?yyyy=2026&mm=1&dd=9": (None, False),
    "/map.xml?yyyy=2026&mm=3&dd=9": (None, True), "/posts-7.xml": ("2026-02-20", False), "/posts-8.xml": ("2026-11-20", True),
    "/daily/20260312/": (None, True), "/daily/20260412/": (None, False),
}
"""Sitemaps below the index: when listed as changed, and whether they may tell of March."""


@pytest.mark.parametrize(("path", "told"), MAPS.items())
def test_which_sitemaps_may_tell_of_these_days(path: str, told: tuple[str | None, bool]) -> None:
    assert MARCH.may_lie_in(Child(f"https://phare.ma{path}", "sitemap", told[0])) is told[1]


@pytest.mark.parametrize(("url", "may"), [
    ("https://2020.phare.ma/map.xml", True), ("https://phare.ma/post-sitemap2019.xml", True),
    ("https://phare.ma/maps/2026-02-28.xml", True), ("https://phare.ma/maps/2026-04-01.xml", True),
    ("https://phare.ma/maps/2026-04-02.xml", False), ("https://phare.ma/maps/2026-02-30.xml", True)])
def test_when_in_doubt_it_is_asked_for(url: str, may: bool) -> None:
    assert MARCH.may_lie_in(Child(url, "sitemap", None)) is may


def test_a_list_is_over_by_the_dates_on_it() -> None:
    before = [datetime(2026, 2, day, tzinfo=UTC) for day in (25, 26, 27)]
    assert MARCH.is_over((), before)
    assert not MARCH.is_over((), before[:2])
    assert not MARCH.is_over((), [*before, datetime(2026, 3, 2, tzinfo=UTC)])


def archive(path: str, asked: int) -> Reply:
    """A sitemap index, and two lists of twelve pages, a month each, back from May: one by addresses, one by the dates on it."""
    if path == "/index.xml":
        rows = (f"<sitemap><loc>{BASE[0]}{name.replace('&', '&amp;')}</loc>"
                f"{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>" for name, (changed, _) in MAPS.items())
        return Reply(f"<sitemapindex>{''.join(rows)}</sitemapindex>".encode(), headers={"Content-Type": "application/xml"})
    if path in MAPS:
        url = f"{BASE[0]}/un-article-de-mars-{1000 + list(MAPS).index(path)}"
        return Reply(f"<urlset><url><loc>{url}</loc><lastmod>2026-03-09</lastmod></url></urlset>".encode())
    kind, _, page = path.lstrip("/").partition("-page-")
    if page:
        year, month = (2026, 6 - int(page)) if int(page) < 6 else (2025, 18 - int(page))
        named = f"/{year}/{month:02}/09/un-article-numero" if kind == "dated" else f"/un-autre-article-{kind}-{page}"
        date_of = f'<time datetime="{year}-{month:02}-09T08:00:00Z"></time>'
        cards = (f'{date_of}<a href="{named}-{number}">x</a>' for number in range(4))
        return Reply(f'{"".join(cards)}<a rel="next" href="/{kind}-page-{int(page) + 1}">Suivant</a>'.encode())
    return Reply(b"", 404) if "robots" in path or "tdm" in path else Reply(b"<html><h1>Un titre</h1><p>Un texte.</p></html>")


BASE = [""]


@pytest.mark.slow
def test_nothing_is_asked_of_the_server_that_cannot_tell_of_these_days(tmp_path: Path) -> None:
    with serving(archive) as site:
        BASE[0] = site.base
        ways = [{"kind": "sitemap", "url": "{base}/index.xml"},
                *({"kind": "section", "url": f"{{base}}/{kind}-page-1", "pages": 2} for kind in ("dated", "plain"))]
        desk = CrawlDesk(tmp_path / "data", site.outlet(tmp_path / "outlets", "phare", discover=ways))
        assert desk.crawl("phare", past=(MARCH.since, MARCH.until))["phare"].state == "completed"
    asked = [path for _, path in site.asked]
    assert {path for path in asked if path in MAPS} == {path for path, (_, may) in MAPS.items() if may}
    pages = [f"/{kind}-page-{number}" for kind in ("dated", "plain") for number in (1, 2, 3, 4)]
    assert sorted(path for path in asked if "-page-" in path and "article" not in path) == pages
    dated = {url for url in urls(desk.pages()) if "/2026/" in url}
    assert len(dated) == 4
    assert all("/2026/03/" in url for url in dated)
    assert {page.ref.origin for page in desk.pages()} == {"backfill"}
    assert max(asked.count(path) for path in asked) == 1
