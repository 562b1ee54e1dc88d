"""What every event is made of: ids from content, languages, origins, zones."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Language = Literal["ar", "fr", "en", "es"]


Origin = Literal["live", "backfill", "replay", "import"]
"""How a page came: live crawl; an outlet's past; archive re-read; a file given by hand. Only `live` can alert."""


Zone = Literal["title", "lead", "body", "caption"]
"""Where evidence stands. `lead` and `body` are offsets into Article.body, `title` into headline, `caption` into captions."""


Precision = Literal["second", "minute", "day", "month", "year"]


def content_id(*parts: str | bytes) -> str:
    """32 hexadecimal digits derived from the parts, the same wherever and whenever it is computed."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Base of every record that crosses a topic; its class name is the tag on the wire."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what events are made of."""
