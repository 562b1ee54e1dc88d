"""Events survive the wire; what does not fit is refused with the reason."""

from __future__ import annotations

import msgspec
import pytest
import zstandard

from pipeline.codec import MAX_INFLATED, UnreadableRecordError, decode, encode
from pipeline.events import Article, Event, RawPage
from tests.pipeline.samples import article, page

HEADERS = {"schema": "1"}


@pytest.mark.parametrize("event", [page(1, "نص عربي، نصف مليار درهم"), article(page(2))])
def test_an_event_survives(event: RawPage | Article) -> None:
    value, headers = encode(event)
    assert decode(value, headers, (RawPage, Article)) == event
    assert headers == {"type": type(event).__name__, "schema": "1"}


def test_fields_a_newer_version_added_are_ignored_and_those_it_left_out_get_their_default() -> None:
    fields = msgspec.to_builtins(page(1)) | {"added_later": 5}
    del fields["content"]
    value = zstandard.ZstdCompressor().compress(msgspec.json.encode(fields | {"content": "x"}))
    assert decode(value, HEADERS, RawPage) == page(1, "x").__class__(ref=page(1).ref, content="x")


@pytest.mark.parametrize(("value", "headers", "says"), [
    (encode(page(1))[0], {"schema": "2"}, "schema version 2 is not known here"),
    (encode(page(1))[0], {}, "schema version none"),
    (encode(page(1))[0], {"schema": "١"}, "schema version ١ is not known"),
    (b"", HEADERS, "not an event"),
    (b"plain text", HEADERS, "not an event"),
    (encode(page(1))[0][:-4], HEADERS, "not an event"),
    (zstandard.compress(b'{"type":"RawPage"}'), HEADERS, "not an event"),
    (zstandard.compress(b"\xff\xfe"), HEADERS, "not an event"),
    (encode(page(1))[0], HEADERS, "a RawPage where Article was expected"),
])
def test_what_is_no_event_is_refused(value: bytes, headers: dict[str, str], says: str) -> None:
    with pytest.raises(UnreadableRecordError, match=says):
        decode(value, headers, Article)


@pytest.mark.parametrize("states_size", [True, False])
def test_a_bomb_is_refused_before_it_inflates(states_size: bool) -> None:
    bomb = zstandard.ZstdCompressor(write_content_size=states_size).compress(bytes(MAX_INFLATED + 1_000_000))
    with pytest.raises(UnreadableRecordError, match="inflates to" if states_size else "not an event"):
        decode(bomb, HEADERS, Event)
