"""A WARC file in, its HTML responses out: those of our own archive, of crawlers, of Common Crawl."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.charset import decode
from crawlers.given.source import Source
from pipeline.events import RawPage, Rejected

MAX_PAGE_BYTES: Final = 8_000_000
GONE: Final = (404, 410)


def read_warc(source: Source) -> Iterator[RawPage | Rejected]:
    """Every HTML response with status 200 (or 404 and 410, as withdrawn); the rest is not ours to read and left out.

    A damaged file gives what stands before the damage, and a Rejected for it.
    """
    with source.file.open("rb") as stream:
        records = ArchiveIterator(stream)
        try:
            for record in records:
                if record.rec_type in ("response", "resource") and _is_page(record):
                    yield _page(source, record)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield source.refuse(f":{stream.tell()}", f"the archive is damaged near this byte: {error}")


def _is_page(record: Any) -> bool:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    kind = _header(record, "Content-Type") or record.rec_headers.get_header("Content-Type") or ""
    return url.startswith("http") and (_status(record) in GONE or (_status(record) == 200 and "html" in kind.lower()))


def _page(source: Source, record: Any) -> RawPage | Rejected:
    url, status = record.rec_headers.get_header("WARC-Target-URI"), _status(record)
    body = record.content_stream().read(MAX_PAGE_BYTES + 1)
    identity = record.rec_headers.get_header("WARC-Record-ID") or url
    if len(body) > MAX_PAGE_BYTES:
        return source.refuse(f"#{identity}", f"{url} is larger than {MAX_PAGE_BYTES:,} bytes")
    content = "" if status in GONE else decode(body, _header(record, "Content-Type"))
    page = source.page(content, "text/html", url=url, source_id=identity)
    fetched_at = _moment(record.rec_headers.get_header("WARC-Date")) or source.written_at
    ref = msgspec.structs.replace(page.ref, status=status, fetched_at=fetched_at)
    return msgspec.structs.replace(page, ref=ref, server_time=_http_date(_header(record, "Date")))


def _status(record: Any) -> int:
    if record.http_headers is None:
        return 200
    code = record.http_headers.get_statuscode()
    return int(code) if code and code.isdigit() else 0


def _header(record: Any, name: str) -> str | None:
    value = record.http_headers.get_header(name) if record.http_headers else None
    return str(value) if value else None


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _http_date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
