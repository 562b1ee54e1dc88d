-- Which agreements were signed, between whom, about what? One row an agreement (claim), with its first report.
CREATE VIEW agreements_signed AS
SELECT c.claim_id, coalesce(f.date, strftime(c.first_published, '%Y-%m-%d')) AS date, f.instrument,
       (SELECT list(p.name ORDER BY p.position) FROM fact_parties p WHERE p.fact_id = f.fact_id AND p.version = f.version) AS parties,
       f.object, f.place, f.value AS amount, f.currency, c.state, c.sources, c.reports, c.first_outlet, c.first_published,
       f.sentence, a.canonical_url, c.story_id
FROM claims c JOIN facts f ON f.fact_id = c.first_fact_id JOIN articles a ON a.article_id = f.article_id
WHERE c.kind = 'agreement' AND c.status IN ('signed', 'renewed') AND c.state <> 'withdrawn';
COMMENT ON VIEW agreements_signed IS 'Which agreements were signed, between whom, about what: one row an agreement, with its first report.';
COMMENT ON COLUMN agreements_signed.date IS 'Date of signature as stated, else day of the first report.';
COMMENT ON COLUMN agreements_signed.parties IS 'Who binds themselves to each other.';
COMMENT ON COLUMN agreements_signed.sources IS 'Independent sources that report it; copies and shared dispatches count once.';
COMMENT ON COLUMN agreements_signed.reports IS 'Reports, copies included.';
COMMENT ON COLUMN agreements_signed.sentence IS 'The sentence of the first report that says so.';
