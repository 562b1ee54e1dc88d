-- Which agreements were signed, between whom, about what? One row an agreement (claim), as it stands now.
CREATE VIEW agreements_signed AS
WITH sides AS (
    SELECT fact_id, list(name ORDER BY "position") AS parties, list(entity_id ORDER BY "position") FILTER (entity_id IS NOT NULL) AS entities
    FROM fact_parties GROUP BY fact_id
), codes AS (
    SELECT article_id, list_sort(list(DISTINCT code)) AS sectors FROM labels WHERE scheme = 'sector' GROUP BY article_id
)
SELECT c.claim_id, coalesce(f.date, strftime(timezone('UTC', c.first_published), '%Y-%m-%d')) AS date,
       month_of(coalesce(c.first_published, c.first_fetched_at)) AS month, f.instrument, s.parties, s.entities, f.object, f.place, r.region,
       coalesce(l.sectors, []) AS sectors, c.value AS amount, c.currency, c.status, c.state, c.sources, c.reports, c.first_outlet,
       c.first_published, f.sentence, a.headline, a.canonical_url, c.story_id
FROM claims c JOIN facts f ON f.fact_id = c.leading_fact_id JOIN articles a ON a.article_id = f.article_id
LEFT JOIN sides s ON s.fact_id = f.fact_id LEFT JOIN codes l ON l.article_id = c.first_article_id
LEFT JOIN place_names r ON r.place = folded(f.place)
WHERE c.kind = 'agreement' AND c.status IN ('signed', 'renewed') AND c.state <> 'withdrawn';
COMMENT ON VIEW agreements_signed IS 'Which agreements were signed, between whom, about what: one row an agreement as it stands now, however many outlets report it.';
COMMENT ON COLUMN agreements_signed.claim_id IS 'The agreement: `marsad claim` shows all reports of it.';
COMMENT ON COLUMN agreements_signed.date IS 'Date of signature as stated (ISO 8601 to the precision known), else day of the first report.';
COMMENT ON COLUMN agreements_signed.month IS 'Month of the first report (UTC).';
COMMENT ON COLUMN agreements_signed.instrument IS 'convention, protocole d''accord, mémorandum, ...';
COMMENT ON COLUMN agreements_signed.parties IS 'Who bind themselves to each other.';
COMMENT ON COLUMN agreements_signed.entities IS 'Those of them that are watched (entities.entity_id); NULL where none is.';
COMMENT ON COLUMN agreements_signed.object IS 'What it is about, in the text''s words.';
COMMENT ON COLUMN agreements_signed.place IS 'Where, as the text has it.';
COMMENT ON COLUMN agreements_signed.region IS 'Moroccan region of that place, where its name says so unmistakably.';
COMMENT ON COLUMN agreements_signed.sectors IS 'Sectors of the first report.';
COMMENT ON COLUMN agreements_signed.amount IS 'Sum it states, in units of currency.';
COMMENT ON COLUMN agreements_signed.currency IS 'ISO 4217 code of that sum.';
COMMENT ON COLUMN agreements_signed.status IS 'signed or renewed.';
COMMENT ON COLUMN agreements_signed.state IS 'new, confirmed, updated or disputed (claims.state).';
COMMENT ON COLUMN agreements_signed.sources IS 'Independent sources that report it; copies and shared dispatches count once.';
COMMENT ON COLUMN agreements_signed.reports IS 'Reports, copies included.';
COMMENT ON COLUMN agreements_signed.first_outlet IS 'Who reported it first.';
COMMENT ON COLUMN agreements_signed.first_published IS 'When (UTC).';
COMMENT ON COLUMN agreements_signed.sentence IS 'The sentence that says it was signed.';
COMMENT ON COLUMN agreements_signed.headline IS 'Headline of the article with that sentence.';
COMMENT ON COLUMN agreements_signed.canonical_url IS 'Its address.';
COMMENT ON COLUMN agreements_signed.story_id IS 'Story of the first report.';
