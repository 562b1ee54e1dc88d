"""Claim events in our own words, as the load would send them: builders for the tests of digests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from config.outlet import Outlet
from config.watch import Category, Entities, Subscription, Taxonomy, Watch, WatchedEntity
from pipeline.events import (
    Agreement,
    Amount,
    ClaimEvent,
    ClaimReport,
    Evidence,
    FactFields,
    Language,
    Party,
    content_id,
)
from warehouse.digest.names import Names

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FR = Subscription(title={"fr": "IA et numérique"}, language="fr")
AR = Subscription(title={"ar": "الذكاء الاصطناعي والرقمنة"}, language="ar")
EN = Subscription(title={"en": "Agreements and amounts"}, language="en")

SUM = Amount(value=2.5e9, currency="MAD", surface="2,5 milliards de dirhams", role="investment",
             subject="un centre de données à Nouaceur", period="2027")
SUM_AR = Amount(value=2.5e9, currency="MAD", surface="2,5 مليار درهم", role="investment",
                subject="مركز للبيانات بالنواصر", period="2027")
DEAL = Agreement(
    parties=(Party(name="Ministère de la Santé", surface="le ministère de la Santé", entity_id="min_sante"),
             Party(name="Atlas Calcul", surface="Atlas Calcul")),
    instrument="convention", instrument_surface="une convention", status="signed",
    object_surface="l'imagerie assistée par l'IA", date="2026-11-23", place="Rabat")


@dataclass(frozen=True)
class Says:
    """One article's say: everything that a report needs, with defaults."""

    outlet: str = "medias24"
    fields: FactFields = SUM
    sentence: str = "Le groupe investira 2,5 milliards de dirhams dans un centre de données à Nouaceur d'ici 2027."
    headline: str = "Un centre de données géant à Nouaceur"
    language: Language = "fr"
    hours_ago: float = 3
    independent: bool = True
    url: str | None = None
    dated: bool = True

    def report(self) -> ClaimReport:
        """The report."""
        at = NOW - timedelta(hours=self.hours_ago)
        article = content_id(self.outlet, self.headline)
        return ClaimReport(
            fact_id=content_id(article, self.sentence), article_id=article, outlet=self.outlet,
            url=f"https://{self.outlet}.example/{article[:8]}" if self.url is None else self.url, headline=self.headline,
            language=self.language, published=at if self.dated else None, fetched_at=at + timedelta(minutes=9), origin="live",
            independent=self.independent, fields=self.fields,
            evidence=Evidence(sentence=self.sentence, zone="body", start=0, end=len(self.sentence), extractor="amounts/1",
                              confidence=0.9))


ARABIC = Says(
    outlet="hespress", fields=SUM_AR, language="ar", hours_ago=2, headline="مركز ضخم للبيانات بالنواصر",
    sentence="أعلنت المجموعة عن استثمار 2,5 مليار درهم في مركز للبيانات بالنواصر في أفق 2027.")
OTHER_SUM = replace(
    ARABIC, outlet="goud", hours_ago=1.5, fields=Amount(value=3e9, currency="MAD", surface="3 ملايير درهم", role="investment",
                                                       subject="مركز البيانات", modality="about"),
    sentence="كلفة مركز البيانات المرتقب تناهز 3 ملايير درهم حسب مصدر مطلع.", headline="كلفة مركز البيانات")
COPY = replace(Says(), outlet="press_mirror", hours_ago=1, independent=False)


def claim_event(*says: Says, change: str = "new", claim: str = "claim-1", seq: int = 1, **more: Any) -> ClaimEvent:
    """The event that a claim changed, as these articles give it."""
    reports = tuple(one.report() for one in says or (Says(),))
    fields: dict[str, Any] = {
        "at": NOW - timedelta(hours=1), "alert": True, "story_id": "story-1",
        "story_headline": reports[0].headline if reports else "", "topics": ("numerique_ia",), "sectors": ("infrastructures",),
        "event_id": content_id(claim, change, str(seq)), **more}
    return ClaimEvent(seq=seq, claim_id=claim, change=change, reports=reports, **fields)  # type: ignore[arg-type]


def names() -> Names:
    """Names of the outlets, topics and entities that the samples use."""
    watch = Watch(
        version="1",
        taxonomy=Taxonomy(
            topics={"numerique_ia": Category(
                name={"fr": "Numérique et IA", "ar": "الرقمنة والذكاء الاصطناعي", "en": "Digital and AI"})},
            sectors={"infrastructures": Category(name={"fr": "Infrastructures", "ar": "البنيات التحتية", "en": "Infrastructure"}),
                     "sante": Category(name={"fr": "Santé", "ar": "الصحة", "en": "Health"})},
            announcements={}),
        entities=Entities(entities={"min_sante": WatchedEntity(
            kind="organisation", name={"fr": "Ministère de la Santé", "ar": "وزارة الصحة", "en": "Ministry of Health"})}))
    outlets = {
        "medias24": Outlet(title="Médias24", language="fr"), "bladi": Outlet(title="Bladi.net", language="fr"),
        "hespress": Outlet(title="Hespress", title_ar="هسبريس", language="ar"),
        "goud": Outlet(title="Goud", title_ar="كود", language="ar"),
        "press_mirror": Outlet(title="Press Mirror", language="fr")}
    return Names(outlets, watch)
