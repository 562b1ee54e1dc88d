-- How many agreements are signed in each sector, month by month?
CREATE VIEW agreements_by_sector AS
WITH monthly AS (SELECT month, count(*) AS agreements FROM agreements_signed GROUP BY month)
SELECT s.month, s.sector, count(*) AS agreements, count(*) FILTER (s.sources > 1) AS confirmed, sum(s.sources)::BIGINT AS sources,
       sum(s.reports)::BIGINT AS reports, any_value(m.agreements) AS all_agreements, count(*) / any_value(m.agreements) AS share
FROM (SELECT claim_id, month, sources, reports, unnest(sectors) AS sector FROM agreements_signed) s JOIN monthly m USING (month)
WHERE s.sector IS NOT NULL GROUP BY s.month, s.sector;
COMMENT ON VIEW agreements_by_sector IS 'How many agreements are signed in each sector, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_sector.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_sector.sector IS 'Sector of the first report; an agreement in two sectors counts in both.';
COMMENT ON COLUMN agreements_by_sector.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_sector.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_sector.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_sector.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_sector.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_sector.share IS 'agreements / all_agreements; an agreement may have several sectors.';
