"""A few words in, events of the vocabulary out: what the tests of the warehouse load."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config.settings import Settings
from pipeline.codec import encode
from pipeline.events import (
    Agreement,
    Amount,
    AnyEvent,
    Article,
    ClassifiedArticle,
    Dating,
    Evidence,
    Fact,
    FactFields,
    Label,
    Mention,
    PageRef,
    Party,
    PlacedArticle,
    Placement,
    PlacementChanged,
    Precision,
    StoryMerged,
    content_id,
)
from tests.warehouse.fakes import FakeBus

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Said = tuple[str, FactFields]
"""A sentence, and what it states."""


def amount(value: float, subject: str = "le plan eau", **more: Any) -> Amount:
    return Amount(value=value, currency="MAD", surface=f"{value:.0f} DH", role="budget", subject=subject, **more)


def agreement(*parties: str, status: Any = "signed", **more: Any) -> Agreement:
    return Agreement(
        parties=tuple(Party(name=name, surface=name, entity_id=name.lower()) for name in parties), instrument="convention",
        instrument_surface="une convention", status=status, object_surface="le dessalement", date="2026-11-20", **more)


def placed(
    name: str, *facts: FactFields, outlet: str = "almasdar", story: str = "s1", kind: Any = "new", copy_of: str | None = None,
    version: int = 1, text: str = "", hours: float = 0, fetched: float | None = None, language: Any = "fr", origin: Any = "live",
    status: Any = "published", agency: str | None = None, precision: Precision = "second", reading: str = "extract/1",
    topics: tuple[str, ...] = (), sectors: tuple[str, ...] = (), dated: bool = True, entities: tuple[str, ...] = (),
) -> PlacedArticle:
    """Article `name`, published `hours` after noon and fetched an hour later."""
    at = NOON + timedelta(hours=hours)
    body = text or f"Texte de {name}. " + " ".join(sentence(fields) for fields in facts)
    dating = Dating(at=at, precision=precision, origin="meta", raw=at.isoformat()) if dated else None
    said = tuple((sentence(fields), fields) for fields in facts)
    return assembled(
        name, f"Titre de {name}", body, said, outlet=outlet, story=story, kind=kind, copy_of=copy_of, version=version,
        fetched_at=at + timedelta(hours=1) if fetched is None else NOON + timedelta(hours=fetched), language=language,
        origin=origin, status=status, agency=agency, published=dating, reading=reading, topics=topics,
        sectors=sectors, entities=entities, url=f"https://{outlet}.test/{name}")


def assembled(
    name: str, headline: str, body: str, said: tuple[Said, ...], *, outlet: str, story: str, kind: Any, copy_of: str | None,
    version: int, fetched_at: datetime, language: Any, status: Any, agency: str | None, published: Dating | None, url: str,
    topics: tuple[str, ...], sectors: tuple[str, ...], entities: tuple[str, ...], origin: Any = "live",
    reading: str = "extract/1",
) -> PlacedArticle:
    """The event that the load takes; of a withdrawn article without headline, text and facts."""
    gone = status == "withdrawn"
    ref = PageRef(
        page_id=content_id(name, headline, body, status), article_id=name, outlet=outlet, url=url, final_url=url,
        status=410 if gone else 200, origin=origin, fetched_at=fetched_at)
    article = Article(
        event_id=content_id("article", ref.page_id, reading), ref=ref, article_id=name, canonical_url=ref.url, status=status,
        headline="" if gone else headline, body="" if gone else body, language=language, agency=agency, published=published,
        text_hash=content_id(name, headline, body), reading=reading)
    labels = [*(("topic", code) for code in topics), *(("sector", code) for code in sectors)]
    classified = ClassifiedArticle(
        event_id=content_id("classified", article.event_id), article=article, taxonomy="t1",
        labels=tuple(Label(scheme=scheme, code=code, score=1.0, decided_by="terms/1") for scheme, code in labels),  # type: ignore[arg-type]
        mentions=tuple(Mention(entity_id=e, kind="organisation", name=e.upper(), surface=e, zone="body", start=0, end=len(e))
                       for e in entities),
        facts=() if gone else tuple(stated(name, body, *one) for one in said))
    return PlacedArticle(
        event_id=content_id("placed", classified.event_id, story, str(version)), classified=classified, version=version,
        placement=Placement(kind=kind, story_id=story, copy_of=copy_of, decided_by="shingles/1"))


def sentence(fields: FactFields) -> str:
    if isinstance(fields, Agreement):
        return f"{' et '.join(party.name for party in fields.parties)} ont signé une convention."
    return f"Budget de {fields.surface} pour {fields.subject}." if isinstance(fields, Amount) else "Une phrase."


def fact(name: str, body: str, fields: FactFields) -> Fact:
    return stated(name, body, sentence(fields), fields)


def stated(name: str, body: str, said: str, fields: FactFields) -> Fact:
    start = max(body.find(said), 0)
    return Fact(
        fact_id=content_id("fact", name, body, repr(fields)), fields=fields,
        evidence=Evidence(sentence=said, zone="body", start=start, end=start + len(said), extractor="test/1", confidence=0.9))


def move(name: str, before: tuple[str, str, str | None], after: tuple[str, str, str | None]) -> PlacementChanged:
    def place(where: tuple[str, str, str | None]) -> Placement:
        story, kind, copy_of = where
        return Placement(kind=kind, story_id=story, copy_of=copy_of, decided_by="late-original/1")  # type: ignore[arg-type]
    return PlacementChanged(event_id=content_id("move", name, repr(before), repr(after)), article_id=name,
                            before=place(before), after=place(after))


def merge(story: str, into: str) -> StoryMerged:
    return StoryMerged(event_id=content_id("merge", story, into), story_id=story, into=into)


def put(bus: FakeBus, topic: str, *events: AnyEvent) -> None:
    for event in events:
        value, headers = encode(event)
        bus.append(topic, value, headers)


def settings_in(folder: Path) -> Settings:
    """Settings of a small world of its own: two outlets, two entities."""
    (folder / "outlets").mkdir(exist_ok=True)
    for outlet, language in (("almasdar", "ar"), ("lefil", "fr")):
        (folder / "outlets" / f"{outlet}.yml").write_text(f"title: {outlet}\nlanguage: {language}\n", encoding="utf-8")
    (folder / "taxonomy.yml").write_text("topics: {}\nsectors: {}\nannouncements: {}\n", encoding="utf-8")
    (folder / "entities.yml").write_text(
        "entities:\n  onee: {kind: organisation, name: {fr: ONEE, ar: المكتب الوطني للكهرباء}, aliases: [Office de l'eau]}\n"
        "  rabat: {kind: place, name: {ar: الرباط, fr: Rabat}}\n", encoding="utf-8")
    return Settings(
        data=folder / "data", outlets=folder / "outlets", taxonomy=folder / "taxonomy.yml", entities=folder / "entities.yml",
        memory_limit="500MB", _env_file=None)
