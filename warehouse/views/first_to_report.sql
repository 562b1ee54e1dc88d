-- Which outlet is first, and how fast do others follow? One row a story that more than one outlet told.
CREATE VIEW first_to_report AS
WITH told AS (
    SELECT story_id, outlet, min(published_by) AS published_by, bool_and(placement = 'copy') AS only_copies
    FROM articles WHERE published_by IS NOT NULL GROUP BY story_id, outlet
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY story_id ORDER BY only_copies, published_by, outlet) AS place,
           count(*) OVER (PARTITION BY story_id) AS outlets, count(*) FILTER (NOT only_copies) OVER (PARTITION BY story_id) AS own_texts
    FROM told
)
SELECT one.story_id, s.headline, one.outlet AS first_outlet, one.published_by AS first_published, one.outlets, one.own_texts,
       two.outlet AS second_outlet, two.published_by AS second_published,
       hours_between(one.published_by, two.published_by) AS hours_ahead, two.only_copies AS second_is_copy
FROM placed one JOIN placed two ON two.story_id = one.story_id AND two.place = 2 JOIN stories s ON s.story_id = one.story_id
WHERE one.place = 1;
COMMENT ON VIEW first_to_report IS 'Which outlet was first with a story that several told, and how far ahead; outlets without a publication time are left out.';
COMMENT ON COLUMN first_to_report.story_id IS 'The story.';
COMMENT ON COLUMN first_to_report.headline IS 'Its headline.';
COMMENT ON COLUMN first_to_report.first_outlet IS 'Who was first with a text of its own.';
COMMENT ON COLUMN first_to_report.first_published IS 'Latest moment its stated time allows: an outlet that states only days never wins by it.';
COMMENT ON COLUMN first_to_report.outlets IS 'Outlets that told it, republished copies included.';
COMMENT ON COLUMN first_to_report.own_texts IS 'Outlets that told it in a text of their own.';
COMMENT ON COLUMN first_to_report.second_outlet IS 'Who came next.';
COMMENT ON COLUMN first_to_report.second_published IS 'Latest moment its stated time allows (UTC).';
COMMENT ON COLUMN first_to_report.hours_ahead IS 'Hours before the second; negative where the second is a copy dated earlier than its original.';
COMMENT ON COLUMN first_to_report.second_is_copy IS 'True where the second only republished.';
