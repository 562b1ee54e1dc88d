-- How do the French and the Arabic press tell the same story? One row a story told in both languages.
CREATE VIEW french_against_arabic AS
WITH told AS (
    SELECT story_id, count(*) FILTER (language = 'fr') AS articles_fr, count(*) FILTER (language = 'ar') AS articles_ar,
           count(*) FILTER (language = 'fr' AND placement <> 'copy') AS originals_fr,
           count(*) FILTER (language = 'ar' AND placement <> 'copy') AS originals_ar,
           count(DISTINCT outlet) FILTER (language = 'fr') AS outlets_fr, count(DISTINCT outlet) FILTER (language = 'ar') AS outlets_ar,
           min(published_by) FILTER (language = 'fr') AS first_fr, min(published_by) FILTER (language = 'ar') AS first_ar,
           median(word_count) FILTER (language = 'fr' AND placement <> 'copy') AS words_fr,
           median(word_count) FILTER (language = 'ar' AND placement <> 'copy') AS words_ar,
           first(headline ORDER BY placement = 'copy', published_by NULLS LAST, article_id) FILTER (language = 'fr') AS headline_fr,
           first(headline ORDER BY placement = 'copy', published_by NULLS LAST, article_id) FILTER (language = 'ar') AS headline_ar
    FROM articles WHERE language IN ('fr', 'ar') GROUP BY story_id HAVING count(DISTINCT language) = 2
), stated AS (
    SELECT a.story_id, cf.claim_id, bool_or(a.language = 'fr') AS fr, bool_or(a.language = 'ar') AS ar
    FROM claim_facts cf JOIN articles a USING (article_id) WHERE cf.is_current AND a.language IN ('fr', 'ar') GROUP BY a.story_id, cf.claim_id
), counted AS (
    SELECT story_id, count(*) FILTER (fr AND ar) AS claims_both, count(*) FILTER (fr AND NOT ar) AS claims_fr_only,
           count(*) FILTER (ar AND NOT fr) AS claims_ar_only
    FROM stated GROUP BY story_id
)
SELECT t.story_id, t.headline_fr, t.headline_ar, t.articles_fr, t.articles_ar, t.originals_fr, t.originals_ar, t.outlets_fr, t.outlets_ar,
       t.first_fr, t.first_ar, hours_between(t.first_fr, t.first_ar) AS hours_arabic_after_french, t.words_fr, t.words_ar,
       coalesce(c.claims_both, 0) AS claims_both, coalesce(c.claims_fr_only, 0) AS claims_fr_only,
       coalesce(c.claims_ar_only, 0) AS claims_ar_only
FROM told t LEFT JOIN counted c USING (story_id);
COMMENT ON VIEW french_against_arabic IS 'How the French and the Arabic press tell the same story: one row a story told in both languages.';
COMMENT ON COLUMN french_against_arabic.story_id IS 'The story.';
COMMENT ON COLUMN french_against_arabic.headline_fr IS 'Headline of its first French article (originals before copies).';
COMMENT ON COLUMN french_against_arabic.headline_ar IS 'Headline of its first Arabic article.';
COMMENT ON COLUMN french_against_arabic.articles_fr IS 'French articles, copies included.';
COMMENT ON COLUMN french_against_arabic.articles_ar IS 'Arabic articles, copies included.';
COMMENT ON COLUMN french_against_arabic.originals_fr IS 'French articles without copies.';
COMMENT ON COLUMN french_against_arabic.originals_ar IS 'Arabic articles without copies.';
COMMENT ON COLUMN french_against_arabic.outlets_fr IS 'Outlets that told it in French.';
COMMENT ON COLUMN french_against_arabic.outlets_ar IS 'Outlets that told it in Arabic.';
COMMENT ON COLUMN french_against_arabic.first_fr IS 'First told in French (UTC).';
COMMENT ON COLUMN french_against_arabic.first_ar IS 'First told in Arabic (UTC).';
COMMENT ON COLUMN french_against_arabic.hours_arabic_after_french IS 'Hours between the two; negative where Arabic was first.';
COMMENT ON COLUMN french_against_arabic.words_fr IS 'Median words of the French originals.';
COMMENT ON COLUMN french_against_arabic.words_ar IS 'Median words of the Arabic originals.';
COMMENT ON COLUMN french_against_arabic.claims_both IS 'Claims that articles of both languages make now.';
COMMENT ON COLUMN french_against_arabic.claims_fr_only IS 'Claims that only French ones make.';
COMMENT ON COLUMN french_against_arabic.claims_ar_only IS 'Claims that only Arabic ones make.';
