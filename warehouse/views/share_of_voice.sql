-- Who speaks of whom? Share of the articles that mention an entity, by outlet and month.
CREATE VIEW share_of_voice AS
WITH named AS (
    SELECT DISTINCT m.entity_id, a.article_id, a.outlet, month_of(a.event_time) AS month, a.placement = 'copy' AS is_copy
    FROM mentions m JOIN articles a USING (article_id) WHERE m.entity_id IS NOT NULL
), published AS (
    SELECT outlet, month_of(event_time) AS month, count(*) AS articles, count(*) FILTER (placement <> 'copy') AS originals
    FROM articles GROUP BY outlet, month_of(event_time)
)
SELECT n.month, n.entity_id, any_value(e.name) AS name, n.outlet, count(*) AS articles,
       count(*) FILTER (NOT n.is_copy) AS originals, any_value(p.articles) AS outlet_articles,
       any_value(p.originals) AS outlet_originals, count(*) / any_value(p.articles) AS share_of_outlet,
       count(*) FILTER (NOT n.is_copy) / nullif(any_value(p.originals), 0) AS share_of_outlet_originals,
       count(*) / sum(count(*)) OVER (PARTITION BY n.month, n.entity_id) AS share_of_voice,
       count(*) FILTER (NOT n.is_copy) / nullif(sum(count(*) FILTER (NOT n.is_copy)) OVER (PARTITION BY n.month, n.entity_id), 0)
           AS share_of_voice_originals
FROM named n JOIN published p ON p.outlet = n.outlet AND p.month = n.month LEFT JOIN entities e ON e.entity_id = n.entity_id
GROUP BY n.month, n.entity_id, n.outlet;
COMMENT ON VIEW share_of_voice IS 'Who speaks of whom: articles that mention an entity, by outlet and month, and the outlet''s share of them.';
COMMENT ON COLUMN share_of_voice.month IS 'First day of the month (UTC).';
COMMENT ON COLUMN share_of_voice.entity_id IS 'The entity that is mentioned.';
COMMENT ON COLUMN share_of_voice.name IS 'Its canonical name; NULL where it is not watched any more.';
COMMENT ON COLUMN share_of_voice.outlet IS 'Who mentions it.';
COMMENT ON COLUMN share_of_voice.articles IS 'Articles of the outlet that mention it, copies included.';
COMMENT ON COLUMN share_of_voice.originals IS 'The same without copies.';
COMMENT ON COLUMN share_of_voice.outlet_articles IS 'All articles of the outlet in that month: the denominator of share_of_outlet.';
COMMENT ON COLUMN share_of_voice.outlet_originals IS 'The same without copies.';
COMMENT ON COLUMN share_of_voice.share_of_outlet IS 'Share of the outlet''s own articles.';
COMMENT ON COLUMN share_of_voice.share_of_outlet_originals IS 'The same without copies.';
COMMENT ON COLUMN share_of_voice.share_of_voice IS 'Share of all outlets'' articles on the entity in that month.';
COMMENT ON COLUMN share_of_voice.share_of_voice_originals IS 'The same without copies.';
