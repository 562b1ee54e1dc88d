-- What did each outlet publish each week, and how much of what the crawl asked for did it get? The denominators of all trends.
CREATE VIEW outlet_weeks AS
WITH published AS (
    SELECT outlet, week, articles, originals FROM subject_weeks WHERE scheme = 'all'
), crawled AS (
    SELECT outlet, week_of(fetched_at) AS week, count(*) FILTER (outcome NOT LIKE 'refused%') AS pages_wanted,
           count(*) FILTER (outcome LIKE 'failed%') AS pages_failed
    FROM fetches WHERE purpose = 'article' GROUP BY outlet, week_of(fetched_at)
)
SELECT outlet, week, coalesce(articles, 0) AS articles, coalesce(originals, 0) AS originals,
       coalesce(articles - originals, 0) AS copies, coalesce(pages_wanted, 0) AS pages_wanted, coalesce(pages_failed, 0) AS pages_failed,
       1 - pages_failed / nullif(pages_wanted, 0) AS completeness
FROM published FULL JOIN crawled USING (outlet, week);
COMMENT ON VIEW outlet_weeks IS 'What each outlet published each week and how complete the crawl was: the denominators of all trends.';
COMMENT ON COLUMN outlet_weeks.outlet IS 'Outlet id.';
COMMENT ON COLUMN outlet_weeks.week IS 'Monday of the week (UTC).';
COMMENT ON COLUMN outlet_weeks.articles IS 'Articles published, copies included.';
COMMENT ON COLUMN outlet_weeks.originals IS 'Articles published without copies.';
COMMENT ON COLUMN outlet_weeks.copies IS 'Copies published.';
COMMENT ON COLUMN outlet_weeks.pages_wanted IS 'Requests for articles made in that week.';
COMMENT ON COLUMN outlet_weeks.pages_failed IS 'Requests for articles without a usable answer.';
COMMENT ON COLUMN outlet_weeks.completeness IS 'Share of the requests that were answered, 0 to 1; NULL where none was made (imports).';
