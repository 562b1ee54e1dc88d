-- What did an outlet leave out that others told? One row an outlet and a story that at least three others told in their own texts
-- while it was publishing.
CREATE VIEW coverage_gaps AS
WITH told AS (
    SELECT story_id, list_sort(list(DISTINCT outlet)) AS outlets, count(*) AS originals
    FROM articles WHERE placement <> 'copy' GROUP BY story_id HAVING count(DISTINCT outlet) >= 3
), speaking AS (SELECT outlet, list(DISTINCT language) AS languages FROM articles GROUP BY outlet)
SELECT w.outlet, t.story_id, s.headline, s.first_seen, w.week, t.outlets AS told_by, len(t.outlets) AS told_by_outlets, t.originals,
       s.languages, list_has_any(s.languages, p.languages) AS in_its_language, w.articles AS outlet_articles, w.completeness
FROM told t JOIN stories s USING (story_id)
JOIN outlet_weeks w ON w.week = week_of(s.first_seen) AND w.articles > 0 JOIN speaking p ON p.outlet = w.outlet
WHERE NOT list_contains(s.outlets, w.outlet);
COMMENT ON VIEW coverage_gaps IS 'What an outlet left out that at least three others told in texts of their own, in a week in which it published.';
COMMENT ON COLUMN coverage_gaps.outlet IS 'Who left it out: neither a text of its own nor a copy.';
COMMENT ON COLUMN coverage_gaps.story_id IS 'The story.';
COMMENT ON COLUMN coverage_gaps.headline IS 'Its headline.';
COMMENT ON COLUMN coverage_gaps.first_seen IS 'When it was first told (UTC).';
COMMENT ON COLUMN coverage_gaps.week IS 'Monday of that week (UTC).';
COMMENT ON COLUMN coverage_gaps.told_by IS 'Who told it in a text of its own.';
COMMENT ON COLUMN coverage_gaps.told_by_outlets IS 'How many those are.';
COMMENT ON COLUMN coverage_gaps.originals IS 'Their articles, without copies.';
COMMENT ON COLUMN coverage_gaps.languages IS 'Languages it was told in.';
COMMENT ON COLUMN coverage_gaps.in_its_language IS 'True where one of them is a language the outlet publishes in.';
COMMENT ON COLUMN coverage_gaps.outlet_articles IS 'What the outlet published in that week: few means little could be expected.';
COMMENT ON COLUMN coverage_gaps.completeness IS 'Share of its pages that the crawl got in that week: the gap may be the crawl''s.';
