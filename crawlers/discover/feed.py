"""The bytes of an RSS or Atom feed in, its entries out; malformed ones are read as far as they go."""

from __future__ import annotations

import calendar
import io
import re
from datetime import UTC, datetime
from typing import Any, Final

import feedparser

from crawlers.discover import Link, Reading, UnreadableError

MAX_ENTRIES: Final = 2000
_DECLARES: Final = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.I)


def read_feed(body: bytes, url: str, content_type: str | None) -> Reading:
    """The entries with a link. Raises UnreadableError where it is no feed, or declares entities, which no feed needs and
    which expand without end or name files."""
    if _DECLARES.search(body):
        raise UnreadableError("it declares XML entities")
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body.lstrip()), sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    except Exception as error:
        # The library promises none, and yet its date and encoding readers have raised on malformed input.
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    if not parsed.entries and not parsed.get("version"):
        raise UnreadableError(f"no feed: begins with {body.lstrip()[:40]!r}")
    return Reading(tuple(link for entry in parsed.entries[:MAX_ENTRIES] if (link := _link(entry))))


def _link(entry: Any) -> Link | None:
    url = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
    if not url:
        return None
    published, updated = _moment(entry.get("published_parsed")), _moment(entry.get("updated_parsed"))
    raw = entry.get("published") or entry.get("updated")
    return Link(str(url).strip(), _headline(entry.get("title")), published or updated, str(raw) if raw else None, updated)


def _headline(text: Any) -> str | None:
    return " ".join(str(text).split()) or None if text else None


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError):
        return None
