"""Event in, bytes and headers out, and back: JSON compressed with zstd, with type and schema version in the headers.

A reader of a newer version reads what the previous one wrote: fields are only ever added, with a default. What a newer
writer sends to an older reader is parked as a dead letter, whole, to be retried once the reader is upgraded.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec
import zstandard

from pipeline.events import AnyEvent
from pipeline.outcome import TerminalError

SCHEMA: Final = 1
"""Raised when a reader of the previous version could no longer read what is written now."""
MAX_INFLATED: Final = 64_000_000
"""Bytes; a record that inflates further is refused."""

E = TypeVar("E")
_decoder = msgspec.json.Decoder(AnyEvent)
_encoder = msgspec.json.Encoder()


class _Zstd(threading.local):
    """Compressors of this thread: they may not be shared, and making one costs as much as using it."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=3).compress
        self.decompress = zstandard.ZstdDecompressor().decompress


_zstd = _Zstd()


class UnreadableRecordError(TerminalError):
    """The bytes are not an event that this code knows; the record is parked as a dead letter, whole."""


def encode(event: AnyEvent) -> tuple[bytes, dict[str, str]]:
    """The record's value and headers."""
    return encoded(_encoder.encode(event), type(event))


def encoded(json: bytes, kind: type[AnyEvent]) -> tuple[bytes, dict[str, str]]:
    """The record's value and headers of an event that is JSON already, as msgspec writes it."""
    return _zstd.compress(json), {"type": kind.__name__, "schema": str(SCHEMA)}


def decode(value: bytes, headers: Mapping[str, str], expected: type[E] | tuple[type[E], ...]) -> E:
    """The event, checked to be one of the `expected`. Raises UnreadableRecordError saying what is wrong with the record."""
    version = headers.get("schema", "none")
    if not (version.isascii() and version.isdecimal()) or int(version) > SCHEMA:
        raise UnreadableRecordError(
            f"schema version {version} is not known here (this code reads up to {SCHEMA}): upgrade, then retry it")
    try:
        event = _decoder.decode(_inflated(value))
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableRecordError(f"not an event: {error}") from error
    if not isinstance(event, expected):
        names = " or ".join(one.__name__ for one in (expected if isinstance(expected, tuple) else (expected,)))
        raise UnreadableRecordError(f"a {type(event).__name__} where {names} was expected")
    return event


def _inflated(value: bytes) -> bytes:
    # The library heeds max_output_size only where the frame does not state its size.
    stated = zstandard.get_frame_parameters(value).content_size
    if stated != zstandard.CONTENTSIZE_UNKNOWN and stated > MAX_INFLATED:
        raise UnreadableRecordError(f"inflates to {stated:,} bytes, more than {MAX_INFLATED:,}")
    return _zstd.decompress(value, max_output_size=MAX_INFLATED)
