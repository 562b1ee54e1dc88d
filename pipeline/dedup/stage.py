"""ClassifiedArticle in; PlacedArticle, and what it changed for others, out; or a Rejected where nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from pipeline.dedup import copies, stories
from pipeline.dedup.index import DAY, Index
from pipeline.dedup.placing import events_of, settle
from pipeline.dedup.ranking import OutletNames, Rank, rank_of
from pipeline.dedup.store import Decision, Known, Store, StoreError
from pipeline.dedup.text import Text, text_of
from pipeline.events import ClassifiedArticle, PlacedArticle, PlacementChanged, StageEvent, StoryMerged, content_id
from pipeline.outcome import Outcome, Reason, reject

STAGE: Final = "dedup"


class Deduper:
    """The dedup stage: one ordered consumer. Its decisions lie in `path` before they are returned."""

    def __init__(self, path: Path, *, window_days: int = 60, names: Mapping[str, Iterable[str]] | None = None) -> None:
        """`names`: by outlet id, what copies may call the outlet (title, aliases). Raises StoreError."""
        self._store = Store(path)
        self._index = Index(self._store, window_days)
        self._names = OutletNames(names or {})
        self._window = window_days * DAY

    def __call__(self, classified: ClassifiedArticle) -> Outcome:
        """Place the article. An event that was seen before gets the decision it got then."""
        decision = self._store.decision(classified.event_id)
        if decision is None:
            decision = self._decided(classified)
        return _outcome(classified, decision)

    def knows(self, event_id: str) -> bool:
        """Whether the classified article of this event id was decided on here."""
        return self._store.decision(event_id) is not None

    def restore(self, events: Iterable[StageEvent]) -> int:
        """Take back into an empty file what was decided before, out of all that the stage produced, in its order.

        Later decisions then build on these, also where the records are too young to hold every article they rest on.
        Returns how many articles were placed.
        """
        count, merges = 0, dict[str, str]()
        for event in events:
            with self._store.transaction():
                match event:
                    case PlacedArticle():
                        self._recall(event)
                        count += 1
                    case PlacementChanged():
                        if known := self._store.known(event.article_id):
                            self._store.put(msgspec.structs.replace(known, placement=event.after))
                    case StoryMerged():
                        merges[event.story_id] = event.into
        with self._store.transaction():
            self._store.rename(merges)
        return count

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Deduper:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _decided(self, classified: ClassifiedArticle) -> Decision:
        added: list[tuple[int, Text]] = []
        with self._store.transaction():
            decision = self._decide(classified, added)
            self._store.keep(classified.event_id, decision)
        for doc, text in added:
            self._index.add(doc, text)
        return decision

    def _decide(self, classified: ClassifiedArticle, added: list[tuple[int, Text]]) -> Decision:
        article = classified.article
        known = self._store.known(article.article_id)
        if article.status == "withdrawn":
            return self._withdraw(classified, known)
        version = self._store.version(article.article_id, article.text_hash)
        repeated = version is not None
        version = self._store.number(article.article_id, article.text_hash, version)
        anew = self._store.read_anew(article.article_id, version, _reading(classified))
        if known and repeated and not anew and _stands(known, version, article.ref.fetched_at.timestamp()):
            return Decision(rejected=Reason.UNCHANGED)
        updated = _updated(known, classified, version, self._names)
        self._store.put(updated)
        if anew:
            changed = [updated, *self._link(updated, text_of(classified, version), added)]
            if known and known.rank != updated.rank:
                changed += [link.other for link in self._store.links(article.article_id)]
            moves = settle(self._store, self._names, changed)
        else:
            moves = []
        now = self._store.known(article.article_id)
        assert now is not None
        others = [move for move in moves if move.article_id != article.article_id or known]
        return Decision(placement=now.placement, version=version, changes=events_of(others, classified.event_id))

    def _recall(self, event: PlacedArticle) -> None:
        article = event.classified.article
        if self._store.decision(event.classified.event_id) is not None:
            return
        known = self._store.known(article.article_id)
        if article.status == "withdrawn":
            self._withdraw(event.classified, known)
        else:
            self._store.number(article.article_id, article.text_hash, event.version)
            self._store.read_anew(article.article_id, event.version, _reading(event.classified))
            updated = _updated(known, event.classified, event.version, self._names)
            self._store.put(msgspec.structs.replace(updated, placement=updated.placement or event.placement))
            added: list[tuple[int, Text]] = []
            self._link(updated, text_of(event.classified, event.version), added)
            for doc, text in added:
                self._index.add(doc, text)
        self._store.keep(event.classified.event_id, Decision(placement=event.placement, version=event.version))

    def _withdraw(self, classified: ClassifiedArticle, known: Known | None) -> Decision:
        fetched_at = classified.article.ref.fetched_at.timestamp()
        if known is None:
            return Decision(rejected=Reason.UNKNOWN_ARTICLE)
        if known.status == "withdrawn":
            return Decision(rejected=Reason.UNCHANGED)
        if fetched_at >= known.fetched_at:
            self._store.put(msgspec.structs.replace(known, status="withdrawn", fetched_at=fetched_at))
        return Decision(placement=known.placement, version=known.version)

    def _link(self, known: Known, text: Text, added: list[tuple[int, Text]]) -> list[Known]:
        """Find what resembles the text, remember it, and make the text findable; the articles it resembles."""
        resembled: list[Known] = []
        for other in self._store.texts({*self._index.near(text), *self._index.akin(text)}):
            if other.article_id == text.article_id:
                continue
            event = stories.sureness(text, other)
            copy = copies.containment(text, other, copies.CREDITED) if self._near(text, other) else None
            if event is None and copy is None:
                continue
            beside = self._store.known(other.article_id)
            if copy is not None and (beside is None or copy < self._least(known, beside)):
                copy = None
            if beside and (copy is not None or event is not None):
                self._store.link(text.article_id, other.article_id, copy, event)
                resembled.append(beside)
        doc = self._store.add(text)
        self._store.add_keys(doc, text.at, text.keys.telling)
        added.append((doc, text))
        return resembled

    def _near(self, one: Text, other: Text) -> bool:
        return not (one.dated and other.dated) or abs(one.at - other.at) <= self._window

    def _least(self, one: Known, other: Known) -> float:
        """How much of a text must be found in another for a copy, given whom both credit."""
        if self._names.named(one.outlet) in other.credits or self._names.named(other.outlet) in one.credits:
            return copies.CREDITED
        return copies.ONE_AGENCY if set(one.credits) & set(other.credits) else copies.COPIED


def _stands(known: Known, version: int, fetched_at: float) -> bool:
    """Whether a text that was met before says nothing new: it is current, or older than what is."""
    return (version == known.version and known.status == "published") or fetched_at < known.fetched_at


def _reading(classified: ClassifiedArticle) -> str:
    return content_id(classified.article.reading, classified.taxonomy)


def _updated(known: Known | None, classified: ClassifiedArticle, version: int, names: OutletNames) -> Known:
    """What is known of the article once this version is."""
    article = classified.article
    rank, credited = rank_of(article), names.outlets(article)
    fetched_at = article.ref.fetched_at.timestamp()
    if known is None:
        return Known(rank=rank, outlet=article.ref.outlet, credits=credited, placement=None, version=version,
                     status="published", fetched_at=fetched_at)
    rank = Rank(states_origin=known.rank.states_origin or rank.states_origin, article_id=article.article_id,
                published_by=min(known.rank.published_by, rank.published_by))
    known = msgspec.structs.replace(known, rank=rank, credits=tuple(sorted({*known.credits, *credited})))
    if fetched_at < known.fetched_at:
        return known
    return msgspec.structs.replace(known, version=version, status="published", fetched_at=fetched_at)


def _outcome(classified: ClassifiedArticle, decision: Decision) -> Outcome:
    if decision.rejected is not None:
        return reject(STAGE, Reason(decision.rejected), classified.article.ref)
    assert decision.placement is not None
    placed = PlacedArticle(
        event_id=content_id("placed", classified.event_id), classified=classified, placement=decision.placement,
        version=decision.version)
    return (placed, *decision.changes)


def rebuild(path: Path, events: Iterable[StageEvent], *, window_days: int = 60,
            names: Mapping[str, Iterable[str]] | None = None) -> int:
    """Make a lost place.sqlite again out of the records of placed-articles, oldest first; how many articles were placed.

    Raises StoreError where the file is not lost.
    """
    if path.exists():
        raise StoreError(f"{path}: is there; move it away to have it rebuilt")
    with Deduper(path, window_days=window_days, names=names) as deduper:
        return deduper.restore(events)
