"""The YAML files of `articles/` in, the sample press's articles (Piece) out, dated relative to the start of the world."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from tests.world.dates import duration, fill

FOLDER = Path(__file__).parent / "articles"
FACT = re.compile(r"\[(\d+)\|([^\]]+)\]")
MARKUP = re.compile(r"\*\*|__")
BEFORE_PAYWALL = 2
MORE = re.compile(r"@([\w-]+)")


@dataclass(frozen=True)
class Block:
    """One line of a body as printed: a paragraph (`p`), a subheading (`h`) or a "read more" line (`more`)."""

    kind: str
    text: str
    """With ** and __ around what is printed bold or as a link."""
    link: str | None = None
    """Key of the article that a "read more" line leads to."""

    @property
    def plain(self) -> str:
        """The text as a reader sees it."""
        return MARKUP.sub("", self.text)


@dataclass(frozen=True)
class Later:
    """What becomes of an article after `hours`: its blocks are replaced, or it is withdrawn (no blocks)."""

    hours: float
    blocks: tuple[Block, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Piece:
    """An article as its outlet publishes it."""

    outlet: str
    key: str
    lang: str
    title: str
    author: str | None
    section: str
    published: datetime
    blocks: tuple[Block, ...]
    story: str | None = None
    lead: bool = False
    """The first paragraph is printed as a standfirst."""
    caption: str | None = None
    credit: str | None = None
    tags: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()
    paywalled: bool = False
    hidden: bool = False
    """Stands below a path that robots.txt disallows."""
    later: Later | None = None
    copy_of: str | None = None
    copy_kind: str | None = None
    source: str | None = None
    """The name of the outlet that a copy was taken from."""
    modified: datetime | None = None
    related: tuple[str, ...] = field(default=())
    """Keys of the articles in its related box; else the newest of the section."""

    @property
    def number(self) -> int:
        """A number for addresses, always the same."""
        return 100_000 + crc32(f"{self.outlet}/{self.key}".encode()) % 900_000

    @property
    def ref(self) -> str:
        """`outlet/key`."""
        return f"{self.outlet}/{self.key}"

    def withdrawn(self, hours: float) -> bool:
        """Whether it is gone `hours` after the world's start."""
        return self.later is not None and not self.later.blocks and hours >= self.later.hours

    def at(self, hours: float) -> tuple[Block, ...]:
        """The blocks that its page shows `hours` after the world's start: of a paywalled article the first few."""
        edited = self.later and self.later.blocks and hours >= self.later.hours
        blocks = self.later.blocks if self.later and edited else self.blocks
        return blocks[:BEFORE_PAYWALL] if self.paywalled else blocks

    def changed(self, hours: float, start: datetime) -> datetime:
        """When its text last changed, seen `hours` after the world's start."""
        return start + timedelta(hours=self.later.hours) if self.later and hours >= self.later.hours else self.published

    def paragraphs(self, hours: float = 0) -> list[str]:
        """What its body says at that time: paragraphs and subheadings, as a reader sees them."""
        return [block.plain for block in self.at(hours) if block.kind != "more"]


def load_pieces(outlet: str, lang: str, now: datetime) -> list[Piece]:
    """The original articles of an outlet, newest first; copies (`copy_of`) are left to `tests.world.copies`."""
    rows = [row for row in read_rows(outlet) if "copy_of" not in row]
    return sorted((_piece(outlet, row.get("lang", lang), row, now) for row in rows), key=lambda p: p.published, reverse=True)


def read_rows(outlet: str) -> list[dict[str, Any]]:
    """The rows of an outlet's file."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{outlet}.yml").read_text(encoding="utf-8"))
    return rows


def _piece(outlet: str, lang: str, row: dict[str, Any], now: datetime) -> Piece:
    published = (now - duration(row["ago"])).replace(second=0, microsecond=0)
    event = now - duration(row.get("event", row["ago"]))
    text = fill(row["body"], event, lang)
    piece = Piece(
        outlet=outlet, key=row["key"], lang=lang, title=fill(row["title"], event, lang), author=row.get("author"),
        section=row["section"], published=published, blocks=_blocks(text), story=row.get("story"), lead=row.get("lead", False),
        caption=fill(row["caption"], event, lang) if "caption" in row else None, credit=row.get("credit"),
        tags=tuple(row.get("tags", ())), facts=_facts(row, text, event, lang), paywalled=row.get("paywalled", False),
        hidden=row.get("hidden", False), related=tuple(row.get("related", ())),
        modified=published + duration(row["modified"]) if "modified" in row else None,
    )
    return replace(piece, later=_later(row, text, event, lang))


def _blocks(text: str) -> tuple[Block, ...]:
    blocks = []
    for part in text.strip().split("\n\n"):
        line = FACT.sub(r"\2", " ".join(part.split()))
        if line.startswith(">> "):
            found = MORE.search(line)
            blocks.append(Block("more", line[3:], found[1] if found else None))
        elif line.startswith("## "):
            blocks.append(Block("h", line[3:]))
        else:
            blocks.append(Block("p", line))
    return tuple(blocks)


def _facts(row: dict[str, Any], text: str, event: datetime, lang: str) -> tuple[dict[str, Any], ...]:
    marked = {int(at): MARKUP.sub("", " ".join(sentence.split())) for at, sentence in FACT.findall(text)}
    facts: list[dict[str, Any]] = []
    for given in row.get("facts", ()):
        fact = {key: fill(value, event, lang) if isinstance(value, str) else value for key, value in given.items() if key != "at"}
        facts.append({"value": None, "currency": None, "parties": [], **fact, "sentence": marked[given["at"]]})
    return tuple(facts)


def _later(row: dict[str, Any], text: str, event: datetime, lang: str) -> Later | None:
    if "withdrawn_after" in row:
        return Later(hours=float(row["withdrawn_after"]))
    if "edit" not in row:
        return None
    for old, new in row["edit"]["replace"]:
        if fill(old, event, lang) not in text:
            raise ValueError(f"{row['key']}: the edit replaces {old!r}, which is not in the body")
        text = text.replace(fill(old, event, lang), fill(new, event, lang))
    values = row["edit"].get("values", {})
    facts = [{**fact, "value": values[fact["at"]]} if fact["at"] in values else fact for fact in row.get("facts", ())]
    return Later(float(row["edit"]["hours"]), _blocks(text), _facts({**row, "facts": facts}, text, event, lang))
