-- What is newly announced? One row a claim, newest first by its first report; claims nobody makes any more are left out.
CREATE VIEW announcements_new AS
SELECT c.claim_id, c.first_published, c.kind, c.subject, c.value, c.currency, c.status, c.state, c.sources, c.reports, c.outlets,
       c.first_outlet, a.headline, c.sentence, a.canonical_url, a.language, c.story_id, c.fresh, c.origin,
       (SELECT list_sort(list(DISTINCT l.code)) FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'topic') AS topics,
       (SELECT list_sort(list(DISTINCT l.code)) FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'sector') AS sectors
FROM claims c JOIN articles a ON a.article_id = c.first_article_id
WHERE c.state <> 'withdrawn';
COMMENT ON VIEW announcements_new IS 'What is newly announced: one row a claim with its first report; ORDER BY first_published DESC, and filter on fresh for news.';
COMMENT ON COLUMN announcements_new.sources IS 'Independent sources that report it; copies and shared dispatches count once.';
COMMENT ON COLUMN announcements_new.reports IS 'Reports, copies included.';
COMMENT ON COLUMN announcements_new.fresh IS 'True where the first report was published shortly before a live fetch: news, not history.';
COMMENT ON COLUMN announcements_new.topics IS 'Topics of the first report.';
COMMENT ON COLUMN announcements_new.sectors IS 'Sectors of the first report.';
