"""A small press of our own invention, loaded and published: what the tests of the pages look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config.settings import Settings
from pipeline.events import Agreement, Amount, Dating, Party, PlacedArticle, Quote, Target
from tests.warehouse.builders import Said, assembled, put
from tests.warehouse.fakes import FakeBus
from warehouse.load import load
from warehouse.public import publish_public
from warehouse.search import refresh
from warehouse.snapshot import publish

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOSTILE = '<script>alert("1")</script> & "مرحبا" \'><img src=x onerror=alert(2)>'


@dataclass(frozen=True)
class Piece:
    """One article in few words."""

    name: str
    outlet: str
    headline: str
    said: tuple[Said, ...] = ()
    language: Any = "fr"
    story: str = "story-dam"
    hours_ago: float = 3
    kind: Any = "new"
    copy_of: str | None = None
    version: int = 1
    status: Any = "published"
    topics: tuple[str, ...] = ("eau_environnement",)
    sectors: tuple[str, ...] = ("eau",)
    entities: tuple[str, ...] = ()
    agency: str | None = None
    url: str | None = None

    def placed(self) -> PlacedArticle:
        """The event that the load takes."""
        at = NOW - timedelta(hours=self.hours_ago)
        body = " ".join(sentence for sentence, _ in self.said) or f"Texte de {self.name}."
        return assembled(
            self.name, self.headline, body, self.said, outlet=self.outlet, story=self.story, kind=self.kind, copy_of=self.copy_of,
            version=self.version, fetched_at=at + timedelta(minutes=10 + 60 * self.version), language=self.language,
            status=self.status, agency=self.agency, url=self.url or f"https://{self.outlet}.example/{self.name}",
            published=Dating(at=at, precision="minute", origin="meta", raw=at.isoformat()), topics=self.topics,
            sectors=self.sectors, entities=self.entities)


def dam(value: float, surface: str, subject: str = "le barrage de Targa") -> Amount:
    """The cost of an invented dam."""
    return Amount(value=value, currency="MAD", surface=surface, role="cost", subject=subject, subject_entity="targa")


def deal(
    *parties: tuple[str, str | None], surface: str = "une convention", about: str = "la formation aux métiers de l'eau",
) -> Agreement:
    """An invented agreement."""
    return Agreement(
        parties=tuple(Party(name=name, surface=name, entity_id=entity) for name, entity in parties), instrument="convention",
        instrument_surface=surface, status="signed", object_surface=about, date="2026-11-23", place="Rabat")


DAM = Piece(
    "dam-fr", "lefil", "Le barrage de Targa coûtera 2,4 milliards de dirhams",
    (("Le barrage de Targa coûtera 2,4 milliards de dirhams, selon le ministère de l'Équipement.",
      dam(2.4e9, "2,4 milliards de dirhams")),
     ("« Nous remplirons la retenue dès 2029 », a déclaré la directrice de l'agence.",
      Quote(text="Nous remplirons la retenue dès 2029", speaker="Salma Idrissi", speaker_surface="la directrice",
            speaker_entity="agence_eau"))),
    hours_ago=7, entities=("targa", "agence_eau"))
DAM_ARABIC = Piece(
    "dam-ar", "almasdar", "كلفة سد تارگة تبلغ 3 ملايير درهم",
    (("وقالت الوزارة إن كلفة سد تارگة ستبلغ 3 ملايير درهم، أي أكثر مما كان متوقعا.", dam(3e9, "3 ملايير درهم", "سد تارگة")),
     ("وتستهدف الوزارة ملء 600 مليون متر مكعب بحلول سنة 2029.",
      Target(value=6e8, unit="متر مكعب", surface="600 مليون متر مكعب", subject="حقينة السد", subject_entity="targa",
             horizon="2029"))),
    language="ar", kind="same_event", hours_ago=5, entities=("targa",))
DAM_COPY = Piece(
    "dam-copy", "lemiroir", "Le barrage de Targa coûtera 2,4 milliards de dirhams", DAM.said, kind="copy", copy_of="dam-fr",
    hours_ago=4)
DEAL = Piece(
    "deal-fr", "lefil", "L'Agence de l'eau signe avec l'Université de l'Oriental",
    (("L'Agence de l'eau et l'Université de l'Oriental ont signé une convention sur la formation aux métiers de l'eau.",
      deal(("Agence de l'eau", "agence_eau"), ("Université de l'Oriental", None))),),
    story="story-deal", hours_ago=2, entities=("agence_eau",), topics=("education_formation",), sectors=())
DEAL_AGREED = Piece(
    "deal-ar", "almasdar", "اتفاقية بين وكالة الماء وجامعة الشرق",
    (("وقعت وكالة الماء وجامعة الشرق اتفاقية في مجال التكوين في مهن الماء.",
      deal(("Agence de l'eau", "agence_eau"), ("Université de l'Oriental", None), surface="اتفاقية",
           about="التكوين في مهن الماء")),),
    language="ar", story="story-deal", kind="same_event", hours_ago=1, entities=("agence_eau",),
    topics=("education_formation",), sectors=())
NASTY = Piece(
    "nasty", "lefil", HOSTILE, ((f"Le budget de {HOSTILE} est de 5 millions d'euros.", Amount(
        value=5e6, currency="EUR", surface="5 millions d'euros", role="budget", subject=HOSTILE)),),
    story="story-nasty", hours_ago=9, url="javascript:alert(3)", topics=(), sectors=())
EDITED = Piece(
    "edited", "lefil", "Le port de Nador ouvrira en mars 2027",
    (("Le port accueillera 3 millions de conteneurs.", Target(
        value=3e6, unit="conteneurs", surface="3 millions de conteneurs", subject="le port", horizon="2030")),),
    story="story-port", hours_ago=20, topics=("industrie_commerce",), sectors=("ports",))
EDITED_AFTER = Piece(
    "edited", "lefil", "Le port de Nador ouvrira en juin 2027",
    (("Le port accueillera 2 millions de conteneurs.", Target(
        value=2e6, unit="conteneurs", surface="2 millions de conteneurs", subject="le port", horizon="2030")),),
    story="story-port", hours_ago=20, version=2, topics=("industrie_commerce",), sectors=("ports",))
OLDER = tuple(
    Piece(f"older-{week}-{n}", ("lefil", "almasdar")[n % 2], f"Archive {week}-{n}", (), story=f"story-{week}-{n}",
          hours_ago=24 * 7 * week + n, entities=("agence_eau",) if n == 0 else (),
          topics=("eau_environnement",) if n < week % 4 else ())
    for week in range(1, 15) for n in range(3 + week % 3))
PRESS = (DAM, DAM_ARABIC, DAM_COPY, DEAL, DEAL_AGREED, NASTY, EDITED, EDITED_AFTER, *OLDER)


def settings_in(folder: Path) -> Settings:
    """Settings of this press, written below `folder`."""
    (folder / "outlets").mkdir(parents=True, exist_ok=True)
    for outlet, language, title, arabic in (
        ("almasdar", "ar", "Al Masdar", "المصدر"), ("lefil", "fr", "Le Fil", None), ("lemiroir", "fr", "Le Miroir", None),
    ):
        second = f"title_ar: {arabic}\n" if arabic else ""
        (folder / "outlets" / f"{outlet}.yml").write_text(f"title: {title}\n{second}language: {language}\n", encoding="utf-8")
    (folder / "taxonomy.yml").write_text(
        "topics:\n  eau_environnement: {name: {fr: Eau et environnement, ar: الماء والبيئة, en: Water and environment}}\n"
        "  education_formation: {name: {fr: Éducation et formation, ar: التعليم والتكوين, en: Education}}\n"
        "  industrie_commerce: {name: {fr: Industrie et commerce, ar: الصناعة والتجارة, en: Industry and trade}}\n"
        "sectors:\n  eau: {name: {fr: Eau, ar: الماء, en: Water}}\n  ports: {name: {fr: Ports, ar: الموانئ, en: Ports}}\n"
        "announcements: {}\n", encoding="utf-8")
    (folder / "entities.yml").write_text(
        "entities:\n  agence_eau: {kind: organisation, name: {fr: Agence de l'eau, ar: وكالة الماء, en: Water Agency}}\n"
        "  targa: {kind: programme, name: {fr: Barrage de Targa, ar: سد تارگة, en: Targa Dam}}\n", encoding="utf-8")
    return Settings(
        data=folder / "data", outlets=folder / "outlets", taxonomy=folder / "taxonomy.yml", entities=folder / "entities.yml",
        memory_limit="500MB", _env_file=None)


def publish_press(settings: Settings, pieces: tuple[Piece, ...] = PRESS) -> None:
    """Load the press and publish its snapshots."""
    bus = FakeBus()
    put(bus, "placed-articles", *(piece.placed() for piece in pieces))
    load(bus, settings, run_id="r")
    publish(settings, force=True)
    publish_public(settings, force=True)
    refresh(settings)
