-- Who republishes whose texts, how much of its own output is that, and does it say so?
CREATE VIEW who_copies_whom AS
WITH published AS (SELECT outlet, count(*) AS articles FROM articles GROUP BY outlet)
SELECT c.outlet AS copier, coalesce(o.outlet, c.original_outlet) AS original, count(*) AS copies,
       count(*) FILTER (c.original_outlet IS NOT NULL OR c.agency IS NOT NULL) AS credited,
       count(*) FILTER (c.outlet = o.outlet) AS within_outlet, any_value(p.articles) AS copier_articles,
       count(*) / any_value(p.articles) AS share_of_copier,
       median(hours_between(o.published_by, c.published_by)) AS median_hours, avg(c.similarity) AS similarity
FROM articles c JOIN published p ON p.outlet = c.outlet LEFT JOIN articles o ON o.article_id = c.copy_of
WHERE c.placement = 'copy' GROUP BY c.outlet, coalesce(o.outlet, c.original_outlet);
COMMENT ON VIEW who_copies_whom IS 'Who republishes whose texts, how much of its own output that is, and whether it says so.';
COMMENT ON COLUMN who_copies_whom.copier IS 'Who republished.';
COMMENT ON COLUMN who_copies_whom.original IS 'Whose text: the outlet of the original, else the one the copy names; NULL where neither is known.';
COMMENT ON COLUMN who_copies_whom.copies IS 'Copies.';
COMMENT ON COLUMN who_copies_whom.credited IS 'Copies that name an outlet or agency of origin.';
COMMENT ON COLUMN who_copies_whom.within_outlet IS 'Copies of the outlet''s own articles (published twice).';
COMMENT ON COLUMN who_copies_whom.copier_articles IS 'All articles of the copier: the denominator of share_of_copier.';
COMMENT ON COLUMN who_copies_whom.share_of_copier IS 'copies / copier_articles.';
COMMENT ON COLUMN who_copies_whom.median_hours IS 'Median hours after the original; negative where copies bear an earlier time.';
COMMENT ON COLUMN who_copies_whom.similarity IS 'Mean share of word sequences found in the original.';
