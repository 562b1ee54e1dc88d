-- How many agreements are signed in each region, month by month?
CREATE VIEW agreements_by_region AS
SELECT month, name AS region, agreements, confirmed, sources, reports, all_agreements, share
FROM agreements_counted WHERE dimension = 'region';
COMMENT ON VIEW agreements_by_region IS 'How many agreements are signed in each region, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_region.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_region.region IS 'Moroccan region of the place of signature, where it is stated.';
COMMENT ON COLUMN agreements_by_region.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_region.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_region.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_region.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_region.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_region.share IS 'agreements / all_agreements; those without a stated place are in the denominator only.';
