-- How many agreements are signed each month, by whoever or wherever they are counted for: party, sector or region?
-- Behind agreements_by_party, agreements_by_sector and agreements_by_region.
CREATE VIEW agreements_counted AS
WITH monthly AS (SELECT month, count(*) AS agreements FROM agreements_signed GROUP BY month), named AS (
    SELECT month, 'party' AS dimension, unnest(parties) AS name, sources, reports FROM agreements_signed
    UNION ALL SELECT month, 'sector' AS dimension, unnest(sectors) AS name, sources, reports FROM agreements_signed
    UNION ALL SELECT month, 'region' AS dimension, region AS name, sources, reports FROM agreements_signed
)
SELECT n.month, n.dimension, n.name, count(*) AS agreements, count(*) FILTER (n.sources > 1) AS confirmed,
       sum(n.sources)::BIGINT AS sources, sum(n.reports)::BIGINT AS reports, any_value(m.agreements) AS all_agreements,
       count(*) / any_value(m.agreements) AS share
FROM named n JOIN monthly m USING (month) WHERE n.name IS NOT NULL GROUP BY n.month, n.dimension, n.name;
COMMENT ON VIEW agreements_counted IS 'How many agreements are signed each month, for each party, sector and region: one row each; filter on dimension.';
COMMENT ON COLUMN agreements_counted.month IS 'First day of the month of the first report (UTC).';
COMMENT ON COLUMN agreements_counted.dimension IS 'party, sector or region.';
COMMENT ON COLUMN agreements_counted.name IS 'The party, the sector''s code or the region; an agreement counts for each it has.';
COMMENT ON COLUMN agreements_counted.agreements IS 'Agreements (claims), each once.';
COMMENT ON COLUMN agreements_counted.confirmed IS 'Of these, told by at least two independent sources.';
COMMENT ON COLUMN agreements_counted.sources IS 'Independent sources of all of them.';
COMMENT ON COLUMN agreements_counted.reports IS 'Reports of all of them, copies included.';
COMMENT ON COLUMN agreements_counted.all_agreements IS 'All agreements signed in that month: the denominator of share.';
COMMENT ON COLUMN agreements_counted.share IS 'agreements / all_agreements; shares add up to more than 1 where agreements have several.';
