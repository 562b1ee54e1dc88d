-- What is to be reached by when, and how did the figure move? One row a target (claim), with every value in the order reported.
CREATE VIEW targets_by_horizon AS
WITH said AS (
    SELECT cf.claim_id, first(f.value ORDER BY cf."position") AS first_value,
           list({'published': a.date_published, 'outlet': a.outlet, 'value': f.value, 'stands': cf.is_current} ORDER BY cf."position")
               FILTER (cf.independent) AS reported
    FROM claim_facts cf JOIN facts f USING (fact_id) JOIN articles a ON a.article_id = f.article_id
    WHERE f.kind = 'target' GROUP BY cf.claim_id
)
SELECT c.claim_id, f.horizon, TRY_CAST(left(f.horizon, 4) AS INTEGER) AS year, c.subject, f.subject_entity, f.place, c.value, c.currency,
       c.unit, f.modality, s.first_value, c.value - s.first_value AS moved, s.reported, c.state, c.sources, c.reports, c.first_outlet,
       c.first_published, f.sentence, c.story_id
FROM claims c JOIN facts f ON f.fact_id = c.leading_fact_id JOIN said s ON s.claim_id = c.claim_id
WHERE c.kind = 'target' AND c.state <> 'withdrawn';
COMMENT ON VIEW targets_by_horizon IS 'What is to be reached by when, and how the figure moved: one row a target.';
COMMENT ON COLUMN targets_by_horizon.claim_id IS 'The target.';
COMMENT ON COLUMN targets_by_horizon.horizon IS 'Year or date by which it is to be reached (ISO 8601); NULL where none is stated.';
COMMENT ON COLUMN targets_by_horizon.year IS 'Year of the horizon.';
COMMENT ON COLUMN targets_by_horizon.subject IS 'What is to be reached, in the words of the first report.';
COMMENT ON COLUMN targets_by_horizon.subject_entity IS 'Whose target it is (entities.entity_id), where resolved.';
COMMENT ON COLUMN targets_by_horizon.place IS 'Where.';
COMMENT ON COLUMN targets_by_horizon.value IS 'The value that stands now.';
COMMENT ON COLUMN targets_by_horizon.currency IS 'ISO 4217 code, for money.';
COMMENT ON COLUMN targets_by_horizon.unit IS 'Unit, or %.';
COMMENT ON COLUMN targets_by_horizon.modality IS 'exact, about, at_least, ...';
COMMENT ON COLUMN targets_by_horizon.first_value IS 'The value of the first report.';
COMMENT ON COLUMN targets_by_horizon.moved IS 'value - first_value.';
COMMENT ON COLUMN targets_by_horizon.reported IS 'The first report of each independent source in order: published, outlet, value, stands (whether it still says so).';
COMMENT ON COLUMN targets_by_horizon.state IS 'new, confirmed, updated or disputed (claims.state).';
COMMENT ON COLUMN targets_by_horizon.sources IS 'Independent sources, without copies.';
COMMENT ON COLUMN targets_by_horizon.reports IS 'Reports, copies included.';
COMMENT ON COLUMN targets_by_horizon.first_outlet IS 'Who reported it first.';
COMMENT ON COLUMN targets_by_horizon.first_published IS 'When (UTC).';
COMMENT ON COLUMN targets_by_horizon.sentence IS 'The sentence behind the value that stands.';
COMMENT ON COLUMN targets_by_horizon.story_id IS 'Story of the first report.';
