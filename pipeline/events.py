"""The vocabulary: every record that crosses a topic. Read this first.

Each event wraps its input and adds only what was learned. All are frozen, and their ids derive from content, so a
record delivered twice is recognised everywhere. Media Cloud's "story" is our Article; our Story is several articles
about one event. Field names follow schema.org's NewsArticle in snake_case, with the raw text kept beside each parsed value.

Times are aware datetimes in UTC. Offsets are code points (Python string indices), end exclusive.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

import msgspec

Language = Literal["ar", "fr", "en", "es"]
Origin = Literal["live", "backfill", "replay", "import"]
"""How a page came: live crawl; an outlet's past; archive re-read; a file given by hand. Only `live` can alert."""
Zone = Literal["title", "lead", "body", "caption"]
"""Where evidence stands. `lead` and `body` are offsets into Article.body, `title` into headline, `caption` into captions."""
Precision = Literal["second", "minute", "day", "month", "year"]


def content_id(*parts: str | bytes) -> str:
    """32 hexadecimal digits derived from the parts, the same wherever and whenever it is computed."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Base of every record that crosses a topic; its class name is the tag on the wire."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what events are made of."""


# ---------------------------------------------------------------- crawlers

class Discovery(Value, frozen=True, kw_only=True):
    """A URL an outlet announced."""

    via: Literal["feed", "sitemap", "section", "link", "file"]
    found_at: datetime
    announced_headline: str | None = None
    announced_at: datetime | None = None
    """Publication time as the feed or sitemap gives it."""
    announced_at_raw: str | None = None


class ArchiveRef(Value, frozen=True, kw_only=True):
    """Where the fetched bytes lie: a WARC file below the archive folder, and the record in it."""

    file: str
    offset: int
    digest: str


class PageRef(Value, frozen=True, kw_only=True):
    """What later events keep of the RawPage (all but its content)."""

    page_id: str
    article_id: str
    """uuid5 of the canonical URL; the key of every record about this article."""
    outlet: str
    url: str
    """As asked for, canonicalised (pipeline.urls)."""
    final_url: str
    """Where redirects led."""
    status: int
    fetched_at: datetime
    origin: Origin
    source_id: str | None = None
    """The row's own id where the page came from a file."""
    discovery: Discovery | None = None
    archive: ArchiveRef | None = None


class RawPage(Event, frozen=True, kw_only=True):
    """What the server (or a file) sent."""

    ref: PageRef
    media_type: Literal["text/html", "text/plain", "application/json"] = "text/html"
    """`text/plain`: a scrape with title, menus and body in one text. `application/json`: clean fields (GivenArticle)."""
    content: str
    """Decoded text. Empty for 404 and 410."""
    server_time: datetime | None = None
    """The HTTP Date header: what "three hours ago" on the page is relative to."""


class GivenArticle(Value, frozen=True, kw_only=True):
    """Clean fields of an imported article: `content` of a RawPage of media type application/json."""

    title: str
    body: str
    date: str | None = None
    author: str | None = None
    lang: str | None = None
    section: str | None = None


class Fetch(Event, frozen=True, kw_only=True):
    """One request and what came of it: a row of `fetches`."""

    fetch_id: str
    run_id: str
    outlet: str
    url: str
    purpose: Literal["robots", "feed", "sitemap", "section", "article"]
    fetched_at: datetime
    status: int | None = None
    """None where no response came."""
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None
    robots: Literal["allowed", "disallowed", "unavailable", "ignored"] = "allowed"
    crawl_delay: float | None = None
    """Seconds kept between requests to the host."""
    tdm_reservation: bool | None = None
    outcome: str = "fetched"
    """fetched, not_modified, redirected, refused (with the reason after a colon), failed (likewise)."""
    page_id: str | None = None


class Run(Event, frozen=True, kw_only=True):
    """What one run of a crawl, stage, load or digest did: a row of `runs`."""

    run_id: str
    kind: Literal["crawl", "ingest", "stage", "load", "digest"]
    outlet: str | None = None
    started_at: datetime
    finished_at: datetime
    state: Literal["completed", "failed", "timed_out", "interrupted"]
    counts: dict[str, int] = {}
    detail: str | None = None


# ---------------------------------------------------------------- extract

