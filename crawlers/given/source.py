"""A given file and what one of its rows says in, the RawPage or Rejected out, with ids that derive from content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from pipeline.events import Discovery, PageRef, RawPage, Rejected, content_id
from pipeline.outcome import Reason, reject
from pipeline.urls import article_id, canonical_url

STAGE = "ingest"
UNKNOWN = "import"
"""The outlet of a page that neither its row nor its address tells."""


@dataclass(frozen=True)
class Source:
    """A file, and which outlet each host is."""

    file: Path
    hosts: Mapping[str, str]
    written_at: datetime
    """Taken for the time of fetching: the same whenever the file is given again."""

    def page(
        self, content: str, media_type: Literal["text/html", "text/plain", "application/json"], *, url: str | None,
        source_id: str, outlet: str | None = None,
    ) -> RawPage:
        """The page of a row. Without a usable `url` its address is a URN of outlet and `source_id`."""
        address, asked = self._addresses(url, outlet, source_id)
        return RawPage(ref=self._ref(
            address, asked, content_id(address, content), outlet=outlet or self._outlet_of(address), source_id=source_id),
            media_type=media_type, content=content)

    def refuse(self, where: str, why: str, row: bytes = b"") -> Rejected:
        """What cannot be read: `where` in the file (`:12` for a line), and why."""
        address = f"urn:marsad:file:{quote(self.file.name)}{where}"
        ref = self._ref(address, address, content_id(address, row, why), outlet=UNKNOWN, source_id=None)
        return reject(STAGE, Reason.UNREADABLE, ref, f"{self.file}{where}: {why}")

    def _ref(self, address: str, asked: str, page_id: str, *, outlet: str, source_id: str | None) -> PageRef:
        return PageRef(
            page_id=page_id, article_id=article_id(address), outlet=outlet, url=address, final_url=asked, status=200,
            fetched_at=self.written_at, origin="import", source_id=source_id,
            discovery=Discovery(via="file", found_at=self.written_at))

    def _addresses(self, url: str | None, outlet: str | None, source_id: str) -> tuple[str, str]:
        """The canonical address, and the one stated."""
        if url:
            try:
                return canonical_url(url), url
            except ValueError:
                pass
        urn = f"urn:marsad:import:{quote(outlet or UNKNOWN, safe='')}:{quote(source_id, safe='')}"
        return urn, urn

    def _outlet_of(self, address: str) -> str:
        host = urlsplit(address).netloc.lower().removeprefix("www.") if address.startswith("http") else ""
        return self.hosts.get(host) or host or UNKNOWN
