"""Files of every kind become pages with stable ids; what cannot be read is told with file and line, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from config.outlet import Feed, Outlet
from crawlers.ingest import read_pages
from pipeline.events import GivenArticle, RawPage, Rejected

PAGE = "<html><head><link rel='canonical' href='https://www.phare.ma/eco/quai-12'></head><body><h1>Le quai</h1></body></html>"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def rows(*fields: Any) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in fields)


def read(*files: Path, outlets: Sequence[Outlet] = ()) -> tuple[list[RawPage], list[Rejected]]:
    found = list(read_pages(files, outlets))
    return [one for one in found if isinstance(one, RawPage)], [one for one in found if isinstance(one, Rejected)]


def given(page: RawPage) -> GivenArticle:
    return msgspec.json.decode(page.content, type=GivenArticle)


def test_clean_rows_keep_their_text_and_ids(tmp_path: Path) -> None:
    body = "ميناء جديد.\nثمنه 12 مليون درهم."
    file = write(tmp_path, "a.jsonl", rows(
        {"id": "x-1", "outlet": "Le Phare", "title": "Un quai", "body": body, "date": "2026-03-01", "lang": "ar",
         "author": ["A", "B"]},
        {"url": "https://phare.ma/b?utm_source=x", "title": "Deux", "body": "Texte."}))
    (first, second), refused = read(file)
    assert refused == []
    assert given(first) == GivenArticle(title="Un quai", body=body, date="2026-03-01", lang="ar", author="A, B")
    assert (first.ref.source_id, first.ref.outlet, first.ref.origin) == ("x-1", "Le Phare", "import")
    assert (second.ref.url, second.ref.outlet) == ("https://phare.ma/b", "phare.ma")
    assert second.ref.source_id == "https://phare.ma/b?utm_source=x"


def test_the_same_file_given_twice_makes_the_same_records(tmp_path: Path) -> None:
    text = rows({"id": 7, "title": "Un", "body": "Texte."}, {"id": 8, "title": "Un", "body": "Texte."}, "no object")
    first, second = write(tmp_path, "a.jsonl", text), write(tmp_path, "b.jsonl.gz", gzip.compress(text.encode()))
    once, again = read(first), read(second)
    assert [page.ref.page_id for page in once[0]] == [page.ref.page_id for page in again[0]]
    assert len({page.ref.article_id for page in once[0]}) == 2
    assert read(first)[1] == once[1]


def test_bad_rows_are_named_by_line_and_the_rest_is_read(tmp_path: Path) -> None:
    bad = b'{"id": 2\n\n[1]\n{"id": 3, "title": "t"}\n\xff\n'
    file = write(tmp_path, "a.jsonl", b'{"id": 1, "title": "a", "body": "b"}\n' + bad + b'{"id": 4, "title": "a", "body": "b"}\n')
    pages, refused = read(file)
    assert [page.ref.source_id for page in pages] == ["1", "4"]
    assert [(one.reason, (one.detail or "").split(": ")[0].rsplit(":", 1)[1]) for one in refused] == [
        ("unreadable", "2"), ("unreadable", "4"), ("unreadable", "5"), ("unreadable", "6")]


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    lines = "".join(rows({"id": n, "title": "a", "body": str(n) * 5000 + str(hash(str(n)))}) for n in range(50))
    pages, refused = read(write(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode())[:-40]))
    assert pages
    assert len(refused) == 1


def test_html_is_known_by_its_own_address_and_outlet_by_host(tmp_path: Path) -> None:
    phare = Outlet(id="phare", title="Le Phare", language="fr", discover=(Feed(kind="feed", url="https://www.phare.ma/feed"),))
    (page,), _ = read(write(tmp_path, "quai.html", PAGE), outlets=[phare])
    assert (page.ref.url, page.ref.outlet, page.ref.source_id, page.media_type) == (
        "https://www.phare.ma/eco/quai-12", "phare", "quai.html", "text/html")
    (row,), _ = read(write(tmp_path, "a.jsonl", rows({"url": "https://phare.ma/x", "html": PAGE})), outlets=[phare])
    assert (row.ref.outlet, row.media_type, row.content) == ("phare", "text/html", PAGE)


def test_a_text_scrape_keeps_its_name(tmp_path: Path) -> None:
    (page,), _ = read(write(tmp_path, "scrape 1.txt", "Un titre\n\nUn texte"))
    assert (page.media_type, page.ref.source_id, page.content) == ("text/plain", "scrape 1.txt", "Un titre\n\nUn texte")


def warc(folder: Path, *answers: tuple[str, str, bytes]) -> Path:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status, body in answers:
        named = [("Content-Type", "text/html; charset=utf-8"), ("Date", "Tue, 24 Nov 2026 15:00:00 GMT")]
        headers = StatusAndHeaders(status, named, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return write(folder, "a.warc.gz", out.getvalue())


def test_an_archive_gives_its_pages_and_what_is_gone(tmp_path: Path) -> None:
    pages, refused = read(warc(
        tmp_path, ("https://phare.ma/a", "200 OK", "<p>é</p>".encode()), ("https://phare.ma/b", "410 Gone", b"x"),
        ("https://phare.ma/c", "503 Unavailable", b"x")))
    assert refused == []
    assert [(page.ref.url, page.ref.status, page.content) for page in pages] == [
        ("https://phare.ma/a", 200, "<p>é</p>"), ("https://phare.ma/b", 410, "")]
    assert pages[0].server_time is not None
    assert pages[0].server_time.hour == 15


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF"), ("a.warc", b"no archive\r\n\r\n")])
def test_what_is_no_known_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    pages, refused = read(write(tmp_path, name, content))
    assert pages == []
    assert [one.reason for one in refused] == ["unreadable"]


@pytest.mark.shared
def test_the_seeds_are_read_as_scrapes(shared: Path) -> None:
    pages, refused = read(*sorted((shared / "seeds").glob("*.txt")))
    assert (len(pages), refused) == (5, [])
    assert len({page.ref.article_id for page in pages}) == 5
