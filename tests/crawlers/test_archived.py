"""The archive gives back the pages as they were fetched: same ids, same moment, each once while it did not change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from crawlers.answer import Answer
from crawlers.archive import Archive, read_archived
from crawlers.archived import archived_outlets, archived_pages
from pipeline.events import Discovery

AT = datetime(2026, 11, 24, 10, 30, 1, 250_000, tzinfo=UTC)
NEXT = datetime(2026, 11, 25, 0, 0, 0, 5, tzinfo=UTC)
FOUND = Discovery(via="feed", found_at=AT, announced_headline="Un titre")


def answer(text: str, *, status: int = 200, final: str = "https://phare.ma/a?utm_source=x") -> Answer:
    headers = {"content-type": "text/html", "date": "Tue, 24 Nov 2026 10:30:00 GMT"}
    return Answer(final, status, headers, f"<p>{text}</p>".encode())


def fill(data: Path) -> None:
    archive = Archive(data, "phare")
    for text, at in (("été", AT), ("été", NEXT), ("autre", NEXT)):
        archive.append("https://phare.ma/a?utm_source=x", answer(text), at, page_id=f"page of {text}")
    archive.append("https://phare.ma/b", answer("", status=404, final="https://phare.ma/gone"), NEXT)
    archive.close()


def test_pages_come_back_with_their_ids(tmp_path: Path) -> None:
    fill(tmp_path)
    assert archived_outlets(tmp_path) == ["phare"]
    first, second, gone = archived_pages(tmp_path, "phare")
    assert [one.ref.page_id for one in (first, second)] == ["page of été", "page of autre"]
    assert (first.content, first.ref.fetched_at, first.ref.origin) == ("<p>été</p>", AT, "replay")
    assert (first.ref.url, first.server_time) == ("https://phare.ma/a", datetime(2026, 11, 24, 10, 30, tzinfo=UTC))
    assert (gone.ref.status, gone.content, gone.ref.final_url) == (404, "", "https://phare.ma/gone")
    for page in (first, second):
        assert page.ref.archive is not None
        assert read_archived(tmp_path, page.ref.archive).body.decode() == page.content


def test_days_are_those_of_fetching_and_announcements_are_given_back(tmp_path: Path) -> None:
    fill(tmp_path)
    (only,) = archived_pages(tmp_path, "phare", until=date(2026, 11, 24))
    found = {only.ref.article_id: FOUND}
    assert [page.ref.discovery for page in archived_pages(tmp_path, "phare", since=date(2026, 11, 25), discovered=found)] == [
        FOUND, FOUND, None]


def test_a_damaged_end_hides_nothing_before_it(tmp_path: Path) -> None:
    fill(tmp_path)
    file = tmp_path / "archive" / "phare" / "2026-11-25.warc.gz"
    whole = list(archived_pages(tmp_path, "phare"))
    archive = Archive(tmp_path, "phare")
    archive.append("https://phare.ma/c", answer("dernier"), NEXT)
    archive.close()
    file.write_bytes(file.read_bytes()[:-30])
    assert list(archived_pages(tmp_path, "phare")) == whole
