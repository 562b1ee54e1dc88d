"""Addresses that look like articles', and those that do not."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from config.outlet import Outlet
from crawlers.discover.look import looks_like_article

PLAIN = Outlet(id="x", title="x", language="fr")
RULED = Outlet(id="x", title="x", language="fr", article_url=r"^/\d{4}/\d{2}/", not_article_url="/direct-")

ARTICLES = [
    "/2026/11/24/un-quai-neuf/", "/economie/le-port-de-nador-accueille-un-navire", "/eco/un-quai-neuf-1234.html",
    "/123456.html",
    "/news.php?id=119184", "/?p=4321", "/le-deficit-se-creuse-encore,137995.html", "/133165/",
    "/nation/tourisme-un-bon-ete/136095",
    "/aljassour/113849", "/2025/12/271230/port-of-nador-opens", "/" + quote("رصيف-جديد-في-الناظور"),
    "/fr/actualites/convention-entre-le-ministere-et-la-region", "/entreprises/une-usine-de-batteries_2765B663/",
    "/articles/details/99887/un-quai.html"]
OTHERS = [
    "/", "", "/economie", "/category/economie/", "/tag/port-de-nador-west-med", "/auteur/un-nom-a-rallonge-ici", "/page/2/",
    "/wp-content/uploads/2026/11/image-du-port-de-nador.jpg", "/feed/", "/contact", "/recherche?q=port-de-nador-west-med",
    "/list.php?cat=eco", "/search/label/un-deux-trois-quatre", "/rapport-annuel-de-la-region-2025.pdf", "/mentions-legales"]


@pytest.mark.parametrize("path", ARTICLES)
def test_articles(path: str) -> None:
    assert looks_like_article(PLAIN, f"https://phare.ma{path}", announced=False)
    assert looks_like_article(PLAIN, f"https://phare.ma{path}", announced=True)


@pytest.mark.parametrize("path", OTHERS)
def test_others(path: str) -> None:
    assert not looks_like_article(PLAIN, f"https://phare.ma{path}", announced=False)


def test_a_feed_is_believed_but_not_for_files_and_the_home_page() -> None:
    assert looks_like_article(PLAIN, "https://phare.ma/port", announced=True)
    assert not looks_like_article(PLAIN, "https://phare.ma/", announced=True)
    assert not looks_like_article(PLAIN, "https://phare.ma/port.pdf", announced=True)


@pytest.mark.parametrize(("path", "expected"), [
    ("/2026/11/port", True), ("/un-quai-neuf-a-nador-west", False), ("/2026/11/direct-port", False)])
def test_the_outlets_own_rules_win(path: str, expected: bool) -> None:
    for announced in (True, False):
        assert looks_like_article(RULED, f"https://phare.ma{path}", announced=announced) is expected


def test_no_path_takes_long() -> None:
    assert not looks_like_article(PLAIN, "https://phare.ma/" + "a-" * 900 + "/" + "-" * 900, announced=False)
