-- Does the Arabic press tell what the French press tells, and when?
-- claims_fr_only and claims_ar_only count what only one of the two states; negative hours mean that Arabic was first.
-- chart: headline_fr = claims_both
SELECT headline_fr, headline_ar, originals_fr, originals_ar, round(hours_arabic_after_french, 1) AS hours, claims_both, claims_fr_only, claims_ar_only
FROM french_against_arabic
ORDER BY claims_both + claims_fr_only + claims_ar_only DESC, story_id
LIMIT 20;
