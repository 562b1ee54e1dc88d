-- Which articles were changed or taken down after publication, and by how much?
CREATE VIEW edits AS
WITH read_ AS (SELECT article_id, version, count(*) AS facts FROM facts GROUP BY article_id, version)
SELECT v.article_id, a.outlet, a.canonical_url, v.version, v.status, v.changed, v.words_added, v.words_removed, v.headline,
       b.headline AS headline_before, v.fetched_at, b.fetched_at AS fetched_before, v.date_modified,
       hours_between(a.date_published, v.fetched_at) AS hours_after_publication, coalesce(f.facts, 0) AS facts_after,
       coalesce(g.facts, 0) AS facts_before
FROM article_versions v JOIN articles a USING (article_id)
LEFT JOIN article_versions b ON b.article_id = v.article_id AND b.status = 'published'
    AND b.version = CASE WHEN v.status = 'withdrawn' THEN a.version ELSE v.version - 1 END
LEFT JOIN read_ f ON f.article_id = v.article_id AND f.version = v.version AND v.status = 'published'
LEFT JOIN read_ g ON g.article_id = b.article_id AND g.version = b.version
WHERE len(v.changed) > 0;
COMMENT ON VIEW edits IS 'Which articles were changed or taken down after publication, and by how much: one row a change.';
COMMENT ON COLUMN edits.article_id IS 'The article.';
COMMENT ON COLUMN edits.outlet IS 'Its outlet.';
COMMENT ON COLUMN edits.canonical_url IS 'Its address.';
COMMENT ON COLUMN edits.version IS 'Number of the version that changed it, from 2 (of a withdrawal: as the event numbers it).';
COMMENT ON COLUMN edits.status IS 'published or withdrawn.';
COMMENT ON COLUMN edits.changed IS 'headline, body or withdrawn.';
COMMENT ON COLUMN edits.words_added IS 'Words of the body that the version before had not.';
COMMENT ON COLUMN edits.words_removed IS 'Words of the version before that this one has not.';
COMMENT ON COLUMN edits.headline IS 'Headline after; empty for a withdrawal.';
COMMENT ON COLUMN edits.headline_before IS 'Headline before.';
COMMENT ON COLUMN edits.fetched_at IS 'When the change was seen (UTC).';
COMMENT ON COLUMN edits.fetched_before IS 'When the version before was seen: the change lies between the two.';
COMMENT ON COLUMN edits.date_modified IS 'Time of the change as the publisher states it (UTC).';
COMMENT ON COLUMN edits.hours_after_publication IS 'Hours from publication until the change was seen.';
COMMENT ON COLUMN edits.facts_after IS 'Facts read in this version.';
COMMENT ON COLUMN edits.facts_before IS 'Facts read in the version before.';
