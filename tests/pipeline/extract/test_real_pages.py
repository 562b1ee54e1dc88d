"""Real pages of the shared folder: every fault that was found on them when read by Trafilatura alone is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench.real_pages import f1, fundus, ours, plain, romance, squeezed
from tests.pipeline.extract.pages import read, refuse

pytestmark = pytest.mark.shared
MEDIAS24 = "morocco/yahya-rl-2002_casaTrader/medias24_economie.html"
BOURSENEWS = "morocco/rashid-1221_bourse-casablanca/boursenews.html"
THEVOICE = "morocco/YassineElALAMI_Voice-of-Morocco/debug_article.html"
FILGOAL = "arabic_other/filgoal_article_debug.html"
LISTINGS = {
    "morocco/yahya-rl-2002_casaTrader/medias24_medias24.com.html": "https://medias24.com/accueil",
    "morocco/yahya-rl-2002_casaTrader/medias24_www.medias24.com.html": "https://www.medias24.com/accueil",
    "morocco/yahya-rl-2002_casaTrader/lavieeco_home.html": "https://www.lavieeco.com/accueil",
    "morocco/yahya-rl-2002_casaTrader/boursenews_response.html": "https://www.boursenews.ma/accueil",
    "morocco/YassineElALAMI_Voice-of-Morocco/debug_page.html": "https://thevoice.ma/x/societe/23",
}


def content(shared: Path, name: str) -> str:
    return (shared / "pages" / name).read_text(encoding="utf-8", errors="replace")


def test_medias24(shared: Path) -> None:
    found = read(content(shared, MEDIAS24), outlet=None, url="https://medias24.com/economie/")
    assert not [line for line in found.body.split("\n") if line in (found.headline, "Quoi de neuf")]
    assert "WhatsApp" not in found.body
    assert "Toute reproduction" not in found.body
    assert found.lead is not None
    assert found.body.startswith(found.lead)
    assert found.published is not None
    assert found.published.at.date().isoformat() == "2023-10-12"
    assert "/2023/10/12/" in found.canonical_url


def test_boursenews(shared: Path) -> None:
    found = read(content(shared, BOURSENEWS), outlet=None, url="https://www.boursenews.ma/article/marches/x",
                 seen=datetime(2026, 3, 20, tzinfo=UTC))
    lines = found.body.split("\n")
    assert found.headline.startswith("Feuille de march")
    assert found.published is not None
    assert (found.published.at.date().isoformat(), found.published.precision) == ("2026-03-13", "day")
    assert lines[0].startswith("Résumé de la séance")
    assert lines[1].startswith("Pour consulter")
    assert {"Plus Fortes Hausses", "Plus Fortes Baisses", "Volume du marché (en MAD)"} <= set(lines)
    assert any(line.startswith("MASI | ") for line in lines)
    assert not any(word in found.body for word in ("TradingView", "Cliquez ici", "Menu", "qui pourraient vous"))


def test_thevoice(shared: Path) -> None:
    found = read(content(shared, THEVOICE), outlet=None, url="https://thevoice.ma/a-b-c-d")
    assert not found.headline.endswith("المغرب")
    assert found.authors == ("أكرم القصطلني",)
    assert not any(word in found.body for word in ("القصطلني", "اقرأ أيضا", "ذات صلة"))
    assert found.published is not None
    assert found.modified is not None
    assert found.modified.at < found.published.at
    assert found.published.at.isoformat() == "2025-08-18T13:00:00+00:00"


def test_filgoal(shared: Path) -> None:
    found = read(content(shared, FILGOAL), outlet=None, url="https://www.filgoal.com/articles/529921/x")
    first = found.body.split("\n")[0]
    assert len(first) > 60
    assert first != found.headline
    assert "كتب :" not in found.body
    assert not any(char in "".join(found.authors) for char in "<>")


@pytest.mark.parametrize(("name", "url"), LISTINGS.items(), ids=[name.rsplit("/", 1)[-1] for name in LISTINGS])
def test_listings(shared: Path, name: str, url: str) -> None:
    assert refuse(content(shared, name), outlet=None, url=url) == "not_an_article"


@pytest.mark.parametrize("name", ["cloudflare_just_a_moment.html", "cloudfront_403_skynewsarabia.html"])
def test_block_pages(shared: Path, name: str) -> None:
    assert refuse(content(shared, f"block_pages/{name}"), outlet=None, url="https://x.example.com/a/1") == "blocked"
    assert refuse(content(shared, f"block_pages/{name}"), outlet=None, status=403) == "blocked"


@pytest.mark.slow
def test_fundus_bodies_are_no_worse_than_trafilaturas(shared: Path) -> None:
    """French and Spanish pages; the bench reads all countries."""
    pages = [one for land in ("fr", "es") for one in fundus(shared / "pages" / "fundus") if one.country == land]
    mine = [max(f1(ours(one.page).body, body)[2] for body in one.bodies) for one in pages]
    theirs = [max(f1(plain(one.page).body, body)[2] for body in one.bodies) for one in pages]
    assert len(pages) >= 12
    assert sum(mine) / len(mine) >= sum(theirs) / len(theirs)


@pytest.mark.slow
def test_romance_and_arabic_pages_leak_less_and_lose_nothing(shared: Path) -> None:
    pages = list(romance(shared / "pages" / "romance_ar"))
    mine, theirs = ([squeezed(reader(one.page).body) for one in pages] for reader in (ours, plain))

    def found(bodies: list[str], snippets: list[tuple[str, ...]]) -> int:
        return sum(squeezed(text) in body for body, texts in zip(bodies, snippets, strict=True) for text in texts)

    wanted, unwanted = [one.wanted for one in pages], [one.unwanted for one in pages]
    assert found(mine, wanted) >= found(theirs, wanted)
    assert found(mine, unwanted) < found(theirs, unwanted)