class Dating(Value, frozen=True, kw_only=True):
    """A date of the article: its value, how sure, and the text it was read from."""

    at: datetime
    """UTC. For precision day and coarser: midnight in the outlet's time zone of the first day meant."""
    precision: Precision
    origin: Literal["json_ld", "meta", "time", "text", "url", "feed", "given"]
    raw: str


class Dropped(Value, frozen=True, kw_only=True):
    """Text of the page that is not part of the article."""

    zone: Literal["kicker", "byline", "date_line", "read_more", "related", "ticker", "comments", "boilerplate"]
    text: str


class Article(Event, frozen=True, kw_only=True):
    """What the page says. `status` withdrawn: the address now answers 404 or 410; text fields are then empty."""

    event_id: str
    ref: PageRef
    article_id: str
    """Usually ref.article_id; that of the page's own canonical URL where it names a credible one."""
    canonical_url: str
    status: Literal["published", "withdrawn"] = "published"
    headline: str
    body: str
    """Paragraphs separated by newlines. Includes the lead."""
    lead: str | None = None
    """The standfirst, where the page marks one: then the first paragraph(s) of `body`, verbatim."""
    captions: str = ""
    """Photo captions, separated by newlines."""
    authors: tuple[str, ...] = ()
    language: Language
    published: Dating | None = None
    modified: Dating | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    is_accessible_for_free: bool | None = None
    original_outlet: str | None = None
    """For a copy that says so ("Publié dans X le D"): X, as stated."""
    agency: str | None = None
    """Credited news agency (MAP, AFP, EFE, ...)."""
    dropped: tuple[Dropped, ...] = ()
    text_hash: str
    """content_id of headline and body: equal texts are one version."""
    reading: str
    """Version of the extracting code and profile that made this."""

    @property
    def word_count(self) -> int:
        """Words of the body, separated by white space."""
        return len(self.body.split())


# ---------------------------------------------------------------- classify

class Evidence(Value, frozen=True, kw_only=True):
    """The verbatim sentence that says it."""

    sentence: str
    zone: Zone
    start: int
    end: int
    extractor: str
    """Rule module and version, as `amounts/1`."""
    confidence: float
    """Share of such readings expected to be right, 0 to 1."""


class Label(Value, frozen=True, kw_only=True):
    """Topic, sector, kind of announcement, or new-or-recalled, with what decided it."""

    scheme: Literal["topic", "sector", "announcement", "novelty"]
    code: str
    score: float
    decided_by: str
    """Rule id or model version."""
    zone: Zone | None = None
    start: int | None = None
    end: int | None = None
    surface: str | None = None


class Mention(Value, frozen=True, kw_only=True):
    """A watched entity named in the text."""

    entity_id: str | None = None
    """None for a name that is recognised as one but not watched: listed by `marsad entities review`."""
    kind: Literal["person", "organisation", "place", "programme", "event"]
    name: str
    """Canonical name, or the surface where unresolved."""
    surface: str
    zone: Zone
    start: int
    end: int


Modality = Literal["exact", "about", "up_to", "at_least", "more_than", "less_than", "potential"]


class Party(Value, frozen=True, kw_only=True):
    """One side of an agreement."""

    name: str
    """Canonical name where resolved, else the surface."""
    surface: str
    entity_id: str | None = None


class Amount(Value, tag="amount", frozen=True, kw_only=True):
    """A sum of money (gold/GUIDE.md: amount)."""

    value: float
    """In units of `currency` (not thousands or millions)."""
    currency: str
    """ISO 4217."""
    surface: str
    modality: Modality = "exact"
    role: str = "other"
    """budget, investment, revenue, profit, debt, loan, contract, trade, aid, fine, price, cost, stock, other."""
    subject: str | None = None
    """Short, in the text's own words."""
    subject_entity: str | None = None
    """Entity id of the subject, where resolved."""
    period: str | None = None
    """ISO year, quarter or half-year: 2025, 2025-Q1, 2025-S1; or a horizon year."""
    place: str | None = None


