"""robots.txt and tdmrep.json of a site in, whether a page may be asked for, how slowly, and whether its rights are reserved out.

RFC 9309: 4xx means no rules (2.3.1.3). Where robots.txt cannot be had, the rules of its last reading hold for a day (2.4). After
that nothing is asked of a site that does not answer at all (2.3.1.4); where robots.txt answers 5xx and yet the site's pages
answer, the file is broken and not the server: they are read at half the speed, and each fetch says `unavailable`. There we depart
from the RFC, as the press does not mean to hide (issue 4 counts such an outlet's articles as to be read).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from config.outlet import Outlet
from pipeline.state.hosts import StoredRobots

MAX_BYTES: Final = 512_000
"""RFC 9309 asks crawlers to read at least 500 KiB."""
KEEP_SECONDS: Final = 86_400.0
"""RFC 9309 section 2.4: not used for more than a day."""
RENEW_SECONDS: Final = KEEP_SECONDS / 2
"""It is read anew after so long: should it fail then, the old rules still hold for the other half of the day."""
SLOWER_WITHOUT: Final = 2.0
RETRY_SECONDS: Final = 3600.0
"""After an error it is tried again so much later."""
UNREACHED_SECONDS: Final = 60.0
"""The same where nothing answered: often it is our own network, and asking again costs the site nothing."""
Decision = Literal["allowed", "disallowed", "unavailable", "ignored"]


@dataclass(frozen=True)
class Rules:
    """What a site lets us do."""

    decision: Decision
    """Without rules to look into: allowed, unavailable (nothing may be asked for), ignored by agreement."""
    delay: float
    """Seconds between requests."""
    parsed: Protego | None = None
    agent: str = "*"
    reservations: tuple[tuple[str, bool], ...] = ()
    """Path patterns of tdmrep.json, and whether text and data mining is reserved there."""
    trouble: str | None = None
    """Why robots.txt could not be read when last tried."""

    def decide(self, url: str) -> Decision:
        """Whether the address may be asked for."""
        if self.parsed is None:
            return self.decision
        return "allowed" if self.parsed.can_fetch(url, self.agent) else "disallowed"

    def reserved(self, url: str) -> bool | None:
        """What tdmrep.json says of the address; None: nothing."""
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return next((reserved for pattern, reserved in self.reservations if _matches(pattern, path)), None)


def rules_of(stored: StoredRobots, outlet: Outlet, user_agent: str, now: float) -> Rules:
    """The rules that a stored robots.txt sets for us now; robots.txt can only make the outlet's own delay longer."""
    reservations = _reservations(stored.tdm)
    if outlet.robots == "ignore":
        return Rules("ignored", outlet.crawl_delay, reservations=reservations)
    if stored.status is None or not 0 <= now - stored.read_at < KEEP_SECONDS:
        slower = SLOWER_WITHOUT if stored.trouble and stored.trouble.startswith("http_") else 1.0
        return Rules("unavailable", outlet.crawl_delay * slower, reservations=reservations, trouble=stored.trouble)
    if stored.status >= 400:
        return Rules("allowed", outlet.crawl_delay, reservations=reservations, trouble=stored.trouble)
    agent = user_agent.split("/", maxsplit=1)[0].split(maxsplit=1)[0] if user_agent.strip() else "*"
    parsed = Protego.parse(stored.content[:MAX_BYTES].decode("utf-8", "replace"))
    asked = parsed.crawl_delay(agent)
    delay = max(outlet.crawl_delay, float(asked)) if asked is not None else outlet.crawl_delay
    return Rules("allowed", delay, parsed, agent, reservations, stored.trouble)


def is_fresh(stored: StoredRobots, now: float) -> bool:
    """Whether it needs no new reading."""
    if stored.trouble is not None:
        return 0 <= now - (stored.tried_at or 0.0) < patience(stored.trouble)
    return 0 <= now - stored.read_at < RENEW_SECONDS


def patience(trouble: str | None) -> float:
    """Seconds until robots.txt is tried again after that trouble."""
    return RETRY_SECONDS if trouble and trouble.startswith("http_") else UNREACHED_SECONDS


def is_unreachable(status: int) -> bool:
    """Whether a status says that robots.txt is there but cannot be had now. 429 asks for patience, it does not say "no rules"."""
    return status >= 500 or status == 429


def sitemaps_named(stored: StoredRobots) -> tuple[str, ...]:
    """The sitemaps that robots.txt names."""
    if stored.status != 200:
        return ()
    return tuple(Protego.parse(stored.content[:MAX_BYTES].decode("utf-8", "replace")).sitemaps)


class _Reservation(msgspec.Struct):
    location: str
    reservation: int = msgspec.field(name="tdm-reservation", default=0)


def _reservations(content: bytes | None) -> tuple[tuple[str, bool], ...]:
    try:
        found = msgspec.json.decode(content or b"[]", type=list[_Reservation], strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
    return tuple((one.location, one.reservation == 1) for one in found[:1000])


def _matches(pattern: str, path: str) -> bool:
    """As in robots.txt: `*` is any text, a final `$` the end (TDMRep, section 6.2)."""
    text = re.escape(pattern.rstrip("$")).replace(r"\*", "[^\n]*")
    return pattern.count("*") <= 5 and re.match(text + ("$" if pattern.endswith("$") else ""), path) is not None


_META: Final = re.compile(rb"""<meta[^>]{1,200}name=["']?tdm-reservation["']?[^>]{0,200}>""", re.I)


def page_reservation(headers_value: str | None, body: bytes) -> bool | None:
    """What a page says itself, by meta element or else header."""
    meta = _META.search(body[:200_000])
    if meta and (stated := re.search(rb"""content=["']?([01])""", meta.group(), re.I)):
        return stated.group(1) == b"1"
    return headers_value.strip() == "1" if headers_value and headers_value.strip() in ("0", "1") else None
