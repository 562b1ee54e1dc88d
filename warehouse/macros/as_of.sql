-- What was known on a date? Articles as last seen by then, the facts of those texts, and the claims as they stood after the last load.
CREATE OR REPLACE MACRO articles_as_of(moment) AS TABLE
    WITH seen AS (
        SELECT v.*, min(v.fetched_at) OVER (PARTITION BY v.article_id) AS first_seen
        FROM article_versions v WHERE v.fetched_at <= CAST(moment AS TIMESTAMPTZ)
    ), last AS (
        SELECT * FROM seen QUALIFY row_number() OVER (
            PARTITION BY article_id ORDER BY status = 'published' DESC, fetched_at DESC, version DESC) = 1
    ), gone AS (
        SELECT article_id, arg_max(status, (fetched_at, version)) AS status FROM seen GROUP BY article_id
    )
    SELECT l.article_id, a.outlet, a.canonical_url, a.language, a.date_published, l.headline, coalesce(l.body, a.body) AS body, l.version,
           l.first_seen, l.fetched_at AS seen_at, g.status, l.placement, l.copy_of, a.story_id
    FROM last l JOIN gone g USING (article_id) JOIN articles a USING (article_id);
COMMENT ON MACRO TABLE articles_as_of IS 'Articles as they were known at a moment, by the time of the fetch: FROM articles_as_of(''2026-11-01''). The story is the present one.';
CREATE OR REPLACE MACRO facts_as_of(moment) AS TABLE
    SELECT f.* EXCLUDE (is_current), l.outlet, l.seen_at, l.story_id FROM facts f
    JOIN (FROM articles_as_of(moment)) l ON l.article_id = f.article_id AND l.version = f.version AND l.status = 'published';
COMMENT ON MACRO TABLE facts_as_of IS 'Facts of the texts that were known at a moment: FROM facts_as_of(''2026-11-01'').';
CREATE OR REPLACE MACRO claims_as_of(moment) AS TABLE
    SELECT * FROM claim_history WHERE noted_at <= CAST(moment AS TIMESTAMPTZ)
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY noted_at DESC) = 1 AND state NOT IN ('replaced', 'dropped');
COMMENT ON MACRO TABLE claims_as_of IS 'Claims as they stood at a moment, by the time of the load: FROM claims_as_of(''2026-11-01'').';
