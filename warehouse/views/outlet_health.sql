-- Is every outlet being read? Requests, failures, rejections and articles of the last 7 days before the newest data.
CREATE VIEW outlet_health AS
WITH until AS (
    SELECT greatest((SELECT max(fetched_at) FROM fetches), (SELECT max(fetched_at) FROM articles)) AS newest
), requests AS (
    SELECT outlet, count(*) AS requests, count(*) FILTER (outcome LIKE 'failed%') AS failed,
           count(*) FILTER (outcome LIKE 'refused%') AS refused, count(*) FILTER (outcome = 'not_modified') AS not_modified,
           sum(bytes) AS bytes, max(fetched_at) AS last_request,
           arg_max(outcome, fetched_at) FILTER (outcome LIKE 'failed%' OR outcome LIKE 'refused%') AS last_trouble
    FROM fetches, until WHERE fetched_at > newest - INTERVAL 7 DAY GROUP BY outlet
), refused AS (
    SELECT outlet, count(*) FILTER (reason <> 'unchanged') AS rejected, count(*) FILTER (reason = 'unchanged') AS unchanged
    FROM rejections, until WHERE fetched_at > newest - INTERVAL 7 DAY GROUP BY outlet
), read_ AS (
    SELECT outlet, count(*) FILTER (fetched_at > newest - INTERVAL 7 DAY) AS articles, max(date_published) AS last_published,
           avg((date_published IS NOT NULL)::INT) AS dated
    FROM articles, until GROUP BY outlet
)
SELECT outlet, o.title, coalesce(q.requests, 0) AS requests, coalesce(q.failed, 0) AS failed, coalesce(q.refused, 0) AS refused,
       coalesce(q.not_modified, 0) AS not_modified, coalesce(q.bytes, 0) AS bytes, q.last_request, q.last_trouble,
       coalesce(r.rejected, 0) AS rejected, coalesce(r.unchanged, 0) AS unchanged, coalesce(a.articles, 0) AS articles,
       a.last_published, a.dated,
       CASE WHEN q.requests IS NULL THEN 'not crawled' WHEN q.failed + q.refused = q.requests THEN 'unreachable'
            WHEN q.failed + q.refused > q.requests / 2 THEN 'failing' WHEN a.last_published IS NULL THEN 'silent'
            WHEN coalesce(a.articles, 0) = 0 THEN 'nothing new' ELSE 'well' END AS state
FROM (SELECT outlet, title FROM outlets WHERE valid_to IS NULL) o FULL JOIN requests q USING (outlet)
FULL JOIN refused r USING (outlet) FULL JOIN read_ a USING (outlet);
COMMENT ON VIEW outlet_health IS 'Is every outlet being read: requests, failures, rejections and articles of the 7 days before the newest data.';
COMMENT ON COLUMN outlet_health.requests IS 'Requests made.';
COMMENT ON COLUMN outlet_health.failed IS 'Requests without a usable answer.';
COMMENT ON COLUMN outlet_health.refused IS 'Requests not made, or turned away (robots.txt, off-outlet, too large).';
COMMENT ON COLUMN outlet_health.last_trouble IS 'The last failure or refusal, with its reason.';
COMMENT ON COLUMN outlet_health.rejected IS 'Pages that were no (new) article, unchanged ones left out.';
COMMENT ON COLUMN outlet_health.articles IS 'Articles whose current version came in these days.';
COMMENT ON COLUMN outlet_health.dated IS 'Share of all its articles with a publication time.';
COMMENT ON COLUMN outlet_health.state IS 'well, nothing new, silent (never an article), failing, unreachable, not crawled.';
COMMENT ON COLUMN outlet_health.outlet IS 'Outlet id.';
COMMENT ON COLUMN outlet_health.title IS 'Name of the publication; NULL where it is not configured (any more).';
COMMENT ON COLUMN outlet_health.not_modified IS 'Requests answered with "not modified".';
COMMENT ON COLUMN outlet_health.bytes IS 'Bytes received.';
COMMENT ON COLUMN outlet_health.last_request IS 'When the last request was made (UTC).';
COMMENT ON COLUMN outlet_health.unchanged IS 'Pages that had not changed.';
COMMENT ON COLUMN outlet_health.last_published IS 'Publication time of its newest article (UTC).';
