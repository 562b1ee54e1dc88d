-- Which edits changed what an article states, not only how? Facts are compared by what they say, wherever they stand in the text.
CREATE VIEW edits_that_changed_facts AS
WITH steps AS (
    SELECT n.article_id, o.version AS old, n.version AS new, n.fetched_at, n.reading IS NOT DISTINCT FROM o.reading
           AND n.taxonomy IS NOT DISTINCT FROM o.taxonomy AS same_rules
    FROM article_versions n JOIN article_versions o
      ON o.article_id = n.article_id AND o.version = n.version - 1 AND o.status = 'published' AND n.status = 'published'
), said AS (
    SELECT article_id, version, kind, fields::VARCHAR AS fields, min(sentence) AS sentence, any_value(coalesce(surface, name, person, object, left(text, 80))) AS words
    FROM facts GROUP BY article_id, version, kind, fields::VARCHAR
), added AS (
    SELECT s.article_id, s.new, list({'kind': f.kind, 'words': f.words, 'sentence': f.sentence} ORDER BY f.kind, f.fields) AS facts
    FROM steps s JOIN said f ON f.article_id = s.article_id AND f.version = s.new
    ANTI JOIN said g ON g.article_id = s.article_id AND g.version = s.old AND g.kind = f.kind AND g.fields = f.fields GROUP BY s.article_id, s.new
), removed AS (
    SELECT s.article_id, s.new, list({'kind': f.kind, 'words': f.words, 'sentence': f.sentence} ORDER BY f.kind, f.fields) AS facts
    FROM steps s JOIN said f ON f.article_id = s.article_id AND f.version = s.old
    ANTI JOIN said g ON g.article_id = s.article_id AND g.version = s.new AND g.kind = f.kind AND g.fields = f.fields GROUP BY s.article_id, s.new
)
SELECT s.article_id, a.outlet, a.canonical_url, a.headline, s.new AS version, s.fetched_at, coalesce(len(p.facts), 0) AS facts_added,
       coalesce(len(m.facts), 0) AS facts_removed, coalesce(p.facts, []) AS added, coalesce(m.facts, []) AS removed, s.same_rules
FROM steps s JOIN articles a USING (article_id)
LEFT JOIN added p ON p.article_id = s.article_id AND p.new = s.new LEFT JOIN removed m ON m.article_id = s.article_id AND m.new = s.new
WHERE p.facts IS NOT NULL OR m.facts IS NOT NULL;
COMMENT ON VIEW edits_that_changed_facts IS 'Which edits changed what an article states: one row an edit, with the facts that came and went. Filter on same_rules.';
COMMENT ON COLUMN edits_that_changed_facts.article_id IS 'The article.';
COMMENT ON COLUMN edits_that_changed_facts.outlet IS 'Its outlet.';
COMMENT ON COLUMN edits_that_changed_facts.canonical_url IS 'Its address.';
COMMENT ON COLUMN edits_that_changed_facts.headline IS 'Its present headline.';
COMMENT ON COLUMN edits_that_changed_facts.version IS 'Number of the version that changed them.';
COMMENT ON COLUMN edits_that_changed_facts.fetched_at IS 'When the change was seen (UTC).';
COMMENT ON COLUMN edits_that_changed_facts.facts_added IS 'Different statements that only the new version makes.';
COMMENT ON COLUMN edits_that_changed_facts.facts_removed IS 'Different statements that only the version before makes.';
COMMENT ON COLUMN edits_that_changed_facts.added IS 'Those that came: kind, words, sentence.';
COMMENT ON COLUMN edits_that_changed_facts.removed IS 'Those that went: kind, words, sentence.';
COMMENT ON COLUMN edits_that_changed_facts.same_rules IS 'True where both versions were read by the same code and taxonomy; else the difference may be ours.';
