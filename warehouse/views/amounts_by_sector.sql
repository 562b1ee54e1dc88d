-- How much money is spoken of in each sector, by month, currency and role? Each claim counts once, at the value that stands;
-- an article in two sectors counts in both.
CREATE VIEW amounts_by_sector AS
SELECT l.code AS sector, date_trunc('month', coalesce(c.first_published, c.first_fetched_at)) AS month, c.currency, f.role,
       count(*) AS claims, sum(c.value) AS total, median(c.value) AS median, max(c.value) AS largest,
       sum(c.sources) AS sources, sum(c.reports) AS reports
FROM claims c JOIN facts f ON f.fact_id = c.first_fact_id
JOIN (SELECT DISTINCT article_id, code FROM labels WHERE scheme = 'sector') l ON l.article_id = c.first_article_id
WHERE c.kind = 'amount' AND c.state <> 'withdrawn'
GROUP BY ALL;
COMMENT ON VIEW amounts_by_sector IS 'How much money is spoken of in each sector, by month, currency and role: each claim once, at the value that stands.';
COMMENT ON COLUMN amounts_by_sector.role IS 'budget, investment, revenue, ...: do not add up different roles.';
COMMENT ON COLUMN amounts_by_sector.total IS 'Sum in units of the currency; amounts that include one another are not told apart.';
COMMENT ON COLUMN amounts_by_sector.sources IS 'Independent reports of these claims.';
COMMENT ON COLUMN amounts_by_sector.reports IS 'All reports of these claims, copies included.';
