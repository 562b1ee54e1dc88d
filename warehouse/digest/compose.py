"""Claim events and what was told before in, the stories of an issue out. Pure: the same events give the same issue.

A claim appears once however many events wait for it, as it stands after the last one. Nothing is told that is no news to
this subscription: a "new" claim that was sent under another id, the withdrawal of what was never sent. Where nothing
remains there are no stories, and then no issue is sent: a digest that arrives has news in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pipeline.events import ClaimEvent, ClaimReport
from warehouse.digest.accounts import accounts, agreeing, statement_of, unique
from warehouse.digest.issue import ClaimEntry, Mark, Source, Statement, StoryEntry, Told
from warehouse.digest.wording import CASABLANCA, is_day_only

LATE: Final = timedelta(hours=24)
"""What was read so long before it was noted is told late, and says so: an announced replay, or the end of a long standstill."""


@dataclass(frozen=True)
class Composition:
    """The stories, newest first, and what became of each event."""

    stories: tuple[StoryEntry, ...]
    shown: tuple[str, ...]
    """Event ids that the stories tell."""
    left_out: tuple[str, ...]
    """Event ids that are no news to this subscription."""


@dataclass(frozen=True)
class Sent:
    """The last event that a subscription was sent of a claim."""

    change: str
    reports: tuple[ClaimReport, ...]
    """() where the ledger no longer keeps them."""
    first_claim_id: str
    """The claim's id in the first issue that told it."""
    at: datetime


def resolve(claim_id: str, redirects: Mapping[str, str]) -> str:
    """The claim's present id: redirects followed to their end, a circle broken where it closes."""
    seen = {claim_id}
    while (after := redirects.get(claim_id)) is not None and after not in seen:
        seen.add(after)
        claim_id = after
    return claim_id


def compose(
    events: Sequence[ClaimEvent], sent: Mapping[str, Sent], redirects: Mapping[str, str], *, only_sent: bool = False,
) -> Composition:
    """The issue's stories. `sent` is by present claim id; with `only_sent` nothing changes that was not sent before."""
    by_claim: dict[str, list[ClaimEvent]] = {}
    for event in sorted(events, key=lambda one: (one.seq, one.event_id)):
        by_claim.setdefault(resolve(event.claim_id, redirects), []).append(event)
    shown: list[str] = []
    left_out: list[str] = []
    told: list[tuple[ClaimEvent, ClaimEntry]] = []
    for claim_id, changes in by_claim.items():
        unknown = only_sent and claim_id not in sent and not any(_news(change.change) == "new" for change in changes)
        entry = None if unknown else _entry(changes, sent.get(claim_id))
        (left_out if entry is None else shown).extend(change.event_id for change in changes)
        if entry is not None:
            told.append((changes[-1], entry))
    return Composition(_stories(told), tuple(shown), tuple(left_out))


def _entry(changes: Sequence[ClaimEvent], sent: Sent | None) -> ClaimEntry | None:
    mark = _mark(changes, sent)
    last = changes[-1]
    reports = last.reports or (sent.reports if sent else ())
    if mark is None or not reports:
        return None
    sides = accounts(reports) if _open_dispute(changes) else ()
    main = sides[0].statement if sides else statement_of(speaking(reports, mark))
    also, copies = agreeing(reports, main, sides)
    return ClaimEntry(
        claim_id=sent.first_claim_id if sent else changes[0].claim_id, mark=mark, at=main.source.published or last.at,
        changed_at=last.at, statement=main, sides=sides, also=also, copies=copies, told=_told(sent),
        read_at=_late(last, reports, mark))


def _late(last: ClaimEvent, reports: Sequence[ClaimReport], mark: Mark) -> datetime | None:
    """When it had been read, where that is long ago; the end of a claim or of a dispute needs no reading."""
    read = max(report.fetched_at for report in reports)
    return read if mark not in ("withdrawn", "settled") and last.at - read > LATE else None


