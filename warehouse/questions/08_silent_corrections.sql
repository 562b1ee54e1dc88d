-- Which articles changed their figures after publication?
-- same_rules leaves out differences that are ours (another version of the code read the later text).
-- chart: outlet
SELECT fetched_at, outlet, headline, facts_removed, list_transform(removed, lambda one: one.words) AS before,
       facts_added, list_transform(added, lambda one: one.words) AS after, canonical_url
FROM edits_that_changed_facts
WHERE same_rules
ORDER BY fetched_at DESC;
