-- Where do independent sources disagree? One row a disagreement, with both values, both outlets and both sentences.
CREATE VIEW claims_disputed AS
SELECT c.claim_id, c.kind, c.subject, c.state, c.story_id, s.headline AS story, x.field,
       fa.value AS value_a, fa.currency AS currency_a, fa.surface AS said_a, a.outlet AS outlet_a, a.date_published AS published_a,
       fa.sentence AS sentence_a, a.canonical_url AS url_a,
       fb.value AS value_b, fb.currency AS currency_b, fb.surface AS said_b, b.outlet AS outlet_b, b.date_published AS published_b,
       fb.sentence AS sentence_b, b.canonical_url AS url_b, x.explanation_fr, x.explanation_ar, x.explanation_en,
       fa.fact_id AS fact_a, fb.fact_id AS fact_b
FROM conflicts x JOIN claims c USING (claim_id) LEFT JOIN stories s ON s.story_id = c.story_id
JOIN facts fa ON fa.fact_id = x.fact_a JOIN articles a ON a.article_id = fa.article_id
JOIN facts fb ON fb.fact_id = x.fact_b JOIN articles b ON b.article_id = fb.article_id;
COMMENT ON VIEW claims_disputed IS 'Where independent sources disagree: one row a disagreement, both values, both outlets, both sentences.';
COMMENT ON COLUMN claims_disputed.claim_id IS 'The claim.';
COMMENT ON COLUMN claims_disputed.kind IS 'Kind of fact.';
COMMENT ON COLUMN claims_disputed.subject IS 'What it is about, in the words of the first report.';
COMMENT ON COLUMN claims_disputed.state IS 'disputed, as long as both stand.';
COMMENT ON COLUMN claims_disputed.story_id IS 'Story of the first report.';
COMMENT ON COLUMN claims_disputed.story IS 'Its headline.';
COMMENT ON COLUMN claims_disputed.field IS 'Field in which the two differ: value, amount_value, date, ...';
COMMENT ON COLUMN claims_disputed.value_a IS 'What the earlier report says.';
COMMENT ON COLUMN claims_disputed.currency_a IS 'Currency of value_a.';
COMMENT ON COLUMN claims_disputed.said_a IS 'value_a as the text has it.';
COMMENT ON COLUMN claims_disputed.outlet_a IS 'Who says so.';
COMMENT ON COLUMN claims_disputed.published_a IS 'When (UTC).';
COMMENT ON COLUMN claims_disputed.sentence_a IS 'The sentence of the earlier report.';
COMMENT ON COLUMN claims_disputed.url_a IS 'Its address.';
COMMENT ON COLUMN claims_disputed.value_b IS 'What the later report says.';
COMMENT ON COLUMN claims_disputed.currency_b IS 'Currency of value_b.';
COMMENT ON COLUMN claims_disputed.said_b IS 'value_b as the text has it.';
COMMENT ON COLUMN claims_disputed.outlet_b IS 'Who says so.';
COMMENT ON COLUMN claims_disputed.published_b IS 'When (UTC).';
COMMENT ON COLUMN claims_disputed.sentence_b IS 'The sentence of the later report.';
COMMENT ON COLUMN claims_disputed.url_b IS 'Its address.';
COMMENT ON COLUMN claims_disputed.explanation_fr IS 'Who says what, in a French sentence.';
COMMENT ON COLUMN claims_disputed.explanation_ar IS 'The same in Arabic.';
COMMENT ON COLUMN claims_disputed.explanation_en IS 'The same in English.';
COMMENT ON COLUMN claims_disputed.fact_a IS 'The earlier fact (facts.fact_id).';
COMMENT ON COLUMN claims_disputed.fact_b IS 'The later fact.';
