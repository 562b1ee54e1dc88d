"""Views that count articles, against a slow and obvious count in Python over the base tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from importlib import resources
from math import sqrt
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.press import Press, Row, fill, same

with (resources.files("tzdata.zoneinfo.Africa") / "Casablanca").open("rb") as rules:
    CASABLANCA = ZoneInfo.from_file(rules)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return fill(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def articles(press: Press) -> dict[str, Row]:
    return {row["article_id"]: row for row in press.table("articles")}


def week(at: datetime) -> date:
    day = at.astimezone(ZoneInfo("UTC")).date()
    return day - timedelta(days=day.weekday())


def month(at: datetime) -> date:
    return at.astimezone(ZoneInfo("UTC")).date().replace(day=1)


def own(article: Row) -> bool:
    return bool(article["placement"] != "copy")


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def test_outlet_weeks(press: Press, articles: dict[str, Row]) -> None:
    found: dict[tuple[str, date], Row] = defaultdict(
        lambda: {"articles": 0, "originals": 0, "pages_wanted": 0, "pages_failed": 0})
    for article in articles.values():
        row = found[article["outlet"], week(article["event_time"])]
        row["articles"] += 1
        row["originals"] += own(article)
    for fetch in press.table("fetches"):
        if fetch["purpose"] == "article":
            row = found[fetch["outlet"], week(fetch["fetched_at"])]
            row["pages_wanted"] += not fetch["outcome"].startswith("refused")
            row["pages_failed"] += fetch["outcome"].startswith("failed")
    same(press.table("outlet_weeks"), [
        {"outlet": outlet, "week": at, **row, "copies": row["articles"] - row["originals"],
         "completeness": 1 - row["pages_failed"] / row["pages_wanted"] if row["pages_wanted"] else None}
        for (outlet, at), row in found.items()], ("outlet", "week"))


def subjects(press: Press) -> dict[str, set[tuple[str, str]]]:
    """By article, its schemes and codes."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for label in press.table("labels"):
        found[label["article_id"]].add((label["scheme"], label["code"]))
    for mention in press.table("mentions"):
        found[mention["article_id"]].add(("entity", mention["entity_id"]))
    return found


def in_weeks(rows: list[Row], outlet: str, first: date, last: date) -> list[Row]:
    return [row for row in rows if row["outlet"] == outlet and first <= week(row["event_time"]) <= last]


@pytest.mark.parametrize(("view", "scheme", "column"), [
    ("topic_trend", "topic", "topic"), ("sector_trend", "sector", "sector"), ("entity_trend", "entity", "entity_id")])
def test_trends(press: Press, articles: dict[str, Row], view: str, scheme: str, column: str) -> None:
    about, every = subjects(press), list(articles.values())
    wanted = []
    for code in {code for some in about.values() for of, code in some if of == scheme}:
        on_it = [article for article in every if (scheme, code) in about[article["article_id"]]]
        for outlet, at in {(article["outlet"], week(article["event_time"])) for article in on_it}:
            wanted.append({column: code, "outlet": outlet, "week": at, **trend(on_it, every, outlet, at)})
    same(press.table(view), wanted, (column, "outlet", "week"))
    assert any(row["growth_originals"] for row in wanted)


def trend(on_it: list[Row], every: list[Row], outlet: str, at: date) -> Row:
    before = (at - timedelta(weeks=8), at - timedelta(weeks=1))
    hits, total = in_weeks(on_it, outlet, at, at), in_weeks(every, outlet, at, at)
    hits_before, total_before = in_weeks(on_it, outlet, *before), in_weeks(every, outlet, *before)
    row: Row = {"articles": len(hits), "outlet_articles": len(total), "originals": sum(map(own, hits)),
                "outlet_originals": sum(map(own, total)), "share": len(hits) / len(total),
                "baseline": share(len(hits_before), len(total_before))}
    row["growth"] = row["share"] / row["baseline"] if row["baseline"] else None
    x, n, y, m = row["originals"], row["outlet_originals"], sum(map(own, hits_before)), sum(map(own, total_before))
    row["share_originals"], row["baseline_originals"] = share(x, n), share(y, m)
    row["growth_originals"] = x / n / (y / m) if n and m and y else None
    pooled = (x + y) / (n + m) if n and m else 0
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if n and m else 0
    row["z"] = (x / n - y / m) / spread if spread else None
    row["significant"] = bool(row["z"] is not None and abs(row["z"]) >= 2.58 and x + y >= 5)
    return row


