"""taxonomy.yml, entities.yml and digests.yml in, frozen models out: what is looked for, and who is told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from config.reading import Strict, fingerprint, read_yaml

Languages = Literal["ar", "fr", "en", "es"]


class Category(Strict):
    """A topic, sector or kind of announcement with the words that show it."""

    name: dict[Languages, str]
    """What readers see, by language."""
    iptc: str | None = None
    """IPTC Media Topics code (medtop), the outward name."""
    terms: dict[Languages, tuple[str, ...]] = {}
    """Words and phrases; a trailing `*` takes any ending. Matched after folding (pipeline.language.folding)."""
    strong: dict[Languages, tuple[str, ...]] = {}
    """Terms of which one is enough."""


class Taxonomy(Strict):
    """What articles are labelled with; codes are those of gold/GUIDE.md."""

    topics: dict[str, Category]
    sectors: dict[str, Category]
    announcements: dict[str, Category]
    novelty: dict[str, Category] = {}
    """Words of what is announced now (`new`) and of what is told again or commented on (`recalled`)."""


IsoDate = Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}(-\d\d){0,2}$")]
"""Year, month or day, as far as it is known."""


class Office(Strict):
    """An office that somebody held, and from when until when."""

    role: str
    """In French."""
    org: str | None = None
    """Entity id of the organisation."""
    since: IsoDate | None = None
    until: IsoDate | None = None
    """Last day; None while in office."""


class WatchedEntity(Strict):
    """Who or what is watched, with its names in any script."""

    kind: Literal["person", "organisation", "place", "programme", "event"]
    name: dict[Languages, str]
    """Canonical names; the French (else first) one is `Mention.name`."""
    aliases: tuple[str, ...] = ()
    """Other spellings, short names and acronyms. One in capitals only is looked for in capitals only."""
    guarded: tuple[str, ...] = ()
    """Names that are also common words: they count only after a word that announces the kind ("la ville de", "le groupe")."""
    role: str | None = None
    org: str | None = None
    """Entity id of the organisation a person leads."""
    since: IsoDate | None = None
    """When the person came into this office."""
    until: IsoDate | None = None
    """When they left it; None while in office, as far as we know."""
    past: tuple[Office, ...] = ()
    """Offices held before."""
    hints: tuple[str, ...] = ()
    """Codes of topics, sectors and kinds of announcement that its mention suggests."""


class Entities(Strict):
    """All that is watched, by entity id."""

    entities: dict[str, WatchedEntity]


Mail = Annotated[str, Field(max_length=254, pattern=r"^[^@\s<>\",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}$")]
"""A mail address as SMTP takes it, without a display name; no white space, so nothing can be slipped into a header."""
Words = tuple[Annotated[str, Field(min_length=2, max_length=100)], ...]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Quiet(Strict):
    """Hours in which nothing is sent, local time; may cross midnight. What waits goes out when they are over."""

    since: time
    until: time


class Subscription(Strict):
    """A digest: what goes into it, and to whom. Empty filters take everything; all that are given must pass."""

    title: dict[Languages, str]
    language: Languages
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds of fact."""
    outlets: tuple[str, ...] = ()
    """One of these reports it."""
    languages: tuple[Languages, ...] = ()
    """It is reported in one of these."""
    words: Words = ()
    """One of these stands in the headline, the subject or an evidence sentence (folded: accents, vowel signs, case)."""
    without: Words = ()
    """None of these does."""
    least_sources: int = Field(1, ge=1, le=20)
    """Independent sources that must report it before it is told."""
    disputes_only: bool = False
    """Only where accounts come to differ, or cease to."""
    changes: tuple[Literal["new", "updated", "disputed", "settled", "withdrawn"], ...] = (
        "new", "updated", "disputed", "settled", "withdrawn")
    """Changes of a claim that are told; those after `new` reach only who can use them (warehouse.digest.compose)."""
    updates: Literal["all", "sent", "none"] = "all"
    """Later changes of claims: all, those of what this subscription was sent, or none. Disputes only: without effect."""
    to: tuple[Mail, ...] = ()
    """Mail addresses; none: files, feed and channels only."""
    webhook: Annotated[str, Field(pattern=r"^https?://", max_length=2000)] | None = None
    """Address that gets each issue as JSON, signed where MARSAD_WEBHOOK_SECRET is set."""
    channels: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")], ...] = ()
    """Names of environment variables that hold Apprise addresses (they contain secrets, so they don't stand here)."""
    every: Literal["instant", "hourly", "daily", "weekly"] = "daily"
    at: time = Field(time(7, 30))
    """Local time of the daily or weekly sending."""
    weekday: Weekday = "monday"
    """Day of the weekly sending."""
    quiet: Quiet | None = None
    holidays: tuple[date, ...] = ()
    """Days on which nothing is sent."""
    rest_on_holidays: bool = False
    """Nothing is sent on Morocco's public holidays either; what waits goes out after them."""


class Digests(Strict):
    """All subscriptions, by id."""

    digests: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")], Subscription]
    """Ids name folders and files."""


class Watch(Strict):
    """Taxonomy and entities with the version that every label and mention records."""

    taxonomy: Taxonomy
    entities: Entities
    version: str


def load_watch(taxonomy: Path, entities: Path) -> Watch:
    """Both files. Raises config.reading.ConfigError."""
    return Watch(
        taxonomy=read_yaml(taxonomy, Taxonomy), entities=read_yaml(entities, Entities),
        version=fingerprint(taxonomy, entities),
    )


def load_digests(path: Path) -> Digests:
    """The subscriptions. Raises config.reading.ConfigError."""
    return read_yaml(path, Digests)
