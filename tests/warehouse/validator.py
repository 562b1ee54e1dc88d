"""A feed in, what is wrong with it by the rules of its format out: the grammar, and what a grammar cannot say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import feedparser
import jsonschema_rs
import yaml
from lxml import etree

from config.settings import ROOT

ATOM: Final = "{http://www.w3.org/2005/Atom}"
HTTP: Final = ("http://", "https://")


def wrong_in_atom(feed: bytes) -> list[str]:
    """Faults of an Atom feed by RFC 4287."""
    root: Any = etree.fromstring(feed)
    grammar = _grammar()
    grammar.validate(root)
    return [f"{one.line}: {one.message}" for one in grammar.error_log] + list(_atom_rules(root)) + list(_opened(feed, root))


def wrong_in_json(feed: bytes) -> list[str]:
    """Faults of a JSON feed by version 1.1 of its rules."""
    data = json.loads(feed)
    ids = [item["id"] for item in data["items"]]
    return [f"{one.instance_path}: {one.message}" for one in _schema().iter_errors(data)] + _twice(ids) + [
        fault for item in data["items"] for fault in _html_faults(item["content_html"])]


def _atom_rules(root: Any) -> Iterator[str]:
    """What the RFC says in words: authors, alternates, content, ids."""
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "4.1.1: an entry without an author"
    for node in (root, *entries):
        links = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in node.findall(f"{ATOM}link")]
        alternates = [link for link in links if link[0] == "alternate"]
        if len(alternates) != len(set(alternates)):
            yield "4.1.1: two alternates of one type and language"
        if node is not root and not alternates and node.find(f"{ATOM}content") is None:
            yield "4.1.2: an entry without an alternate or content"
    if root.find(f"{ATOM}link[@rel='self']") is None:
        yield "4.1.1: no link to itself"
    yield from _twice([node.findtext(f"{ATOM}id") for node in (root, *entries)])
    for entry in entries:
        if (published := entry.findtext(f"{ATOM}published")) and published > entry.findtext(f"{ATOM}updated"):
            yield "published after it was updated"
        yield from (fault for one in entry.findall(f"{ATOM}content[@type='html']") for fault in _html_faults(one.text or ""))


def _opened(feed: bytes, root: Any) -> Iterator[str]:
    """What a feed reader makes of it."""
    read = feedparser.parse(feed)
    if read.bozo:
        yield f"feedparser: {read.bozo_exception}"
    if len(read.entries) != len(root.findall(f"{ATOM}entry")):
        yield "feedparser: entries are missing"


def _twice(ids: list[str]) -> list[str]:
    return ["an id stands twice"] if len(ids) != len(set(ids)) else []


def _html_faults(content: str) -> list[str]:
    """Tags that end where they should, none that a feed reader removes, no address that is relative."""
    tags = _Tags()
    tags.feed(content)
    tags.close()
    return tags.faults + [f"<{one}> is open" for one in tags.open]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        if tag in ("script", "style", "iframe", "object", "form", "img"):
            self.faults.append(f"<{tag}> in a feed")
        self.faults += [f"{name}={value!r}" for name, value in attrs
                        if name.startswith("on") or (name == "href" and not (value or "").startswith(HTTP))]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ends nothing")


@lru_cache(maxsize=1)
def _grammar() -> Any:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@lru_cache(maxsize=1)
def _schema() -> jsonschema_rs.Draft202012Validator:
    document = yaml.safe_load((ROOT / "warehouse" / "web" / "openapi.yml").read_text("utf-8"))
    return jsonschema_rs.Draft202012Validator({"$ref": "#/components/schemas/JsonFeed", "components": document["components"]})
