"""A JSONL file in, a page a row out: clean fields (`title`, `body`) as they are, or `html` to be read."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, cast

import msgspec

from crawlers.given.source import Source
from pipeline.events import GivenArticle, RawPage, Rejected, content_id

MAX_ROW_BYTES: Final = 16_000_000
_encode = msgspec.json.Encoder().encode


def read_rows(source: Source) -> Iterator[RawPage | Rejected]:
    """Every row; a row that is no JSON object, too long or without text becomes a Rejected with file and line."""
    with _open(source.file) as stream:
        number = 0
        try:
            while row := stream.readline(MAX_ROW_BYTES + 1):
                number += 1
                if len(row) > MAX_ROW_BYTES:
                    yield source.refuse(f":{number}", f"longer than {MAX_ROW_BYTES:,} bytes", row[:1000])
                    _skip_rest(stream, row)
                elif row.strip():
                    yield _read_row(source, number, row.removeprefix(b"\xef\xbb\xbf"))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield source.refuse(f":{number + 1}", f"the compressed file is damaged here: {error}")


def _open(file: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file)) if file.name.lower().endswith(".gz") else file.open("rb")


def _skip_rest(stream: IO[bytes], row: bytes) -> None:
    while row and not row.endswith(b"\n"):
        row = stream.readline(MAX_ROW_BYTES)


def _read_row(source: Source, number: int, row: bytes) -> RawPage | Rejected:
    try:
        fields = msgspec.json.decode(row, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return source.refuse(f":{number}", f"not a JSON object: {error}", row)
    markup, body = _text(fields.get("html")), _text(fields.get("body"))
    if markup is None and body is None:
        return source.refuse(f":{number}", "neither `body` nor `html`", row)
    url, own = _text(fields.get("url")), _text(fields.get("id"))
    outlet = _text(fields.get("outlet"))
    content = markup if body is None else _encode(_given(fields, body)).decode()
    return source.page(
        content or "", "text/html" if body is None else "application/json", url=url, outlet=outlet.strip() if outlet else None,
        source_id=own or url or content_id(content or "")[:12])


def _given(fields: dict[str, Any], body: str) -> GivenArticle:
    author = fields.get("author", fields.get("authors"))
    return GivenArticle(
        title=_text(fields.get("title")) or "", body=body, date=_text(fields.get("date", fields.get("published"))),
        author=", ".join(map(str, author)) if isinstance(author, list) else _text(author),
        lang=_text(fields.get("lang")), section=_text(fields.get("section")))


def _text(value: Any) -> str | None:
    """A field's text; numbers count as text, null and what is nested do not."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
