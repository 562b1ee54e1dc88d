-- Who is quoted, how often, by how many outlets? One row a speaker and month.
CREATE VIEW quotes_by_speaker AS
WITH said AS (
    SELECT coalesce(f.speaker_entity, folded(coalesce(f.speaker, f.speaker_surface))) AS who, f.speaker_entity,
           coalesce(f.speaker, f.speaker_surface) AS speaker, f.partial, cf.claim_id, a.article_id, a.outlet, a.language,
           month_of(a.event_time) AS month, a.placement = 'copy' AS is_copy
    FROM facts f JOIN articles a USING (article_id) LEFT JOIN claim_facts cf USING (fact_id)
    WHERE f.kind = 'quote' AND f.is_current AND coalesce(f.speaker, f.speaker_surface) IS NOT NULL
), published AS (
    SELECT month_of(event_time) AS month, count(*) AS articles, count(*) FILTER (placement <> 'copy') AS originals
    FROM articles GROUP BY month_of(event_time)
)
SELECT s.month, mode(s.speaker) AS speaker, any_value(s.speaker_entity) AS speaker_entity, count(*) AS quotes,
       count(*) FILTER (NOT s.is_copy) AS quotes_originals, count(DISTINCT s.claim_id) AS different_quotes,
       count(*) FILTER (s.partial AND NOT s.is_copy) AS partial_originals, count(DISTINCT s.article_id) AS articles,
       count(DISTINCT s.article_id) FILTER (NOT s.is_copy) AS originals, count(DISTINCT s.outlet) AS outlets,
       list_sort(list(DISTINCT s.language)) AS languages, any_value(p.articles) AS all_articles, any_value(p.originals) AS all_originals,
       count(DISTINCT s.article_id) FILTER (NOT s.is_copy) / nullif(any_value(p.originals), 0) AS share_originals
FROM said s JOIN published p USING (month) GROUP BY s.month, s.who;
COMMENT ON VIEW quotes_by_speaker IS 'Who is quoted, how often, by how many outlets: one row a speaker and month. Quotes whose speaker is only a pronoun are left out.';
COMMENT ON COLUMN quotes_by_speaker.month IS 'Month of publication (UTC).';
COMMENT ON COLUMN quotes_by_speaker.speaker IS 'The speaker: canonical name where watched, else the most frequent spelling.';
COMMENT ON COLUMN quotes_by_speaker.speaker_entity IS 'Entity id, where watched.';
COMMENT ON COLUMN quotes_by_speaker.quotes IS 'Quotes, copies included.';
COMMENT ON COLUMN quotes_by_speaker.quotes_originals IS 'Quotes without copies.';
COMMENT ON COLUMN quotes_by_speaker.different_quotes IS 'Different quotes (claims): the same words in several articles count once.';
COMMENT ON COLUMN quotes_by_speaker.partial_originals IS 'Quotes under a full clause, without copies.';
COMMENT ON COLUMN quotes_by_speaker.articles IS 'Articles that quote the speaker, copies included.';
COMMENT ON COLUMN quotes_by_speaker.originals IS 'The same without copies.';
COMMENT ON COLUMN quotes_by_speaker.outlets IS 'Outlets that do.';
COMMENT ON COLUMN quotes_by_speaker.languages IS 'Languages of those articles.';
COMMENT ON COLUMN quotes_by_speaker.all_articles IS 'All articles of the month.';
COMMENT ON COLUMN quotes_by_speaker.all_originals IS 'All originals of the month: the denominator of share_originals.';
COMMENT ON COLUMN quotes_by_speaker.share_originals IS 'originals / all_originals.';
