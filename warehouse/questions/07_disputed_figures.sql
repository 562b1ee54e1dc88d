-- On which figures do independent sources disagree now?
-- One row a disagreement, with a sentence that explains it in French, Arabic or English, and both sentences of evidence.
SELECT explanation_fr, story, outlet_a, sentence_a, outlet_b, sentence_b
FROM claims_disputed
ORDER BY published_b DESC NULLS LAST;
