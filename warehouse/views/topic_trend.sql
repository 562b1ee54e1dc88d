-- How much is each topic written about, week by week and outlet by outlet, and what share is that of all the outlet published?
CREATE VIEW topic_trend AS
WITH weeks AS (
    SELECT article_id, outlet, language, placement = 'copy' AS is_copy, date_trunc('week', event_time) AS week FROM articles
), published AS (
    SELECT week, outlet, count(*) AS articles, count(*) FILTER (NOT is_copy) AS originals FROM weeks GROUP BY ALL
)
SELECT w.week, w.outlet, l.code AS topic, count(*) AS articles, count(*) FILTER (NOT w.is_copy) AS originals,
       any_value(p.articles) AS outlet_articles, any_value(p.originals) AS outlet_originals,
       count(*) / any_value(p.articles) AS share, count(*) FILTER (NOT w.is_copy) / nullif(any_value(p.originals), 0) AS share_originals
FROM weeks w JOIN (SELECT DISTINCT article_id, code FROM labels WHERE scheme = 'topic') l USING (article_id)
JOIN published p ON p.week = w.week AND p.outlet = w.outlet
GROUP BY w.week, w.outlet, l.code;
COMMENT ON VIEW topic_trend IS 'How much is each topic written about, week by week and outlet by outlet, and what share of all the outlet published is that?';
COMMENT ON COLUMN topic_trend.week IS 'Monday of the week (UTC).';
COMMENT ON COLUMN topic_trend.articles IS 'Articles on the topic, copies included.';
COMMENT ON COLUMN topic_trend.originals IS 'Articles on the topic without copies.';
COMMENT ON COLUMN topic_trend.outlet_articles IS 'All articles of the outlet in that week, copies included: the denominator of share.';
COMMENT ON COLUMN topic_trend.outlet_originals IS 'All its articles without copies: the denominator of share_originals.';
COMMENT ON COLUMN topic_trend.share IS 'articles / outlet_articles; an article may have several topics, so shares add up to more than 1.';
COMMENT ON COLUMN topic_trend.share_originals IS 'originals / outlet_originals; NULL where the outlet published copies only.';