def _mark(changes: Sequence[ClaimEvent], sent: Sent | None) -> Mark | None:
    """How the claim is news, None where it is not."""
    kinds = [_news(change.change) for change in changes if not (_news(change.change) == "new" and sent)]
    if not kinds:
        return None
    known = sent is not None and sent.change != "withdrawn"
    if kinds[-1] == "withdrawn":
        return "withdrawn" if known else None
    if _open_dispute(changes):
        return "disputed"
    if "new" in kinds:
        return "new"
    if kinds[-1] == "settled":
        return "settled" if known else None
    return "update" if known else "development"


def _news(change: str) -> str:
    """A confirmation reaches only who waits for several sources: to them the claim is new."""
    return "new" if change == "confirmed" else change


def _open_dispute(changes: Sequence[ClaimEvent]) -> bool:
    """True where a dispute arose and nothing after it ended it."""
    kinds = [change.change for change in changes]
    after = kinds[len(kinds) - 1 - kinds[::-1].index("disputed"):] if "disputed" in kinds else []
    return bool(after) and not {"settled", "withdrawn"}.intersection(after)


def speaking(reports: Sequence[ClaimReport], mark: Mark) -> ClaimReport:
    """Whose sentence stands for the claim: the first to report what is new, the latest for what changed."""
    independent = [report for report in reports if report.independent] or list(reports[:1])
    if mark == "new":
        return independent[0]
    return max(independent, key=lambda report: report.published or report.fetched_at)


def _told(sent: Sent | None) -> Told | None:
    if sent is None:
        return None
    mark: Mark = "new" if sent.change in ("new", "disputed") else "update"
    return Told(statement_of(speaking(sent.reports, mark)) if sent.reports else None, sent.at)


def _stories(told: Sequence[tuple[ClaimEvent, ClaimEntry]]) -> tuple[StoryEntry, ...]:
    by_story: dict[str, list[tuple[ClaimEvent, ClaimEntry]]] = {}
    for event, entry in told:
        by_story.setdefault(event.story_id, []).append((event, entry))
    stories = [_story(story_id, members) for story_id, members in by_story.items()]
    return tuple(sorted(stories, key=lambda story: (story.at, story.story_id), reverse=True))


def _story(story_id: str, members: Sequence[tuple[ClaimEvent, ClaimEntry]]) -> StoryEntry:
    latest = max((event for event, _ in members), key=lambda event: event.seq)
    claims = tuple(sorted((entry for _, entry in members), key=lambda one: (one.at, one.changed_at, one.claim_id), reverse=True))
    reports = [report for event, _ in members for report in event.reports]
    sources = unique([one for claim in claims for one in _sources(claim)])
    known = {source.article_id for source in sources}
    copies = unique([copy for claim in claims for copy in claim.copies if copy.article_id not in known])
    spoken = next((report.language for report in reports if report.headline == latest.story_headline), None)
    return StoryEntry(
        story_id=story_id, headline=latest.story_headline, language=spoken or claims[0].statement.source.language,
        claims=claims, sources=sources, copies=copies, first=first_of(sources),
        topics=_merged(event.topics for event, _ in members), sectors=_merged(event.sectors for event, _ in members))


def _sources(claim: ClaimEntry) -> list[Source]:
    sides: list[Statement] = [side.statement for side in claim.sides]
    return [claim.statement.source, *(one.source for one in sides), *(a for side in claim.sides for a in side.also), *claim.also]


def first_of(sources: Sequence[Source]) -> Source | None:
    """The earliest, where there are several and their times can tell: a date without time says nothing about its day."""
    times = [source.published for source in sources if source.published]
    if len({source.outlet for source in sources}) < 2 or len(times) < len(sources):
        return None
    earliest, second = times[:2]
    same_day = earliest.astimezone(CASABLANCA).date() == second.astimezone(CASABLANCA).date()
    return None if earliest == second or (same_day and is_day_only(earliest)) else sources[0]


def _merged(codes: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for some in codes for code in some))
