"""A mail that came back in, what it says of one of ours out: it could not be delivered for good, or somebody complained of it.

Delivery reports are read as RFC 3464 has them, complaints as RFC 5965. Which mail is meant is told by the Message-ID of the
mail that they enclose, by its List-Unsubscribe link, or by the address that the report came back to (VERP). All three hold
what only we and the reader know, so that nobody can have others dropped by a made-up report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from typing import Final

ID: Final = re.compile(r"<?([0-9a-f]{32})@")
"""The id of a mail of ours (warehouse.digest.mail)."""
TOKEN: Final = re.compile(r"/unsubscribe/([A-Za-z0-9_.~-]{20,600})")
RETURNED_TO: Final = re.compile(r"[+.=-]([0-9a-f]{32})@")
CAME_BACK_TO: Final = ("delivered-to", "x-original-to", "envelope-to", "to")
NO_COMPLAINT: Final = frozenset({"not-spam", "auth-failure"})
"""Feedback types (RFC 5965, 6591) that ask for nothing."""
TOLD: Final = 300
PARTS: Final = 100


@dataclass(frozen=True)
class Return:
    """What came back, and what tells whose mail it was."""

    complaint: bool
    """Else it could not be delivered for good."""
    ids: frozenset[str]
    """Ids of the mail that it may be about."""
    token: str
    """Of that mail's link to unsubscribe; empty where it is not told."""
    told: str
    """The server's words."""


def read_return(mail: Message) -> Return | None:
    """What the mail says; None where it is neither a failure for good nor a complaint."""
    kind = str(mail.get_param("report-type") or "").lower() if mail.get_content_type() == "multipart/report" else ""
    parts = [part for part, _ in zip(mail.walk(), range(PARTS), strict=False)]
    if kind == "delivery-status":
        told = _failure(parts)
    elif kind == "feedback-report":
        told = _complaint(parts)
    else:
        return None
    return None if told is None else Return(kind == "feedback-report", _ids(mail, parts), _token(parts), told[:TOLD])


def _failure(parts: list[Message]) -> str | None:
    """The words of the first recipient's failure for good."""
    for fields in _fields(parts, "message/delivery-status"):
        status = _text(fields, "status").split(" ")[0]
        words = _text(fields, "diagnostic-code")
        if _text(fields, "action").lower() == "failed" and not status.startswith("4"):
            return f"{status} {words}".strip() or "not delivered"
    return None


def _complaint(parts: list[Message]) -> str | None:
    for fields in _fields(parts, "message/feedback-report"):
        kind = _text(fields, "feedback-type").lower()
        if kind and kind not in NO_COMPLAINT:
            return f"complaint: {kind}"
    return None


def _fields(parts: list[Message], kind: str) -> Iterator[Message]:
    """The groups of fields of a report's machine-readable part."""
    for part in parts:
        if part.get_content_type() == kind:
            payload = part.get_payload()
            yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else [_headers(part)]


def _ids(mail: Message, parts: list[Message]) -> frozenset[str]:
    enclosed = [_text(one, "message-id") for one in _enclosed(parts)]
    came_to = [str(value) for name in CAME_BACK_TO for value in mail.get_all(name, [])]
    return frozenset(
        [found[1] for text in enclosed if (found := ID.search(text))]
        + [found[1] for text in came_to if (found := RETURNED_TO.search(text))])


def _token(parts: list[Message]) -> str:
    links = (TOKEN.search(_text(one, "list-unsubscribe")) for one in _enclosed(parts))
    return next((found[1] for found in links if found), "")


def _enclosed(parts: list[Message]) -> Iterator[Message]:
    """The mail that the report is about, whole or its headers."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else ()
        elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            yield _headers(part)


def _headers(part: Message) -> Message:
    raw = part.get_payload(decode=True)
    return HeaderParser().parsestr(raw.decode("utf-8", "replace") if isinstance(raw, bytes) else "")


def _text(fields: Message, name: str) -> str:
    """A field on one line, without its type ("smtp; 550 ..."), comments kept."""
    value = " ".join(str(fields.get(name, "")).split())
    return value.partition(";")[2].strip() or value if name == "diagnostic-code" else value
