-- How many agreements are signed each month, and how many of them have independent sources?
CREATE VIEW agreements_by_month AS
WITH published AS (
    SELECT month_of(event_time) AS month, count(*) AS articles, count(*) FILTER (placement <> 'copy') AS originals
    FROM articles GROUP BY month_of(event_time)
)
SELECT s.month, count(*) AS agreements, count(*) FILTER (s.sources > 1) AS confirmed, count(*) FILTER (s.state = 'disputed') AS disputed,
       sum(s.sources)::BIGINT AS sources, sum(s.reports)::BIGINT AS reports, any_value(p.articles) AS articles,
       any_value(p.originals) AS originals, 1000 * count(*) / any_value(p.originals) AS per_thousand_originals
FROM agreements_signed s LEFT JOIN published p USING (month) GROUP BY s.month;
COMMENT ON VIEW agreements_by_month IS 'How many agreements are signed each month: each once, however many outlets report it.';
COMMENT ON COLUMN agreements_by_month.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_by_month.agreements IS 'Agreements.';
COMMENT ON COLUMN agreements_by_month.confirmed IS 'Those of them that independent sources report.';
COMMENT ON COLUMN agreements_by_month.disputed IS 'Those about which sources disagree.';
COMMENT ON COLUMN agreements_by_month.sources IS 'Independent reports of them, without copies.';
COMMENT ON COLUMN agreements_by_month.reports IS 'Reports of them, copies included.';
COMMENT ON COLUMN agreements_by_month.articles IS 'All articles published in that month.';
COMMENT ON COLUMN agreements_by_month.originals IS 'The same without copies: a month that was read better has more of everything.';
COMMENT ON COLUMN agreements_by_month.per_thousand_originals IS 'Agreements per thousand originals.';
