-- The same by month, for what is told by month; and what each outlet published at all, in both.

CREATE TABLE subject_months (
    scheme VARCHAR NOT NULL, code VARCHAR NOT NULL, outlet VARCHAR NOT NULL, month DATE NOT NULL,
    articles INTEGER NOT NULL, originals INTEGER NOT NULL
);
COMMENT ON TABLE subject_months IS 'One row is how often an outlet wrote about a subject in a month: counted from articles, labels and mentions at the end of each load.';
COMMENT ON COLUMN subject_months.scheme IS 'topic, sector, announcement or entity; all, with an empty code, for everything it published.';
COMMENT ON COLUMN subject_months.code IS 'The topic, sector or kind of announcement, or the entity''s id.';
COMMENT ON COLUMN subject_months.outlet IS 'Outlet id.';
COMMENT ON COLUMN subject_months.month IS 'First day of the month (UTC).';
COMMENT ON COLUMN subject_months.articles IS 'Articles about it, copies included.';
COMMENT ON COLUMN subject_months.originals IS 'Articles about it without copies.';
COMMENT ON COLUMN subject_weeks.scheme IS 'topic, sector, announcement or entity; all, with an empty code, for everything it published.';

INSERT INTO stale_weeks SELECT DISTINCT outlet, CAST(date_trunc('week', timezone('UTC', event_time)) AS DATE) FROM articles;
