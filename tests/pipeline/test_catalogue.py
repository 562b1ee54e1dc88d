"""The page on topics and payloads says what the code says."""

from __future__ import annotations

import inspect

import msgspec

from pipeline import events
from pipeline.catalogue import PAGE, page
from pipeline.topology import TOPICS


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m pipeline.catalogue`"


def test_every_topic_event_and_field_is_on_it() -> None:
    text = page()
    kinds = [kind for kind in vars(events).values() if inspect.isclass(kind) and issubclass(kind, msgspec.Struct)]
    assert all(f"`{name}`" in text for topic in TOPICS for name in topic.names())
    for kind in kinds:
        if kind in (events.Event, events.Value):
            continue
        section = text.split(f"### {kind.__name__}\n", 1)[1].split("\n### ", 1)[0]
        assert all(f"| {field.name} | `" in section for field in msgspec.structs.fields(kind)), kind.__name__
