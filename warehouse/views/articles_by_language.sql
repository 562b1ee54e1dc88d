-- What is published in which language, by outlet and month?
CREATE VIEW articles_by_language AS
SELECT date_trunc('month', event_time) AS month, outlet, language, count(*) AS articles,
       count(*) FILTER (placement <> 'copy') AS originals, count(*) FILTER (placement = 'copy') AS copies,
       count(*) FILTER (status = 'withdrawn') AS withdrawn, sum(word_count)::BIGINT AS words,
       count(*) / sum(count(*)) OVER (PARTITION BY date_trunc('month', event_time), outlet) AS share_of_outlet
FROM articles GROUP BY date_trunc('month', event_time), outlet, language;
COMMENT ON VIEW articles_by_language IS 'What is published in which language, by outlet and month.';
COMMENT ON COLUMN articles_by_language.articles IS 'Articles, copies included.';
COMMENT ON COLUMN articles_by_language.originals IS 'Articles without copies.';
COMMENT ON COLUMN articles_by_language.share_of_outlet IS 'Share of the outlet''s articles of that month.';
