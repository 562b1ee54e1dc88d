"""An outlet drafted from nothing but its address is read, crawled and checked without a hand-written rule."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.outlet import Outlet, load_outlet
from config.settings import ROOT
from crawlers.check import mark_verified
from crawlers.sight import look_at
from tests.crawlers.desk import CrawlDesk, urls
from tests.world import World

HERE = Outlet(id="x", title="x", language="fr", hosts=("phare.ma",))
HOME = """<html lang="en"><head><title>Accueil - Le Phare</title><meta property="og:site_name" content="Le Phare">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="stylesheet" href="/wp-content/themes/phare/style.css"></head><body><nav><a href="/economie/">Économie</a>
<a href="/region/">Régions</a><a href="/contact/">Contact</a><a href="https://elsewhere.ma/x/">Ailleurs</a></nav>
<p>Le port accueille un nouveau quai et la région se réjouit de cette annonce attendue depuis longtemps.</p>
<a href="/economie/un-quai-neuf-pour-le-port/">Un quai neuf pour le port</a>
<a href="/tag/port/">port</a><a href="/a.pdf">PDF</a></body></html>"""


def test_what_a_home_page_shows() -> None:
    sight = look_at(HOME.encode(), "https://phare.ma/", "text/html; charset=utf-8", HERE)
    assert (sight.title, sight.language, sight.platform) == ("Le Phare", "fr", "wordpress")
    assert sight.feeds == ("https://phare.ma/feed/",)
    assert sight.sections == ("https://phare.ma/economie/", "https://phare.ma/region/")
    assert sight.articles == ("https://phare.ma/economie/un-quai-neuf-pour-le-port/",)


@pytest.mark.parametrize("text", ["title: x\nverified: false\nlanguage: fr\n", "title: x\nlanguage: fr"])
def test_marking_changes_one_line_of_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "ma").mkdir()
    file = tmp_path / "ma" / "phare.yml"
    file.write_text(text, encoding="utf-8")
    assert mark_verified(Outlet(id="phare", title="x", language="fr"), tmp_path) == file
    assert load_outlet(file).verified
    assert file.read_text(encoding="utf-8").count("verified") == 1


def marsad(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "MARSAD_DATA": str(tmp_path / "data"), "MARSAD_OUTLETS": str(tmp_path / "outlets")})


@pytest.mark.slow
def test_a_draft_alone_is_enough_to_crawl_an_outlet_and_to_check_it(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    with World(tmp_path / "world") as world:
        done = marsad(tmp_path, "outlet", "draft", world.bases["safsaf"] + "/")
        assert done.returncode == 0, done.stderr
        file = tmp_path / "outlets" / "safsaf.yml"
        file.write_text(done.stdout, encoding="utf-8")
        outlet = load_outlet(file)
        assert (outlet.language, outlet.local, outlet.verified) == ("ar", True, True)
        desk = CrawlDesk(tmp_path / "data", tmp_path / "outlets")
        assert desk.crawl("safsaf")["safsaf"].state == "completed"
        wanted = {row["url"] for row in world.truth if row["outlet"] == "safsaf" and row["kind"] == "article"}
        assert wanted <= urls(desk.pages())
        checked = marsad(tmp_path, "outlet", "check", "safsaf")
        assert checked.returncode == 0, json.dumps(checked.stdout)
        assert "safsaf: verified" in checked.stdout
        assert marsad(tmp_path, "outlet", "draft", "http://127.0.0.1:1/").returncode == 4
