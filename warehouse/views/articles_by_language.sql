-- What is published in which language, by outlet and month?
CREATE VIEW articles_by_language AS
SELECT month_of(event_time) AS month, outlet, language, count(*) AS articles,
       count(*) FILTER (placement <> 'copy') AS originals, count(*) FILTER (placement = 'copy') AS copies,
       count(*) FILTER (status = 'withdrawn') AS withdrawn, sum(word_count)::BIGINT AS words,
       count(*) / sum(count(*)) OVER (PARTITION BY month_of(event_time), outlet) AS share_of_outlet
FROM articles GROUP BY month_of(event_time), outlet, language;
COMMENT ON VIEW articles_by_language IS 'What is published in which language, by outlet and month.';
COMMENT ON COLUMN articles_by_language.articles IS 'Articles, copies included.';
COMMENT ON COLUMN articles_by_language.originals IS 'Articles without copies.';
COMMENT ON COLUMN articles_by_language.share_of_outlet IS 'Share of the outlet''s articles of that month.';
COMMENT ON COLUMN articles_by_language.month IS 'First day of the month (UTC).';
COMMENT ON COLUMN articles_by_language.outlet IS 'Outlet id.';
COMMENT ON COLUMN articles_by_language.language IS 'ar, fr, en or es.';
COMMENT ON COLUMN articles_by_language.copies IS 'Copies among them.';
COMMENT ON COLUMN articles_by_language.withdrawn IS 'Articles that were taken down since.';
COMMENT ON COLUMN articles_by_language.words IS 'Words of all of them.';