class Agreement(Value, tag="agreement", frozen=True, kw_only=True):
    """Parties bind themselves to each other (gold/GUIDE.md: agreement)."""

    parties: tuple[Party, ...]
    instrument: str
    """French short form: convention, protocole d'accord, mémorandum, accord, contrat, partenariat, déclaration d'intention."""
    instrument_surface: str
    status: Literal["signed", "planned", "renewed", "in_talks", "terminated"]
    object_surface: str | None = None
    signatories: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601, to the precision known."""
    place: str | None = None
    amount_value: float | None = None
    amount_currency: str | None = None


class Count(Value, tag="count", frozen=True, kw_only=True):
    """A number of things or people that are neither money nor a percentage."""

    value: float
    unit: str
    """What is counted, in the text's own words (head noun): `emplois`, `établissements`, `مستفيد`."""
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    period: str | None = None
    place: str | None = None


class Percentage(Value, tag="percentage", frozen=True, kw_only=True):
    """A share, a change or a rate, in per cent (7.5 for 7.5 %); percentage points too."""

    value: float
    surface: str
    modality: Modality = "exact"
    kind: Literal["share", "change", "rate"] = "rate"
    direction: Literal["up", "down"] | None = None
    subject: str | None = None
    subject_entity: str | None = None
    period: str | None = None
    place: str | None = None


class Target(Value, tag="target", frozen=True, kw_only=True):
    """A number somebody means to reach by a stated time."""

    value: float
    unit: str | None = None
    """Unit, or `%`; None for money."""
    currency: str | None = None
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    horizon: str | None = None
    """ISO 8601 year or date."""
    horizon_surface: str | None = None
    place: str | None = None


class Capacity(Value, tag="capacity", frozen=True, kw_only=True):
    """How much something can hold, produce or treat: MW, GWh, m3/j, tonnes/an, beds, seats."""

    value: float
    unit: str
    surface: str
    modality: Modality = "exact"
    subject: str | None = None
    subject_entity: str | None = None
    place: str | None = None


class Ranking(Value, tag="ranking", frozen=True, kw_only=True):
    """A position in an index or list, or its change."""

    position: int | None = None
    delta: int | None = None
    """Places won or lost, without sign."""
    direction: Literal["up", "down"] | None = None
    index_surface: str | None = None
    entity: str | None = None
    """Who is ranked."""
    entity_id: str | None = None
    edition: str | None = None
    """Year of the index."""
    surface: str


class PersonRole(Value, tag="person_role", frozen=True, kw_only=True):
    """A person and the office the text gives them."""

    person: str
    """Canonical name where resolved."""
    person_surface: str
    person_entity: str | None = None
    role_surface: str
    org: str | None = None
    org_entity: str | None = None


class Appointment(Value, tag="appointment", frozen=True, kw_only=True):
    """A person comes into an office or leaves it."""

    person: str
    person_surface: str
    person_entity: str | None = None
    role_surface: str
    org: str | None = None
    org_entity: str | None = None
    status: Literal["appointed", "dismissed", "elected", "resigned"] = "appointed"
    date: str | None = None


class Law(Value, tag="law", frozen=True, kw_only=True):
    """A law, decree or the like and how far it has come."""

    kind: str
    """French: loi, projet de loi, proposition de loi, décret, projet de décret, arrêté, circulaire, dahir, ..."""
    object_surface: str | None = None
    stage: Literal["drafting", "adopted_council", "adopted_parliament", "published", "in_force"] | None = None
    number: str | None = None
    date: str | None = None


class Initiative(Value, tag="initiative", frozen=True, kw_only=True):
    """A programme, plan, strategy, centre, project or platform, and how far it has come."""

    name: str | None = None
    """Canonical name where resolved, else as named."""
    name_surface: str | None = None
    object_surface: str | None = None
    """What it is, where it has no name."""
    entity_id: str | None = None
    kind: str = "programme"
    """French short form: programme, plan, stratégie, centre, projet, plateforme, ..."""
    stage: Literal["announced", "launched", "under_way", "completed", "planned"] | None = None
    place: str | None = None
    partners: tuple[str, ...] = ()


class PublicEvent(Value, tag="event", frozen=True, kw_only=True):
    """A conference, forum, fair, session or the like."""

    name: str
    name_surface: str
    entity_id: str | None = None
    date: str | None = None
    date_to: str | None = None
    place: str | None = None
    edition: str | None = None


