"""What a feed, sitemap or list says in, the links in it out: pure readers, bounded in time and size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.state.ways import Child


class UnreadableError(Exception):
    """The bytes are no feed, sitemap or list; the message says what they look like."""


@dataclass(frozen=True)
class Link:
    """An address that was named, with what was said of it."""

    url: str
    headline: str | None = None
    published: datetime | None = None
    published_raw: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What one document named: links, and further documents of the kind."""

    links: tuple[Link, ...] = ()
    children: tuple[Child, ...] = ()
    dates: tuple[datetime, ...] = ()
    """Those that a list states for machines."""
