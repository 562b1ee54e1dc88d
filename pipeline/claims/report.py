"""What claims are made of and what is found out about them: the types that go in and come out of pipeline.claims."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from pipeline.events import Fact, Language, Origin, Value, content_id

State = Literal["new", "confirmed", "updated", "disputed", "withdrawn"]


COPY: Final = "article:"
"""How the source of a copy begins; the id of its original follows."""
Order = tuple[bool, bool, float, str, int, str]


class Report(Value, frozen=True, kw_only=True):
    """One version of one article stating one fact."""

    fact: Fact
    article_id: str
    outlet: str
    source: str
    """Whom it rests on (pipeline.claims.source_of): copies, and articles on one agency's dispatch, share it."""
    story_id: str
    """The story the article stands in now (after merges)."""
    published: datetime | None
    fetched_at: datetime
    """When this version was fetched."""
    origin: Origin
    language: Language | None = None
    version: int = 1
    current: bool = True
    """False where a later version of the article replaced this one."""
    withdrawn: bool = False
    """True where the article was taken down."""

    @property
    def kind(self) -> str:
        """Kind of fact: amount, agreement, ..."""
        return str(self.fact.fields.__struct_config__.tag)

    @property
    def standing(self) -> bool:
        """Whether the outlet says so now."""
        return self.current and not self.withdrawn

    @property
    def copied(self) -> bool:
        """Whether its article is a copy of another."""
        return self.source.startswith(COPY)

    @property
    def order(self) -> Order:
        """Sorts reports: originals by publication, then copies (an aggregator gives the original's time for its own), undated
        ones by fetch at the end; ties by ids, never by arrival."""
        at = (self.published or self.fetched_at).timestamp()
        return (self.published is None, self.copied, at, self.article_id, self.version, self.fact.fact_id)


class ClaimKey(Value, frozen=True, kw_only=True):
    """What says that facts are about one thing. The value is not in it."""

    kind: str
    parts: tuple[str, ...]
    """In the order of DESIGN section 4; empty strings where unknown."""
    resolved: bool
    """True: holds across stories. False: the story is one of the parts, and the fact never disputes another story's."""

    @property
    def id(self) -> str:
        """The same for equal keys, wherever computed. To be stored with the fact, and looked up by."""
        return content_id("claim-key", self.kind, *self.parts)

    @property
    def text(self) -> str:
        """The key in one line, for tables and people."""
        return " · ".join((self.kind, *(part for part in self.parts if part)))


class Sentence(Value, frozen=True, kw_only=True):
    """One explanation in the languages that readers choose from."""

    en: str
    fr: str
    ar: str


class Conflict(Value, frozen=True, kw_only=True):
    """Two independent sources that cannot both be right. `report_a` is the earlier."""

    report_a: Report
    report_b: Report
    field: str
    """The field of the facts that differs: value, parties, place, date, ..."""
    explanation: Sentence


class Verdict(Value, frozen=True, kw_only=True):
    """How a claim stands."""

    state: State
    first: Report
    """First report: earliest published, then fetched, then ids."""
    leading: Report
    """The report whose value stands now: the latest stage or correction, else the first still standing."""
    sources: int
    """Independent sources among the reports that stand (among all, once none does)."""
    independent: tuple[str, ...]
    """Fact ids of the first report of each source: `ClaimReport.independent`."""
    conflicts: tuple[Conflict, ...] = ()
    """Open ones only."""
    settled: bool = False
    """True where reports disagreed once and those who stand no longer do."""


class AssembledClaim(Value, frozen=True, kw_only=True):
    """Reports that assert one thing."""

    claim_id: str
    kind: str
    key: str
    """ClaimKey.text of the first report."""
    story_id: str
    """Story of the first report."""
    reports: tuple[Report, ...]
    """First report first."""
    verdict: Verdict
    aliases: tuple[str, ...] = ()
    """Every id this claim would bear with another first report or had in another version; a claim stored under one of
    them goes on as this one (claim_redirects)."""
