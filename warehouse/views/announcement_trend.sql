-- How much is announced, by kind of announcement, week by week and outlet by outlet, against the outlet's own habit?
CREATE VIEW announcement_trend AS
SELECT t.week, t.outlet, t.code AS announcement, t.articles, t.originals, t.outlet_articles, t.outlet_originals, t.share, t.share_originals,
       t.baseline, t.baseline_originals, t.growth, t.growth_originals, t.z, t.significant, t.completeness
FROM trends t WHERE t.scheme = 'announcement';
COMMENT ON VIEW announcement_trend IS 'How much is announced, by kind of announcement, week by week and outlet by outlet, and is that more than the outlet''s habit?';
COMMENT ON COLUMN announcement_trend.week IS 'Monday of the week (UTC).';
COMMENT ON COLUMN announcement_trend.outlet IS 'Outlet id.';
COMMENT ON COLUMN announcement_trend.announcement IS 'The kind of announcement.';
COMMENT ON COLUMN announcement_trend.articles IS 'Articles about it, copies included.';
COMMENT ON COLUMN announcement_trend.originals IS 'Articles about it without copies.';
COMMENT ON COLUMN announcement_trend.outlet_articles IS 'All articles of the outlet in that week: the denominator of share.';
COMMENT ON COLUMN announcement_trend.outlet_originals IS 'The same without copies: the denominator of share_originals.';
COMMENT ON COLUMN announcement_trend.share IS 'articles / outlet_articles; an article may have several, so shares add up to more than 1.';
COMMENT ON COLUMN announcement_trend.share_originals IS 'originals / outlet_originals; NULL where the outlet published copies only.';
COMMENT ON COLUMN announcement_trend.baseline IS 'The outlet''s share in the eight weeks before; NULL where it published nothing then.';
COMMENT ON COLUMN announcement_trend.baseline_originals IS 'The same without copies.';
COMMENT ON COLUMN announcement_trend.growth IS 'share / baseline: 2 is twice its habit; NULL where it had none.';
COMMENT ON COLUMN announcement_trend.growth_originals IS 'share_originals / baseline_originals.';
COMMENT ON COLUMN announcement_trend.z IS 'Two-proportion z score of the originals against the eight weeks before.';
COMMENT ON COLUMN announcement_trend.significant IS 'True where |z| is 2.58 or more on five originals or more.';
COMMENT ON COLUMN announcement_trend.completeness IS 'Share of the crawl''s requests that were answered in that week: a fall may be the crawl''s.';
