-- Who speaks of whom? Share of the articles that mention an entity, by outlet and month.
CREATE VIEW share_of_voice AS
SELECT n.month, n.code AS entity_id, e.name, n.outlet, n.articles, n.originals, p.articles AS outlet_articles,
       p.originals AS outlet_originals, n.articles / p.articles AS share_of_outlet,
       n.originals / nullif(p.originals, 0) AS share_of_outlet_originals,
       n.articles / sum(n.articles) OVER (PARTITION BY n.code, n.month) AS share_of_voice,
       n.originals / nullif(sum(n.originals) OVER (PARTITION BY n.code, n.month), 0) AS share_of_voice_originals
FROM subject_months n JOIN subject_months p ON p.scheme = 'all' AND p.outlet = n.outlet AND p.month = n.month
LEFT JOIN entities e ON e.entity_id = n.code
WHERE n.scheme = 'entity';
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