def test_a_significant_rise_is_marked(press: Press) -> None:
    (row,) = press.ask("SELECT z_of(30, 100, 80, 800) AS z, z_of(0, 0, 1, 10) AS none, z_of(5, 5, 10, 10) AS flat")
    p = 110 / 900
    assert row["z"] == pytest.approx((0.3 - 0.1) / sqrt(p * (1 - p) * (1 / 100 + 1 / 800)))
    assert (row["none"], row["flat"]) == (None, None)


def test_share_of_voice(press: Press, articles: dict[str, Row]) -> None:
    about = subjects(press)
    wanted = []
    for entity in {code for some in about.values() for of, code in some if of == "entity"}:
        named = [article for article in articles.values() if ("entity", entity) in about[article["article_id"]]]
        for outlet, at in {(article["outlet"], month(article["event_time"])) for article in named}:
            in_month = [article for article in named if month(article["event_time"]) == at]
            of_outlet = [article for article in in_month if article["outlet"] == outlet]
            everything = [a for a in articles.values() if a["outlet"] == outlet and month(a["event_time"]) == at]
            wanted.append({
                "entity_id": entity, "outlet": outlet, "month": at, "articles": len(of_outlet),
                "originals": sum(map(own, of_outlet)), "outlet_articles": len(everything),
                "outlet_originals": sum(map(own, everything)),
                "share_of_outlet": len(of_outlet) / len(everything),
                "share_of_outlet_originals": share(sum(map(own, of_outlet)), sum(map(own, everything))),
                "share_of_voice": len(of_outlet) / len(in_month),
                "share_of_voice_originals": share(sum(map(own, of_outlet)), sum(map(own, in_month)))})
    same(press.table("share_of_voice"), wanted, ("entity_id", "outlet", "month"))


def test_articles_by_language(press: Press, articles: dict[str, Row]) -> None:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for article in articles.values():
        groups[month(article["event_time"]), article["outlet"], article["language"]].append(article)
    same(press.table("articles_by_language"), [
        {"month": at, "outlet": outlet, "language": language, "articles": len(some), "originals": sum(map(own, some)),
         "copies": len(some) - sum(map(own, some)), "withdrawn": sum(a["status"] == "withdrawn" for a in some),
         "words": sum(len(a["body"].split()) for a in some),
         "share_of_outlet": len(some) / sum(len(o) for (m, out, _), o in groups.items() if (m, out) == (at, outlet))}
        for (at, outlet, language), some in groups.items()], ("month", "outlet", "language"))


def test_publishing_hours(press: Press, articles: dict[str, Row]) -> None:
    groups: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for article in articles.values():
        if article["date_published_precision"] in ("second", "minute"):
            local = article["date_published"].astimezone(CASABLANCA)
            groups[article["outlet"], local.isoweekday(), local.hour].append(article)
    totals = {outlet: sum(len(some) for (of, _, _), some in groups.items() if of == outlet) for outlet, _, _ in groups}
    same(press.table("publishing_hours"), [
        {"outlet": outlet, "weekday": weekday, "hour": hour, "articles": len(some), "originals": sum(map(own, some)),
         "outlet_articles": totals[outlet], "share": len(some) / totals[outlet]}
        for (outlet, weekday, hour), some in groups.items()], ("outlet", "weekday", "hour"))


def test_entities_together(press: Press, articles: dict[str, Row]) -> None:
    about = subjects(press)
    naming: dict[str, set[str]] = defaultdict(set)
    for article_id, some in about.items():
        for scheme, code in some:
            if scheme == "entity":
                naming[code].add(article_id)
    originals = {article_id for article_id, article in articles.items() if own(article)}
    wanted = []
    for a, of_a in naming.items():
        for b, of_b in naming.items():
            both = of_a & of_b
            if a < b and both:
                ours = len(both & originals)
                n, m = len(of_a & originals), len(of_b & originals)
                wanted.append({
                    "entity_a": a, "entity_b": b, "articles": len(both), "originals": ours,
                    "stories": len({articles[one]["story_id"] for one in both}), "originals_a": n, "originals_b": m,
                    "share_of_a": ours / n, "share_of_b": ours / m, "lift": ours * len(originals) / (n * m)})
    same(press.table("entities_together"), wanted, ("entity_a", "entity_b"))


