-- Where do independent sources disagree? One row a disagreement, with both values, both outlets and both sentences.
CREATE VIEW claims_disputed AS
SELECT c.claim_id, c.kind, c.subject, c.state, c.story_id, s.headline AS story,
       fa.value AS value_a, fa.currency AS currency_a, fa.surface AS said_a, a.outlet AS outlet_a, a.date_published AS published_a,
       fa.sentence AS sentence_a, a.canonical_url AS url_a,
       fb.value AS value_b, fb.currency AS currency_b, fb.surface AS said_b, b.outlet AS outlet_b, b.date_published AS published_b,
       fb.sentence AS sentence_b, b.canonical_url AS url_b, fa.fact_id AS fact_a, fb.fact_id AS fact_b
FROM conflicts x JOIN claims c USING (claim_id) LEFT JOIN stories s ON s.story_id = c.story_id
JOIN facts fa ON fa.fact_id = x.fact_a JOIN articles a ON a.article_id = fa.article_id
JOIN facts fb ON fb.fact_id = x.fact_b JOIN articles b ON b.article_id = fb.article_id;
COMMENT ON VIEW claims_disputed IS 'Where independent sources disagree: one row a disagreement, both values, both outlets, both sentences.';
COMMENT ON COLUMN claims_disputed.value_a IS 'What the earlier report says.';
COMMENT ON COLUMN claims_disputed.value_b IS 'What the later report says.';
COMMENT ON COLUMN claims_disputed.sentence_a IS 'The sentence of the earlier report.';
COMMENT ON COLUMN claims_disputed.sentence_b IS 'The sentence of the later report.';
