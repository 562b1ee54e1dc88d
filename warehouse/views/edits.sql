-- Which articles were changed or taken down after publication, and by how much?
CREATE VIEW edits AS
SELECT v.article_id, a.outlet, a.canonical_url, v.version, v.status, v.changed, v.words_added, v.words_removed, v.headline,
       lag(v.headline) OVER w AS headline_before, v.fetched_at, lag(v.fetched_at) OVER w AS fetched_before, v.date_modified,
       (SELECT count(*) FROM facts f WHERE f.article_id = v.article_id AND f.version = v.version) AS facts_after,
       (SELECT count(*) FROM facts f WHERE f.article_id = v.article_id AND f.version = v.version - 1) AS facts_before
FROM article_versions v JOIN articles a USING (article_id)
WINDOW w AS (PARTITION BY v.article_id ORDER BY v.fetched_at, v.version)
QUALIFY len(v.changed) > 0;
COMMENT ON VIEW edits IS 'Which articles were changed or taken down after publication, and by how much: one row a change.';
COMMENT ON COLUMN edits.changed IS 'headline, body or withdrawn.';
COMMENT ON COLUMN edits.fetched_before IS 'When the version before was seen: the change lies between the two.';
COMMENT ON COLUMN edits.facts_after IS 'Facts read in this version.';
COMMENT ON COLUMN edits.facts_before IS 'Facts read in the version before.';
