-- What the trends are counted from: articles by subject, outlet and week, kept so that no trend reads every article.

CREATE TABLE subject_weeks (
    scheme VARCHAR NOT NULL, code VARCHAR NOT NULL, outlet VARCHAR NOT NULL, week DATE NOT NULL,
    articles INTEGER NOT NULL, originals INTEGER NOT NULL
);
COMMENT ON TABLE subject_weeks IS 'One row is how often an outlet wrote about a subject in a week: counted from articles, labels and mentions at the end of each load.';
COMMENT ON COLUMN subject_weeks.scheme IS 'topic, sector, announcement or entity.';
COMMENT ON COLUMN subject_weeks.code IS 'The topic, sector or kind of announcement, or the entity''s id.';
COMMENT ON COLUMN subject_weeks.outlet IS 'Outlet id.';
COMMENT ON COLUMN subject_weeks.week IS 'Monday of the week (UTC).';
COMMENT ON COLUMN subject_weeks.articles IS 'Articles about it, copies included.';
COMMENT ON COLUMN subject_weeks.originals IS 'Articles about it without copies.';

CREATE TABLE stale_weeks (outlet VARCHAR NOT NULL, week DATE NOT NULL);
COMMENT ON TABLE stale_weeks IS 'One row is a week of an outlet in which articles came, changed or went: subject_weeks is counted anew for it. Empty in every snapshot.';
COMMENT ON COLUMN stale_weeks.outlet IS 'Outlet id.';
COMMENT ON COLUMN stale_weeks.week IS 'Monday of the week (UTC).';

INSERT INTO stale_weeks SELECT DISTINCT outlet, CAST(date_trunc('week', timezone('UTC', event_time)) AS DATE) FROM articles;
