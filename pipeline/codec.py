"""Event in, bytes and headers out, and back: JSON compressed with zstd, with type and schema version in the headers.

A reader of a newer version reads what the previous one wrote: fields are added with a default, and where that is not enough
UPCASTS says what the old fields become. What a newer writer sends to an older reader is parked as a dead letter, whole, to be
retried once the reader is upgraded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec
import zstandard

from pipeline.events import AnyEvent
from pipeline.outcome import TerminalError

SCHEMA: Final = 1
"""Raised when a reader of the previous version could no longer read what is written now. The records of every version that
was are kept in tests/pipeline/recorded, and must go on being read."""
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTS: Final[dict[int, Upcast]] = {}
"""By version: what turns the fields of its records (any event) into those of the next. None is needed where defaults serve."""
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
    version = _version(headers)
    try:
        json = _inflated(value)
        event = _decoder.decode(json if version == SCHEMA else _upcast(json, version))
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableRecordError(f"not an event: {error}") from error
    if not isinstance(event, expected):
        names = " or ".join(one.__name__ for one in (expected if isinstance(expected, tuple) else (expected,)))
        raise UnreadableRecordError(f"a {type(event).__name__} where {names} was expected")
    return event


def _version(headers: Mapping[str, str]) -> int:
    stated = headers.get("schema", "none")
    if not (stated.isascii() and stated.isdecimal() and len(stated) < 10 and 1 <= int(stated) <= SCHEMA):
        raise UnreadableRecordError(
            f"schema version {stated} is not known here (this code reads up to {SCHEMA}): upgrade, then retry it")
    return int(stated)


def _upcast(json: bytes, version: int) -> bytes:
    """The record as this version would have written it."""
    fields = msgspec.json.decode(json)
    try:
        for older in range(version, SCHEMA):
            fields = UPCASTS[older](fields) if older in UPCASTS else fields
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableRecordError(f"not an event of schema version {version}: {type(error).__name__}: {error}") from error
    return _encoder.encode(fields)


def _inflated(value: bytes) -> bytes:
    # The library heeds max_output_size only where the frame does not state its size.
    stated = zstandard.get_frame_parameters(value).content_size
    if stated != zstandard.CONTENTSIZE_UNKNOWN and stated > MAX_INFLATED:
        raise UnreadableRecordError(f"inflates to {stated:,} bytes, more than {MAX_INFLATED:,}")
    return _zstd.decompress(value, max_output_size=MAX_INFLATED)
