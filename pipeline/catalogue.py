"""Topology and vocabulary in, the page that documents every topic and payload out: `python -m pipeline.catalogue`.

The page is pipeline/README.md; a test compares it with what this module writes.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from pipeline import events
from pipeline.codec import SCHEMA
from pipeline.events import articles, base, claims, classified, ends, facts, pages, placed
from pipeline.topology import STAGES, TOPICS, Topic

PAGE: Final = Path(__file__).with_name("README.md")
MODULES: Final = (base, pages, articles, facts, classified, placed, ends, claims)
HEAD: Final = f"""# Topics and payloads

Made from `events/` and `topology.py` by `python -m pipeline.catalogue`; do not edit.

Every record is one event as JSON, compressed with zstd, with the headers `type` (the event's name, also in the field `type`) and
`schema` (now {SCHEMA}). Fields at their default are left out. Times are ISO 8601 in UTC, offsets are code points. A newer reader
reads what the previous version wrote (fields are added with a default, or turned into the new ones); an unknown newer one is
parked as a dead letter.
The key is the article's id (of a merge the story's, of a claim event the claim's), so what is said of one article stays in order.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join((HEAD, "## Stages\n", *_stages(), "\n## Topics\n", *_topics(), "\n## Events\n", *_structs(events.Event),
                      "## Values inside events\n", *_structs(events.Value))).rstrip() + "\n"


def _stages() -> Iterator[str]:
    yield "| stage (and consumer group) | reads | writes | dead letters |\n|---|---|---|---|"
    for stage in STAGES:
        yield f"| {stage.name} | {_names(stage.consumes)} | {_names(stage.produces)}, `rejections` | `{stage.dead.name}` |"


def _topics() -> Iterator[str]:
    yield "| topic | carries | partitions | kept for days |\n|---|---|---|---|"
    for topic in TOPICS:
        carried = ", ".join(f"[{kind.__name__}](#{kind.__name__.lower()})" for kind in topic.carries)
        yield f"| {_names(topic)} | {carried} | {topic.partitions} | {topic.retention_days} |"


def _names(topic: Topic) -> str:
    return ", ".join(f"`{name}`" for name in topic.names())


def _structs(root: type[msgspec.Struct]) -> Iterator[str]:
    for name in _classes():
        kind = getattr(events, name)
        if issubclass(kind, root) and kind is not root:
            yield from _struct(kind)


def _struct(kind: type[msgspec.Struct]) -> Iterator[str]:
    yield f"### {kind.__name__}\n\n{' '.join((kind.__doc__ or '').split())}\n"
    yield "| field | type | default | |\n|---|---|---|---|"
    texts = _texts(kind)
    for field in msgspec.structs.fields(kind):
        annotation, text = texts.get(field.name, ("", ""))
        yield f"| {field.name} | `{annotation}` | {_default(field)} | {text} |"
    yield ""


def _default(field: msgspec.structs.FieldInfo) -> str:
    default: Any = field.default
    if default is msgspec.NODEFAULT:
        return "" if field.default_factory is msgspec.NODEFAULT else "empty"
    return "none" if default is None else f"`{default!r}`"


@cache
def _classes() -> dict[str, ast.ClassDef]:
    """Every class of the vocabulary, in the order in which the data meets it."""
    nodes = [node for module in MODULES for node in ast.parse(inspect.getsource(module)).body]
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _texts(kind: type[msgspec.Struct]) -> dict[str, tuple[str, str]]:
    """Annotation and documentation of each field, as written in the source."""
    found: dict[str, tuple[str, str]] = {}
    body = _classes()[kind.__name__].body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = (re.sub(r"\s*\|\s*", " or ", ast.unparse(node.annotation)), _string(following))
    return found


def _string(node: ast.stmt | None) -> str:
    said = node.value if isinstance(node, ast.Expr) else None
    text = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
