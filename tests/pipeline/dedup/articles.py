"""A few words in, classified articles out: what the tests of the stage feed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.dedup import Deduper
from pipeline.events import (
    Article,
    ClassifiedArticle,
    Dating,
    Mention,
    PageRef,
    PlacedArticle,
    Placement,
    PlacementChanged,
    StoryMerged,
    content_id,
)
from pipeline.outcome import Outcome

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
DAM = """Le ministre de l'Équipement a lancé lundi à Taounate les travaux du barrage Oued Sra, d'une capacité de 380 millions de
mètres cubes. L'ouvrage doit alimenter en eau potable quarante communes rurales et irriguer douze mille hectares en aval.
Les entreprises retenues disposent de cinquante-deux mois pour livrer la digue et la galerie de dérivation.
Selon le ministre, la région perd chaque année une part de ses réserves par envasement des anciens bassins.
Des pistes d'accès de dix-sept kilomètres ont déjà été ouvertes par les services de la province.
Les riverains déplacés recevront un terrain équipé et une indemnité fixée par une commission locale."""
PORT = """L'agence des ports a reçu quatre offres pour agrandir le quai minéralier de Safi, ouvert voici sept ans.
Le chantier porte sur six cents mètres de quai et un bassin creusé à seize mètres afin d'accueillir des navires plus grands.
Une enquête publique se tiendra à la préfecture avant le choix du groupement chargé du dragage.
Les pêcheurs demandent que leur chenal reste ouvert pendant toute la durée des travaux et proposent un calendrier."""


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def classified(  # the parts of an article by name
    name: str, body: str = DAM, *, headline: str = "", outlet: str = "", hours: float = 0, fetched: float | None = None,
    origin: str | None = None, agency: str | None = None, status: Any = "published", taxonomy: str = "t1",
    reading: str = "extract/1", language: Any = "fr", precision: Any = "minute", dated: bool = True,
    entities: tuple[str, ...] = (),
) -> ClassifiedArticle:
    """Article `name`, published `hours` after noon and fetched an hour later."""
    body = " ".join(body.split()) if status == "published" else ""
    headline = headline or f"Titre {name}"
    ref = PageRef(
        page_id=content_id(name, body, status, str(fetched)), article_id=name, outlet=outlet or f"journal-{name}",
        url=f"https://x.test/{name}", final_url=f"https://x.test/{name}", status=200 if status == "published" else 410,
        fetched_at=at(hours + 1 if fetched is None else fetched), origin="live")
    article = Article(
        event_id=content_id("article", ref.page_id, reading), ref=ref, article_id=name, canonical_url=ref.url, status=status,
        headline=headline, body=body, language=language, original_outlet=origin, agency=agency, reading=reading,
        text_hash=content_id(headline, body),
        published=Dating(at=at(hours), precision=precision, origin="meta", raw="") if dated else None)
    mentions = tuple(Mention(entity_id=entity, kind="organisation", name=entity, surface=entity, zone="body", start=0, end=1)
                     for entity in entities)
    return ClassifiedArticle(event_id=content_id("classified", article.event_id, taxonomy), article=article, taxonomy=taxonomy,
                             mentions=mentions)


class Places:
    """Where articles stand as events tell it; what the warehouse makes of them."""

    def __init__(self) -> None:
        self.at: dict[str, Placement] = {}
        self.into: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    def feed(self, deduper: Deduper, *articles: ClassifiedArticle) -> Places:
        for one in articles:
            self.take(deduper(one))
        return self

    def take(self, outcome: Outcome) -> None:
        for event in outcome if isinstance(outcome, tuple) else ():
            match event:
                case PlacedArticle():
                    name = event.classified.article.article_id
                    self.at[name], self.versions[name] = event.placement, event.version
                case PlacementChanged():
                    assert self.story(event.article_id) == self._final(event.before.story_id), "changes chain up"
                    self.at[event.article_id] = event.after
                case StoryMerged():
                    self.into[event.story_id] = event.into

    def story(self, name: str) -> str:
        return self._final(self.at[name].story_id)

    def _final(self, story: str) -> str:
        seen = {story}
        while (step := self.into.get(story)) and step not in seen:
            seen.add(step)
            story = step
        return story

    def copies(self) -> dict[str, str | None]:
        return {name: placement.copy_of for name, placement in self.at.items()}

    def stories(self) -> dict[str, str]:
        return {name: self.story(name) for name in self.at}
