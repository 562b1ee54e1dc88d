"""Ids of touched stories in, their rows of `stories` and `story_redirects` written anew out of the articles."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.database import Connection
from warehouse.rows import delete, with_keys

FIRST = "ORDER BY placement = 'copy', published_by NULLS LAST, article_id"
STORIES = f"""
INSERT INTO stories BY NAME
SELECT story_id, first(headline {FIRST}) AS headline,
       coalesce(min(date_published), min(fetched_at)) AS first_seen, coalesce(max(date_published), max(fetched_at)) AS last_seen,
       first(article_id {FIRST}) AS first_article_id, first(outlet {FIRST}) AS first_outlet,
       list_sort(list(DISTINCT language)) AS languages, list_sort(list(DISTINCT outlet)) AS outlets,
       count(*) AS articles, count(*) FILTER (placement = 'copy') AS copies, count(*) FILTER (status = 'withdrawn') AS withdrawn
FROM articles SEMI JOIN batch ON story_id = key GROUP BY story_id
RETURNING story_id
"""  # noqa: S608 (a constant of ours)
REDIRECTS = """
WITH gone AS (SELECT key AS story_id FROM batch ANTI JOIN stories ON stories.story_id = key),
ways AS (
    SELECT story_id, 0 AS rank, '' AS tie, into_story_id FROM story_merges
    UNION ALL
    SELECT before_story_id, 1, article_id || event_id, after_story_id FROM placement_changes
    WHERE before_story_id <> after_story_id
)
INSERT INTO story_redirects BY NAME
SELECT story_id, first(into_story_id ORDER BY rank, tie, into_story_id) AS into_story_id
FROM ways SEMI JOIN gone USING (story_id) GROUP BY story_id
RETURNING story_id
"""


def derive(con: Connection, story_ids: Iterable[str]) -> None:
    """Write the stories anew, inside the caller's transaction. A story left by its last article leaves a redirect."""
    touched = set(story_ids)
    if not touched:
        return
    for table in ("stories", "story_redirects"):
        delete(con, table, ("story_id",), [(story,) for story in touched])
    with_keys(con, touched, STORIES)
    with_keys(con, touched, REDIRECTS)
