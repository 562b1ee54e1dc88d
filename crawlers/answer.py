"""What came of asking for an address: an Answer with its bytes, or NoAnswer with the reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """A response, inflated."""

    url: str
    """Where redirects led."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""

    @property
    def date(self) -> datetime | None:
        """The servers' time when it was sent: the Date header, and the time it lay in a cache."""
        at = http_date(self.headers.get("date"))
        age = self.headers.get("age", "").strip()
        return at + timedelta(seconds=int(age)) if at and age.isascii() and age.isdigit() and len(age) < 9 else at

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, as the server says (Retry-After as a number or date, RFC 9110 section 10.2.3)."""
        stated = self.headers.get("retry-after", "").strip()
        if stated.isascii() and stated.isdigit():
            return float(stated[:9])
        until = http_date(stated)
        now = http_date(self.headers.get("date")) or datetime.now(UTC)
        return max(0.0, (until - now).total_seconds()) if until else None


@dataclass(frozen=True)
class NoAnswer:
    """None came, or none that may be used."""

    kind: Literal["refused", "failed", "stopped"]
    """refused: not asked, or not to be asked again so soon; failed: may succeed later; stopped: this crawl ends here."""
    reason: str
    retry_at: float | None = None
    """Not before that time, in seconds since 1970."""
    status: int | None = None
    detail: str | None = None
    """The word behind the reason, where there is one."""


class DownloadError(Exception):
    """The request brought no usable response; `reason` is one word. `final`: the same would come of asking again."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


Download = Callable[[str, Mapping[str, str], float, int], Awaitable[Answer]]
"""Ask for an address with these headers, within so many seconds and bytes, without following redirects. Raises DownloadError."""


def http_date(text: str | None) -> datetime | None:
    """The moment an HTTP header states, in UTC; None where it states none."""
    try:
        found = parsedate_to_datetime(text) if text else None
        return found.astimezone(UTC) if found and found.tzinfo else found.replace(tzinfo=UTC) if found else None
    except (ValueError, OverflowError):
        return None
