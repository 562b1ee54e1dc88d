"""Rendered answers in, the same answers out until the snapshot, the day or the style changes: bounded, compressed once."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

WORTH_COMPRESSING: Final = 600
"""Bytes; less is sent as it is."""


@dataclass(frozen=True)
class Answer:
    """A whole response."""

    body: bytes
    media_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    zipped: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, near enough."""
        return len(self.body) + len(self.zipped or b"") + 500


def answer(body: str | bytes, media_type: str, status: int = 200, **headers: str) -> Answer:
    """An answer with its validator and its compressed form. Header names are given with `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    zipped = gzip.compress(data, 6, mtime=0) if len(data) >= WORTH_COMPRESSING else None
    return Answer(data, media_type, status, named, f'"{blake2b(data, digest_size=12).hexdigest()}"', zipped)


class Cache:
    """The most recently used answers, at most `limit` bytes. Safe between threads."""

    def __init__(self, limit: int = 64_000_000) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Answer | None:
        """The answer, where it is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, found: Answer) -> None:
        """Keep the answer, at the cost of those unused longest; one of over an eighth of the limit is not kept."""
        if found.size > self._limit // 8:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._bytes += found.size - (before.size if before else 0)
            self._kept[key] = found
            while self._bytes > self._limit:
                self._bytes -= self._kept.popitem(last=False)[1].size
