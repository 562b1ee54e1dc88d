"""Event in, bytes and headers out, and back: JSON compressed with zstd, with type and schema version in the headers."""

from __future__ import annotations

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


class UnreadableRecordError(TerminalError):
    """The bytes are not an event that this code knows; the record is parked as a dead letter, whole."""


def encode(event: AnyEvent) -> tuple[bytes, dict[str, str]]:
    """The record's value and headers."""
    value = zstandard.ZstdCompressor(level=3).compress(_encoder.encode(event))
    return value, {"type": type(event).__name__, "schema": str(SCHEMA)}


def decode(value: bytes, headers: Mapping[str, str], expected: type[E]) -> E:
    """The event, checked to be an `expected`. Raises UnreadableRecordError saying what is wrong with the record."""
    version = headers.get("schema", "none")
    if not version.isdecimal() or int(version) > SCHEMA:
        raise UnreadableRecordError(
            f"schema version {version} is not known here (this code reads up to {SCHEMA}): upgrade, then retry it")
    try:
        text = zstandard.ZstdDecompressor().decompress(value, max_output_size=MAX_INFLATED)
        event = _decoder.decode(text)
    except (zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableRecordError(f"not an event: {error}") from error
    if not isinstance(event, expected):
        raise UnreadableRecordError(f"a {type(event).__name__} where {expected} was expected")
    return event