class Quote(Value, tag="quote", frozen=True, kw_only=True):
    """What somebody said, word for word."""

    text: str
    speaker: str | None = None
    """Canonical name where resolved."""
    speaker_surface: str | None = None
    """None where only a pronoun stands there."""
    speaker_entity: str | None = None
    partial: bool = False
    """Under a full clause."""


FactFields = (
    Amount | Agreement | Count | Percentage | Target | Capacity | Ranking | PersonRole | Appointment | Law | Initiative
    | PublicEvent | Quote
)


class Fact(Value, frozen=True, kw_only=True):
    """One checkable statement with its evidence."""

    fact_id: str
    """content_id of article, text version, kind, evidence span and normalised fields."""
    fields: FactFields
    evidence: Evidence
    attributed_to: str | None = None
    """Whose word it is, where the text distances itself ("selon", "d'après", "aurait"): as named there, or `unnamed`."""


class ClassifiedArticle(Event, frozen=True, kw_only=True):
    """The article with its labels, mentions and facts."""

    event_id: str
    article: Article
    labels: tuple[Label, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    taxonomy: str
    """Version (content hash) of taxonomy and entities that decided."""


# ---------------------------------------------------------------- dedup

class Placement(Value, frozen=True, kw_only=True):
    """Where the article stands among the others."""

    kind: Literal["new", "same_event", "copy"]
    story_id: str
    copy_of: str | None = None
    """article_id of the original."""
    similarity: float | None = None
    """Containment of word shingles in the original, 0 to 1."""
    decided_by: str


class PlacedArticle(Event, frozen=True, kw_only=True):
    """The classified article with its place; `version` numbers the texts that the outlet published at this address, from 1."""

    event_id: str
    classified: ClassifiedArticle
    placement: Placement
    version: int


class PlacementChanged(Event, frozen=True, kw_only=True):
    """A later arrival changed an article's place (a late original, a merge, a split)."""

    event_id: str
    article_id: str
    before: Placement
    after: Placement


class StoryMerged(Event, frozen=True, kw_only=True):
    """All that stood under `story_id` now stands under `into`."""

    event_id: str
    story_id: str
    into: str


# ---------------------------------------------------------------- anywhere

class Rejected(Event, frozen=True, kw_only=True):
    """The expected end of a record that goes no further: counted by reason, never an error."""

    event_id: str
    stage: str
    reason: str
    """One of pipeline.outcome.Reason."""
    detail: str | None = None
    ref: PageRef


class DeadLetter(Event, frozen=True, kw_only=True):
    """A record that a stage could not read or work on, kept whole for replay."""

    event_id: str
    stage: str
    topic: str
    partition: int
    offset: int
    key: str
    payload: bytes
    headers: dict[str, str] = {}
    error: str
    stack: str
    failed_at: datetime
    attempts: int = 1


class DeadLetterMark(Event, frozen=True, kw_only=True):
    """A person dealt with a dead letter: it counts no longer."""

    letter_id: str
    mark: Literal["retried", "discarded"]
    marked_at: datetime


# ---------------------------------------------------------------- warehouse

class ClaimReport(Value, frozen=True, kw_only=True):
    """One article saying what a claim says: all that a digest entry needs of it."""

    fact_id: str
    article_id: str
    outlet: str
    url: str
    headline: str
    language: Language
    published: datetime | None
    fetched_at: datetime
    origin: Origin
    independent: bool
    """False for copies and for a second article resting on one agency dispatch."""
    fields: FactFields
    evidence: Evidence


class ClaimEvent(Event, frozen=True, kw_only=True):
    """A claim changed in a way a reader should know: what digests are made of. A row of the outbox `claim_events`."""

    event_id: str
    """content_id of claim, change and what changed: the same change is never announced twice."""
    seq: int
    claim_id: str
    change: Literal["new", "confirmed", "updated", "disputed", "settled", "withdrawn"]
    at: datetime
    alert: bool
    """True where freshness and origin allow an alert (origin live, published within 72 h of the fetch)."""
    story_id: str
    story_headline: str
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    reports: tuple[ClaimReport, ...]
    """First report first, then by publication time."""


StageEvent = RawPage | Article | ClassifiedArticle | PlacedArticle | PlacementChanged | StoryMerged
AnyEvent = StageEvent | Fetch | Run | Rejected | DeadLetter | DeadLetterMark | ClaimEvent
