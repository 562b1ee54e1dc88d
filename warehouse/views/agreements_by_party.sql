-- How many agreements are signed by each party, month by month?
CREATE VIEW agreements_by_party AS
SELECT month, name AS party, agreements, confirmed, sources, reports, all_agreements, share
FROM agreements_counted WHERE dimension = 'party';
COMMENT ON VIEW agreements_by_party IS 'How many agreements are signed by each party, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_party.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_party.party IS 'The party: canonical name where it is watched, else as the text has it.';
COMMENT ON COLUMN agreements_by_party.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_party.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_party.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_party.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_party.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_party.share IS 'agreements / all_agreements; every agreement has several parties.';
