-- How does a programme, plan or project come along? One row a report of its stage, in order; filter on initiative or entity_id.
CREATE VIEW initiative_timeline AS
WITH said AS (
    SELECT coalesce(f.entity_id, folded(coalesce(f.name, f.object))) AS thread, f.entity_id, coalesce(e.name, f.name, f.object) AS initiative,
           f.variety, f.stage, f.place, f.sentence, f.fact_id, a.article_id, a.date_published, a.published_by, a.event_time, a.outlet,
           a.language, a.headline, a.canonical_url, a.story_id, a.placement = 'copy' AS is_copy
    FROM facts f JOIN articles a USING (article_id) LEFT JOIN entities e ON e.entity_id = f.entity_id
    WHERE f.kind = 'initiative' AND f.is_current AND coalesce(f.entity_id, f.name, f.object) IS NOT NULL
)
SELECT thread, row_number() OVER told AS "position", initiative, entity_id, variety AS kind, stage,
       lag(stage) OVER told AS stage_before, stage IS DISTINCT FROM lag(stage) OVER told AS moved, date_published, outlet, language,
       place, sentence, headline, is_copy, canonical_url, article_id, story_id, fact_id
FROM said WINDOW told AS (PARTITION BY thread ORDER BY published_by NULLS LAST, is_copy, article_id, fact_id);
COMMENT ON VIEW initiative_timeline IS 'How a programme, plan or project comes along: one row a report of its stage, in order; filter on initiative or entity_id, and on NOT is_copy.';
COMMENT ON COLUMN initiative_timeline.thread IS 'What holds the reports together: the entity id, else the folded name.';
COMMENT ON COLUMN initiative_timeline."position" IS 'Order of publication, from 1, copies included.';
COMMENT ON COLUMN initiative_timeline.initiative IS 'Its name: canonical where watched, else as the text has it.';
COMMENT ON COLUMN initiative_timeline.entity_id IS 'Entity id, where watched.';
COMMENT ON COLUMN initiative_timeline.kind IS 'programme, plan, stratégie, centre, projet, plateforme, ...';
COMMENT ON COLUMN initiative_timeline.stage IS 'announced, launched, under_way, completed or planned; NULL where the text does not say.';
COMMENT ON COLUMN initiative_timeline.stage_before IS 'Stage of the report before.';
COMMENT ON COLUMN initiative_timeline.moved IS 'True where the two differ.';
COMMENT ON COLUMN initiative_timeline.date_published IS 'When it was reported (UTC).';
COMMENT ON COLUMN initiative_timeline.outlet IS 'Who reported it.';
COMMENT ON COLUMN initiative_timeline.language IS 'In which language.';
COMMENT ON COLUMN initiative_timeline.place IS 'Place it concerns.';
COMMENT ON COLUMN initiative_timeline.sentence IS 'The sentence that says so.';
COMMENT ON COLUMN initiative_timeline.headline IS 'Headline of the article.';
COMMENT ON COLUMN initiative_timeline.is_copy IS 'True for a republished text.';
COMMENT ON COLUMN initiative_timeline.canonical_url IS 'Its address.';
COMMENT ON COLUMN initiative_timeline.article_id IS 'The article.';
COMMENT ON COLUMN initiative_timeline.story_id IS 'Its story.';
COMMENT ON COLUMN initiative_timeline.fact_id IS 'The fact.';
