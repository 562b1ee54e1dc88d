-- On which weekdays and at which hours does each outlet publish? Only articles whose stated time has an hour.
CREATE VIEW publishing_hours AS
WITH timed AS (
    SELECT outlet, epoch_us(date_published) // 3600000000 AS stamp, placement <> 'copy' AS own
    FROM articles WHERE date_published_precision IN ('second', 'minute')
), local AS (
    -- Each hour is converted once: Casablanca's clock differs from UTC by whole hours.
    SELECT stamp, timezone('Africa/Casablanca', make_timestamptz(stamp * 3600000000)) AS moment FROM (SELECT DISTINCT stamp FROM timed)
), named AS (SELECT stamp, isodow(moment) AS weekday, hour(moment) AS hour FROM local)
SELECT outlet, weekday, hour, count(*) AS articles, count(*) FILTER (own) AS originals,
       sum(count(*)) OVER (PARTITION BY outlet)::BIGINT AS outlet_articles, count(*) / sum(count(*)) OVER (PARTITION BY outlet) AS share
FROM timed JOIN named USING (stamp) GROUP BY outlet, weekday, hour;
COMMENT ON VIEW publishing_hours IS 'On which weekdays and at which hours each outlet publishes, by the clock of Casablanca.';
COMMENT ON COLUMN publishing_hours.outlet IS 'Outlet id.';
COMMENT ON COLUMN publishing_hours.weekday IS '1 is Monday, 7 is Sunday.';
COMMENT ON COLUMN publishing_hours.hour IS '0 to 23, local time.';
COMMENT ON COLUMN publishing_hours.articles IS 'Articles, copies included.';
COMMENT ON COLUMN publishing_hours.originals IS 'Articles without copies.';
COMMENT ON COLUMN publishing_hours.outlet_articles IS 'All articles of the outlet whose time has an hour: the denominator.';
COMMENT ON COLUMN publishing_hours.share IS 'articles / outlet_articles.';