def by_story(articles: dict[str, Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for article in articles.values():
        found[article["story_id"]].append(article)
    return found


def hours(one: datetime, other: datetime) -> float:
    return (other - one).total_seconds() / 3600


def test_first_to_report(press: Press, articles: dict[str, Row]) -> None:
    wanted = []
    for story_id, some in by_story(articles).items():
        dated = [article for article in some if article["published_by"]]
        outlets = {article["outlet"]: [a for a in dated if a["outlet"] == article["outlet"]] for article in dated}
        if len(outlets) < 2:
            continue
        ranked = sorted((not any(map(own, told)), min(a["published_by"] for a in told), outlet)
                        for outlet, told in outlets.items())
        (_, first_at, first), (copied, second_at, second) = ranked[:2]
        wanted.append({
            "story_id": story_id, "first_outlet": first, "first_published": first_at, "outlets": len(outlets),
            "own_texts": sum(not only for only, _, _ in ranked), "second_outlet": second, "second_published": second_at,
            "hours_ahead": hours(first_at, second_at), "second_is_copy": copied})
    same(press.table("first_to_report"), wanted, ("story_id",))


def test_who_follows(press: Press, articles: dict[str, Row]) -> None:
    led: dict[str, int] = defaultdict(int)
    lags: dict[tuple[str, str], list[float]] = defaultdict(list)
    for some in by_story(articles).values():
        times: dict[str, datetime] = {}
        for article in some:
            if own(article) and article["published_by"]:
                times[article["outlet"]] = min(article["published_by"], times.get(article["outlet"], article["published_by"]))
        if times:
            first = min(times, key=lambda outlet: (times[outlet], outlet))
            led[first] += 1
            for outlet in times.keys() - {first}:
                lags[first, outlet].append(hours(times[first], times[outlet]))
    same(press.table("who_follows"), [
        {"first_outlet": first, "follower": follower, "stories": len(some), "stories_first": led[first],
         "share": len(some) / led[first], "median_hours": median(some)} for (first, follower), some in lags.items()],
        ("first_outlet", "follower"))


def test_who_copies_whom(press: Press, articles: dict[str, Row]) -> None:
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for article in articles.values():
        if not own(article):
            original = articles.get(article["copy_of"])
            groups[article["outlet"], original["outlet"] if original else article["original_outlet"]].append(article)
    wanted = []
    for (copier, whose), some in groups.items():
        everything = [article for article in articles.values() if article["outlet"] == copier]
        lags = [hours(articles[a["copy_of"]]["published_by"], a["published_by"]) for a in some
                if a["published_by"] and articles[a["copy_of"]]["published_by"]]
        wanted.append({
            "copier": copier, "original": whose, "copies": len(some), "copier_articles": len(everything),
            "credited": sum(bool(a["agency"] or a["original_outlet"]) for a in some),
            "within_outlet": sum(articles[a["copy_of"]]["outlet"] == copier for a in some),
            "share_of_copier": len(some) / len(everything), "median_hours": median(lags) if lags else None})
    same(press.table("who_copies_whom"), wanted, ("copier", "original"))


def test_coverage_gaps(press: Press, articles: dict[str, Row]) -> None:
    publishing: dict[tuple[str, date], int] = defaultdict(int)
    speaks: dict[str, set[str]] = defaultdict(set)
    for article in articles.values():
        publishing[article["outlet"], week(article["event_time"])] += 1
        speaks[article["outlet"]].add(article["language"])
    wanted = []
    for story_id, some in by_story(articles).items():
        told_by = {article["outlet"] for article in some if own(article)}
        dates = [article["date_published"] for article in some if article["date_published"]]
        first = min(dates) if dates else min(article["fetched_at"] for article in some)
        if len(told_by) < 3:
            continue
        for outlet, languages in speaks.items():
            if outlet not in {article["outlet"] for article in some} and publishing[outlet, week(first)]:
                wanted.append({
                    "outlet": outlet, "story_id": story_id, "first_seen": first, "told_by": sorted(told_by),
                    "told_by_outlets": len(told_by), "originals": sum(map(own, some)),
                    "in_its_language": bool(languages & {article["language"] for article in some}),
                    "outlet_articles": publishing[outlet, week(first)]})
    same(press.table("coverage_gaps"), wanted, ("outlet", "story_id"))


def test_story_timeline(press: Press, articles: dict[str, Row]) -> None:
    current: dict[str, int] = defaultdict(int)
    for fact in press.table("facts"):
        current[fact["article_id"]] += fact["is_current"]
    far = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    wanted = []
    for some in by_story(articles).values():
        dates = [article["date_published"] for article in some if article["date_published"]]
        first = min(dates) if dates else min(article["fetched_at"] for article in some)
        ranked = sorted(some, key=lambda a: (a["published_by"] or far, not own(a), a["article_id"]))
        wanted += [{"article_id": article["article_id"], "position": position, "facts": current[article["article_id"]],
                    "hours_after_first": hours(first, article["event_time"])} for position, article in enumerate(ranked, 1)]
    same(press.table("story_timeline"), wanted, ("article_id",))
