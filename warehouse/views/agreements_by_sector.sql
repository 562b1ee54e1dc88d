-- How many agreements are signed in each sector, month by month?
CREATE VIEW agreements_by_sector AS
SELECT month, name AS sector, agreements, confirmed, sources, reports, all_agreements, share
FROM agreements_counted WHERE dimension = 'sector';
COMMENT ON VIEW agreements_by_sector IS 'How many agreements are signed in each sector, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_sector.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_sector.sector IS 'Sector of the first report; an agreement in two sectors counts in both.';
COMMENT ON COLUMN agreements_by_sector.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_sector.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_sector.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_sector.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_sector.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_sector.share IS 'agreements / all_agreements; an agreement may have several sectors.';
