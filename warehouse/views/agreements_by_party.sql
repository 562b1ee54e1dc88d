-- How many agreements are signed by each party, month by month?
CREATE VIEW agreements_by_party AS
WITH monthly AS (SELECT month, count(*) AS agreements FROM agreements_signed GROUP BY month)
SELECT s.month, s.party, count(*) AS agreements, count(*) FILTER (s.sources > 1) AS confirmed, sum(s.sources)::BIGINT AS sources,
       sum(s.reports)::BIGINT AS reports, any_value(m.agreements) AS all_agreements, count(*) / any_value(m.agreements) AS share
FROM (SELECT claim_id, month, sources, reports, unnest(parties) AS party FROM agreements_signed) s JOIN monthly m USING (month)
WHERE s.party IS NOT NULL GROUP BY s.month, s.party;
COMMENT ON VIEW agreements_by_party IS 'How many agreements are signed by each party, month by month: each agreement once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_party.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_party.party IS 'The party: canonical name where it is watched, else as the text has it.';
COMMENT ON COLUMN agreements_by_party.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_party.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_party.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_party.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_party.all_agreements IS 'All agreements of that month: the denominator of share.';
COMMENT ON COLUMN agreements_by_party.share IS 'agreements / all_agreements; every agreement has several parties.';
