"""Articles whose links changed in, their new places out: decided in the order of originality, so that the order of arrival
never shows.

An article is a copy of the original among the articles it was copied from, else belongs to the story of the article before
it that it resembles most, else begins a story. Each looks only at those before it in rank; so when one moves, only those
after it can follow.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Final

import msgspec

from pipeline.dedup import copies, stories
from pipeline.dedup.ranking import OutletNames, Rank
from pipeline.dedup.store import Known, Link, Store
from pipeline.events import Placement, PlacementChanged, StoryMerged, Value, content_id

FIRST: Final = "first/1"
"""`decided_by` of an article that begins a story."""


class Move(Value, frozen=True, kw_only=True):
    """An article's place before and after."""

    article_id: str
    before: Placement
    after: Placement


def story_id(article_id: str) -> str:
    """The story that begins with this article."""
    return content_id("story", article_id)


def settle(store: Store, names: OutletNames, changed: Iterable[Known]) -> list[Move]:
    """Decide the places of these articles and of all that follow from them; those that had another before."""
    waiting = [known.rank for known in changed]
    heapq.heapify(waiting)
    moves: list[Move] = []
    last: Rank | None = None
    while waiting:
        rank = heapq.heappop(waiting)
        known = store.known(rank.article_id) if rank != last else None
        last = rank
        if known is None:
            continue
        links = store.links(rank.article_id)
        placement = _place(known, links, names)
        if placement == known.placement:
            continue
        store.put(msgspec.structs.replace(known, placement=placement))
        if known.placement is not None:
            moves.append(Move(article_id=rank.article_id, before=known.placement, after=placement))
        for link in links:
            if link.other.rank > rank:
                heapq.heappush(waiting, link.other.rank)
    return moves


def _place(known: Known, links: list[Link], names: OutletNames) -> Placement:
    before = [link for link in links if link.other.rank < known.rank and link.other.placement is not None]
    sources = [link for link in before if link.copy is not None]
    if sources:
        return _copied(known, sources, names)
    alike = [link for link in before if link.event is not None]
    if alike:
        nearest = min(alike, key=lambda link: (-(link.event or 0.0), link.other.rank))
        return Placement(kind="same_event", story_id=_placed(nearest).story_id, decided_by=stories.DECIDED_BY)
    return Placement(kind="new", story_id=story_id(known.article_id), decided_by=FIRST)


def _copied(known: Known, sources: list[Link], names: OutletNames) -> Placement:
    """A copy of whom it credits, else of an original rather than of another copy, else of whom came first."""
    link = min(sources, key=lambda link: (
        names.named(link.other.outlet) not in known.credits, _placed(link).kind == "copy", link.other.rank))
    source = _placed(link)
    return Placement(
        kind="copy", story_id=source.story_id, copy_of=source.copy_of or link.other.article_id,
        similarity=round(link.copy or 0.0, 4), decided_by=copies.DECIDED_BY)


def _placed(link: Link) -> Placement:
    assert link.other.placement is not None
    return link.other.placement


def events_of(moves: Iterable[Move], cause: str) -> tuple[PlacementChanged | StoryMerged, ...]:
    """What the moves are to others: a story that goes on as another is a merge, all else a change of one article's place.

    `cause` is the id of the event that brought it about: the same move may be made twice for two reasons.
    """
    moves = list(moves)
    into = {move.before.story_id: move.after.story_id for move in moves
            if move.before.story_id == story_id(move.article_id) and move.after.story_id != move.before.story_id}
    merges = [StoryMerged(event_id=content_id("merged", old, new, cause), story_id=old, into=new)
              for old, new in sorted(into.items())]
    changes = [
        PlacementChanged(event_id=content_id("moved", move.article_id, cause), article_id=move.article_id,
                         before=move.before, after=move.after)
        for move in moves if not _carried(move, into)]
    return (*merges, *changes)


def _carried(move: Move, into: dict[str, str]) -> bool:
    """Whether the article only went along with its story."""
    moved = msgspec.structs.replace(move.after, story_id=move.before.story_id)
    return moved == move.before and into.get(move.before.story_id) == move.after.story_id
