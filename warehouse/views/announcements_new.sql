-- What is newly announced? One row a claim with its first report; claims nobody makes any more are left out. Counts, percentages,
-- people's roles and quotations are in `claims`: they are stated, not announced (as in config/digests.yml).
CREATE VIEW announcements_new AS
SELECT c.claim_id, c.first_published, c.kind, c.subject, c.value, c.currency, c.status, c.state, c.sources, c.reports, c.outlets,
       c.first_outlet, a.headline, c.sentence, a.canonical_url, a.language, c.story_id,
       row_number() OVER (PARTITION BY c.story_id ORDER BY c.kind <> 'agreement', c.first_published, c.claim_id) AS place_in_story,
       c.fresh, c.origin,
       (SELECT list_sort(list(DISTINCT l.code)) FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'topic') AS topics,
       (SELECT list_sort(list(DISTINCT l.code)) FROM labels l WHERE l.article_id = a.article_id AND l.scheme = 'sector') AS sectors
FROM claims c JOIN articles a ON a.article_id = c.first_article_id
WHERE c.state <> 'withdrawn'
  AND c.kind IN ('agreement', 'amount', 'target', 'capacity', 'law', 'initiative', 'appointment', 'ranking', 'event');
COMMENT ON VIEW announcements_new IS 'What is newly announced: one row a claim with its first report; ORDER BY first_published DESC, place_in_story, and filter on fresh for news.';
COMMENT ON COLUMN announcements_new.sources IS 'Independent sources that report it; copies and shared dispatches count once.';
COMMENT ON COLUMN announcements_new.reports IS 'Reports, copies included.';
COMMENT ON COLUMN announcements_new.fresh IS 'True where the first report was published shortly before a live fetch: news, not history.';
COMMENT ON COLUMN announcements_new.topics IS 'Topics of the first report.';
COMMENT ON COLUMN announcements_new.sectors IS 'Sectors of the first report.';
COMMENT ON COLUMN announcements_new.claim_id IS 'The claim: `marsad claim` shows all reports of it.';
COMMENT ON COLUMN announcements_new.first_published IS 'When it was first reported (UTC).';
COMMENT ON COLUMN announcements_new.kind IS 'Kind of fact: amount, agreement, ...';
COMMENT ON COLUMN announcements_new.subject IS 'What it is about, in the words of the first report.';
COMMENT ON COLUMN announcements_new.value IS 'The value that stands now.';
COMMENT ON COLUMN announcements_new.currency IS 'ISO 4217 code of that value.';
COMMENT ON COLUMN announcements_new.status IS 'The stage that stands now: signed, planned, ...';
COMMENT ON COLUMN announcements_new.state IS 'new, confirmed, updated or disputed (claims.state).';
COMMENT ON COLUMN announcements_new.outlets IS 'Outlets that report it now.';
COMMENT ON COLUMN announcements_new.first_outlet IS 'Who reported it first.';
COMMENT ON COLUMN announcements_new.headline IS 'Headline of the first report.';
COMMENT ON COLUMN announcements_new.sentence IS 'The sentence of the first report that says so.';
COMMENT ON COLUMN announcements_new.canonical_url IS 'Its address.';
COMMENT ON COLUMN announcements_new.language IS 'Its language.';
COMMENT ON COLUMN announcements_new.story_id IS 'Its story.';
COMMENT ON COLUMN announcements_new.place_in_story IS 'Its place among the announcements of its story, from 1: agreements first, then by first report.';
COMMENT ON COLUMN announcements_new.origin IS 'How it came: live, backfill, replay or import.';
