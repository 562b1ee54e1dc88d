"""The archive's WARC files of some days in, the RawPages that were fetched then out, with the ids they had and origin replay."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

import structlog
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.archive import FINAL, FOLDER, PAGE_ID
from crawlers.charset import decode
from crawlers.publish import GONE
from pipeline.events import ArchiveRef, Discovery, PageRef, RawPage, content_id
from pipeline.urls import article_id, canonical_url

log = structlog.get_logger(__name__)
ENDING: Final = ".warc.gz"


def archived_outlets(data: Path) -> list[str]:
    """Outlets of which something is archived, in alphabetical order."""
    folder = data / FOLDER
    return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []


def archived_days(data: Path, outlet: str, since: date | None = None, until: date | None = None) -> list[Path]:
    """The outlet's files of these days (UTC, by time of fetching; both ends included), oldest first."""
    files = sorted((data / FOLDER / outlet).glob(f"????-??-??{ENDING}"))
    return [file for file in files if (since is None or _day(file) >= since) and (until is None or _day(file) <= until)]


def archived_pages(
    data: Path, outlet: str, *, since: date | None = None, until: date | None = None,
    discovered: Mapping[str, Discovery] | None = None,
) -> Iterator[RawPage]:
    """The pages in the order in which they were fetched, one at a time; a page that came again unchanged comes once.

    `discovered`: how each article (by id) was announced, which the archive does not hold. A damaged file gives what stands
    before the damage, and a warning.
    """
    last: dict[str, str] = {}
    for file in archived_days(data, outlet, since, until):
        for page in _pages(file, outlet, discovered or {}):
            if last.get(page.ref.article_id) != page.ref.page_id:
                last[page.ref.article_id] = page.ref.page_id
                yield page


def _day(file: Path) -> date:
    try:
        return date.fromisoformat(file.name.removesuffix(ENDING))
    except ValueError:
        return date.min


def _pages(file: Path, outlet: str, discovered: Mapping[str, Discovery]) -> Iterator[RawPage]:
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        try:
            for record in records:
                if record.rec_type == "response":
                    body = record.content_stream().read()
                    # Asked for after the body: to know where a record ends, its rest is read and thrown away.
                    offset = records.get_record_offset()
                    if not _is_whole(record, body):
                        raise EOFError("a record was cut short")
                    yield _page(record, body, f"{outlet}/{file.name}", offset, discovered)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            log.warning("archive_damaged", file=str(file), near_byte=stream.tell(), error=str(error))


def _is_whole(record: Any, body: bytes) -> bool:
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    return bool(record.rec_headers.get_header("WARC-Payload-Digest") == f"sha1:{digest}")


def _page(record: Any, body: bytes, name: str, offset: int, discovered: Mapping[str, Discovery]) -> RawPage:
    about, headers = record.rec_headers, record.http_headers
    asked, status = about.get_header("WARC-Target-URI"), int(headers.get_statuscode())
    address = canonical_url(asked)
    content = "" if status in GONE else decode(body, headers.get_header("Content-Type"))
    article, outlet = article_id(address), name.partition("/")[0]
    return RawPage(content=content, server_time=_http_date(headers.get_header("Date")), ref=PageRef(
        page_id=about.get_header(PAGE_ID) or content_id(address, content), article_id=article, outlet=outlet, url=address,
        final_url=about.get_header(FINAL) or asked, status=status,
        fetched_at=datetime.fromisoformat(about.get_header("WARC-Date")), origin="replay", discovery=discovered.get(article),
        archive=ArchiveRef(file=name, offset=offset, digest=about.get_header("WARC-Payload-Digest"))))


def _http_date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
