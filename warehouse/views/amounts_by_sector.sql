-- How much money is spoken of in each sector, by month, currency and role? Each claim counts once, at the value that stands;
-- an article in two sectors counts in both.
CREATE VIEW amounts_by_sector AS
WITH stated AS (
    SELECT c.claim_id, l.code AS sector, c.first_published, month_of(coalesce(c.first_published, c.first_fetched_at)) AS month,
           CAST(timezone('UTC', coalesce(c.first_published, c.first_fetched_at)) AS DATE) AS day, c.currency, f.role, c.value, c.sources, c.reports
    FROM claims c JOIN facts f ON f.fact_id = c.leading_fact_id
    JOIN (SELECT DISTINCT article_id, code FROM labels WHERE scheme = 'sector') l ON l.article_id = c.first_article_id
    WHERE c.kind = 'amount' AND c.state <> 'withdrawn'
), converted AS (
    SELECT s.*, CASE WHEN s.currency = 'MAD' THEN 1 ELSE r.mad END AS rate, r.valid_from AS rate_of
    FROM stated s ASOF LEFT JOIN exchange_rates r ON s.currency = r.currency AND s.day >= r.valid_from
)
SELECT sector, month, currency, role, count(*) AS claims, sum(value) AS total, sum(value * rate) AS total_mad,
       count(*) FILTER (rate IS NULL) AS not_converted, median(value) AS median, max(value) AS largest,
       sum(sources)::BIGINT AS sources, sum(reports)::BIGINT AS reports, max(rate) AS rate, max(rate_of) AS rate_of
FROM converted GROUP BY sector, month, currency, role;
COMMENT ON VIEW amounts_by_sector IS 'How much money is spoken of in each sector, by month, currency and role: each claim once, at the value that stands.';
COMMENT ON COLUMN amounts_by_sector.sector IS 'Sector of the first report; an amount in two sectors counts in both.';
COMMENT ON COLUMN amounts_by_sector.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN amounts_by_sector.currency IS 'ISO 4217 code, as stated.';
COMMENT ON COLUMN amounts_by_sector.role IS 'budget, investment, revenue, ...: do not add up different roles.';
COMMENT ON COLUMN amounts_by_sector.claims IS 'Amounts.';
COMMENT ON COLUMN amounts_by_sector.total IS 'Sum in units of the currency; amounts that include one another are not told apart.';
COMMENT ON COLUMN amounts_by_sector.total_mad IS 'The same in dirhams, by exchange_rates; NULL where none of it could be converted.';
COMMENT ON COLUMN amounts_by_sector.not_converted IS 'Amounts without a rate: left out of total_mad.';
COMMENT ON COLUMN amounts_by_sector.median IS 'Median amount in units of the currency.';
COMMENT ON COLUMN amounts_by_sector.largest IS 'Largest amount in units of the currency.';
COMMENT ON COLUMN amounts_by_sector.sources IS 'Independent reports of these claims, without copies.';
COMMENT ON COLUMN amounts_by_sector.reports IS 'All reports of these claims, copies included.';
COMMENT ON COLUMN amounts_by_sector.rate IS 'Dirhams for one unit, as used (1 for MAD).';
COMMENT ON COLUMN amounts_by_sector.rate_of IS 'Date from which that rate holds: see how old it is. NULL for MAD.';
