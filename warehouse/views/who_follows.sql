-- Who follows whom? Of the stories that one outlet had first, how many did another tell later in a text of its own, how fast?
CREATE VIEW who_follows AS
WITH told AS (
    SELECT story_id, outlet, min(published_by) AS published_by FROM articles
    WHERE published_by IS NOT NULL AND placement <> 'copy' GROUP BY story_id, outlet
), firsts AS (
    SELECT story_id, arg_min(outlet, (published_by, outlet)) AS first_outlet, min(published_by) AS first_published
    FROM told GROUP BY story_id
), led AS (SELECT first_outlet, count(*) AS stories_first FROM firsts GROUP BY first_outlet)
SELECT f.first_outlet, t.outlet AS follower, count(*) AS stories, any_value(l.stories_first) AS stories_first,
       count(*) / any_value(l.stories_first) AS share, median(hours_between(f.first_published, t.published_by)) AS median_hours
FROM told t JOIN firsts f ON f.story_id = t.story_id AND f.first_outlet <> t.outlet JOIN led l ON l.first_outlet = f.first_outlet
GROUP BY f.first_outlet, t.outlet;
COMMENT ON VIEW who_follows IS 'Who takes up whose stories in texts of its own, and how fast; copies are in who_copies_whom.';
COMMENT ON COLUMN who_follows.first_outlet IS 'Who was first.';
COMMENT ON COLUMN who_follows.follower IS 'Who told it later.';
COMMENT ON COLUMN who_follows.stories IS 'Stories of the first that the follower told too.';
COMMENT ON COLUMN who_follows.stories_first IS 'All stories that the first was first with, followed or not: the denominator.';
COMMENT ON COLUMN who_follows.share IS 'stories / stories_first.';
COMMENT ON COLUMN who_follows.median_hours IS 'Median hours between the two.';
