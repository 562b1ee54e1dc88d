"""Views over facts and claims, against a slow and obvious computation in Python over the base tables."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.press import Press, Row, fill, same


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return fill(tmp_path_factory.mktemp("press"), seed=11, stories=80)


class Base:
    """The base tables as Python dicts."""

    def __init__(self, press: Press) -> None:
        self.articles = {row["article_id"]: row for row in press.table("articles")}
        self.facts = {row["fact_id"]: row for row in press.table("facts")}
        self.claims = {row["claim_id"]: row for row in press.table("claims")}
        self.parties: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(press.table("fact_parties"), key=lambda row: row["position"]):
            self.parties[row["fact_id"]].append(row)
        self.sectors: dict[str, set[str]] = defaultdict(set)
        self.topics: dict[str, set[str]] = defaultdict(set)
        for row in press.table("labels"):
            (self.sectors if row["scheme"] == "sector" else self.topics)[row["article_id"]].add(row["code"])
        self.reports: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(press.table("claim_facts"), key=lambda row: row["position"]):
            self.reports[row["claim_id"]].append(row)


@pytest.fixture(scope="module")
def base(press: Press) -> Base:
    return Base(press)


def month(at: datetime) -> date:
    return at.astimezone(ZoneInfo("UTC")).date().replace(day=1)


def since(claim: Row) -> datetime:
    at: datetime = claim["first_published"] or claim["first_fetched_at"]
    return at


FAR = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
REGIONS = {"Rabat": "Rabat-Salé-Kénitra", "طنجة": "Tanger-Tétouan-Al Hoceima", "Fès": "Fès-Meknès"}


def signed(base: Base) -> list[Row]:
    found = []
    for claim in base.claims.values():
        fact = base.facts[claim["leading_fact_id"]]
        if claim["kind"] == "agreement" and fact["status"] in ("signed", "renewed") and claim["state"] != "withdrawn":
            parties = base.parties[fact["fact_id"]]
            found.append({
                "claim_id": claim["claim_id"], "date": fact["date"], "month": month(since(claim)),
                "parties": [party["name"] for party in parties], "entities": [party["entity_id"] for party in parties],
                "place": fact["place"], "region": REGIONS.get(fact["place"]),
                "sectors": sorted(base.sectors[claim["first_article_id"]]),
                "sources": claim["sources"], "reports": claim["reports"], "state": claim["state"], "sentence": fact["sentence"],
                "canonical_url": base.articles[fact["article_id"]]["canonical_url"]})
    return found


def test_agreements_signed(press: Press, base: Base) -> None:
    same(press.table("agreements_signed"), signed(base), ("claim_id",))


@pytest.mark.parametrize(("dimension", "of"), [("sector", "sectors"), ("party", "parties"), ("region", "region")])
def test_agreements_by(press: Press, base: Base, dimension: str, of: str) -> None:
    groups: dict[tuple[date, str], list[Row]] = defaultdict(list)
    for row in signed(base):
        for name in (row[of] if isinstance(row[of], list) else [row[of]]):
            if name is not None:
                groups[row["month"], name].append(row)
    monthly = Counter(row["month"] for row in signed(base))
    same(press.table(f"agreements_by_{dimension}"), [
        {"month": at, dimension: name, **counted(some), "all_agreements": monthly[at], "share": len(some) / monthly[at]}
        for (at, name), some in groups.items()], ("month", dimension))


def counted(some: list[Row]) -> Row:
    return {"agreements": len(some), "confirmed": sum(row["sources"] > 1 for row in some),
            "sources": sum(row["sources"] for row in some), "reports": sum(row["reports"] for row in some)}


def test_agreements_by_month(press: Press, base: Base) -> None:
    groups: dict[date, list[Row]] = defaultdict(list)
    for row in signed(base):
        groups[row["month"]].append(row)
    wanted = []
    for at, some in groups.items():
        everything = [article for article in base.articles.values() if month(article["event_time"]) == at]
        originals = sum(article["placement"] != "copy" for article in everything)
        wanted.append({
            "month": at, **counted(some), "disputed": sum(row["state"] == "disputed" for row in some),
            "articles": len(everything), "originals": originals, "per_thousand_originals": 1000 * len(some) / originals})
    same(press.table("agreements_by_month"), wanted, ("month",))


def test_amounts_by_sector(press: Press, base: Base) -> None:
    rates = press.table("exchange_rates")
    groups: dict[tuple[Any, ...], list[tuple[Row, float | None]]] = defaultdict(list)
    for claim in base.claims.values():
        if claim["kind"] == "amount" and claim["state"] != "withdrawn":
            day = since(claim).astimezone(ZoneInfo("UTC")).date()
            known = [rate for rate in rates if rate["currency"] == claim["currency"] and rate["valid_from"] <= day]
            rate = 1.0 if claim["currency"] == "MAD" else max(known, key=lambda r: r["valid_from"])["mad"] if known else None
            for sector in base.sectors[claim["first_article_id"]]:
                role = base.facts[claim["leading_fact_id"]]["role"]
                groups[sector, month(since(claim)), claim["currency"], role].append((claim, rate))
    wanted = []
    for (sector, at, currency, role), some in groups.items():
        values = [claim["value"] for claim, _ in some]
        wanted.append({
            "sector": sector, "month": at, "currency": currency, "role": role, "claims": len(some), "total": sum(values),
            "total_mad": sum(claim["value"] * rate for claim, rate in some if rate) if any(rate for _, rate in some) else None,
            "not_converted": sum(rate is None for _, rate in some), "median": median(values), "largest": max(values),
            "sources": sum(claim["sources"] for claim, _ in some), "reports": sum(claim["reports"] for claim, _ in some)})
    same(press.table("amounts_by_sector"), wanted, ("sector", "month", "currency", "role"))
    assert {row["currency"] for row in wanted} >= {"MAD", "EUR", "USD", "XAF"}


def test_targets_by_horizon(press: Press, base: Base) -> None:
    wanted = []
    for claim_id, claim in base.claims.items():
        if claim["kind"] == "target" and claim["state"] != "withdrawn":
            fact, reports = base.facts[claim["leading_fact_id"]], base.reports[claim_id]
            values = [base.facts[report["fact_id"]]["value"] for report in reports]
            wanted.append({
                "claim_id": claim_id, "horizon": fact["horizon"], "year": int(fact["horizon"][:4]) if fact["horizon"] else None,
                "value": fact["value"], "first_value": values[0], "moved": fact["value"] - values[0], "unit": "%",
                "reported": [
                    {"published": base.articles[report["article_id"]]["date_published"], "value": value,
                     "outlet": base.articles[report["article_id"]]["outlet"], "stands": report["is_current"]}
                    for report, value in zip(reports, values, strict=True) if report["independent"]]})
    same(press.table("targets_by_horizon"), wanted, ("claim_id",))


def test_claims_disputed(press: Press, base: Base) -> None:
    wanted = []
    for row in press.table("conflicts"):
        a, b = base.facts[row["fact_a"]], base.facts[row["fact_b"]]
        assert a["value"] != b["value"]
        wanted.append({
            "claim_id": row["claim_id"], "fact_a": row["fact_a"], "fact_b": row["fact_b"],
            "value_a": a["value"], "value_b": b["value"], "outlet_a": base.articles[a["article_id"]]["outlet"],
            "outlet_b": base.articles[b["article_id"]]["outlet"],
            "sentence_a": a["sentence"], "sentence_b": b["sentence"], "state": "disputed",
            "explanation_fr": row["explanation_fr"]})
    same(press.table("claims_disputed"), wanted, ("claim_id", "fact_a", "fact_b"))
    assert {row["claim_id"] for row in wanted} == {claim_id for claim_id, c in base.claims.items() if c["state"] == "disputed"}


ANNOUNCED = ("agreement", "amount", "target", "capacity", "law", "initiative", "appointment", "ranking", "event")


def test_announcements_new(press: Press, base: Base) -> None:
    announced = [claim for claim in base.claims.values() if claim["state"] != "withdrawn" and claim["kind"] in ANNOUNCED]
    assert len(announced) < sum(claim["state"] != "withdrawn" for claim in base.claims.values()), "quotations are none"
    by_story: dict[str, list[Row]] = defaultdict(list)
    for claim in sorted(announced, key=lambda c: (c["kind"] != "agreement", c["first_published"] or FAR, c["claim_id"])):
        by_story[claim["story_id"]].append(claim)
    same(press.table("announcements_new"), [
        {"claim_id": claim["claim_id"], "value": claim["value"], "sources": claim["sources"], "reports": claim["reports"],
         "headline": base.articles[claim["first_article_id"]]["headline"], "fresh": claim["fresh"],
         "topics": sorted(base.topics[claim["first_article_id"]]) or None,
         "sectors": sorted(base.sectors[claim["first_article_id"]]) or None,
         "place_in_story": by_story[claim["story_id"]].index(claim) + 1} for claim in announced], ("claim_id",))


def test_edits(press: Press, base: Base) -> None:
    versions: dict[str, list[Row]] = defaultdict(list)
    for row in press.table("article_versions"):
        versions[row["article_id"]].append(row)
    read = Counter((fact["article_id"], fact["version"]) for fact in base.facts.values())
    wanted = []
    for article_id, some in versions.items():
        published = sorted((row for row in some if row["status"] == "published"), key=lambda row: row["version"])
        for old, new in pairwise(published):
            wanted.append({
                "article_id": article_id, "status": "published", "version": new["version"], "changed": ["body"],
                "fetched_at": new["fetched_at"], "fetched_before": old["fetched_at"], "headline_before": old["headline"],
                "facts_after": read[article_id, new["version"]], "facts_before": read[article_id, old["version"]]})
        for gone in (row for row in some if row["status"] == "withdrawn"):
            last = max(published, key=lambda row: row["fetched_at"])
            wanted.append({
                "article_id": article_id, "status": "withdrawn", "version": gone["version"], "changed": ["withdrawn"],
                "fetched_at": gone["fetched_at"], "fetched_before": last["fetched_at"], "facts_after": 0,
                "facts_before": read[article_id, last["version"]]})
    same(press.table("edits"), wanted, ("article_id", "status", "version"))


def test_edits_that_changed_facts(press: Press, base: Base) -> None:
    said: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for fact in base.facts.values():
        said[fact["article_id"], fact["version"]].add((fact["kind"], json.dumps(json.loads(fact["fields"]), sort_keys=True)))
    texts = {(row["article_id"], row["version"]): row for row in press.table("article_versions") if row["status"] == "published"}
    wanted = []
    for (article_id, version), row in texts.items():
        old = texts.get((article_id, version - 1))
        if old is None:
            continue
        before, after = said[article_id, version - 1], said[article_id, version]
        if before != after:
            wanted.append({
                "article_id": article_id, "version": version, "facts_added": len(after - before),
                "facts_removed": len(before - after),
                "same_rules": row["reading"] == old["reading"]})
    same(press.table("edits_that_changed_facts"), wanted, ("article_id", "version"))
    (row, *_) = press.ask("SELECT facts_added, added, facts_removed, removed FROM edits_that_changed_facts WHERE facts_added > 0")
    assert len(row["added"]) == row["facts_added"]
    assert len(row["removed"]) == row["facts_removed"]
    assert row["added"][0].keys() == {"kind", "words", "sentence"}


def test_quotes_by_speaker(press: Press, base: Base) -> None:
    home = {report["fact_id"]: claim_id for claim_id, reports in base.reports.items() for report in reports}
    groups: dict[tuple[date, str], list[Row]] = defaultdict(list)
    for fact in base.facts.values():
        if fact["kind"] == "quote" and fact["is_current"] and fact["speaker"]:
            groups[month(base.articles[fact["article_id"]]["event_time"]), fact["speaker"]].append(fact)
    wanted = []
    for (at, speaker), some in groups.items():
        ours = [fact for fact in some if base.articles[fact["article_id"]]["placement"] != "copy"]
        everything = [article for article in base.articles.values() if month(article["event_time"]) == at]
        originals = sum(article["placement"] != "copy" for article in everything)
        wanted.append({
            "month": at, "speaker": speaker, "quotes": len(some), "quotes_originals": len(ours),
            "different_quotes": len({home[fact["fact_id"]] for fact in some}),
            "partial_originals": sum(fact["partial"] for fact in ours),
            "articles": len({fact["article_id"] for fact in some}), "originals": len({fact["article_id"] for fact in ours}),
            "outlets": len({base.articles[fact["article_id"]]["outlet"] for fact in some}), "all_articles": len(everything),
            "languages": sorted({base.articles[fact["article_id"]]["language"] for fact in some}), "all_originals": originals,
            "share_originals": len({fact["article_id"] for fact in ours}) / originals})
    same(press.table("quotes_by_speaker"), wanted, ("month", "speaker"))


def test_initiative_timeline(press: Press, base: Base) -> None:
    far = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    threads: dict[str, list[Row]] = defaultdict(list)
    for fact in base.facts.values():
        if fact["kind"] == "initiative" and fact["is_current"]:
            threads[fact["entity_id"] or fact["name"].lower()].append(fact)
    wanted = []
    for thread, some in threads.items():
        def when(fact: Row) -> tuple[Any, ...]:
            article = base.articles[fact["article_id"]]
            return article["published_by"] or far, article["placement"] == "copy", fact["article_id"], fact["fact_id"]
        before: str | None = None
        for position, fact in enumerate(sorted(some, key=when), 1):
            wanted.append({"fact_id": fact["fact_id"], "thread": thread, "position": position, "stage": fact["stage"],
                           "stage_before": before, "moved": fact["stage"] != before})
            before = fact["stage"]
    same(press.table("initiative_timeline"), wanted, ("fact_id",))
    assert "plan eau" in threads
    watched = press.ask("SELECT DISTINCT initiative FROM initiative_timeline WHERE thread = 'onee'")
    assert [row["initiative"] for row in watched] == ["ONEE"]


def test_french_against_arabic(press: Press, base: Base) -> None:
    stories: dict[str, list[Row]] = defaultdict(list)
    for article in base.articles.values():
        stories[article["story_id"]].append(article)
    wanted = []
    for story_id, some in stories.items():
        told = {language: [article for article in some if article["language"] == language] for language in ("fr", "ar")}
        if not all(told.values()):
            continue
        claims = {language: {claim_id for claim_id, reports in base.reports.items() for report in reports
                             if report["is_current"] and report["article_id"] in {a["article_id"] for a in articles}}
                  for language, articles in told.items()}
        first = {language: min((a["published_by"] for a in articles if a["published_by"]), default=None)
                 for language, articles in told.items()}
        own = {language: [a for a in articles if a["placement"] != "copy"] for language, articles in told.items()}
        wanted.append({
            "story_id": story_id, **{f"articles_{lang}": len(told[lang]) for lang in told},
            **{f"originals_{lang}": len(own[lang]) for lang in own}, **{f"first_{lang}": first[lang] for lang in first},
            **{f"words_{lang}": median(a["word_count"] for a in own[lang]) if own[lang] else None for lang in own},
            "hours_arabic_after_french":
                (first["ar"] - first["fr"]).total_seconds() / 3600 if first["ar"] and first["fr"] else None,
            "claims_both": len(claims["fr"] & claims["ar"]), "claims_fr_only": len(claims["fr"] - claims["ar"]),
            "claims_ar_only": len(claims["ar"] - claims["fr"])})
    same(press.table("french_against_arabic"), wanted, ("story_id",))
