-- What is written about more, or less, than the outlet's own habit? Topics, sectors, announcements and entities, by week and
-- outlet, each against the outlet's eight weeks before. Behind topic_trend, sector_trend, announcement_trend and entity_trend.
CREATE VIEW trends AS
WITH habits AS (
    SELECT outlet, week, articles, originals, completeness, coalesce(sum(articles) OVER before, 0) AS articles_before,
           coalesce(sum(originals) OVER before, 0) AS originals_before
    FROM outlet_weeks WHERE articles > 0
    WINDOW before AS (PARTITION BY outlet ORDER BY week RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 7 DAYS PRECEDING)
), compared AS (
    SELECT c.*, h.articles AS outlet_articles, h.originals AS outlet_originals, h.completeness, h.articles_before AS outlet_before,
           h.originals_before AS outlet_originals_before, coalesce(sum(c.articles) OVER before, 0) AS articles_before,
           coalesce(sum(c.originals) OVER before, 0) AS originals_before
    FROM subject_weeks c JOIN habits h ON h.outlet = c.outlet AND h.week = c.week
    WINDOW before AS (PARTITION BY c.scheme, c.code, c.outlet ORDER BY c.week
                      RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 7 DAYS PRECEDING)
)
SELECT scheme, code, week, outlet, articles, originals, outlet_articles, outlet_originals, articles / outlet_articles AS share,
       originals / nullif(outlet_originals, 0) AS share_originals, articles_before / nullif(outlet_before, 0) AS baseline,
       originals_before / nullif(outlet_originals_before, 0) AS baseline_originals,
       (articles / outlet_articles) / nullif(articles_before / nullif(outlet_before, 0), 0) AS growth,
       (originals / nullif(outlet_originals, 0)) / nullif(originals_before / nullif(outlet_originals_before, 0), 0) AS growth_originals,
       z_of(originals, outlet_originals, originals_before, outlet_originals_before) AS z,
       coalesce(abs(z_of(originals, outlet_originals, originals_before, outlet_originals_before)) >= 2.58
                AND originals + originals_before >= 5, FALSE) AS significant, completeness
FROM compared;
COMMENT ON VIEW trends IS 'What is written about more or less than the outlet''s own habit: one row a subject, week and outlet. Weeks without an article on the subject have no row.';
COMMENT ON COLUMN trends.scheme IS 'topic, sector, announcement or entity.';
COMMENT ON COLUMN trends.code IS 'The topic, sector or kind of announcement, or the entity''s id.';
COMMENT ON COLUMN trends.week IS 'Monday of the week (UTC).';
COMMENT ON COLUMN trends.outlet IS 'Outlet id.';
COMMENT ON COLUMN trends.articles IS 'Articles about it, copies included.';
COMMENT ON COLUMN trends.originals IS 'Articles about it without copies.';
COMMENT ON COLUMN trends.outlet_articles IS 'All articles of the outlet in that week: the denominator of share.';
COMMENT ON COLUMN trends.outlet_originals IS 'The same without copies: the denominator of share_originals.';
COMMENT ON COLUMN trends.share IS 'articles / outlet_articles; an article may be about several subjects, so shares add up to more than 1.';
COMMENT ON COLUMN trends.share_originals IS 'originals / outlet_originals; NULL where the outlet published copies only.';
COMMENT ON COLUMN trends.baseline IS 'The outlet''s share for it in the eight weeks before; NULL where it published nothing then.';
COMMENT ON COLUMN trends.baseline_originals IS 'The same without copies.';
COMMENT ON COLUMN trends.growth IS 'share / baseline: 2 is twice its habit; NULL where it had none.';
COMMENT ON COLUMN trends.growth_originals IS 'share_originals / baseline_originals.';
COMMENT ON COLUMN trends.z IS 'Two-proportion z score of the originals against the eight weeks before.';
COMMENT ON COLUMN trends.significant IS 'True where |z| is 2.58 or more (1 in 100 by chance) on five originals or more. Of many rows some are so by chance.';
COMMENT ON COLUMN trends.completeness IS 'Share of the crawl''s requests that were answered in that week: a fall may be the crawl''s.';
