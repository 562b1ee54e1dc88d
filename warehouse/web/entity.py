"""An entity's id in, its page out: how often it is named, what is announced of it, its agreements, targets and words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from warehouse.web.charts import Chart, Point, bar_chart
from warehouse.web.claims import tell
from warehouse.web.site import Missing, Page, Visit

WEEKS: Final = 16
MENTIONS: Final = """
    SELECT date_trunc('week', a.event_time) AS week, count(DISTINCT a.article_id) AS n
    FROM mentions m JOIN articles a USING (article_id)
    WHERE m.entity_id = $id AND a.placement <> 'copy' AND a.event_time >= $since AND a.event_time <= $now GROUP BY week"""
VOICE: Final = """
    SELECT a.outlet, count(DISTINCT a.article_id) AS n FROM mentions m JOIN articles a USING (article_id)
    WHERE m.entity_id = $id AND a.placement <> 'copy' GROUP BY a.outlet ORDER BY n DESC, a.outlet LIMIT 12"""
CLAIMS: Final = """
    SELECT DISTINCT c.claim_id, coalesce(c.first_published, c.first_fetched_at) AS at
    FROM facts f JOIN claim_facts k ON k.fact_id = f.fact_id JOIN claims c ON c.claim_id = k.claim_id
    LEFT JOIN fact_parties p ON p.fact_id = f.fact_id AND p.entity_id = $id
    WHERE (f.subject_entity = $id OR p.entity_id = $id OR f.entity_id = $id
           OR f.person_entity = $id OR f.org_entity = $id)
      AND f.kind NOT IN ('person_role', 'quote') AND c.state <> 'withdrawn' ORDER BY 2 DESC, 1 LIMIT 24"""
QUOTES: Final = """
    SELECT f.sentence, a.language, a.outlet, a.canonical_url, a.date_published, a.story_id
    FROM facts f JOIN articles a USING (article_id)
    WHERE f.kind = 'quote' AND f.is_current AND a.placement <> 'copy' AND f.speaker_entity = $id
    ORDER BY a.event_time DESC LIMIT 8"""
STORIES: Final = """
    SELECT s.story_id, s.headline, s.last_seen, len(s.outlets) AS outlets, any_value(a.language) AS language
    FROM mentions m JOIN articles a USING (article_id) JOIN stories s ON s.story_id = a.story_id
    WHERE m.entity_id = $id GROUP BY ALL ORDER BY s.last_seen DESC, s.story_id LIMIT 15"""
ALL: Final = """
    SELECT e.entity_id, e.kind, count(DISTINCT m.article_id) AS n FROM entities e LEFT JOIN mentions m USING (entity_id)
    GROUP BY ALL ORDER BY n DESC, e.entity_id LIMIT 400"""


def entity(visit: Visit, entity_id: str) -> Page:
    """The page. Raises Missing."""
    known = visit.names.entities.get(entity_id)
    if known is None:
        raise Missing
    asked = {"id": entity_id}
    told = tell(visit.reading, visit.viewer, [row["claim_id"] for row in visit.rows(CLAIMS, asked)])
    return Page("entity.html.j2", {
        "entity": known, "names": visit.names, "now": visit.now, "weekly": _chart(visit, entity_id),
        "voice": visit.rows(VOICE, asked), "quotes": visit.rows(QUOTES, asked), "stories": visit.rows(STORIES, asked),
        "agreements": [one for one in told if one.kind == "agreement"],
        "targets": [one for one in told if one.kind == "target"],
        "rest": [one for one in told if one.kind not in ("agreement", "target")]})


def entities(visit: Visit) -> Page:
    """The page of all that is watched, by kind, the most named first."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for row in visit.rows(ALL):
        kinds.setdefault(row["kind"], []).append(row)
    return Page("entities.html.j2", {"kinds": kinds, "names": visit.names})


def _chart(visit: Visit, entity_id: str) -> Chart | None:
    until = visit.rows("SELECT max(event_time) AS newest FROM articles WHERE event_time <= $now", {"now": visit.now})[0]["newest"]
    if until is None:
        return None
    monday: datetime = until.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=until.weekday())
    weeks = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    counted = {row["week"]: row["n"] for row in visit.rows(MENTIONS, {"id": entity_id, "since": weeks[0], "now": visit.now})}
    told = [(week, counted.get(week, 0)) for week in weeks]
    words = visit.words
    points = [Point(week, count, words.say("mentions_told", day=words.day(week), count=count)) for week, count in told]
    return bar_chart(points, visit.words.say("mentions_chart"), visit.words, width=340, height=150)
