"""The application: safe headers on everything, limits, caching, and a snapshot that is replaced under it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.warehouse.web.press import DAM, DEAL, NOW, publish_press, settings_in
from tests.warehouse.web.reader import WebReader, reading
from warehouse.public import public_path
from warehouse.web.app import DOWNLOADS_A_MINUTE, create_app
from warehouse.web.reading import Reader
from warehouse.web.security import HEADERS, MAX_BODY, Limiter
from warehouse.web.site import Page, Site
from warehouse.web.words import PageLanguage


@pytest.mark.parametrize("path", ["/", "/fr/", "/ar/", "/en/", "/fr/facts.csv", "/nothing", "/robots.txt", "/healthz"])
def test_every_answer_has_its_safe_headers_and_head_works(reader: WebReader, path: str) -> None:
    got, head = reader.get(path), reader.head(path)
    assert {name: got.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in got.headers["content-security-policy"]
    assert (head.status_code, head.headers["content-length"]) == (got.status_code, got.headers["content-length"])


def test_over_https_browsers_are_told_to_stay_there(reader: WebReader) -> None:
    assert reader.get("https://marsad.example/fr/").headers["strict-transport-security"].startswith("max-age=")
    assert "strict-transport-security" not in reader.get("/fr/").headers


def test_the_style_sheet_is_the_one_the_pages_name(reader: WebReader, site: Site) -> None:
    assert f'href="/static/{site.style_name}"' in reader.get("/fr/").text
    style = reader.get(f"/static/{site.style_name}")
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in style.headers["cache-control"]


def test_an_answer_is_compressed_and_known_again(reader: WebReader) -> None:
    plain = reader.get("/fr/", headers={"accept-encoding": "identity"})
    zipped = reader.get("/fr/", headers={"accept-encoding": "gzip"})
    again = reader.get("/fr/", headers={"if-none-match": plain.headers["etag"]})
    assert zipped.text == plain.text
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_too_large_is_refused(reader: WebReader) -> None:
    assert reader.get("/fr/facts?kind=" + "x" * 5000).status_code == 414
    assert reader.ask("POST", "/fr/", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_downloads_are_limited_and_pages_at_hand_are_not(own_reader: WebReader) -> None:
    answers = [own_reader.get(f"/fr/facts.csv?since=2026-01-{day:02}").status_code for day in range(1, DOWNLOADS_A_MINUTE + 2)]
    assert answers == [200] * DOWNLOADS_A_MINUTE + [429]
    assert own_reader.get("/fr/facts.csv?since=2026-01-01").status_code == 200
    assert own_reader.get("/fr/").status_code == 200


def test_parameters_that_nothing_reads_make_no_page_of_their_own(reader: WebReader, site: Site) -> None:
    first = reader.get("/fr/outlets?utm_source=a")
    assert first.headers["etag"] == reader.get("/fr/outlets?utm_source=b").headers["etag"]
    assert "utm_source" not in first.text


def test_a_page_that_many_ask_for_is_made_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    render = site.render

    def counted(page: Page, language: PageLanguage, path: str, parameters: Mapping[str, str]) -> str:
        made.append(path)
        time.sleep(0.2)
        return render(page, language, path, parameters)
    monkeypatch.setattr(site, "render", counted)
    with reading(create_app(site)) as reader:
        answers = reader.get_together(*["/fr/outlets"] * 12)
    assert made == ["outlets"]
    assert {(one.status_code, one.headers["etag"]) for one in answers} == {(200, answers[0].headers["etag"])}


def test_who_asks_while_a_page_is_made_anew_gets_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_in(tmp_path)
    publish_press(settings, (DAM,))
    site = Site(settings, public_path(settings), clock=lambda: NOW)
    render = site.render

    def slowly(page: Page, language: PageLanguage, path: str, parameters: Mapping[str, str]) -> str:
        time.sleep(0.5)
        return render(page, language, path, parameters)
    with reading(create_app(site)) as reader:
        former = reader.get("/fr/").headers["etag"]
        publish_press(settings, (DAM, DEAL))
        monkeypatch.setattr(site, "render", slowly)
        answers = [one.headers["etag"] for one in reader.get_together(*["/fr/"] * 6)]
        now = reader.get("/fr/").headers["etag"]
    assert now != former
    assert sorted(answers) == sorted([now, *[former] * 5]), "one makes it, the others don't wait"


def test_a_limiter_fills_again() -> None:
    now = [0.0]
    limiter = Limiter(2, lambda: now[0])
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]
    assert limiter.allows("b")
    now[0] = 30.0
    assert [limiter.allows("a") for _ in range(2)] == [True, False]


def test_before_the_first_snapshot_and_after_each(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with reading(create_app(Site(settings, public_path(settings), clock=lambda: NOW))) as reader:
        empty = reader.get("/ar/")
        assert (empty.status_code, "marsad run" in empty.text, 'dir="rtl"' in empty.text) == (503, True, True)
        assert reader.get("/healthz").status_code == 503
        publish_press(settings, (DAM,))
        assert "Targa" in reader.get("/fr/").text
        publish_press(settings, (DAM, DEAL))
        assert "Oriental" in reader.get("/fr/").text


def test_who_reads_the_former_snapshot_keeps_it(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    publish_press(settings, (DAM,))
    reader = Reader(public_path(settings), settings)
    with reader.reading() as before:
        publish_press(settings, (DAM, DEAL))
        with reader.reading() as after:
            assert after.rows("SELECT count(*) AS n FROM articles") == [{"n": 2}]
        assert before.rows("SELECT count(*) AS n FROM articles") == [{"n": 1}]


def test_nothing_but_the_snapshot_can_be_reached(site: Site) -> None:
    import duckdb
    with site.reader.reading() as reading_, pytest.raises(duckdb.Error):
        reading_.rows("SELECT * FROM read_text('/etc/hostname')")
    with site.reader.reading() as reading_, pytest.raises(duckdb.Error):
        reading_.rows("DELETE FROM articles")
    with site.reader.reading() as reading_, pytest.raises(duckdb.Error):
        reading_.rows("SET enable_external_access = true")


def test_many_readers_at_once(site: Site) -> None:
    counts: list[int] = []

    def read() -> None:
        for _ in range(10):
            with site.reader.reading() as reading_:
                counts.append(reading_.rows("SELECT count(*) AS n FROM articles")[0]["n"])
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(counts) == 60
    assert len(set(counts)) == 1
