-- On which figures do independent sources disagree now?
-- One row a disagreement, with a sentence that explains it in French, Arabic or English, and both sentences of evidence.
-- chart: kind
SELECT kind, explanation_fr, story, outlet_a, sentence_a, outlet_b, sentence_b
FROM claims_disputed
ORDER BY published_b DESC NULLS LAST;
