-- What several facts assert about one thing: claims, who says what, where they disagree, and what readers were told.

CREATE TABLE claims (
    claim_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, key VARCHAR NOT NULL, state VARCHAR NOT NULL, story_id VARCHAR NOT NULL,
    first_fact_id VARCHAR NOT NULL, first_article_id VARCHAR NOT NULL, first_outlet VARCHAR NOT NULL,
    first_published TIMESTAMPTZ, last_published TIMESTAMPTZ, first_fetched_at TIMESTAMPTZ NOT NULL, origin VARCHAR NOT NULL,
    fresh BOOLEAN NOT NULL, value DOUBLE, currency VARCHAR, status VARCHAR, subject VARCHAR, sentence VARCHAR NOT NULL,
    reports INTEGER NOT NULL, sources INTEGER NOT NULL, outlets VARCHAR[] NOT NULL
);
COMMENT ON TABLE claims IS 'One row is what one or several facts assert about the same thing; the value is not part of its identity.';
COMMENT ON COLUMN claims.claim_id IS 'Id of the claim: hash of its key.';
COMMENT ON COLUMN claims.kind IS 'Kind of fact: amount, agreement, ...';
COMMENT ON COLUMN claims.key IS 'What says that two facts are about the same thing (no value in it).';
COMMENT ON COLUMN claims.state IS 'new, confirmed (independent sources agree), updated, disputed (they do not), withdrawn (nobody says it any more).';
COMMENT ON COLUMN claims.story_id IS 'Story of its first report.';
COMMENT ON COLUMN claims.first_fact_id IS 'Fact that reported it first.';
COMMENT ON COLUMN claims.first_article_id IS 'Article that reported it first.';
COMMENT ON COLUMN claims.first_outlet IS 'Outlet that reported it first.';
COMMENT ON COLUMN claims.first_published IS 'Publication time of the first report (UTC); NULL where it states none.';
COMMENT ON COLUMN claims.last_published IS 'Publication time of the last report (UTC).';
COMMENT ON COLUMN claims.first_fetched_at IS 'When the first report was fetched (UTC).';
COMMENT ON COLUMN claims.origin IS 'How the first report came: live, backfill, replay or import.';
COMMENT ON COLUMN claims.fresh IS 'True where the first report came live and was published shortly before its fetch: news, not history.';
COMMENT ON COLUMN claims.value IS 'The value that stands now (of an agreement its amount); NULL where the kind has none.';
COMMENT ON COLUMN claims.currency IS 'ISO 4217 code of that value.';
COMMENT ON COLUMN claims.status IS 'The stage that stands now: signed, planned, ...';
COMMENT ON COLUMN claims.subject IS 'What it is about, in the words of the first report.';
COMMENT ON COLUMN claims.sentence IS 'Evidence of the first report.';
COMMENT ON COLUMN claims.reports IS 'Facts that report it now, copies included.';
COMMENT ON COLUMN claims.sources IS 'Independent sources among them.';
COMMENT ON COLUMN claims.outlets IS 'Outlets that report it now, alphabetical.';

CREATE TABLE claim_facts (
    claim_id VARCHAR NOT NULL, fact_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, position INTEGER NOT NULL,
    source VARCHAR NOT NULL, independent BOOLEAN NOT NULL, is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE claim_facts IS 'One row is a fact that reports a claim.';
COMMENT ON COLUMN claim_facts.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_facts.fact_id IS 'The fact (facts.fact_id).';
COMMENT ON COLUMN claim_facts.article_id IS 'The article that states it.';
COMMENT ON COLUMN claim_facts.position IS 'Order of the reports, from 1: first report first.';
COMMENT ON COLUMN claim_facts.source IS 'Whom the report rests on: copies and articles on one agency dispatch share a source.';
COMMENT ON COLUMN claim_facts.independent IS 'True for the first report of each source.';
COMMENT ON COLUMN claim_facts.is_current IS 'False where the article no longer says so.';

CREATE TABLE conflicts (
    claim_id VARCHAR NOT NULL, fact_a VARCHAR NOT NULL, fact_b VARCHAR NOT NULL
);
COMMENT ON TABLE conflicts IS 'One row is a disagreement of two independent sources about a claim.';
COMMENT ON COLUMN conflicts.claim_id IS 'The claim.';
COMMENT ON COLUMN conflicts.fact_a IS 'The fact reported first.';
COMMENT ON COLUMN conflicts.fact_b IS 'The fact that says otherwise.';

CREATE TABLE claim_redirects (claim_id VARCHAR NOT NULL, into_claim_id VARCHAR NOT NULL);
COMMENT ON TABLE claim_redirects IS 'One row is a claim that no longer stands under its id (its story moved), and where it stands now.';
COMMENT ON COLUMN claim_redirects.claim_id IS 'Former claim id.';
COMMENT ON COLUMN claim_redirects.into_claim_id IS 'The claim that goes on.';

CREATE TABLE claim_events (
    seq BIGINT NOT NULL, event_id VARCHAR NOT NULL, claim_id VARCHAR NOT NULL, change VARCHAR NOT NULL, noted_at TIMESTAMPTZ NOT NULL,
    alert BOOLEAN NOT NULL, event JSON NOT NULL, produced_at TIMESTAMPTZ
);
COMMENT ON TABLE claim_events IS 'One row is a change of a claim that readers are told of: the outbox of the topic claim-events.';
COMMENT ON COLUMN claim_events.seq IS 'Order in which the changes were noted, from 1.';
COMMENT ON COLUMN claim_events.event_id IS 'Id of the change, from claim and what changed: noted once, whatever comes again.';
COMMENT ON COLUMN claim_events.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_events.change IS 'new, confirmed, updated, disputed, settled or withdrawn.';
COMMENT ON COLUMN claim_events.noted_at IS 'Load time at which it was noted (UTC).';
COMMENT ON COLUMN claim_events.alert IS 'True where origin and freshness allow an alert.';
COMMENT ON COLUMN claim_events.event IS 'The whole event as JSON.';
COMMENT ON COLUMN claim_events.produced_at IS 'When it was on the bus (UTC); NULL until then.';
