"""An outlet whose pages are empty until their scripts ran is read by the browser fetcher, which asks nobody but the outlet."""

from __future__ import annotations

import importlib.util
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from config.reading import ConfigError
from crawlers import browser
from tests.crawlers.desk import CrawlDesk
from tests.crawlers.hostile import Reply, serving

DELAY = 0.3
SCRIPT = b"""fetch('/api/texte').then(answer => answer.text()).then(text => {
  document.querySelector('main').innerHTML = '<h1>Un titre</h1><p>' + text + '</p>'; });
fetch('http://127.0.0.1:1/espion'); fetch('http://169.254.169.254/latest');
new Image().src = '/pixel.png'; new WebSocket('ws://127.0.0.1:1/');"""


def scripted(path: str, asked: int) -> Reply:
    replies = {
        "/": Reply(b'<main><a href="/un-article-1000">x</a><a href="/un-article-1001">x</a></main>'),
        "/app.js": Reply(SCRIPT, headers={"Content-Type": "text/javascript"}),
        "/api/texte": Reply(b"Le texte vient plus tard.", headers={"Content-Type": "text/plain"}),
    }
    if path.startswith("/un-article-"):
        return Reply(f'<html><body><main></main><script src="/app.js"></script><i>{path}</i></body></html>'.encode())
    return replies.get(path, Reply(b"", 404))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium here")
def test_a_text_that_scripts_bring_is_read_politely_and_nothing_else_is_asked(tmp_path: Path) -> None:
    with serving(scripted) as site:
        outlets = site.outlet(tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}], fetcher="browser",
                              crawl_delay=DELAY)
        desk = CrawlDesk(tmp_path / "data", outlets)
        report = desk.crawl("phare", seconds=120)["phare"]
    assert (report.state, report.pages) == ("completed", 2), report
    assert all("<p>Le texte vient plus tard.</p>" in page.content for page in desk.pages())
    asked = [path for _, path in site.asked]
    assert set(asked) == {"/robots.txt", "/.well-known/tdmrep.json", "/", "/un-article-1000", "/un-article-1001", "/app.js",
                          "/api/texte"}
    assert min(later - earlier for (earlier, _), (later, _) in pairwise(site.asked)) >= DELAY * 0.95
    assert len([fetch for fetch in desk.fetches() if fetch.status]) == len(asked)


def test_where_it_is_not_installed_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="pip install"):
        browser.browser_path()
