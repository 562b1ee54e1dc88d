-- Why did pages go no further, by outlet, stage and reason, and what share of the outlet's pages is that?
CREATE VIEW rejections_by_reason AS
WITH pages AS (
    SELECT outlet, count(*) AS pages FROM (
        SELECT outlet, page_id FROM rejections UNION SELECT outlet, page_id FROM articles) GROUP BY outlet
)
SELECT r.outlet, r.stage, r.reason, count(*) AS rejections, any_value(p.pages) AS pages,
       count(DISTINCT r.page_id) / any_value(p.pages) AS share, max(r.fetched_at) AS last_at, arg_max(r.url, r.fetched_at) AS last_url,
       arg_max(r.detail, r.fetched_at) AS last_detail
FROM rejections r JOIN pages p USING (outlet)
GROUP BY r.outlet, r.stage, r.reason;
COMMENT ON VIEW rejections_by_reason IS 'Why pages went no further, by outlet, stage and reason.';
COMMENT ON COLUMN rejections_by_reason.rejections IS 'Pages with that end.';
COMMENT ON COLUMN rejections_by_reason.pages IS 'All different pages of the outlet that were read: the denominator.';
COMMENT ON COLUMN rejections_by_reason.share IS 'Share of the outlet''s pages.';
COMMENT ON COLUMN rejections_by_reason.last_url IS 'The most recent example.';
COMMENT ON COLUMN rejections_by_reason.outlet IS 'Outlet id.';
COMMENT ON COLUMN rejections_by_reason.stage IS 'extract, classify or dedup.';
COMMENT ON COLUMN rejections_by_reason.reason IS 'not_an_article, blocked, unchanged, too_short, ... (pipeline.outcome.Reason).';
COMMENT ON COLUMN rejections_by_reason.last_at IS 'When the most recent such page was fetched (UTC).';
COMMENT ON COLUMN rejections_by_reason.last_detail IS 'Its detail, in words.';
