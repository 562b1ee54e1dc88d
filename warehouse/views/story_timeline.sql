-- How did a story unfold? One row an article, in order, with how long after the first; filter on story_id.
CREATE VIEW story_timeline AS
SELECT a.story_id, row_number() OVER w AS position, a.date_published, a.date_published_precision, a.outlet, a.language, a.headline,
       a.placement, a.copy_of, a.agency, a.status, a.versions, (epoch(a.event_time) - epoch(s.first_seen)) / 3600 AS hours_after_first,
       a.article_id, a.canonical_url,
       (SELECT count(*) FROM facts f WHERE f.article_id = a.article_id AND f.is_current) AS facts
FROM articles a JOIN stories s USING (story_id)
WINDOW w AS (PARTITION BY a.story_id ORDER BY a.published_by NULLS LAST, a.placement = 'copy', a.article_id);
COMMENT ON VIEW story_timeline IS 'How a story unfolded: one row an article, in order of publication; filter on story_id.';
COMMENT ON COLUMN story_timeline.position IS 'Order of publication, from 1; articles without a stated time come last.';
COMMENT ON COLUMN story_timeline.hours_after_first IS 'Hours after the story was first seen.';
COMMENT ON COLUMN story_timeline.facts IS 'Facts read in its current version.';
COMMENT ON COLUMN story_timeline.story_id IS 'The story.';
COMMENT ON COLUMN story_timeline.date_published IS 'Publication time as stated (UTC).';
COMMENT ON COLUMN story_timeline.date_published_precision IS 'second, minute, day, month or year.';
COMMENT ON COLUMN story_timeline.outlet IS 'Who told it.';
COMMENT ON COLUMN story_timeline.language IS 'In which language.';
COMMENT ON COLUMN story_timeline.headline IS 'Headline.';
COMMENT ON COLUMN story_timeline.placement IS 'new, same_event or copy.';
COMMENT ON COLUMN story_timeline.copy_of IS 'The original, for a copy.';
COMMENT ON COLUMN story_timeline.agency IS 'Credited news agency.';
COMMENT ON COLUMN story_timeline.status IS 'published or withdrawn.';
COMMENT ON COLUMN story_timeline.versions IS 'How many versions are known.';
COMMENT ON COLUMN story_timeline.article_id IS 'The article.';
COMMENT ON COLUMN story_timeline.canonical_url IS 'Its address.';
