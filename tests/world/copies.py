"""An original article and a kind of copying in, the aggregator's copy out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.world.dates import duration
from tests.world.texts import Block, Piece

KEPT = 0.5
"""Share of the paragraphs that a truncated copy keeps."""


def copy_piece(row: dict[str, Any], original: Piece, outlet: str, source: str) -> Piece:
    """The copy of `original` on `outlet`, as the row of its YAML says: exact, truncated or edited_lead."""
    blocks = tuple(block for block in original.blocks if block.kind != "more")
    copied = {"exact": _exact, "truncated": _truncated, "edited_lead": _edited_lead}[row["kind"]](blocks, row)
    kept = " ".join(block.plain for block in copied)
    return Piece(
        outlet=outlet, key=f"{original.outlet}-{original.key}", lang=original.lang, title=row.get("title", original.title),
        author=original.author, section=row["section"], published=original.published, blocks=copied,
        story=original.story, facts=tuple(fact for fact in original.facts if fact["sentence"] in kept),
        copy_of=original.ref, copy_kind=row["kind"], source=source,
    )


def shared_dispatch(row: dict[str, Any], original: Piece, outlet: str) -> Piece:
    """An agency's dispatch that `outlet` prints as `original` does, under a headline and at a time of its own."""
    return replace(
        original, outlet=outlet, key=f"{original.outlet}-{original.key}", title=row.get("title", original.title),
        author=row.get("author", original.author), section=row["section"], published=original.published + duration(row["after"]),
        lead=False, caption=None, credit=None, tags=(), related=(), later=None, modified=None,
        copy_of=original.ref, copy_kind="exact",
        blocks=tuple(block for block in original.blocks if block.kind != "more"),
    )


def _exact(blocks: tuple[Block, ...], row: dict[str, Any]) -> tuple[Block, ...]:
    return blocks


def _truncated(blocks: tuple[Block, ...], row: dict[str, Any]) -> tuple[Block, ...]:
    return blocks[:max(2, round(len(blocks) * KEPT))]


def _edited_lead(blocks: tuple[Block, ...], row: dict[str, Any]) -> tuple[Block, ...]:
    return (Block("p", " ".join(row["lead"].split())), *blocks[1:])
