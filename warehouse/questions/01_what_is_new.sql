-- What was announced in the last three days, and who reported it first?
-- `fresh` leaves out what only came in now with a backfill or an import. `sources` counts independent sources, `reports` copies too.
-- chart: kind
SELECT first_published, kind, subject, value, currency, sources, reports, first_outlet, sentence, canonical_url
FROM announcements_new
WHERE fresh AND first_published > now() - INTERVAL 3 DAY
ORDER BY first_published DESC, story_id, place_in_story;
