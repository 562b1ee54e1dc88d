"""What was fetched is found again by its reference, also after a crawl that was killed while writing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from crawlers.answer import Answer
from crawlers.archive import Archive, read_archived
from crawlers.ingest import read_pages
from pipeline.events import ArchiveRef, RawPage

AT = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)


def answer(text: str) -> Answer:
    headers = {"content-type": "text/html; charset=utf-8", "content-encoding": "gzip", "content-length": "7", "date": "x"}
    return Answer("https://phare.ma/a", 200, headers, f"<p>{text}</p>".encode() * 2000)


def write(data: Path, *texts: str) -> list[ArchiveRef]:
    archive = Archive(data, "phare")
    refs = [archive.append("https://phare.ma/a", answer(text), AT) for text in texts]
    archive.close()
    return refs


def test_every_record_is_found_again(tmp_path: Path) -> None:
    refs = write(tmp_path, "un", "deux") + write(tmp_path, "trois")
    assert {ref.file for ref in refs} == {"phare/2026-11-24.warc.gz"}
    for ref, text in zip(refs, ("un", "deux", "trois"), strict=True):
        found = read_archived(tmp_path, ref)
        assert (found.url, found.status, found.body) == ("https://phare.ma/a", 200, answer(text).body)
        assert found.headers["content-type"] == "text/html; charset=utf-8"
        assert "content-encoding" not in found.headers


@pytest.mark.parametrize("lost", [1, 20, 100])
def test_a_record_cut_short_by_a_kill_harms_no_other(tmp_path: Path, lost: int) -> None:
    first, _ = write(tmp_path, "un", "deux")
    file = tmp_path / "archive" / first.file
    file.write_bytes(file.read_bytes()[:-lost])
    (third,) = write(tmp_path, "trois")
    assert read_archived(tmp_path, third).body == answer("trois").body
    pages = [page for page in read_pages([file]) if isinstance(page, RawPage)]
    assert [page.content[:8] for page in pages] == ["<p>un</p", "<p>trois"]


def test_a_reference_to_something_else_is_not_followed(tmp_path: Path) -> None:
    first, second = write(tmp_path, "un", "deux")
    with pytest.raises(LookupError):
        read_archived(tmp_path, msgspec.structs.replace(first, offset=second.offset))
    with pytest.raises(OSError, match="No such file"):
        read_archived(tmp_path, msgspec.structs.replace(first, file="phare/2020-01-01.warc.gz"))
