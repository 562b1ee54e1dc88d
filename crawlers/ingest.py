"""Files given by hand in, RawPages out (origin import), and a Rejected for each row that cannot be read.

Ids derive from content and address: the same file given twice makes the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from config.outlet import Outlet
from crawlers.given.documents import read_html, read_text
from crawlers.given.rows import read_rows
from crawlers.given.source import Source
from crawlers.given.warc import read_warc
from pipeline.events import RawPage, Rejected

Reader = Callable[[Source], Iterator[RawPage | Rejected]]
READERS: Final[dict[str, Reader]] = {
    ".jsonl": read_rows, ".ndjson": read_rows, ".jsonl.gz": read_rows, ".ndjson.gz": read_rows,
    ".html": read_html, ".htm": read_html, ".xhtml": read_html,
    ".warc": read_warc, ".warc.gz": read_warc, ".txt": read_text,
}
"""By the end of the file's name."""


def read_pages(files: Sequence[Path], outlets: Iterable[Outlet] = ()) -> Iterator[RawPage | Rejected]:
    """Every page of the files, in order, read one at a time. `outlets`: whose pages are told by their addresses where a row
    does not name its outlet. A file of an unknown kind or that cannot be read is one Rejected."""
    hosts = {host.removeprefix("www."): outlet.id for outlet in outlets for host in outlet.all_hosts}
    for file in files:
        source = Source(file, hosts, _written_at(file))
        reader = _reader(file.name.lower())
        try:
            if reader is None:
                yield source.refuse("", f"not a kind of file that can be read (known: {', '.join(READERS)})")
            else:
                yield from reader(source)
        except OSError as error:
            yield source.refuse("", f"cannot be read: {error.strerror or error}")


def _reader(name: str) -> Reader | None:
    return next((reader for ending, reader in READERS.items() if name.endswith(ending)), None)


def _written_at(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return datetime.now(UTC)
