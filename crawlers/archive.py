"""Answers in, WARC records on disk out, one file an outlet and day, and the way back from an ArchiveRef to the bytes."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.answer import Answer
from pipeline.events import ArchiveRef

FOLDER: Final = "archive"
"""Below MARSAD_DATA."""
_LEFT_OUT: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""They tell of the body as sent; ours is inflated."""
FINAL: Final = "Marsad-Final-URI"
"""Where redirects led, where they did (WARC allows fields of one's own)."""
PAGE_ID: Final = "Marsad-Page-Id"
"""The page's id: later code may decode the bytes otherwise."""


class Archive:
    """The archive of one outlet, written by the one crawl that holds the outlet."""

    def __init__(self, data: Path, outlet: str) -> None:
        self._folder, self._outlet = data / FOLDER, outlet
        self._open: tuple[str, IO[bytes]] | None = None

    def append(self, url: str, answer: Answer, at: datetime, *, page_id: str | None = None) -> ArchiveRef:
        """Write a record and wait until the disk has it. Raises OSError."""
        name = f"{self._outlet}/{at.astimezone(UTC):%Y-%m-%d}.warc.gz"
        stream = self._stream(name)
        offset = stream.tell()
        headers = [(key, value) for key, value in answer.headers.items() if key not in _LEFT_OUT]
        headers.append(("content-length", str(len(answer.body))))
        # Version 1.1 allows fractions of a second: a reading made again from the archive has the very time of the first.
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        about = {"WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"}
        about |= {FINAL: answer.url} if answer.url != url else {}
        about |= {PAGE_ID: page_id} if page_id else {}
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(answer.body),
            warc_headers_dict=about,
            http_headers=StatusAndHeaders(f"{answer.status} -", headers, protocol="HTTP/1.1"))
        writer.write_record(record)
        stream.flush()
        os.fsync(stream.fileno())
        return ArchiveRef(file=name, offset=offset, digest=record.rec_headers.get_header("WARC-Payload-Digest"))

    def close(self) -> None:
        """Close the file in use."""
        if self._open:
            self._open[1].close()
            self._open = None

    def _stream(self, name: str) -> IO[bytes]:
        if self._open is None or self._open[0] != name:
            self.close()
            file = self._folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists():
                _mend(file)
            self._open = (name, file.open("ab"))
        return self._open[1]


def read_archived(data: Path, ref: ArchiveRef) -> Answer:
    """The answer that a reference stands for. Raises OSError where the file is gone, LookupError where it holds another."""
    with (data / FOLDER / ref.file).open("rb") as stream:
        stream.seek(ref.offset)
        for record in ArchiveIterator(stream):
            if record.rec_headers.get_header("WARC-Payload-Digest") == ref.digest:
                return _answer(record)
            break
    raise LookupError(f"{ref.file} holds another record at {ref.offset}")


def _answer(record: Any) -> Answer:
    headers = {name.lower(): value for name, value in record.http_headers.headers}
    return Answer(record.rec_headers.get_header("WARC-Target-URI"), int(record.http_headers.get_statuscode()), headers,
                  record.content_stream().read())


def _mend(file: Path) -> None:
    """Cut off a last record that a killed crawl left unfinished: readers stop at it, and what follows would be lost to them."""
    end = max(_member_ends(file), default=0)
    if end < file.stat().st_size:
        os.truncate(file, end)


def _member_ends(file: Path, block: int = 1 << 16) -> Iterator[int]:
    """Where each complete gzip member ends."""
    with file.open("rb") as stream:
        read, inflater = 0, zlib.decompressobj(wbits=31)
        while data := stream.read(block):
            read += len(data)
            try:
                while data:
                    inflater.decompress(data, 0)
                    if not inflater.eof:
                        break
                    data = inflater.unused_data
                    yield read - len(data)
                    inflater = zlib.decompressobj(wbits=31)
            except zlib.error:
                return
