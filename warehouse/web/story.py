"""A story's id in, its page out: who told it when and in which language, what it states, who disagrees, what was edited."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from warehouse.web.claims import tell
from warehouse.web.edits import edits_of
from warehouse.web.site import Missing, Moved, Page, Visit

ARTICLES, CLAIMS = 60, 60
ONE: Final = "SELECT * FROM stories WHERE story_id = $id"
TIMELINE: Final = """
    SELECT article_id, date_published, event_time, date_published_precision AS precision, outlet, original_outlet, agency,
           language, headline, placement, copy_of, status, versions, canonical_url
    FROM articles WHERE story_id = $id ORDER BY published_by NULLS LAST, placement = 'copy', article_id LIMIT $most"""
CLAIM_IDS: Final = """
    SELECT claim_id FROM claims WHERE story_id = $id AND kind <> 'person_role'
    ORDER BY state = 'disputed' DESC, sources DESC, reports DESC, claim_id LIMIT $most"""
FIRST: Final = "SELECT * FROM first_to_report WHERE story_id = $id"
LABELS: Final = """
    SELECT l.scheme, l.code, count(DISTINCT l.article_id) AS n FROM labels l JOIN articles a USING (article_id)
    WHERE a.story_id = $id AND l.scheme IN ('topic', 'sector') GROUP BY ALL ORDER BY n DESC, l.code LIMIT 8"""
ENTITIES: Final = """
    SELECT m.entity_id, count(DISTINCT m.article_id) AS n FROM mentions m JOIN articles a USING (article_id)
    WHERE a.story_id = $id AND m.entity_id IN (SELECT entity_id FROM entities)
    GROUP BY ALL ORDER BY n DESC, m.entity_id LIMIT 12"""
REDIRECT: Final = "SELECT into_story_id AS into_id FROM story_redirects WHERE story_id = $id"


def story(visit: Visit, story_id: str) -> Page | Moved:
    """The page. Raises Missing."""
    found = visit.reading.one(ONE, {"id": story_id})
    if found is None:
        return moved(visit, REDIRECT, story_id, "story")
    asked = {"id": story_id}
    articles = visit.rows(TIMELINE, {**asked, "most": ARTICLES})
    told = tell(visit.reading, visit.viewer, [row["claim_id"] for row in visit.rows(CLAIM_IDS, {**asked, "most": CLAIMS})])
    return Page("story.html.j2", {
        "story": found, "language": articles[0]["language"] if articles else visit.language, "articles": articles,
        "spread": spread(articles), "first": visit.reading.one(FIRST, asked), "labels": visit.rows(LABELS, asked),
        "entities": visit.rows(ENTITIES, asked), "names": visit.names, "now": visit.now,
        "disputes": [one for one in told if one.view.sides], "told": [one for one in told if not one.view.sides],
        "edits": edits_of(visit, [row["article_id"] for row in articles if row["versions"] > 1])})


def spread(articles: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """By language: outlets and articles, the most told first."""
    articles_by = Counter(row["language"] for row in articles)
    outlets = {language: {row["outlet"] for row in articles if row["language"] == language} for language in articles_by}
    return [(language, len(outlets[language]), count) for language, count in articles_by.most_common()]


def moved(visit: Visit, sql: str, id_: str, kind: str) -> Moved:
    """Where the id leads by now. Raises Missing."""
    seen = {id_}
    present = id_
    while (row := visit.reading.one(sql, {"id": present})) is not None and row["into_id"] not in seen:
        present = row["into_id"]
        seen.add(present)
    if present == id_:
        raise Missing
    return Moved(f"{kind}/{present}")
