-- How many agreements are signed in each region, month by month?
CREATE VIEW agreements_by_region AS
WITH monthly AS (SELECT month, count(*) AS agreements FROM agreements_signed GROUP BY month)
SELECT s.month, s.region, count(*) AS agreements, count(*) FILTER (s.sources > 1) AS confirmed, sum(s.sources)::BIGINT AS sources,
       sum(s.reports)::BIGINT AS reports, any_value(m.agreements) AS all_agreements, count(*) / any_value(m.agreements) AS share
FROM (SELECT claim_id, month, sources, reports, region AS region FROM agreements_signed) s JOIN monthly m USING (month)
WHERE s.region IS NOT NULL GROUP BY s.month, s.region;
COMMENT ON VIEW agreements_by_region IS 'How many agreements are signed in each region, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_region.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_region.region IS 'Moroccan region of the place of signature, where it is stated.';
COMMENT ON COLUMN agreements_by_region.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_region.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_region.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_region.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_region.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_region.share IS 'agreements / all_agreements; those without a stated place are in the denominator only.';
