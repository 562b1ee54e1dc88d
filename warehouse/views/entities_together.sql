-- Which watched entities are named in the same articles, and is that more than chance?
CREATE VIEW entities_together AS
WITH named AS (
    SELECT DISTINCT m.entity_id, a.article_id, a.story_id, a.placement <> 'copy' AS own
    FROM mentions m JOIN articles a USING (article_id) WHERE m.entity_id IS NOT NULL
), single AS (
    SELECT entity_id, count(*) FILTER (own) AS originals FROM named GROUP BY entity_id
), every AS (SELECT count(*) FILTER (placement <> 'copy') AS originals FROM articles)
SELECT a.entity_id AS entity_a, b.entity_id AS entity_b, any_value(x.name) AS name_a, any_value(y.name) AS name_b,
       count(*) AS articles, count(*) FILTER (a.own) AS originals, count(DISTINCT a.story_id) AS stories,
       any_value(p.originals) AS originals_a, any_value(q.originals) AS originals_b,
       count(*) FILTER (a.own) / nullif(any_value(p.originals), 0) AS share_of_a,
       count(*) FILTER (a.own) / nullif(any_value(q.originals), 0) AS share_of_b,
       count(*) FILTER (a.own) * any_value(every.originals) / nullif(any_value(p.originals) * any_value(q.originals), 0) AS lift
FROM named a JOIN named b ON b.article_id = a.article_id AND a.entity_id < b.entity_id
JOIN single p ON p.entity_id = a.entity_id JOIN single q ON q.entity_id = b.entity_id CROSS JOIN every
LEFT JOIN entities x ON x.entity_id = a.entity_id LEFT JOIN entities y ON y.entity_id = b.entity_id
GROUP BY a.entity_id, b.entity_id;
COMMENT ON VIEW entities_together IS 'Which watched entities are named in the same articles, each pair once (entity_a before entity_b).';
COMMENT ON COLUMN entities_together.entity_a IS 'The one entity.';
COMMENT ON COLUMN entities_together.entity_b IS 'The other, later in the alphabet.';
COMMENT ON COLUMN entities_together.name_a IS 'Name of the one; NULL where it is not watched any more.';
COMMENT ON COLUMN entities_together.name_b IS 'Name of the other.';
COMMENT ON COLUMN entities_together.articles IS 'Articles that name both, copies included.';
COMMENT ON COLUMN entities_together.originals IS 'The same without copies.';
COMMENT ON COLUMN entities_together.stories IS 'Stories of those articles.';
COMMENT ON COLUMN entities_together.originals_a IS 'Originals that name the one.';
COMMENT ON COLUMN entities_together.originals_b IS 'Originals that name the other.';
COMMENT ON COLUMN entities_together.share_of_a IS 'originals / originals_a.';
COMMENT ON COLUMN entities_together.share_of_b IS 'originals / originals_b.';
COMMENT ON COLUMN entities_together.lift IS 'How many times as often as if the two were independent, over all originals; trust it from some five originals on.';
