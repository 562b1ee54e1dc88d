-- On which weekdays and at which hours does each outlet publish? Only articles whose stated time has an hour.
CREATE VIEW publishing_hours AS
WITH timed AS (
    SELECT outlet, timezone('Africa/Casablanca', date_published) AS local, placement = 'copy' AS is_copy
    FROM articles WHERE date_published_precision IN ('second', 'minute')
)
SELECT outlet, isodow(local) AS weekday, hour(local) AS hour, count(*) AS articles, count(*) FILTER (NOT is_copy) AS originals,
       sum(count(*)) OVER (PARTITION BY outlet)::BIGINT AS outlet_articles, count(*) / sum(count(*)) OVER (PARTITION BY outlet) AS share
FROM timed GROUP BY outlet, isodow(local), hour(local);
COMMENT ON VIEW publishing_hours IS 'On which weekdays and at which hours each outlet publishes, by the clock of Casablanca.';
COMMENT ON COLUMN publishing_hours.outlet IS 'Outlet id.';
COMMENT ON COLUMN publishing_hours.weekday IS '1 is Monday, 7 is Sunday.';
COMMENT ON COLUMN publishing_hours.hour IS '0 to 23, local time.';
COMMENT ON COLUMN publishing_hours.articles IS 'Articles, copies included.';
COMMENT ON COLUMN publishing_hours.originals IS 'Articles without copies.';
COMMENT ON COLUMN publishing_hours.outlet_articles IS 'All articles of the outlet whose time has an hour: the denominator.';
COMMENT ON COLUMN publishing_hours.share IS 'articles / outlet_articles.';
